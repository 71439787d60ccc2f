"""What the tests of the steps share."""

from typing import Any
from uuid import UUID

from tests.cast import Cast
from tests.field import worked_through

from goodword.kit.models import Event
from goodword.visits.models import OrderLine, Visit

LINES = [
    {"kind": "work", "words": "Clean the boiler"},
    {"kind": "part", "words": "Seal set", "critical": True},
    {"kind": "tool", "words": "Gas tester"},
]


def asked(refused: Any) -> list[str]:
    return [ask.code for ask in refused.value.asks]


def line(visit: Visit, kind: str) -> UUID:
    return OrderLine.objects.get(order=visit.order_id, kind=kind).id


def newest(name: str) -> Event:
    return Event.objects.filter(name=name).order_by("-id")[0]


def after(visit: Visit, cast: Cast, step: str) -> Visit:
    worked_through(visit.id, cast.sam, "09:40", until=step)
    visit.refresh_from_db()
    return visit
