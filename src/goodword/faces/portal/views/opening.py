"""From a secret link to what it is about, with a person to reach whatever happens."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from goodword.crew import queries as crew
from goodword.crew.models import Branch
from goodword.dispatch.queries.board import Stop, stops_of
from goodword.dispatch.queries.changing import current_visit
from goodword.kit.actors import Actor
from goodword.kit.links import LinkEnded, NoSuchLink, open_link
from goodword.kit.models import Link
from goodword.visits.models import Visit


@dataclass(frozen=True)
class Opened:
    """A link that leads somewhere: the visit as it stands today (its successor, where it was moved)."""

    token: str
    link: Link
    visit: Visit
    stop: Stop

    @property
    def actor(self) -> Actor:
        return Actor("link", self.link.id, self.visit.order.customer.name)


def behind_link(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Open the link, or show a page that still leads to a person."""

    @wraps(page)
    def inner(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
        try:
            link = open_link(token, request.method or "GET")
        except NoSuchLink as refusal:
            return private(render(request, "portal/ended.html", {"says": refusal.detail}, status=404))
        except LinkEnded as refusal:
            branch = crew.branch(refusal.link.scope) if refusal.link.scope else None
            context = {"says": refusal.detail} | person_of(branch)
            return private(render(request, "portal/ended.html", context, status=410))
        visit = current_visit(link.about_id)
        return private(page(request, Opened(token, link, visit, stops_of([visit])[0]), **kwargs))

    return inner


def person_of(branch: Branch | None) -> dict[str, Any]:
    """Company and a person to reach, for the head and the foot of every page."""
    company = crew.company()
    if branch is None:
        return {"company_name": company.name if company else ""}
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
