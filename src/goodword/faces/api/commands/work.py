"""Commands about parts, the place, the work itself and what comes before leaving."""

from datetime import datetime

from django.db.models import Model

from goodword.faces.api.commands.facts import Facts
from goodword.faces.api.commands.finding import sent_before, visit_of
from goodword.faces.api.commands.stages import door
from goodword.kit.actors import Actor
from goodword.kit.attachments import FileNotHere, attach
from goodword.kit.calendar import read_instant
from goodword.kit.commands import Envelope
from goodword.visits import actions as visits
from goodword.visits.models import Visit

MONEY, MONTH = 10**12, 43_200
SITE = ("pets", "children", "vulnerable", "parking", "access_notes", "work_area", "materials_area")


def check_parts(envelope: Envelope, by: Actor) -> Model:
    missing = Facts(envelope.facts).ids("missing", most=60)
    return visits.check_parts(visit_of(envelope, by), missing, **door(envelope, by))


def confirm_site(envelope: Envelope, by: Actor) -> Model:
    changed = Facts(envelope.facts).texts(*SITE)
    return visits.confirm_site(visit_of(envelope, by), changed, **door(envelope, by))


def meet_obstacle(envelope: Envelope, by: Actor) -> Model:
    facts = Facts(envelope.facts)
    minutes, minor = _upto(facts, "more_minutes", MONTH), _upto(facts, "more_minor", MONEY)
    flags = facts.yes_or_no("needs_parts", False), facts.yes_or_no("told", False)
    kind, words = facts.text("kind", limit=40), facts.text("words", "")
    return visits.meet_obstacle(visit_of(envelope, by), kind, words, minutes, minor, *flags, **door(envelope, by))


def _upto(facts: Facts, field: str, most: int) -> int:
    return facts.whole(field, least=0, most=most) if facts.has(field) else 0


def tell_obstacle(envelope: Envelope, by: Actor) -> Model:
    return visits.tell_obstacle(visit_of(envelope, by), Facts(envelope.facts).id("obstacle"), **door(envelope, by))


def agree_change(envelope: Envelope, by: Actor) -> Model:
    facts = Facts(envelope.facts)
    return visits.agree_change(
        visit_of(envelope, by), facts.text("words"), _upto(facts, "price_minor", MONEY),
        facts.text("how", "customer", limit=40), facts.text("agreed_by", "", limit=200), _instant(facts, "finish_at"),
        sent_before(by, facts.text("photo", "", limit=64)), **door(envelope, by),
    )  # fmt: skip


def _instant(facts: Facts, field: str) -> datetime | None:
    return read_instant(facts.text(field, limit=64)) if facts.has(field) else None


def finish_line(envelope: Envelope, by: Actor) -> Model:
    return visits.finish_line(visit_of(envelope, by), Facts(envelope.facts).id("line"), **door(envelope, by))


def take_back_line(envelope: Envelope, by: Actor) -> Model:
    return visits.take_back_line(visit_of(envelope, by), Facts(envelope.facts).id("line"), **door(envelope, by))


def take_reading(envelope: Envelope, by: Actor) -> Model:
    facts = Facts(envelope.facts)
    values = facts.text("name"), facts.text("value"), facts.text("unit", "")
    return visits.take_reading(visit_of(envelope, by), *values, **door(envelope, by))


def clean_up(envelope: Envelope, by: Actor) -> Model:
    facts = Facts(envelope.facts)
    how, reason = facts.text("how", "done", limit=40), facts.text("reason", "", limit=400)
    return visits.clean_up(visit_of(envelope, by), how, reason, **door(envelope, by))


def pay(envelope: Envelope, by: Actor) -> Model:
    facts = Facts(envelope.facts)
    kind, reason = facts.text("kind", limit=40), facts.text("reason", "", limit=400)
    amount = _upto(facts, "amount_minor", MONEY)
    return visits.record_payment(visit_of(envelope, by), kind, amount, reason, **door(envelope, by))


def attach_file(envelope: Envelope, by: Actor) -> Model:
    """A photo of the visit, sent in chunks before. One that is not here yet is held, and tried again when it is.

    So is one of another branch: the sender knows its hash alone.
    """
    facts = Facts(envelope.facts)
    visit = Visit.objects.get(id=visit_of(envelope, by))
    name, words = facts.text("name", "", limit=400), facts.text("words", "")
    shown = facts.yes_or_no("for_customer", False)
    sha256 = sent_before(by, facts.text("sha256", limit=64))
    if not sha256:
        raise FileNotHere
    attach(sha256, visit, visit.branch_id, name, words, shown, **door(envelope, by))
    return visit
