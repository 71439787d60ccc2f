"""The journal in words: what happened, by whom, when; and when it was written down, where that was later."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from goodword.crew.models import Person
from goodword.kit.calendar import read_instant
from goodword.kit.models import Event
from goodword.parts.times import moment_words, span_words
from goodword.promises.rules import Judgement
from goodword.promises.rules import State as Verdict
from goodword.visits.rules import Outcome, TurnedBack

LATE = timedelta(minutes=2)  # ours: written down so much later is worth a word

_SAYS: Mapping[str, str | Promise] = {
    "request.taken": lazy("Asked for help"),
    "request.flagged": lazy("What makes it urgent was noted"),
    "request.advised": lazy("Told what to do until we come"),
    "request.answered": lazy("The request was answered"),
    "order.opened": lazy("Work order opened"),
    "order.changed": lazy("The work was changed"),
    "offer.made": lazy("Windows were offered"),
    "offer.held": lazy("A window was held"),
    "offer.chosen": lazy("A window was chosen"),
    "offer.lapsed": lazy("The held window lapsed"),
    "visit.planned": lazy("Visit planned"),
    "visit.assigned": lazy("Given to a technician"),
    "visit.moved": lazy("Moved to another time"),
    "visit.cancelled": lazy("Cancelled"),
    "visit.reviewed": lazy("Read by the technician"),
    "visit.on_the_way": lazy("On the way"),
    "visit.turned_back": lazy("Turned back"),
    "visit.arrived": lazy("Arrived"),
    "visit.met": lazy("Met somebody"),
    "visit.scope_confirmed": lazy("The work was agreed at the door"),
    "visit.work_started": lazy("Work began"),
    "visit.observed_working": lazy("Seen working"),
    "visit.work_resumed": lazy("Back to work"),
    "visit.walked_through": lazy("Walked through with the customer"),
    "visit.satisfaction": lazy("Asked whether they are satisfied"),
    "visit.signed": lazy("Signed"),
    "visit.completed": lazy("Visit complete"),
    "visit.running_late": lazy("Running late"),
    "handover.offered": lazy("Offered to a colleague"),
    "handover.accepted": lazy("Taken over by a colleague"),
    "file.attached": lazy("A file was attached"),
    "file.shown": lazy("A photo was shown to the customer"),
    "file.hidden": lazy("A photo was taken off the customer’s page"),
    "file.withdrawn": lazy("A file was taken away"),
    "file.restored": lazy("A file was put back"),
    "note.added": lazy("Note added"),
    "note.corrected": lazy("Note corrected"),
    "note.withdrawn": lazy("Note withdrawn"),
    "note.restored": lazy("Note counts again"),
    "call.logged": lazy("A call was written down"),
    "call.withdrawn": lazy("A call was withdrawn"),
    "call.restored": lazy("A call counts again"),
    "promise.made": lazy("Promised"),
    "promise.at_risk": lazy("The promise is at risk"),
    "promise.known": lazy("It will not be kept, as we know now"),
    "promise.told": lazy("The customer was told"),
    "promise.not_told": lazy("Not told after all"),
    "promise.renegotiated": lazy("Agreed anew with the customer"),
    "promise.released": lazy("Released by the customer"),
    "promise.voided": lazy("Declared void"),
    "promise.early_agreed": lazy("An early start was agreed"),
    "promise.done": lazy("Done as promised"),
    "promise.not_done": lazy("Not done after all"),
    "customer.added": lazy("Customer added"),
    "customer.changed": lazy("Customer’s details changed"),
    "customer.merged": lazy("Merged into another customer"),
    "customer.unmerged": lazy("Separated again"),
    "contact.added": lazy("Contact added"),
    "contact.changed": lazy("Contact changed"),
    "contact.ended": lazy("Contact ended"),
    "contact.channel_added": lazy("A way to reach them was added"),
    "contact.channel_ended": lazy("A way to reach them was ended"),
    "contact.channel_bounced": lazy("Mail came back"),
    "contact.channel_works": lazy("Mail arrives again"),
    "consent.given": lazy("Agreed to be written to"),
    "consent.withdrawn": lazy("Does not want to be written to"),
    "site.added": lazy("Site added"),
    "site.changed": lazy("Site changed"),
    "site.ended": lazy("Site ended"),
    "site_facts.confirmed": lazy("Facts of the site confirmed"),
    "step.opened": lazy("A next step was opened"),
    "step.handed": lazy("A next step was handed on"),
    "step.done": lazy("A next step was done"),
    "message.queued": lazy("A message was written"),
    "message.accepted": lazy("A message was sent"),
    "message.delivered": lazy("A message arrived"),
    "message.failed": lazy("A message could not be sent"),
}
_STATES: Mapping[str, tuple[str, str | Promise]] = {
    "promise.at_risk": ("at-risk", lazy("at risk")),
    "promise.known": ("late", lazy("known")),
    "promise.told": ("told", lazy("told")),
    "promise.renegotiated": ("renegotiated", lazy("agreed anew")),
    "message.failed": ("broken", lazy("not sent")),
    "contact.channel_bounced": ("broken", lazy("came back")),
}
_MET: Mapping[str, str | Promise] = {
    "contact": lazy("Met the customer"),
    "adult": lazy("Met another adult"),
    "authorised": lazy("Let in as agreed"),
    "nobody": lazy("Nobody was there"),
    "minor": lazy("Only a child was there"),
    "wrong_person": lazy("Met somebody else"),
}


@dataclass(frozen=True)
class Moment:
    """One line of a story."""

    at: datetime
    says: str
    by: str = ""
    recorded_at: datetime | None = None
    state: str = ""
    state_words: str = ""


# What goes without saying when the same command did the larger thing.
_PART_OF: Mapping[str, frozenset[str]] = {
    "customer.added": frozenset({"contact.added", "contact.channel_added", "consent.given", "site.added"}),
    "contact.added": frozenset({"contact.channel_added", "consent.given"}),
    "contact.channel_added": frozenset({"consent.given"}),
    "promise.made": frozenset({"request.answered", "order.opened", "offer.chosen"}),
}


def moments(events: Iterable[Event], people: Mapping[UUID, str], where: tzinfo) -> list[Moment]:
    """The events as lines, in their order. One without words, or that is only part of a larger one, is left out."""
    rows = [event for event in events if event.name in _SAYS]
    silent = {(e.command, part) for e in rows for part in _PART_OF.get(e.name, ())}
    return [_moment(event, people, where) for event in rows if (event.command, event.name) not in silent]


def _moment(event: Event, people: Mapping[UUID, str], where: tzinfo) -> Moment:
    state, words = _STATES.get(event.name, ("", ""))
    late = event.recorded_at - event.at > LATE
    recorded_at = event.recorded_at if late else None
    says = _promised(event, where) if event.name == "promise.made" else _says(event, people)
    return Moment(event.at, says, _by(event, people), recorded_at, state, str(words))


def _promised(event: Event, where: tzinfo) -> str:
    """Promised: Mon 2 Nov, 9:30–10:30."""
    opens, closes = event.facts.get("opens_at"), event.facts.get("closes_at")
    if not closes:
        return str(_SAYS[event.name])
    until = read_instant(closes)
    when = span_words(read_instant(opens), until, where, event.at) if opens else moment_words(until, where, event.at)
    says = _("Promised: %(when)s") if opens else _("Promised by %(when)s")
    return says % {"when": when}


def _by(event: Event, people: Mapping[UUID, str]) -> str:
    if event.by_kind == "link":
        return _("by the customer")
    if event.by_kind == "system" or event.by_id is None:
        return ""
    return people.get(event.by_id, "")


def _says(event: Event, people: Mapping[UUID, str]) -> str:
    facts: Mapping[str, Any] = event.facts
    match event.name:
        case "visit.assigned" | "visit.planned" if name := _name(facts.get("technician"), people):
            return _("Given to %(name)s") % {"name": name}
        case "visit.assigned" if facts.get("technician") is None:
            return _("Taken from the plan, unassigned")
        case "handover.offered" | "handover.accepted" if name := _name(facts.get("to"), people):
            said = _("Offered to %(name)s") if event.name == "handover.offered" else _("Taken over by %(name)s")
            return said % {"name": name}
        case "visit.running_late":
            return _("Running %(n)s min late") % {"n": facts.get("minutes", "")}
        case "visit.met":
            return str(_MET.get(str(facts.get("who")), _SAYS[event.name]))
        case "visit.moved" | "visit.cancelled":
            return _by_whom(event.name, str(facts.get("by_whom", "")))
        case "visit.completed":
            return _("Visit complete: %(outcome)s") % {"outcome": outcome_words(str(facts.get("outcome", "")))}
        case "visit.observed_working" if facts.get("works") is False:
            return _("It does not work yet")
        case "visit.satisfaction":
            return _("Satisfied") if facts.get("satisfied") else _("Not satisfied yet")
        case "visit.arrived" if facts.get("claimed"):
            return _("Arrived, entered later")
        case "visit.turned_back" if facts.get("why") == TurnedBack.SLIP:
            return _("Not on the way after all: tapped by mistake")
        case "message.queued" if facts.get("purpose") == "on_the_way":
            return _("Written to: somebody is on the way")
        case "message.queued" if facts.get("purpose") == "turned_back":
            return _("Written to: not on the way after all")
        case "call.logged":
            return _("We called them") if facts.get("we_called") else _("They called us")
        case "message.queued" if facts.get("purpose") == "confirmation":
            return _("A confirmation was written")
        case "promise.told" if facts.get("how") == "spoken":
            return _("The customer was told, in a call")
    return str(_SAYS[event.name])


def _name(value: Any, people: Mapping[UUID, str]) -> str:
    try:
        return people.get(UUID(str(value)), "")
    except ValueError:
        return ""


def _by_whom(name: str, by_whom: str) -> str:
    if name == "visit.moved":
        return _("Moved at the customer’s wish") if by_whom == "customer" else _("Moved by us")
    return _("Cancelled by the customer") if by_whom == "customer" else _("Cancelled by us")


def outcome_words(outcome: str) -> str:
    return next((str(says) for value, says in Outcome.choices() if value == outcome), outcome)


def names_of(people: Iterable[Person]) -> dict[UUID, str]:
    return {person.id: person.name for person in people}


_CAUSES: Mapping[str, str | Promise] = {
    "late": lazy("we came too late"),
    "early": lazy("we came before the window, without asking"),
    "unproven": lazy("no arrival was recorded"),
    "no_access": lazy("we came, waited and called; nobody was there"),
    "no_access_unproven": lazy("nobody was there, but waiting and calls are not proven"),
    "agreed_too_late": lazy("another time was agreed only after the window"),
    "moved_again": lazy("we moved it a second time"),
    "moved_by_us": lazy("we moved it without a choice"),
    "cancelled_by_us": lazy("we cancelled it"),
    "cancelled": lazy("it was cancelled"),
    "customer": lazy("the customer asked for another time"),
    "ours": lazy("we asked in time, and the customer chose anew"),
}
_VERDICTS: Mapping[Verdict, tuple[str, str | Promise]] = {
    Verdict.KEPT: ("kept", lazy("kept")),
    Verdict.BROKEN: ("broken", lazy("broken")),
    Verdict.RENEGOTIATED: ("renegotiated", lazy("agreed anew")),
    Verdict.RELEASED: ("released", lazy("released")),
    Verdict.VOID: ("void", lazy("void")),
    Verdict.OPEN: ("quiet", lazy("open")),
}
_TOLD: Mapping[str, str | Promise] = {
    "before": lazy("the customer heard before"),
    "silent": lazy("the customer was not told in time"),
}


@dataclass(frozen=True)
class Said:
    """A verdict as a state and a reason in words."""

    state: str
    words: str
    why: str


def verdict_words(found: Judgement) -> Said:
    state, words = _VERDICTS[found.state]
    parts = [str(_CAUSES.get(found.cause, "")), str(_TOLD.get(found.told, ""))]
    if found.proof == "claimed":
        parts.append(_("the time was entered later"))
    return Said(state, str(words), "; ".join(part for part in parts if part))
