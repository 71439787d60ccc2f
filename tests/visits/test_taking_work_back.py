"""4.13: a wrong tap at work is taken back, the walk-through may lead back to work, and only who may says yes."""

import pytest
from tests.cast import Cast, at, door
from tests.field import promised
from tests.visits.steps import LINES, after, line, newest

from goodword.config import wiring
from goodword.kit.clock import standing_at
from goodword.kit.jobs import run_reaction
from goodword.kit.models import Event
from goodword.kit.refusals import NotFound
from goodword.promises.actions import rejudge
from goodword.promises.models import Promise
from goodword.promises.queries import tellings_of
from goodword.promises.rules import State
from goodword.visits import actions as visits
from goodword.visits import errors
from goodword.visits.models import Visit
from goodword.visits.queries import charges_of, left_of_limit
from goodword.visits.rules import Stage


def react(name: str) -> None:
    """What the worker runs on the newest event of a name."""
    for reaction in wiring.reactions[name]:
        if "promises" in reaction:
            run_reaction(newest(name).id, reaction)


def test_done_is_taken_back_and_not_charged_and_said_twice_it_happens_once(cast: Cast, visit: Visit) -> None:
    visits.set_lines(visit.order_id, LINES[:1], **door(cast.priya))
    after(visit, cast, "start_work")
    visits.finish_line(visit.id, line(visit, "work"), **door(cast.sam, at("10:00")))

    for _twice in range(2):
        visits.take_back_line(visit.id, line(visit, "work"), **door(cast.sam, at("10:01")))

    assert [each.words for each in charges_of(visit).not_done] == ["Clean the boiler"]
    assert Event.objects.filter(name="visit.line_not_done").count() == 1


def test_what_another_visit_did_is_not_taken_back(cast: Cast, visit: Visit) -> None:
    visits.set_lines(visit.order_id, LINES[:1], **door(cast.priya))
    after(visit, cast, "start_work")
    visits.finish_line(visit.id, line(visit, "work"), **door(cast.sam, at("10:00")))
    again = visits.plan_visit(visit.order_id, cast.ade.id, at("14:00"), at("15:00"), **door())
    visits.depart(again.id, **door(cast.ade, at("13:50")))
    visits.arrive(again.id, **door(cast.ade, at("14:00")))

    with pytest.raises(NotFound):
        visits.take_back_line(again.id, line(visit, "work"), **door(cast.ade, at("14:05")))


def test_back_to_work_asks_the_customer_again_and_what_was_paid_is_paid(cast: Cast, visit: Visit) -> None:
    after(visit, cast, "satisfied")
    visits.record_payment(visit.id, "card", 96_00, **door(cast.sam, at("09:50")))

    visits.resume_work(visit.id, **door(cast.sam, at("09:51")))

    visit.refresh_from_db()
    assert visit.stage is Stage.WORK
    assert (visit.satisfied, visit.cleaned_at, visit.walked_through_at) == (None, None, None)
    assert visit.payment.amount_minor == 96_00
    visits.observe_working(visit.id, **door(cast.sam, at("10:20")))
    visit.refresh_from_db()
    assert visit.stage is Stage.COMPLETE


def test_a_visit_that_is_over_or_not_seen_working_has_no_way_back_to_work(cast: Cast, visit: Visit) -> None:
    after(visit, cast, "start_work")
    with pytest.raises(errors.WrongStage):
        visits.resume_work(visit.id, **door(cast.sam, at("10:00")))
    visits.complete(visit.id, "unsafe", **door(cast.sam, at("10:01")))

    with pytest.raises(errors.VisitIsOver):
        visits.resume_work(visit.id, **door(cast.sam, at("10:02")))


