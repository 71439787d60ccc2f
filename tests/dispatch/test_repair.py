"""What to change now: proposed with the forecast, done in one step, refused when what it rests on has changed."""

import pytest
from tests.cast import Cast, at, door
from tests.field import held_up_at_the_first_door, promised, site_of, visit_of

from goodword import engine
from goodword.crew import actions as crew
from goodword.customers.models import Site
from goodword.dispatch import actions as dispatch
from goodword.dispatch import errors
from goodword.dispatch.models import Forecast
from goodword.dispatch.queries.repair import Way, ways_to_mend
from goodword.kit.clock import standing_at
from goodword.kit.models import Event
from goodword.promises.models import Promise
from goodword.visits.models import Visit


@pytest.fixture
def held_up(cast: Cast, site: Site) -> Visit:
    return held_up_at_the_first_door(cast, site)


def first_way(cast: Cast) -> Way:
    found = ways_to_mend(cast.aldermere)
    assert found is not None
    return found.ways[0]


def test_who_could_keep_it_is_proposed_with_every_promise_before_and_after(cast: Cast, held_up: Visit) -> None:
    found = ways_to_mend(cast.aldermere)

    assert found is not None
    assert found.broken_before > 0.5
    way = found.ways[0]
    assert [(m.visit_id, m.before, m.to) for m in way.moves] == [(held_up.id, "Sam Tully", "Ade Bankole")]
    assert way.told == 1 and way.broken_after < 0.1
    change = next(p for p in way.promises if p.visit_id == held_up.id)
    assert change.customer == "Mr Finch" and change.p_before is not None and change.p_after is not None
    assert change.p_before < 0.5 < 0.9 < change.p_after
    assert all(move.says and "?" not in "".join(move.says) for move in way.moves)


def test_one_step_does_it_and_the_promise_stays_as_it_was_said(cast: Cast, held_up: Visit) -> None:
    said = Promise.objects.get(visit=held_up)
    way = first_way(cast)

    dispatch.repair(cast.aldermere.id, way.key, **door(cast.priya))

    held_up.refresh_from_db()
    assert held_up.technician == cast.ade
    assert held_up.planned_start == way.moves[0].start
    again = Promise.objects.get(visit=held_up)
    assert (again.opens_at, again.closes_at, again.said) == (said.opens_at, said.closes_at, said.said)
    event = Event.objects.get(name="plan.repaired")
    assert event.facts["visits"] == [str(held_up.id)]
    dispatch.reforecast(cast.aldermere.id)
    p_kept = Forecast.objects.get(visit=held_up).p_kept
    assert p_kept is not None and p_kept > 0.9
    assert ways_to_mend(cast.aldermere) is None


def test_the_same_step_sent_twice_happens_once(cast: Cast, held_up: Visit) -> None:
    way, once = first_way(cast), door(cast.priya)

    for _ in range(2):
        dispatch.repair(cast.aldermere.id, way.key, **once)

    assert Event.objects.filter(name="plan.repaired").count() == 1


def test_it_is_refused_when_somebody_it_touches_has_something_else_now(cast: Cast, held_up: Visit) -> None:
    way = first_way(cast)
    visit_of(site_of("Mrs Petrov", cast.aldermere), cast.ade, "13:00", "14:00")

    with pytest.raises(errors.RepairGone):
        dispatch.repair(cast.aldermere.id, way.key, **door(cast.priya))

    held_up.refresh_from_db()
    assert held_up.technician == cast.sam


def test_it_is_refused_when_the_one_who_would_go_is_away(cast: Cast, held_up: Visit) -> None:
    way = first_way(cast)
    crew.report_absence(cast.ade.id, at("09:30"), at("17:30"), "sick", **door(cast.ade))

    with pytest.raises(errors.RepairGone):
        dispatch.repair(cast.aldermere.id, way.key, **door(cast.priya))


def test_time_alone_does_not_take_it_away(cast: Cast, held_up: Visit) -> None:
    way = first_way(cast)

    with standing_at(at("09:42")):
        dispatch.repair(cast.aldermere.id, way.key, **door(cast.priya, at("09:42")))

    held_up.refresh_from_db()
    assert held_up.technician == cast.ade


def test_who_falls_sick_is_covered_as_far_as_anybody_can(cast: Cast, site: Site) -> None:
    visit = visit_of(site, cast.sam, "11:00", "12:00")
    promised(visit, "11:00", "13:00")
    crew.report_absence(cast.sam.id, at("09:00"), at("17:30"), "sick", **door(cast.sam))

    dispatch.reforecast(cast.aldermere.id)

    way = first_way(cast)
    assert [(m.visit_id, m.to) for m in way.moves] == [(visit.id, "Ade Bankole")]


def test_a_calm_day_proposes_nothing(cast: Cast, site: Site) -> None:
    promised(visit_of(site, cast.sam, "10:00", "11:00"), "09:45", "12:00")

    dispatch.reforecast(cast.aldermere.id)

    assert ways_to_mend(cast.aldermere) is None


def test_trouble_that_nobody_can_mend_proposes_nothing(cast: Cast, site: Site) -> None:
    crew.report_absence(cast.ade.id, at("07:30"), at("17:30"), "sick", **door(cast.ade))
    visit = visit_of(site, cast.sam, "11:00", "12:00")
    promised(visit, "11:00", "13:00")
    crew.report_absence(cast.sam.id, at("09:00"), at("17:30"), "sick", **door(cast.sam))

    dispatch.reforecast(cast.aldermere.id)

    assert ways_to_mend(cast.aldermere) is None


def test_what_was_troubled_before_and_could_not_be_helped_is_left_in_peace(
    cast: Cast, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What went wrong is mended beside the day when nothing was proposed; trouble that only grows slowly is, too."""
    asked: list[engine.Ready | None] = []
    real = engine.repair

    def heard(about: engine.Ready, *, earlier: engine.Ready | None = None) -> engine.Repairs:
        asked.append(earlier)
        return real(about, earlier=earlier)

    monkeypatch.setattr(engine, "repair", heard)
    promised(visit_of(site, cast.sam, "11:00", "12:00"), "11:00", "13:00")
    dispatch.reforecast(cast.aldermere.id)
    assert asked == []

    crew.report_absence(cast.sam.id, at("09:00"), at("17:30"), "sick", **door(cast.sam))
    dispatch.reforecast(cast.aldermere.id)
    dispatch.reforecast(cast.aldermere.id)
    assert len(asked) == 2 and asked[0] is asked[1] is not None
    first_way(cast)

    crew.report_absence(cast.ade.id, at("09:00"), at("17:30"), "sick", **door(cast.ade))
    dispatch.reforecast(cast.aldermere.id)
    assert [earlier is None for earlier in asked[2:]] == [False, True]
    assert ways_to_mend(cast.aldermere) is None
