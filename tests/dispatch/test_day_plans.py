"""The evening's plan: worked out aside, a draft until a person publishes it, refused where the day has moved on."""

from datetime import timedelta

import pytest
from tests.cast import NOW, Cast, at, door
from tests.evening import TUESDAY, crowded_tuesday, tuesday_visit
from tests.field import site_of

from goodword.crew import actions as crew
from goodword.customers.models import Site
from goodword.dispatch import actions as dispatch
from goodword.dispatch import errors
from goodword.dispatch.actions.evenings import ask_for_tomorrow
from goodword.dispatch.actions.working_out import LEASE, beat, claim, draft, work_next
from goodword.dispatch.models import DayPlan
from goodword.dispatch.queries.day_plans import as_it_stands, what_was_found
from goodword.dispatch.queries.moved_on import everybody_but
from goodword.kit.clock import standing_at
from goodword.kit.models import Event
from goodword.messaging.models import Message
from goodword.promises.models import Promise
from goodword.visits.models import Visit


@pytest.fixture
def crowded(cast: Cast, site: Site) -> list[Visit]:
    return crowded_tuesday(cast, site)


@pytest.fixture
def drafted(cast: Cast, crowded: list[Visit]) -> DayPlan:
    row = dispatch.ask_plan(cast.aldermere.id, TUESDAY, **door(cast.priya))
    assert work_next()
    row.refresh_from_db()
    return row


def whose(rows: list[Visit]) -> list[str]:
    return [Visit.objects.get(id=row.id).technician.name for row in rows]  # type: ignore[union-attr]


def test_a_draft_says_what_changes_and_changes_nothing(cast: Cast, crowded: list[Visit], drafted: DayPlan) -> None:
    assert drafted.status == DayPlan.Status.DRAFT
    before, after = drafted.found["sums"]["broken"]
    assert before > 0.7 and after < 0.1
    lane = next(one for one in drafted.found["lanes"] if one["person"] == str(cast.ade.id))
    assert lane["changed"] and {stop["before"] for stop in lane["stops"]} == {str(cast.sam.id)}
    found = what_was_found(drafted)
    assert found is not None and [one.name for one in found.stands]
    assert all("?" not in one.says for one in [*found.stands, *found.then])
    assert whose(crowded) == ["Sam Tully"] * 3


def test_a_plan_made_by_hand_is_scored_and_explained_the_same_way(cast: Cast, crowded: list[Visit]) -> None:
    stands = as_it_stands(cast.aldermere, TUESDAY, NOW)

    assert 0.5 < stands.broken < 1.5
    assert any("of the time" in one.says for one in stands.rules if one.name in {"Mr Finch", "Mrs Adeyemi"})


def test_publishing_moves_all_at_once_keeps_every_window_and_tells_nobody(
    cast: Cast, crowded: list[Visit], drafted: DayPlan
) -> None:
    said = list(Promise.objects.order_by("id").values("opens_at", "closes_at", "said"))
    once = door(cast.priya)

    for _ in range(2):
        dispatch.publish_plan(drafted.id, **once)

    assert sorted(set(whose(crowded))) == ["Ade Bankole", "Sam Tully"]
    assert list(Promise.objects.order_by("id").values("opens_at", "closes_at", "said")) == said
    assert not Message.objects.exists()
    event = Event.objects.get(name="plan.published")
    moved = {str(e.about_id) for e in Event.objects.filter(name="visit.assigned")}
    assert set(event.facts["visits"]) == moved and event.facts["without"] == []


def test_what_was_published_can_be_taken_back_until_the_day_begins(
    cast: Cast, crowded: list[Visit], drafted: DayPlan
) -> None:
    was = [(v.technician_id, v.planned_start, v.planned_end) for v in crowded]
    dispatch.publish_plan(drafted.id, **door(cast.priya))
    with standing_at(at("07:31", TUESDAY)), pytest.raises(errors.DayHasBegun):
        dispatch.take_back_plan(drafted.id, **door(cast.priya, at("07:31", TUESDAY)))

    dispatch.take_back_plan(drafted.id, **door(cast.priya))

    for row in crowded:
        row.refresh_from_db()
    assert [(v.technician_id, v.planned_start, v.planned_end) for v in crowded] == was


