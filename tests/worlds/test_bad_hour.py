"""An hour goes wrong in the demo: Today proposes ways to mend it, one press does one, and what it saves is kept.

The rest of the day is played as it was forecast when the way was done: no luck, and every tap through the actions.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from tests.cast import door
from tests.faces.office.desk import sent, text_of
from tests.worlds.ground import a_demo, county_in_use

from goodword.crew.models import Absence, Branch
from goodword.dispatch.actions import reforecast_all
from goodword.dispatch.models import Forecast
from goodword.dispatch.queries.repair import Way, ways_to_mend
from goodword.kit.clock import company_now
from goodword.kit.models import Event
from goodword.promises.queries import judgement, open_window_of
from goodword.promises.rules import State
from goodword.territory.models import Closure
from goodword.visits import actions as visits
from goodword.visits.models import Visit
from goodword.worlds.laying import InProcess, Reactor, step_to
from goodword.worlds.monday import lay_monday

OTHERS = 12
Due = tuple[datetime, int, Any, dict[str, Any], Visit]
SAVED_FROM, SAVED_TO = 0.5, 0.8  # a promise that was likelier broken than kept, and is surely kept with the way


@dataclass
class Hour:
    """What was seen."""

    begun: datetime
    today: str = ""
    ways: tuple[Way, ...] = ()
    answer: str = ""
    saved: list[UUID] = field(default_factory=list)
    kept: dict[UUID, State] = field(default_factory=dict)
    events: int = 0
    broken_before: float = 0.0


@pytest.fixture(scope="module")
def hour(django_db_setup: None, test_database: Any, django_db_blocker: Any) -> Iterator[Hour]:
    with county_in_use(test_database, django_db_blocker), a_demo(test_database):
        lay_monday(lambda _done, _what: None, InProcess(), OTHERS)
        seen = Hour(company_now() + timedelta(seconds=1))
        step_to(seen.begun)
        with Reactor() as reactor:
            _goes_wrong(seen, reactor)
            _is_mended(seen, reactor)
            _goes_on(seen, reactor)
        yield seen


def _goes_wrong(seen: Hour, reactor: Reactor) -> None:
    """One press on the tour, and one by mistake."""
    client = Client()
    page = client.post("/tour/bad-hour/", follow=True)
    assert page.status_code == 200
    reactor.settle()
    before = Event.objects.count()
    client.post("/tour/bad-hour/")
    reactor.settle()
    seen.events = Event.objects.count() - before
    seen.today = text_of(client.get("/"))
    found = ways_to_mend(aldermere())
    assert found is not None
    seen.ways, seen.broken_before = found.ways, found.broken_before
    press = sent(client, "/mending/", way=seen.ways[0].key, follow=True)
    seen.answer = text_of(press)


def aldermere() -> Branch:
    return Branch.objects.get(name="Aldermere")


def _is_mended(seen: Hour, reactor: Reactor) -> None:
    reactor.settle()
    reforecast_all()
    for change in seen.ways[0].promises:
        if (change.p_before or 0.0) < SAVED_FROM and (change.p_after or 0.0) >= SAVED_TO:
            seen.saved.append(change.visit_id)


def _goes_on(seen: Hour, reactor: Reactor) -> None:
    """Everybody is at each door when it was forecast; the work of one ends before they set out to the next."""
    due: list[Due] = []
    for forecast in Forecast.objects.filter(branch=aldermere()).select_related("visit__technician"):
        visit = forecast.visit
        if visit.technician is None or visit.is_over or forecast.p50 is None or forecast.finish_p50 is None:
            continue
        due += _steps(visit, forecast.p50, forecast.finish_p50)
    for moment, _order, do, facts, visit in sorted(due, key=lambda one: one[:2]):
        step_to(max(moment, company_now()))
        assert visit.technician is not None
        do(visit.id, **facts, **door(visit.technician, company_now()))
    reactor.settle()
    for visit_id in seen.saved:
        promise = open_window_of(visit_id)
        assert promise is not None
        seen.kept[visit_id] = judgement(promise, company_now()).state


def _steps(visit: Visit, arrives: datetime, ends: datetime) -> Iterator[Due]:
    if visit.arrived_at is None:
        if visit.on_the_way_at is None:
            yield arrives - timedelta(seconds=40), 0, visits.depart, {}, visit
        yield arrives, 1, visits.arrive, {}, visit
        yield arrives, 2, visits.confirm_site, {}, visit
        yield arrives, 3, visits.confirm_scope, {}, visit
        yield arrives, 4, visits.start_work, {}, visit
    last = ends - timedelta(seconds=60)
    yield last, 5, visits.observe_working, {}, visit
    yield last, 6, visits.complete, {"outcome": "fixed", "leave_now": True}, visit


@pytest.fixture(autouse=True)
def _played(hour: Hour) -> None:
    """Every test here is about that hour."""


def test_three_things_went_wrong_once(hour: Hour) -> None:
    absence = Absence.objects.select_related("person").get(reason="sick")
    assert (absence.person.name, absence.starts_at) == ("Lucy Brandt", hour.begun)
    closure = Closure.objects.get()
    assert (closure.name, closure.counts_from is None) == ("Mill Bridge", False)
    late = Event.objects.filter(name="visit.running_late", at=hour.begun)
    assert sorted(event.facts["minutes"] for event in late) == [60, 80, 100]
    assert hour.events == 0, "pressed twice, it happened twice"


def test_today_shows_two_or_more_ways_each_with_who_comes_and_why(hour: Hour) -> None:
    assert "Ways to mend the day" in hour.today
    assert 2 <= len(hour.ways) <= 4
    assert len({way.key for way in hour.ways}) == len(hour.ways)
    for way in hour.ways:
        assert way.broken_after < hour.broken_before
        assert all(move.says for move in way.moves)


def test_one_press_does_a_way_whole(hour: Hour) -> None:
    assert "What was said to each customer stays." in hour.answer
    for move in hour.ways[0].moves:
        row = Visit.objects.get(id=move.visit_id)
        assert row.technician is not None
        assert row.technician.name == move.to


def test_what_it_saves_is_seen_kept(hour: Hour) -> None:
    assert hour.saved, "the way that was done saves no promise"
    assert set(hour.kept.values()) == {State.KEPT}
