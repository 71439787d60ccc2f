"""Each night a branch learns from its finished work; every version says from what, and stays as it was."""

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.cast import MONDAY, NOW, Cast, at, door, on_shift
from tests.faces.office.desk import at_the_desk, text_of
from tests.field import request_of, site_of, work_type

from goodword.customers.models import Site
from goodword.dispatch import actions as dispatch
from goodword.dispatch.actions.learning import learn, learn_all
from goodword.dispatch.models import LearnedVersion
from goodword.dispatch.queries.judged import how_well
from goodword.dispatch.queries.learned import learned
from goodword.dispatch.queries.offers import Question
from goodword.kit.clock import standing_at
from goodword.kit.models import Event
from goodword.promises.reactions import judge_what_fell_due
from goodword.visits import actions as visits
from goodword.visits.models import Visit, WorkType

NIGHT = datetime(2026, 11, 3, 3, 0, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 3, tzinfo=UTC)


def finished(cast: Cast, site: Site, day: date, minutes: int) -> Visit:
    """One visit of Sam's on a day of the past, on site for so long."""
    order = visits.open_order(site.id, "boiler_service", site.customer.branch_id, "look at it", **door())
    visit = visits.plan_visit(order.id, cast.sam.id, at("10:00", day), at("11:00", day), **door())
    came = at("10:00", day)
    for do, after in ((visits.depart, -20), (visits.arrive, 0), (visits.confirm_scope, 1), (visits.start_work, 2),
                      (visits.observe_working, minutes - 1)):  # fmt: skip
        do(visit.id, **door(cast.sam, came + timedelta(minutes=after)))
    end = door(cast.sam, came + timedelta(minutes=minutes))
    return visits.complete(visit.id, "fixed", leave_now=True, **end)


@pytest.fixture
def worked(cast: Cast, site: Site) -> Cast:
    """Twelve boiler services of about 35 minutes, where an hour is assumed."""
    for n in range(12):
        finished(cast, site, MONDAY - timedelta(days=20 - n), 32 + n % 7)
    return cast


def boiler() -> WorkType:
    return WorkType.objects.get(code="boiler_service")


def test_a_night_teaches_how_long_work_takes_and_a_second_look_teaches_nothing(worked: Cast) -> None:
    assert learn_all() == 2
    assert not LearnedVersion.objects.exists(), "what we heard of after midnight was known before it"

    with standing_at(NIGHT):
        assert learn_all() == 2
        assert learn_all() == 0
        seen = learned(worked.aldermere.id, NIGHT)

    assert LearnedVersion.objects.get().visits == 12
    assert seen.duration(boiler()).assumed is False
    usual, sams = seen.duration(boiler()).mean_s, seen.factor(worked.sam.id)
    assert 32 * 60 < usual * sams < 50 * 60, "all of it was one person's, at one door"
    assert usual * sams < usual < boiler().mean_s
    assert Event.objects.filter(name="durations.learned").count() == 1


def test_what_is_offered_rests_on_what_was_learned_and_the_past_stays_as_it_was(worked: Cast, site: Site) -> None:
    with standing_at(NIGHT):
        learn_all()
    asked = request_of(site)

    before, after = (Question(asked, None, when) for when in (NOW, NIGHT))

    assert before.ask(before.picture()).visit.duration.mean_s == boiler().mean_s
    assert after.ask(after.picture()).visit.duration.mean_s < 55 * 60


def test_the_same_moment_gives_the_same_version_whenever_it_is_asked(worked: Cast, site: Site) -> None:
    first = learn(worked.aldermere.id, MIDNIGHT, **door(when=NIGHT))
    finished(worked, site, MONDAY - timedelta(days=1), 300)

    again = learn(worked.aldermere.id, MIDNIGHT, **door(when=NIGHT + timedelta(days=9)))

    assert first is not None and again is not None
    assert first.id == again.id


def test_who_changes_what_is_assumed_is_believed_until_the_next_night(worked: Cast) -> None:
    with standing_at(NIGHT):
        learn_all()
    row = boiler()
    row.mean_s = 90 * 60

    assert learned(worked.aldermere.id, NIGHT).duration(row).mean_s == 90 * 60


def test_a_branch_without_finished_work_assumes_everything(cast: Cast) -> None:
    seen = learned(cast.kilnsea.id, NIGHT)

    assert seen.row is None
    assert seen.duration(boiler()).mean_s == boiler().mean_s
    assert seen.factor(cast.beth.id) == 1.0


def test_the_page_says_what_was_learned_from_how_many_and_what_is_still_assumed(worked: Cast) -> None:
    assert "Nothing has been learned yet." in text_of(at_the_desk(worked.colm).get("/settings/learned/"))
    work_type("rare", 45)
    with standing_at(NIGHT):
        learn_all()
        page = text_of(at_the_desk(worked.colm).get("/settings/learned/"))
        assert at_the_desk(worked.hanna).get("/settings/learned/").status_code == 403

    assert "from 12 finished visits since Tue 13 Oct" in page
    assert "Rare 45 still assumed" in page
    assert "Boiler service 60 still assumed" not in page


def test_windows_are_judged_by_what_was_stated_when_they_were_agreed_on(cast: Cast) -> None:
    site = site_of("Mr Finch", cast.aldermere)
    on_shift(cast.sam, cast.aldermere)
    option = dispatch.offer(request_of(site).id, **door(cast.hanna)).options.order_by("opens_at").first()
    assert option is not None
    promise = dispatch.book(option.id, **door(cast.hanna))
    assert promise.visit is not None and promise.visit.technician is not None
    came = option.opens_at + timedelta(minutes=10)
    with standing_at(came):
        for do in (visits.depart, visits.arrive):
            do(promise.visit.id, **door(promise.visit.technician, came))

    with standing_at(NIGHT):
        judge_what_fell_due()
        found = how_well(cast.aldermere, NOW - timedelta(days=30), NIGHT)

    assert found.n == 1
    tier = next(each for each in found.tiers if each.kept.n)
    assert tier.stated == pytest.approx(option.p_kept)
    assert tier.kept.estimate == 1.0
