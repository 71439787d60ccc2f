"""The calm Monday at 9:40, as world and pictures have it: laid through the API, cut off in the middle, laid on."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from tests.worlds.ground import a_demo, county_in_use

from goodword.crew.models import Branch, Engagement, Person
from goodword.crew.queries import viewer_of
from goodword.customers.queries import search
from goodword.dispatch.models import Forecast
from goodword.kit.clock import clock_rate, company_now, set_company_clock
from goodword.kit.models import Command, Event, Held
from goodword.kit.relay import Relay, broken_seals, seal_once
from goodword.promises.models import Mark, Promise
from goodword.promises.queries import wrong_verdicts
from goodword.visits.models import Request, Visit
from goodword.worlds import demo
from goodword.worlds.laying import InProcess
from goodword.worlds.monday import lay_monday

MONDAY = date(2026, 11, 2)
CUT_OFF_AFTER = 120
OTHERS = 12


def at(hour: int, minute: int) -> datetime:
    return datetime(2026, 11, 2, hour, minute, tzinfo=UTC)


class CutOff(Exception):
    pass


class Failing(InProcess):
    """The line that goes dead in the middle of the morning, after the server has done what was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.sent = 0

    def send(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> tuple[int, bytes]:
        answer = super().send(method, path, body, headers)
        self.sent += 1
        if self.sent == CUT_OFF_AFTER:
            raise CutOff
        return answer


@pytest.fixture(scope="module")
def told(django_db_setup: None, test_database: Any, django_db_blocker: Any) -> Iterator[list[tuple[float, str]]]:
    """The Monday is laid; what was told of its progress."""
    heard: list[tuple[float, str]] = []
    with county_in_use(test_database, django_db_blocker), a_demo(test_database):
        with pytest.raises(CutOff):
            lay_monday(lambda _done, _what: None, Failing(), OTHERS)
        assert not Command.objects.filter(id=_last()).exists()
        lay_monday(lambda done, what: heard.append((done, what)), InProcess(), OTHERS)
        yield heard


def _last() -> Any:
    from goodword.worlds.monday.morning import LAST

    return LAST


@pytest.fixture(autouse=True)
def _laid(told: object) -> None:
    """Every test here is about that Monday."""


def visits_of(branch: str) -> list[Visit]:
    rows = Visit.objects.filter(branch__name=branch, planned_start__date=MONDAY, moved_at=None, cancelled_at=None)
    return list(rows.select_related("order__customer", "technician"))


def state_of(visit: Visit) -> str:
    if visit.completed_at:
        return "done"
    if visit.arrived_at:
        return "at work"
    return "driving" if visit.on_the_way_at else "to come"


def test_aldermere_stands_as_in_the_picture() -> None:
    assert Counter(map(state_of, visits_of("Aldermere"))) == {"done": 11, "at work": 5, "driving": 2, "to come": 16}


def test_kilnsea_has_twenty_two_visits_and_its_day_has_begun() -> None:
    states = Counter(map(state_of, visits_of("Kilnsea")))

    assert sum(states.values()) == 22
    assert states["done"] and states["at work"] and states["driving"]


def test_the_two_who_drive_are_sam_and_ade() -> None:
    driving = {v.technician.name: v.order.customer.name for v in visits_of("Aldermere") if state_of(v) == "driving"}

    assert driving == {"Sam Tully": "Mrs Adeyemi", "Ade Bankole": "Mrs Halloran"}


def test_mr_beaumont_is_at_risk_since_9_31_and_nobody_has_told_him() -> None:
    mark = Mark.objects.get()

    assert (mark.kind, mark.since) == ("at_risk", at(9, 31))
    visit = mark.promise.visit
    assert visit is not None and visit.technician is not None
    assert (visit.order.customer.name, visit.technician.name) == ("Mr Beaumont", "Joe Marsh")
    assert visit.order.site.address.startswith("14 Weir Lane")
    assert not Event.objects.filter(name="promise.told").exists()


def test_every_other_promise_is_in_good_shape() -> None:
    """The engine says so itself: above one in ten it would have been marked."""
    rows = Forecast.objects.filter(visit__completed_at=None).exclude(p_kept=None)
    endangered = {f.visit.order.customer.name for f in rows if f.p_kept is not None and f.p_kept < 0.9}

    assert endangered == {"Mr Beaumont"}
    states = Counter(Promise.objects.values_list("verdict__state", flat=True))
    assert set(states) == {"open", "kept", "released"}
    assert states["released"] == 1


def test_one_request_waits_untouched_in_her_own_words() -> None:
    request = Request.objects.get(status="waiting")

    assert request.customer.name == "Mrs Sharma"
    assert request.words == "There is water under the sink again and the bucket is full by noon."
    assert request.taken_at == at(8, 52)
    assert request.site.address.startswith("3-5 Mill Row")


def test_one_command_is_held_because_the_visit_was_moved_before_it_came() -> None:
    held = Held.objects.select_related("command").get(settled_at=None)

    assert (held.command.kind, held.code, held.opened_at) == ("visit.complete", "visit-over", at(8, 20))
    assert Person.objects.get(id=held.command.by_id).name == "Nell Price"
    moved = Visit.objects.get(id=held.command.about)
    assert moved.moved_at == at(8, 11)
    assert Person.objects.get(id=moved.changed_by).name == "Hanna Lindqvist"
    assert moved.moved_to is not None and moved.moved_to.planned_start is not None
    assert moved.moved_to.planned_start.date() == date(2026, 11, 3)


def test_it_is_9_40_and_time_goes_on() -> None:
    assert clock_rate() == 1
    assert at(9, 40) <= company_now() < at(9, 40) + timedelta(hours=1)


def test_what_happened_was_recorded_when_it_happened_by_the_phone_of_who_did_it() -> None:
    """Laid honestly: nothing claims to have been known before it was."""
    taps = Event.objects.filter(name__startswith="visit.", device__isnull=False, recorded_at__gte=at(7, 0))

    assert taps.count() > 150
    assert [e.name for e in taps if e.at != e.recorded_at] == []
    assert Command.objects.filter(gap_before__gt=0).count() == 0


def test_all_of_it_went_through_the_front_door_and_is_sealed() -> None:
    relay = Relay()
    while relay.once() or seal_once():
        pass

    assert Event.objects.filter(numbered=None).count() == 0
    assert broken_seals() == []
    assert wrong_verdicts(company_now()) == []


def test_nobody_is_booked_twice() -> None:
    rows = Engagement.objects.filter(live=True, kind__in=["visit", "hold"]).order_by("person_id", "during")
    spans = [(row.person_id, row.during.lower, row.during.upper) for row in rows]

    assert [b for a in spans for b in spans if a is not b and a[0] == b[0] and a[1] < b[2] and b[1] < a[2]] == []


@pytest.mark.parametrize("text", ["Beaumont", "01632 960200", "Weir Lane 14", "Castellane", "adyemi"])
def test_the_search_has_something_to_find(text: str) -> None:
    viewer = viewer_of(Person.objects.get(name="Ruth Wend"))

    assert search(viewer, text)


def test_progress_is_told_and_never_runs_back(told: list[tuple[float, str]]) -> None:
    shares = [done for done, _what in told]

    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1.0)
    assert all(what for _done, what in told)


def test_laying_a_second_time_changes_nothing() -> None:
    before = _counts()

    demo.lay(lambda _done, _what: None)

    assert _counts() == before


def _counts() -> list[int]:
    return [model.objects.count() for model in (Event, Command, Visit, Promise, Request, Held, Branch, Person)]


def test_a_demo_that_was_switched_off_for_days_comes_up_as_it_was() -> None:
    set_company_clock(company_now() + timedelta(days=3), 1)

    demo.lay(lambda _done, _what: None)

    assert company_now() < at(9, 40) + timedelta(hours=1)
    assert clock_rate() == 1
