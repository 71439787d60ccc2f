"""What each kind of command does (named in ``config/wiring.py``): the same actions as the nouns and the pages."""

from typing import Any

from django.db.models import Model

from goodword.faces.api.commands.facts import Facts
from goodword.faces.api.commands.finding import handover_of, sent_before, visit_of
from goodword.kit.actors import Actor
from goodword.kit.commands import Envelope
from goodword.kit.refusals import NotFound
from goodword.visits import actions as visits
from goodword.visits.models import Visit
from goodword.visits.queries import colleagues_of


def door(envelope: Envelope, by: Actor) -> dict[str, Any]:
    return {"by": by, "at": envelope.at, "command": envelope.command}


def review(envelope: Envelope, by: Actor) -> Model:
    return visits.review(visit_of(envelope, by), **door(envelope, by))


def depart(envelope: Envelope, by: Actor) -> Model:
    reason = Facts(envelope.facts).text("reason", "")
    return visits.depart(visit_of(envelope, by), reason, **door(envelope, by))


def turn_back(envelope: Envelope, by: Actor) -> Model:
    why = Facts(envelope.facts).text("why", limit=40)
    return visits.turn_back(visit_of(envelope, by), why, **door(envelope, by))


def arrive(envelope: Envelope, by: Actor) -> Model:
    facts = Facts(envelope.facts)
    lat, lon = facts.number("lat", most=90), facts.number("lon", most=180)
    return visits.arrive(visit_of(envelope, by), lat, lon, facts.text("reason", ""), **door(envelope, by))


def meet(envelope: Envelope, by: Actor) -> Model:
    facts = Facts(envelope.facts)
    words = facts.text("called", "", limit=200), facts.text("allowed_by", "", limit=400)
    return visits.meet(visit_of(envelope, by), facts.text("who", limit=40), *words, **door(envelope, by))


def confirm_scope(envelope: Envelope, by: Actor) -> Model:
    facts = Facts(envelope.facts)
    how, reason = facts.text("how", "confirmed", limit=40), facts.text("reason", "", limit=400)
    minutes = facts.whole("minutes", least=1, most=43_200) if facts.has("minutes") else None
    return visits.confirm_scope(visit_of(envelope, by), how, reason, minutes, **door(envelope, by))


def start_work(envelope: Envelope, by: Actor) -> Model:
    make_safe = Facts(envelope.facts).yes_or_no("make_safe", False)
    return visits.start_work(visit_of(envelope, by), make_safe, **door(envelope, by))


def observe_working(envelope: Envelope, by: Actor) -> Model:
    works = Facts(envelope.facts).yes_or_no("works", True)
    return visits.observe_working(visit_of(envelope, by), works, **door(envelope, by))


def resume_work(envelope: Envelope, by: Actor) -> Model:
    return visits.resume_work(visit_of(envelope, by), **door(envelope, by))


def walk_through(envelope: Envelope, by: Actor) -> Model:
    facts = Facts(envelope.facts)
    how, items = facts.text("how", "together", limit=40), facts.groups("items", most=60)
    return visits.walk_through(visit_of(envelope, by), how, items, **door(envelope, by))


def satisfied(envelope: Envelope, by: Actor) -> Model:
    facts = Facts(envelope.facts)
    answer, words = facts.yes_or_no("satisfied"), facts.text("words", "")
    return visits.answer_satisfied(visit_of(envelope, by), answer, words, **door(envelope, by))


def sign(envelope: Envelope, by: Actor) -> Model:
    visit_id, sha256 = visit_of(envelope, by), Facts(envelope.facts).text("file_sha256", "", limit=64)
    return visits.sign(visit_id, sent_before(by, sha256), **door(envelope, by))


def complete(envelope: Envelope, by: Actor) -> Model:
    """A visit that ended has ended: one told late leaves its open steps as missed (design 1)."""
    facts = Facts(envelope.facts)
    leave_now = facts.yes_or_no("leave_now", False) or not envelope.online
    return visits.complete(
        visit_of(envelope, by), facts.text("outcome", limit=40), facts.group("proof"), leave_now, **door(envelope, by)
    )


def running_late(envelope: Envelope, by: Actor) -> Model:
    minutes = Facts(envelope.facts).whole("minutes", least=1, most=480)
    return visits.running_late(visit_of(envelope, by), minutes, **door(envelope, by))


def offer_handover(envelope: Envelope, by: Actor) -> Model:
    facts = Facts(envelope.facts)
    visit_id, to_id = visit_of(envelope, by), facts.id("to")
    if not colleagues_of(Visit.objects.get(id=visit_id)).filter(id=to_id).exists():
        raise NotFound
    return visits.offer_handover(visit_id, to_id, facts.text("reason", ""), **door(envelope, by))


def accept_handover(envelope: Envelope, by: Actor) -> Model:
    """What changed is the visit: its new technician's other commands about it can go on."""
    reason = Facts(envelope.facts).text("reason", "")
    return visits.accept_handover(handover_of(envelope, by), reason, **door(envelope, by)).visit


def add_note(envelope: Envelope, by: Actor) -> Model:
    return visits.add_note(visit_of(envelope, by), Facts(envelope.facts).text("words"), **door(envelope, by))
