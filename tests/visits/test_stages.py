"""Four stages, in order, for every visit of every trade."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cast import Cast, at, door
from tests.field import visit_of, worked_through

from goodword.customers.models import Site
from goodword.kit.asks import Asks
from goodword.kit.doors import opened
from goodword.kit.models import Event
from goodword.kit.refusals import BadInput, Refusal
from goodword.next_steps.models import Step
from goodword.visits import actions as visits
from goodword.visits import errors
from goodword.visits.models import StageTemplate, Visit
from goodword.visits.rules import DEFAULT_STAGES, FOUR, Outcome, Stage, faults_of_template


@pytest.mark.shows("S0-1")
def test_a_routine_visit_goes_through_all_four_stages_each_with_its_time(cast: Cast, site: Site) -> None:
    visit = visit_of(site, cast.sam)

    worked_through(visit.id, cast.sam, "09:40")

    visit.refresh_from_db()
    times = [visit.on_the_way_at, visit.work_started_at, visit.observed_working_at, visit.completed_at]
    assert all(times)
    assert times == sorted(times)
    assert (visit.stage, visit.outcome) == (Stage.OVER, Outcome.FIXED)


@pytest.mark.shows("S0-1")
@pytest.mark.parametrize("missing", FOUR)
def test_a_template_without_one_of_the_four_stages_is_refused(cast: Cast, missing: Stage) -> None:
    stages = {k: list(v) for k, v in DEFAULT_STAGES.items() if k != missing}

    with pytest.raises(errors.TemplateIncomplete, match=missing.value):
        visits.set_template("boiler_service", None, stages, **door())


@pytest.mark.shows("S0-1")
def test_the_database_refuses_a_template_without_all_four_stages_too(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), opened("test"):
        StageTemplate.objects.create(work_type_id="boiler_service", version=1, stages={"prepare": [], "work": []})


@pytest.mark.parametrize(
    "stages", [None, [], {"prepare": ["fly"]}, {**DEFAULT_STAGES, "arrive": ["signed"]}, {**DEFAULT_STAGES, "nap": []}]
)
def test_a_template_names_known_steps_in_their_own_stage(stages: Any) -> None:
    assert faults_of_template(stages)


@pytest.mark.parametrize(
    ("do", "facts"),
    [
        (visits.arrive, {}),
        (visits.confirm_scope, {}),
        (visits.start_work, {}),
        (visits.observe_working, {}),
        (visits.walk_through, {}),
        (visits.sign, {}),
        (visits.complete, {"outcome": "fixed"}),
        (visits.complete, {"outcome": "no_access", "proof": {"waited_s": 1000, "calls": 2}}),
    ],
)
def test_no_stage_can_be_skipped_from_prepare(cast: Cast, site: Site, do: Any, facts: dict[str, Any]) -> None:
    visit = visit_of(site, cast.sam)

    with pytest.raises(errors.WrongStage):
        do(visit.id, **facts, **door(cast.sam, at("10:00")))


def test_work_asks_for_the_scope_first_and_names_the_way_on(cast: Cast, site: Site) -> None:
    """The first user of objections: scope not confirmed."""
    visit = visit_of(site, cast.sam)
    worked_through(visit.id, cast.sam, "09:40", until="arrive")

    with pytest.raises(Asks) as refused:
        visits.start_work(visit.id, **door(cast.sam, at("09:45")))

    ask = refused.value.asks[0]
    assert (ask.code, ask.cleared_by) == ("scope_confirmed", ("visit.confirm_scope",))
    assert ask.way_on


def test_making_safe_first_is_always_allowed(cast: Cast, site: Site) -> None:
    """E-8."""
    visit = visit_of(site, cast.sam)
    worked_through(visit.id, cast.sam, "09:40", until="arrive")

    visits.start_work(visit.id, make_safe=True, **door(cast.sam, at("09:45")))

    visit.refresh_from_db()
    assert visit.stage is Stage.WORK


@pytest.mark.parametrize("outcome", ["no_access", "minor_only", "unsafe", "cancelled_at_door"])
def test_an_end_at_the_door_leaves_the_order_of_stages_unbroken(cast: Cast, site: Site, outcome: str) -> None:
    """E-10."""
    visit = visit_of(site, cast.sam)
    worked_through(visit.id, cast.sam, "09:40", until="arrive")

    visits.complete(visit.id, outcome, {"waited_s": 900, "calls": 2}, **door(cast.sam, at("10:00")))

    visit.refresh_from_db()
    assert (visit.outcome, visit.work_started_at) == (outcome, None)


def test_no_access_wants_to_know_how_long_and_how_often(cast: Cast, site: Site) -> None:
    visit = visit_of(site, cast.sam)
    worked_through(visit.id, cast.sam, "09:40", until="arrive")

    with pytest.raises(errors.ProofMissing):
        visits.complete(visit.id, "no_access", **door(cast.sam, at("10:00")))


def test_a_no_to_are_you_satisfied_needs_a_next_step(cast: Cast, site: Site) -> None:
    """E-6, the second user of objections."""
    visit = visit_of(site, cast.sam)
    worked_through(visit.id, cast.sam, "09:40", until="walk_through")
    visits.answer_satisfied(visit.id, False, **door(cast.sam, at("09:50")))

    with pytest.raises(Asks) as refused:
        visits.complete(visit.id, "fixed", **door(cast.sam, at("09:51")))

    assert [ask.code for ask in refused.value.asks] == ["not_satisfied"]


def test_leaving_now_ends_the_visit_and_every_open_step_is_owed_by_the_office(cast: Cast, site: Site) -> None:
    """E-4, E-5: never trapped, never forgotten."""
    visit = visit_of(site, cast.sam)
    worked_through(visit.id, cast.sam, "09:40", until="observe_working")

    visits.complete(visit.id, "fixed", leave_now=True, **door(cast.sam, at("09:51")))

    visit.refresh_from_db()
    assert visit.steps_missed == ["cleaned_up", "walked_through", "satisfied"]
    owed = Step.objects.filter(about_id=visit.id)
    assert {step.reason for step in owed} == {"cleaned_up", "walked_through", "satisfied"}
    assert all(step.owner_role == "office" and step.due_at > at("09:51") for step in owed)


def test_needs_another_visit_wants_it_booked_or_dated_before_leaving(cast: Cast, site: Site) -> None:
    visit = visit_of(site, cast.sam)
    worked_through(visit.id, cast.sam, "09:40", until="satisfied")

    with pytest.raises(Asks) as refused:
        visits.complete(visit.id, "needs_return", **door(cast.sam, at("09:51")))

    assert [ask.code for ask in refused.value.asks] == ["return_not_booked"]


def test_the_same_arrival_sent_again_under_another_command_does_not_move_it(cast: Cast, site: Site) -> None:
    visit = visit_of(site, cast.sam)
    worked_through(visit.id, cast.sam, "09:40", until="arrive")

    with pytest.raises(errors.AlreadyRecorded):
        visits.arrive(visit.id, **door(cast.sam, at("10:30")))


def test_a_time_before_the_step_before_is_refused(cast: Cast, site: Site) -> None:
    visit = visit_of(site, cast.sam)
    visits.depart(visit.id, **door(cast.sam, at("09:40")))

    with pytest.raises(errors.EarlierThanBefore):
        visits.arrive(visit.id, **door(cast.sam, at("09:30")))


def test_an_unknown_outcome_says_what_to_choose(cast: Cast, site: Site) -> None:
    visit = visit_of(site, cast.sam)

    with pytest.raises(BadInput):
        visits.complete(visit.id, "went fine", **door(cast.sam, at("09:51")))


def test_a_forgotten_tap_is_entered_later_with_a_reason_and_shown_as_claimed(cast: Cast, site: Site) -> None:
    """E-9."""
    visit = visit_of(site, cast.sam)
    visits.depart(visit.id, **door(cast.sam, at("09:40")))

    visits.arrive(visit.id, reason="battery was empty", **door(cast.hanna, at("09:55")))

    visit.refresh_from_db()
    assert visit.arrived_claimed
    assert Event.objects.get(name="visit.arrived").facts["claimed"] is True


STEPS = [
    ("depart", visits.depart, {}),
    ("arrive", visits.arrive, {}),
    ("meet", visits.meet, {"who": "contact"}),
    ("scope", visits.confirm_scope, {}),
    ("start", visits.start_work, {}),
    ("observe", visits.observe_working, {}),
    ("walk", visits.walk_through, {}),
    ("satisfied", visits.answer_satisfied, {"satisfied": True}),
    ("sign", visits.sign, {}),
    ("complete", visits.complete, {"outcome": "fixed"}),
    ("no_access", visits.complete, {"outcome": "no_access", "proof": {"waited_s": 900, "calls": 2}}),
    ("late", visits.running_late, {"minutes": 15}),
]


def in_order(visit: Visit) -> bool:
    """Every stage has begun only after the one before, and no time runs backwards."""
    times = [visit.on_the_way_at, visit.arrived_at, visit.work_started_at, visit.observed_working_at]
    seen = [t for t in times if t is not None]
    return seen == sorted(seen) and all(t is None for t in times[len(seen) :])


@pytest.mark.shows("S0-1")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 120)), max_size=14))
def test_whatever_is_sent_in_whatever_order_the_stages_stay_in_order(
    cast: Cast, site: Site, sent: list[tuple[tuple[str, Any, dict[str, Any]], int]]
) -> None:
    visit = visit_of(site, cast.sam, *_span(len(Visit.objects.all())))
    start: datetime = at("09:00")

    for (_name, do, facts), minute in sent:
        try:
            do(visit.id, **facts, **door(cast.sam, start + timedelta(minutes=minute)))
        except Refusal:
            continue

    visit.refresh_from_db()
    assert in_order(visit)
    names = list(Event.objects.filter(about_id=visit.id).values_list("name", flat=True))
    assert len([n for n in names if n == "visit.arrived"]) == (visit.arrived_at is not None)
    assert visit.technician_id == cast.sam.id


def _span(n: int) -> tuple[str, str]:
    """A span of its own for each example: one technician cannot be booked twice."""
    start = n % 1400
    return f"{start // 60:02d}:{start % 60:02d}", f"{(start + 1) // 60:02d}:{(start + 1) % 60:02d}"
