"""What a branch holds dearer than what: in words, versioned, and in every question to the engine."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from tests.cast import MONDAY, NOW, Cast, at, door
from tests.evening import TUESDAY, crowded_tuesday
from tests.field import promised, request_of, site_of, visit_of, worked_through

from goodword import engine
from goodword.customers.models import Site
from goodword.dispatch import actions as dispatch
from goodword.dispatch import errors
from goodword.dispatch.actions.comparing import compare_next, is_trial
from goodword.dispatch.actions.working_out import work_next
from goodword.dispatch.models import DayPlan, WeightsTrial, WeightsVersion
from goodword.dispatch.queries.past_day import as_it_began, last_day_done
from goodword.dispatch.queries.weights import weights_of
from goodword.dispatch.rules.weights import QUESTIONS, Step, Weights, differing, in_words, weights_from
from goodword.kit.clock import standing_at
from goodword.kit.models import Event
from goodword.kit.refusals import BadInput
from goodword.visits.models import Visit


def test_even_answers_are_the_engines_own_numbers() -> None:
    assert Weights().costs() == engine.Costs() and Weights().policy() == engine.Policy()
    assert in_words(Weights()) == "as Goodword weighs it"


@pytest.mark.parametrize("question", [each.code for each in QUESTIONS])
def test_each_answer_moves_its_own_number_and_is_said(question: str) -> None:
    less, more = (replace(Weights(), **{question: step}) for step in (Step.LESS, Step.MORE))

    def read(weights: Weights) -> float:
        costs, policy = weights.costs(), weights.policy()
        of = {"promises": costs.broken_routine, "overtime": costs.overtime, "change": costs.notice}
        return (of | {"surety": policy.floor})[question]

    assert read(less) < read(Weights()) < read(more)
    assert len(list(differing(more))) == 1
    assert weights_from(more.kept()) == more


def test_a_version_is_in_force_from_its_moment_on_and_none_is_changed(cast: Cast) -> None:
    branch = cast.aldermere.id
    dispatch.set_weights(branch, {"overtime": "more"}, **door(cast.priya, at("09:00")))
    dispatch.set_weights(branch, {"overtime": "less"}, **door(cast.priya, at("09:30")))
    dispatch.set_weights(branch, {"overtime": "less"}, **door(cast.priya, at("09:35")))

    said = [weights_of(branch, at(when)).overtime for when in ("08:59", "09:00", "09:30")]
    assert said == ["even", "more", "less"] and WeightsVersion.objects.count() == 2
    assert weights_of(cast.kilnsea.id, NOW) == Weights()
    assert Event.objects.filter(name="weights.set").count() == 2


@pytest.mark.parametrize("chosen", [{"overtime": "lots"}, {"surety": ""}])
def test_an_answer_that_no_question_has_is_refused(cast: Cast, chosen: dict[str, str]) -> None:
    with pytest.raises(BadInput):
        dispatch.set_weights(cast.aldermere.id, chosen, **door(cast.priya))


def test_every_question_to_the_engine_carries_them(cast: Cast, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Offers, forecast with repair, and the evening's plan: all ask with the branch's own prices and floors."""
    asked: dict[str, Any] = {}

    def listens(name: str) -> None:
        real = getattr(engine, name)

        def heard(problem: Any, *args: Any, **more: Any) -> Any:
            asked[name] = getattr(problem, "problem", problem)
            return real(problem, *args, **more)

        monkeypatch.setattr(engine, name, heard)

    for name in ("offers", "forecast", "prepare", "plan"):
        listens(name)
    crowded_tuesday(cast, site)
    chosen = {"promises": "more", "surety": "more"}
    dispatch.set_weights(cast.aldermere.id, chosen, **door(cast.priya))

    dispatch.offer(request_of(site_of("Mr Finch", cast.aldermere)).id, **door(cast.priya))
    dispatch.reforecast(cast.aldermere.id)
    dispatch.ask_plan(cast.aldermere.id, TUESDAY, **door(cast.priya))
    assert work_next(0.5)

    wanted = weights_from(chosen)
    assert set(asked) == {"offers", "forecast", "prepare", "plan"}
    assert all(p.costs == wanted.costs() and p.policy == wanted.policy() for p in asked.values())


