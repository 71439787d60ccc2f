"""Why not nine o'clock? What is said is true: asked of the day by hand, the same comes out."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from tests.cast import NOW, Cast, at, door
from tests.field import promised, request_of, site_of, visit_of

from goodword import engine
from goodword.customers.models import Site
from goodword.dispatch import actions as dispatch
from goodword.dispatch.queries.offers import Question
from goodword.dispatch.queries.why_not import Answer, why_not
from goodword.kit.models import Event
from goodword.visits import actions as visits
from goodword.visits.models import Request


def asked(row: Request, when: datetime) -> Answer:
    return why_not(row, None, when, NOW)


def full_day(cast: Cast) -> None:
    """Sam and Ade have a promise every hour; between them is no room for an hour's work."""
    for person in (cast.sam, cast.ade):
        for hour in range(10, 16):
            row = visit_of(site_of(f"Mr {person.name} {hour}", cast.aldermere), person, f"{hour}:00", f"{hour}:50")
            promised(row, f"{hour}:00", f"{hour + 1}:00")


def test_a_time_that_can_be_kept_says_who_and_how_sure(cast: Cast, site: Site) -> None:
    answer = asked(request_of(site), at("13:00"))

    assert answer.code == "can"
    assert answer.opens_at is not None and answer.closes_at is not None
    assert answer.opens_at <= at("13:00") < answer.closes_at
    assert answer.says.startswith("13:00 on Monday 2 November can be kept: between ")
    assert "% sure" in answer.says
    offered = {(o.opens_at, o.closes_at) for o in dispatch.offer(request_of(site).id, **door()).options.all()}
    assert answer.nearest in offered or answer.nearest is not None


def test_asking_changes_nothing(cast: Cast, site: Site) -> None:
    row = request_of(site)
    before = Event.objects.count()

    asked(row, at("13:00"))

    assert Event.objects.count() == before


def test_the_promise_that_is_named_would_truly_fall_below_its_floor(cast: Cast, site: Site) -> None:
    """E-22, P-30: every place in the window is tried by hand; wherever it goes, somebody's promise or itself fails."""
    full_day(cast)
    row = request_of(site)
    answer = asked(row, at("12:00"))
    assert answer.code in {"breaks-floor", "late-risk"}, answer.says
    assert answer.opens_at is not None and answer.closes_at is not None

    question = Question(row, None, NOW)
    picture = question.picture()
    window = engine.Window(opens_s=picture.seconds(answer.opens_at), closes_s=picture.seconds(answer.closes_at))
    visit = replace(question.ask(picture).visit, window=window)
    today = [each for each in picture.problem.technicians if picture.shifts[each.key] in {cast.sam.id, cast.ade.id}]
    problem, floor = picture.problem, picture.problem.policy.floor
    before = engine.forecast(problem).visits
    for person in today:
        route = problem.route_of(person.key)
        for place in range(len(route) + 1):
            there = replace(
                problem,
                visits=(*problem.visits, visit),
                routes=tuple(
                    replace(r, visits=(*r.visits[:place], visit.key, *r.visits[place:]))
                    if r.technician == person.key
                    else r
                    for r in problem.routes
                ),
            )
            seen = engine.forecast(there).visits
            kept = seen[visit.key].p_kept or 0.0
            worse = [
                key
                for key in route
                if before[key].p_kept is not None and (seen[key].p_kept or 0.0) < min(floor, before[key].p_kept or 0.0)
            ]
            assert worse or kept < problem.policy.offer_at_least, (person.key, place)


def test_a_skill_is_said_as_the_settings_call_it(cast: Cast, site: Site) -> None:
    visits.add_work_type("gas_work", "gas work", ["cooling"], 6000, 0.5, **door())

    says = asked(request_of(site, "gas_work"), at("13:00")).says

    assert says.startswith("Nobody here is trained for cooling.")


@pytest.mark.parametrize(
    ("when", "code", "says"),
    [
        (at("09:00"), "over", "9:00 on Monday 2 November is over."),
        (at("20:00"), "closed", "We are open between 7:30 and 17:30 then."),
        (at("10:00") + timedelta(days=6), "too-far", "We look 3 days ahead."),
    ],
)
def test_what_needs_no_computing_is_said_plainly(cast: Cast, site: Site, when: datetime, code: str, says: str) -> None:
    answer = asked(request_of(site), when)

    assert (answer.code, answer.says.startswith(says)) == (code, True), answer.says


def test_a_visit_that_is_to_move_has_its_own_time_already(cast: Cast, site: Site) -> None:
    visit = visit_of(site, cast.sam, "13:00", "14:00")
    promised(visit, "13:00", "15:00")

    answer = why_not(None, visit, at("13:30"), NOW)

    assert (answer.code, answer.says) == ("has-it", "That is promised already: between 13:00 and 15:00.")


def test_the_nearest_that_can_be_kept_is_offered_too(cast: Cast, site: Site) -> None:
    full_day(cast)
    row = request_of(site)
    answer = asked(row, at("12:00"))

    assert "The nearest that can be kept" in answer.says or "No time of the next days" in answer.says
    if answer.nearest is not None:
        again = asked(row, answer.nearest[0])
        assert again.code == "can"