@pytest.mark.shows("S0-22")
def test_done_by_is_judged_by_the_last_time_it_was_seen_working(monday: None, cast: Cast, visit: Visit) -> None:
    after(visit, cast, "arrive")
    visits.confirm_scope(visit.id, minutes=30, **door(cast.sam, at("09:45")))
    react("visit.scope_confirmed")
    visits.start_work(visit.id, **door(cast.sam, at("09:46")))
    visits.observe_working(visit.id, **door(cast.sam, at("10:00")))
    finish = Promise.objects.get(type=Promise.Type.FINISH_BY)
    with standing_at(at("12:00")):
        assert rejudge(finish).state == State.KEPT

        visits.resume_work(visit.id, **door(cast.sam, at("10:05")))
        assert rejudge(finish).state == State.BROKEN
        visits.observe_working(visit.id, **door(cast.sam, at("10:10")))
        assert rejudge(finish).state == State.KEPT


def test_whoever_knows_of_an_obstacle_was_told_that_it_takes_longer(monday: None, cast: Cast, visit: Visit) -> None:
    """S0-12, P-32: told, not agreed anew; what was said first is still what is judged."""
    promised(visit)
    after(visit, cast, "arrive")
    visits.confirm_scope(visit.id, minutes=30, **door(cast.sam, at("09:45")))
    react("visit.scope_confirmed")
    with standing_at(at("09:50")):
        obstacle = visits.meet_obstacle(visit.id, "hidden", "Rust", 20, **door(cast.sam, at("09:50")))
        react("visit.obstacle_met")
        visit.refresh_from_db()
        assert visit.finish_told_at == at("10:15")
        finish = Promise.objects.get(type=Promise.Type.FINISH_BY)
        assert not tellings_of([finish.id])[finish.id]

        visits.tell_obstacle(visit.id, obstacle.id, **door(cast.sam, at("09:55")))
        react("visit.obstacle_told")
        visits.tell_obstacle(visit.id, obstacle.id, **door(cast.sam, at("09:57")))

    visit.refresh_from_db()
    assert visit.finish_told_at == at("10:35")
    assert [told.facts["how"] for told in tellings_of([finish.id])[finish.id]] == ["spoken"]
    finish.refresh_from_db()
    assert finish.closes_at == at("10:15")


@pytest.mark.parametrize("who", ["minor", "nobody", "wrong_person"])
def test_who_may_not_let_us_work_agrees_to_nothing(cast: Cast, visit: Visit, who: str) -> None:
    """S0-7, S0-8, S0-13: neither the work nor more of it."""
    after(visit, cast, "arrive")
    visits.meet(visit.id, who, **door(cast.sam, at("09:42")))

    with pytest.raises(errors.NobodyMayAgree):
        visits.confirm_scope(visit.id, **door(cast.sam, at("09:43")))
    more = {"price_minor": 80_00, "finish_at": at("11:00")}
    with pytest.raises(errors.NobodyMayAgree):
        visits.agree_change(visit.id, "New pump", **more, **door(cast.sam, at("09:44")))

    visits.agree_change(visit.id, "New pump", agreed_by="Her mother", **more, **door(cast.sam, at("09:45")))
    assert visit.changes.get().agreed_by == "Her mother"


def test_a_child_whose_parent_said_yes_by_phone_blocks_nothing(cast: Cast, visit: Visit) -> None:
    """E-13."""
    after(visit, cast, "arrive")
    visits.meet(visit.id, "minor", "Tom", "His father", **door(cast.sam, at("09:42")))

    visits.confirm_scope(visit.id, **door(cast.sam, at("09:43")))

    visit.refresh_from_db()
    assert visit.scope_confirmed_how == "confirmed"


def test_a_change_within_a_limit_needs_one(cast: Cast, visit: Visit) -> None:
    """E-16: where nothing was agreed beforehand, not even what costs nothing is within it."""
    after(visit, cast, "start_work")
    assert left_of_limit(visit.order_id) is None

    with pytest.raises(errors.OverTheLimit):
        visits.agree_change(visit.id, "A seal", 0, "limit", **door(cast.sam, at("10:00")))
