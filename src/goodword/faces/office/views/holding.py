"""Held commands in words: who sent what, about which visit, when, and why it waits."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from goodword.crew import queries as crew
from goodword.crew.queries import Viewer
from goodword.faces.office.views.stories import names_of, outcome_words
from goodword.kit.held import AGE_ALARM_MIN
from goodword.kit.models import Command, Held
from goodword.visits import queries as visits
from goodword.visits.models import Visit

AGE_ALARM = timedelta(minutes=AGE_ALARM_MIN)
_KINDS: Mapping[str, str | Promise] = {
    "visit.review": lazy("I have read the order"),
    "visit.on_the_way": lazy("On my way"),
    "visit.turn_back": lazy("Not on the way after all"),
    "visit.arrive": lazy("I am at the door"),
    "visit.meet": lazy("Met somebody"),
    "visit.confirm_scope": lazy("The work is agreed"),
    "visit.start_work": lazy("Work begins"),
    "visit.observe_working": lazy("I have seen it work"),
    "visit.resume_work": lazy("Back to work"),
    "visit.walk_through": lazy("We walked through it"),
    "visit.satisfied": lazy("Asked whether they are satisfied"),
    "visit.sign": lazy("Signed"),
    "visit.complete": lazy("Work finished"),
    "visit.running_late": lazy("Running late"),
    "handover.offer": lazy("I offer this visit to a colleague"),
    "handover.accept": lazy("I take this visit over"),
    "file.attach": lazy("A photo"),
    "note.add": lazy("A note"),
}


@dataclass(frozen=True)
class HeldView:
    """One held command as the office reads it."""

    held: Held
    who: str
    what: str
    facts: str
    visit: Visit | None

    @property
    def command(self) -> Command:
        return self.held.command

    def is_old(self, now: datetime) -> bool:
        """Nobody has settled it for a quarter of an hour."""
        return now - self.held.opened_at >= AGE_ALARM


def held_views(viewer: Viewer, rows: Iterable[Held]) -> list[HeldView]:
    """In their order; with two more queries, whatever their number."""
    there = list(rows)
    if not there:
        return []
    about = [row.command.about for row in there if row.command.about is not None]
    seen = {visit.id: visit for visit in visits.visible_to(viewer).filter(id__in=about)}
    senders = [row.command.by_id for row in there if row.command.by_id is not None]
    names = names_of(crew.people_visible_to(viewer).prefetch_related(None).filter(id__in=senders))
    return [_view(row, seen, names) for row in there]


def _view(row: Held, seen: Mapping[UUID, Visit], names: Mapping[UUID, str]) -> HeldView:
    command = row.command
    who = names.get(command.by_id, _("somebody")) if command.by_id is not None else _("somebody")
    what = str(_KINDS.get(command.kind, _("Something this server does not know (%(kind)s)") % {"kind": command.kind}))
    visit = seen.get(command.about) if command.about is not None else None
    return HeldView(row, who, what, _facts(command), visit)


def _facts(command: Command) -> str:
    """What the phone said beside it, as far as we have words for it."""
    facts = command.facts if isinstance(command.facts, dict) else {}
    said = []
    if isinstance(facts.get("outcome"), str):
        said.append(outcome_words(facts["outcome"]))
    if isinstance(facts.get("minutes"), int):
        said.append(_("%(n)d min") % {"n": facts["minutes"]})
    if isinstance(facts.get("words"), str):
        said.append(facts["words"])
    return " · ".join(said)