def test_it_is_refused_whole_where_somebody_s_day_has_changed_and_says_whose(
    cast: Cast, crowded: list[Visit], drafted: DayPlan
) -> None:
    tuesday_visit(site_of("Mr Quill", cast.aldermere), cast, "15:00", "16:00", "14:00", "16:00")
    crew.report_absence(cast.ade.id, at("07:30", TUESDAY), at("17:30", TUESDAY), "sick", **door(cast.ade))

    for rest in (False, True):
        with pytest.raises(errors.PlanMovedOn) as refused:
            dispatch.publish_plan(drafted.id, rest, **door(cast.priya))

    assert "Sam Tully has Mr Quill" in refused.value.detail and "working time of Ade Bankole" in refused.value.detail
    assert whose(crowded) == ["Sam Tully"] * 3
    assert not Event.objects.filter(name="plan.published").exists()


def test_the_rest_goes_on_without_those_whose_day_has_changed() -> None:
    """Beth and Tim exchange nothing with Sam and Ade: what befalls Sam does not hold them up."""
    lanes = [lane("sam", "ade"), lane("ade"), lane("beth", "tim"), lane("tim", "beth")]

    assert [one["person"] for one in everybody_but(["sam"], lanes)] == ["beth", "tim"]
    assert everybody_but(["ade", "tim"], lanes) == []


def lane(person: str, *befores: str) -> dict[str, object]:
    return {"person": person, "stops": [{"before": before} for before in befores]}


def test_asking_again_is_the_same_plan_and_a_draft_makes_room(cast: Cast, crowded: list[Visit]) -> None:
    first = dispatch.ask_plan(cast.aldermere.id, TUESDAY, **door(cast.priya))

    assert dispatch.ask_plan(cast.aldermere.id, TUESDAY, **door(cast.colm)).id == first.id
    assert work_next() and not work_next()
    assert dispatch.ask_plan(cast.aldermere.id, TUESDAY, **door(cast.priya)).id != first.id
    first.refresh_from_db()
    assert first.status == DayPlan.Status.DISCARDED


def test_stopping_keeps_the_best_so_far_and_discarding_keeps_nothing(cast: Cast, crowded: list[Visit]) -> None:
    row = dispatch.ask_plan(cast.aldermere.id, TUESDAY, **door(cast.priya))
    mine = claim()
    assert mine is not None and not beat(mine)
    dispatch.stop_plan(row.id, **door(cast.priya))
    assert beat(mine)

    dispatch.discard_plan(row.id, **door(cast.priya))

    with pytest.raises(LookupError):
        beat(mine)
    with pytest.raises(LookupError):
        draft(mine.id, mine.token, {}, "", **door())


def test_a_dead_worker_s_plan_is_taken_up_and_after_three_it_has_failed(
    cast: Cast, crowded: list[Visit], monkeypatch: pytest.MonkeyPatch
) -> None:
    row = dispatch.ask_plan(cast.aldermere.id, TUESDAY, **door(cast.priya))
    monkeypatch.setattr("goodword.dispatch.actions.working_out.LEASE", -LEASE)

    assert [one.token if (one := claim()) else None for _ in range(4)] == [1, 2, 3, None]

    row.refresh_from_db()
    assert row.status == DayPlan.Status.FAILED
    assert dispatch.ask_plan(cast.aldermere.id, TUESDAY, **door(cast.priya)).status == DayPlan.Status.WAITING


def test_a_day_that_has_begun_and_one_without_shifts_are_not_planned(cast: Cast) -> None:
    with pytest.raises(errors.DayHasBegun):
        dispatch.ask_plan(cast.aldermere.id, NOW.date(), **door(cast.priya))
    with pytest.raises(errors.NobodyWorks):
        dispatch.ask_plan(cast.aldermere.id, TUESDAY + timedelta(days=5), **door(cast.priya))


def test_each_evening_it_is_asked_for_once_where_the_branch_wants_it(cast: Cast, crowded: list[Visit]) -> None:
    evening = at("18:00")
    with standing_at(evening):
        assert ask_for_tomorrow() == 0
        dispatch.set_evening_plan(cast.aldermere.id, True, **door(cast.colm, evening))
        with standing_at(at("17:59")):
            assert ask_for_tomorrow() == 0
        assert [ask_for_tomorrow(), ask_for_tomorrow()] == [1, 0]
        dispatch.discard_plan(DayPlan.objects.get().id, **door(cast.priya))
        assert ask_for_tomorrow() == 0