@pytest.fixture
def done(cast: Cast, site: Site) -> list[Visit]:
    """Monday is over: three visits were Sam's, two of them promised for one hour; Ade had nothing to do."""
    rows = [
        visit_of(site, cast.sam, "09:00", "10:00"),
        visit_of(site_of("Mr Finch", cast.aldermere), cast.sam, "10:00", "11:00"),
        visit_of(site_of("Mrs Petrov", cast.aldermere), cast.sam, "13:00", "14:00"),
    ]
    for row, opens, closes in zip(rows, ("09:00", "09:00", "12:00"), ("09:45", "09:45", "14:00"), strict=True):
        promised(row, opens, closes)
    with standing_at(at("15:00")):
        for row, start in zip(rows, ("09:00", "10:20", "13:00"), strict=True):
            worked_through(row.id, cast.sam, start)
    return rows


TOMORROW = at("10:00", TUESDAY)


def tried(cast: Cast, chosen: dict[str, str]) -> WeightsTrial:
    with standing_at(TOMORROW):
        row = dispatch.try_weights(cast.aldermere.id, chosen, **door(cast.priya, TOMORROW))
        assert compare_next(budget_s=1.0)
    row.refresh_from_db()
    return row


def test_the_last_day_is_looked_at_as_it_was_before_it_began(cast: Cast, done: list[Visit]) -> None:
    assert last_day_done(cast.aldermere, NOW) is None
    assert last_day_done(cast.aldermere, TOMORROW) == MONDAY

    picture = as_it_began(cast.aldermere, MONDAY)

    assert picture is not None and len(picture.problem.visits) == 3
    assert all(v.progress == engine.Progress() and v.planned is not None for v in picture.problem.visits)
    assert picture.problem.now_s == picture.problem.technicians[0].shift_start_s


def test_a_trial_says_what_that_day_would_have_been_and_changes_nothing(cast: Cast, done: list[Visit]) -> None:
    before = list(Visit.objects.order_by("id").values())

    row = tried(cast, {"promises": "more"})

    assert row.status == "done" and row.day == MONDAY and row.found["visits"] == 3
    stood, now, trial = (row.found[name] for name in ("stood", "in_force", "on_trial"))
    assert stood["broken"] > 0.6 and stood["others"] == 0
    assert now["broken"] < 0.5 and now["others"] >= 1
    assert trial["broken"] <= now["broken"] + 0.1
    assert list(Visit.objects.order_by("id").values()) == before
    assert not DayPlan.objects.exists() and not WeightsVersion.objects.exists() and not is_trial()


def test_dear_promises_and_cheap_driving_never_break_more(cast: Cast, done: list[Visit]) -> None:
    cheap, dear = tried(cast, {"promises": "less"}), tried(cast, {"promises": "more"})

    assert dear.found["on_trial"]["broken"] <= cheap.found["on_trial"]["broken"] + 0.05


def test_before_any_day_is_done_there_is_nothing_to_look_at(cast: Cast) -> None:
    with pytest.raises(errors.NoDayDone):
        dispatch.try_weights(cast.aldermere.id, {}, **door(cast.priya))


def test_asked_again_meanwhile_it_is_the_same_trial(cast: Cast, done: list[Visit]) -> None:
    door_of = [door(cast.priya, TOMORROW) for _n in range(3)]
    one, same = (dispatch.try_weights(cast.aldermere.id, {"overtime": "more"}, **each) for each in door_of[:2])
    other = dispatch.try_weights(cast.aldermere.id, {"overtime": "less"}, **door_of[2])

    assert one.id == same.id != other.id


def test_a_trial_left_by_a_dead_worker_is_taken_up_and_given_up_after_three(
    cast: Cast, done: list[Visit], monkeypatch: pytest.MonkeyPatch
) -> None:
    from goodword.dispatch.actions import comparing

    dispatch.try_weights(cast.aldermere.id, {}, **door(cast.priya, TOMORROW))
    monkeypatch.setattr(comparing, "LEASE", timedelta(seconds=-1))
    with standing_at(TOMORROW):
        for _n in range(3):
            assert comparing._claim() is not None

        assert comparing._claim() is None

    assert WeightsTrial.objects.get().status == "failed"
