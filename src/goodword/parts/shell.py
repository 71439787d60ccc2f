"""What the shells need beside the page's own context: theme, company time, the rail of what is built."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise, SimpleLazyObject

from goodword.kit.clock import clock_rate, company_now

THEMES = {"light", "dark"}


@dataclass(frozen=True)
class RailItem:
    name: str
    words: str | Promise
    url: str
    current: bool


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor. Nothing here is asked of the database unless a template uses it.

    Reads ``GOODWORD_RAIL = [("office:today", _("Today")), ...]`` and ``GOODWORD_SEARCH = "office:search"``; a name
    that no URL answers to is left out, so the rail shows only what is built.
    """
    theme = request.COOKIES.get("theme", "")
    return {
        "theme": theme if theme in THEMES else "",
        "company_time": SimpleLazyObject(_company_time),
        "rail": rail(getattr(settings, "GOODWORD_RAIL", ()), request.path),
        "search_url": _url(getattr(settings, "GOODWORD_SEARCH", "")),
        "sign_out_url": _url("account_logout"),
    }


def rail(
    items: Iterable[tuple[str, str | Promise]], path: str, find: Callable[[str], str] | None = None
) -> list[RailItem]:
    """The items that lead somewhere; the one with the longest address that begins ``path`` is the current one."""
    found = [(name, words, url) for name, words in items if (url := (find or _url)(name))]
    under = [url for _name, _words, url in found if path == url or path.startswith(url.rstrip("/") + "/")]
    here = max(under, key=len, default="")
    return [RailItem(name, words, url, url == here) for name, words, url in found]


def _url(name: str) -> str:
    try:
        return reverse(name) if name else ""
    except NoReverseMatch:
        return ""


def _company_time() -> dict[str, str | float]:
    return {"now": company_now().isoformat(), "rate": clock_rate()}
