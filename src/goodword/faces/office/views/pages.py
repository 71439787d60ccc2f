"""What every page of the office needs beside its own: who looks, which branch and day, how much waits."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import wraps
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodword.crew import queries as crew
from goodword.crew.models import Branch, Role
from goodword.crew.queries import Viewer
from goodword.crew.rules import Verb
from goodword.kit.calendar import zone
from goodword.kit.clock import company_now
from goodword.kit.refusals import BadInput, NotFound, Refusal
from goodword.next_steps import queries as next_steps
from goodword.parts.doorway import SignedIn, signed_in
from goodword.visits import queries as visits
from goodword.visits.models import Request

FIRST_DAY, LAST_DAY = date(2000, 1, 2), date(2099, 12, 30)


def desk(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Only for people who read a branch; for anybody else there is nothing here."""

    @wraps(page)
    def inner(request: SignedIn, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.viewer.reads_branches:
            raise NotFound
        return page(request, *args, **kwargs)

    return signed_in(inner)


def show(request: SignedIn, template: str, context: Mapping[str, Any], status: int = 200) -> HttpResponse:
    """The page inside the office's shell."""
    viewer = request.viewer
    around = {"role_words": role_words(viewer), "rail_counts": rail_counts(viewer), "viewer": viewer}
    return render(request, template, around | dict(context), status=status)


def role_words(viewer: Viewer) -> str:
    """Dispatcher, Aldermere: what the viewer is, and where."""
    names = sorted({str(Role.Name(role).label) for role in viewer.roles})
    branches = list(crew.branches_visible_to(viewer))
    if viewer.works_in is not None or len(branches) == 1:
        where = ", ".join(b.name for b in branches)
    else:
        where = _("both branches") if len(branches) == 2 else _("all branches")
    return ", ".join(part for part in (capfirst(", ".join(names)), where) if part)


def rail_counts(viewer: Viewer) -> list[dict[str, Any]]:
    """What waits for somebody, beside the rooms where it waits."""
    waiting = visits.requests_visible_to(viewer).filter(status=Request.Status.WAITING).count()
    counts = [
        {"name": "office:intake", "n": waiting, "words": ngettext("request waits", "requests wait", waiting)},
    ]
    if viewer.reads_branches:
        late = next_steps.open_steps(viewer).filter(due_at__lte=company_now()).count()
        counts.append({"name": "office:steps", "n": late, "words": _("overdue"), "at_risk": True})
    if viewer.may(Verb.SETTLE):
        held = crew.held_visible_to(viewer).filter(settled_at=None).count()
        counts.append({"name": "office:held", "n": held, "words": ngettext("is on hold", "are on hold", held)})
    return counts


@dataclass(frozen=True)
class Chosen:
    """The branch that is looked at, and those one may look at instead."""

    branch: Branch
    branches: Sequence[Branch]

    @property
    def others(self) -> list[Branch]:
        return [b for b in self.branches if b.id != self.branch.id]


def chosen_branch(request: HttpRequest, viewer: Viewer) -> Chosen:
    """The branch of the address (``?branch=``), else the viewer's own, else the first by name."""
    branches = list(crew.branches_visible_to(viewer))
    branches = [b for b in branches if viewer.branches is None or b.id in viewer.branches]
    if not branches:
        raise NotFound
    wanted = request.GET.get("branch", "")
    if not wanted:
        return Chosen(branches[0], branches)
    found = next((b for b in branches if str(b.id) == wanted), None)
    if found is None:
        raise NotFound
    return Chosen(found, branches)


def chosen_day(request: HttpRequest, branch: Branch, now: datetime) -> date:
    """The day of the address (``?day=2026-11-02``), else today on the branch's wall."""
    today = now.astimezone(zone(branch.zone)).date()
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return today
    return day if FIRST_DAY <= day <= LAST_DAY else today


def day_before(day: date) -> date:
    return day - timedelta(days=1)


def day_after(day: date) -> date:
    return day + timedelta(days=1)


def derived(door: Mapping[str, Any], what: str) -> dict[str, Any]:
    """The same door with a command id of its own, for the second thing that one form does. Sent twice: the same id."""
    return {**door, "command": uuid5(NAMESPACE_OID, f"{door['command']}:{what}")}


def put_on(form: Any, refusal: Refusal) -> None:
    """Say a refusal where it belongs: beside the field that it names, else above the form."""
    field = refusal.facts.get("field") if isinstance(refusal, BadInput) else None
    form.add_error(field if field in form.fields else None, refusal.detail)


def uuid_or_none(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
