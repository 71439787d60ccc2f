"""What a branch owes and by when: next steps and promised calls, each with whom it is about."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise as Words
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from goodword.crew.models import Role
from goodword.crew.queries import Viewer
from goodword.crew.rules import Verb
from goodword.messaging import queries as messaging
from goodword.next_steps.models import Step
from goodword.next_steps.queries import may_do
from goodword.promises import queries as promises
from goodword.promises.models import Promise
from goodword.promises.rules import SAID_DONE
from goodword.visits import queries as visits

KINDS: Mapping[str, str | Words] = {
    "call": lazy("Call them"),
    "confirm_by_call": lazy("Call and confirm"),
    "follow_up": lazy("Put it right"),
    "new_time": lazy("Agree on a new time"),
    "part_missing": lazy("Get what is missing"),
    "order_changed": lazy("Read the order again"),
    "settle-message": lazy("Did the message arrive?"),
}
ANYTHING = lazy("Do what was left open")


@dataclass(frozen=True)
class Owed:
    """One thing that somebody owes. ``done_url`` is empty for who may not say that it is done."""

    what: str
    words: str
    who: str
    due_at: datetime
    since: datetime
    name: str
    url: str
    overdue: bool
    done_url: str
    done_words: str = ""
    done_at: datetime | None = None
    undo_url: str = ""

    @property
    def said(self) -> str:
        """Everything that a search looks in."""
        return " ".join([self.what, self.words, self.who, self.name]).casefold()


Place = tuple[str, str]


class Abouts:
    """Whom rows of any room are about, and where that leads: four queries for any number of rows."""

    def __init__(self, viewer: Viewer, about: Iterable[tuple[str, UUID]]) -> None:
        asked: dict[str, set[UUID]] = {"message": set(), "promise": set(), "visit": set(), "request": set()}
        for kind, row in about:
            asked.setdefault(kind, set()).add(row)
        written = messaging.visible_to(viewer).filter(id__in=asked["message"])
        self.messages = {m.id: (m.about_kind, m.about_id) for m in written}
        for kind, row in self.messages.values():
            asked.setdefault(kind, set()).add(row)
        self.places: dict[UUID, Place] = {}
        for promise in promises.visible_to(viewer).filter(id__in=asked["promise"]):
            self.places[promise.id] = (promise.customer.name, _of_promise(promise))
        for visit in visits.visible_to(viewer).filter(id__in=asked["visit"]):
            self.places[visit.id] = (visit.order.customer.name, reverse("office:visit", args=[visit.id]))
        for request in visits.requests_visible_to(viewer).filter(id__in=asked["request"]):
            self.places[request.id] = (request.customer.name, reverse("office:request", args=[request.id]))

    def of(self, kind: str, row: UUID) -> Place:
        """Name and address; nothing where it leads nowhere that the viewer sees."""
        if kind == "message":
            row = self.messages.get(row, ("", row))[1]
        return self.places.get(row, ("", ""))


def _of_promise(promise: Promise) -> str:
    if promise.visit_id is not None:
        return reverse("office:visit", args=[promise.visit_id])
    if promise.request_id is not None:
        return reverse("office:request", args=[promise.request_id])
    return reverse("office:customer", args=[promise.customer_id])


def owed_steps(viewer: Viewer, rows: Iterable[Step], now: datetime) -> list[Owed]:
    """Next steps as a person reads them."""
    steps = list(rows)
    abouts = Abouts(viewer, [(s.about_kind, s.about_id) for s in steps])
    return [_step(viewer, step, abouts, now) for step in steps]


def _step(viewer: Viewer, step: Step, abouts: Abouts, now: datetime) -> Owed:
    name, url = abouts.of(step.about_kind, step.about_id)
    may = may_do(viewer, step)
    args: Any = {"args": [step.id]}
    return Owed(
        str(KINDS.get(step.kind, ANYTHING)), step.words, who_owes(step), step.due_at, step.opened_at, name, url,
        step.done_at is None and step.due_at <= now,
        reverse("office:step_done", **args) if may else "",
        _("Done"), step.done_at, reverse("office:step_undone", **args) if may else "",
    )  # fmt: skip


def who_owes(step: Step) -> str:
    """Hanna Lindqvist; or whoever has the role."""
    if step.owner is not None:
        return step.owner.name
    labels = dict(Role.Name.choices)
    return str(labels.get(step.owner_role, step.owner_role)).capitalize()


def owed_calls(viewer: Viewer, rows: Iterable[Promise], now: datetime) -> list[Owed]:
    """Calls that we have promised: kept when somebody calls."""
    return [_call(viewer, promise, now) for promise in rows]


def _call(viewer: Viewer, promise: Promise, now: datetime) -> Owed:
    may, args = viewer.may(Verb.BOOK, promise.branch_id), [promise.id]
    verdict = promise.verdict
    return Owed(
        _("Call them"), promise.said, _("Whoever takes the call"), promise.closes_at, promise.made_at,
        promise.customer.name, _of_promise(promise), promise.closes_at <= now,
        reverse("office:called", args=args) if may else "", _("Called"),
        verdict.judged_at if verdict.proof == SAID_DONE else None,
        reverse("office:not_called", args=args) if may else "",
    )  # fmt: skip
