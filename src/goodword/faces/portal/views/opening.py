"""From a secret link to what it is about, with a person to reach whatever happens.

An address names a link in one of two ways: by its secret, as the message has it, or by its id, for a browser that keeps
the link's pass in a cookie (docs/decisions/0004).
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from goodword.crew import queries as crew
from goodword.crew.models import Branch
from goodword.dispatch.queries.board import Stop, stops_of
from goodword.dispatch.queries.changing import current_visit
from goodword.kit.actors import Actor
from goodword.kit.links import LinkEnded, NoSuchLink, find_link, holds_pass, is_over, open_by_pass, open_link
from goodword.kit.models import Link
from goodword.parts.links import keep_pass, kept_pass
from goodword.visits.models import Visit

TRIED = "kept"


@dataclass(frozen=True)
class Opened:
    """A link that leads somewhere: the visit as it stands today (its successor, where it was moved)."""

    key: str
    link: Link
    visit: Visit
    stop: Stop

    @property
    def actor(self) -> Actor:
        return Actor("link", self.link.id, self.visit.order.customer.name)


def behind_link(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Open the link, or show a page that still leads to a person.

    A form of these pages proves itself by its view (``views/proof.py``), which works without cookies too.
    """

    @csrf_exempt
    @wraps(page)
    def inner(request: HttpRequest, key: str, **kwargs: Any) -> HttpResponse:
        if (moved := _out_of_the_address_bar(request, key)) is not None:
            return private(moved)
        try:
            link = _opened(request, key)
        except NoSuchLink as refusal:
            context = {"says": refusal.detail} | person_of(None)
            return private(render(request, "portal/ended.html", context, status=404))
        except LinkEnded as refusal:
            branch = crew.branch(refusal.link.scope) if refusal.link.scope else None
            context = {"says": refusal.detail} | person_of(branch)
            return private(render(request, "portal/ended.html", context, status=410))
        visit = current_visit(link.about_id)
        return private(page(request, Opened(key, link, visit, stops_of([visit])[0]), **kwargs))

    return inner


def _opened(request: HttpRequest, key: str) -> Link:
    method = request.method or "GET"
    link_id = _id(key)
    if link_id is None:
        return open_link(key, method)
    return open_by_pass(link_id, kept_pass(request, link_id), method)


def _id(key: str) -> UUID | None:
    try:
        return UUID(key)
    except ValueError:
        return None


def _out_of_the_address_bar(request: HttpRequest, key: str) -> HttpResponse | None:
    """Where a browser goes that came by the secret: it is given the pass, and once it has kept it, the plain address.

    None when it stays: it keeps no cookies, it is a form or a HEAD, or the link leads nowhere.
    """
    if request.method != "GET" or _id(key) is not None:
        return None
    link = find_link(key)
    if link is None or is_over(link):
        return None
    if holds_pass(link, kept_pass(request, link.id)):
        there = request.resolver_match
        assert there is not None
        return redirect(reverse(there.view_name, kwargs={**there.kwargs, "key": str(link.id)}))
    if TRIED in request.GET:
        return None
    answer = redirect(f"{request.path}?{TRIED}")
    keep_pass(answer, link)
    return answer


def person_of(branch: Branch | None) -> dict[str, Any]:
    """Company and a person to reach, for the head and the foot of every page."""
    company = crew.company()
    if branch is None:
        branches = crew.branches()
        if len(branches) != 1:
            return {"company_name": company.name if company else "", "branches": branches}
        (branch,) = branches
    answers = crew.who_answers(branch.id)
    name = answers.name if answers else branch.name
    person = {"name": name, "first_name": name.split(" ")[0], "phone": branch.phone, "email": branch.email}
    return {"company_name": company.name if company else "", "person": person}


def private(response: HttpResponse) -> HttpResponse:
    """Never kept, never passed on, never indexed."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
