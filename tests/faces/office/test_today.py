"""Today: a branch's day by technician, and the tray of what needs somebody."""

import pytest
from django.urls import reverse
from tests.cast import MONDAY, Cast, at, door, queries
from tests.faces.office.desk import at_the_desk, text_of
from tests.field import promised, request_of, site_of, visit_of, worked_through
from tests.visits.steps import LINES

from goodword.crew import actions as crew
from goodword.customers.models import Site
from goodword.dispatch.actions import promise_call_back, reforecast
from goodword.kit.commands import receive
from goodword.kit.ids import uuid7
from goodword.promises.actions import tell
from goodword.visits import actions as visits
from goodword.visits.models import Visit


@pytest.fixture
def visit(cast: Cast, site: Site) -> Visit:
    visit = visit_of(site, cast.sam, "10:00", "11:00")
    promised(visit)
    return visit


def late(cast: Cast, site: Site) -> Visit:
    """A visit whose window is nearly over while its technician is still at work elsewhere."""
    first = visit_of(site_of("Mrs Petrov", cast.aldermere), cast.sam, "09:00", "10:00")
    worked_through(first.id, cast.sam, "09:00", until="start_work")
    visit = visit_of(site, cast.sam, "10:00", "11:00")
    promised(visit, "08:00", "09:45")
    reforecast(cast.aldermere.id)
    return visit


def test_today_shows_the_day_by_technician_in_one_sentence(cast: Cast, visit: Visit) -> None:
    worked_through(visit_of(site_of("Mr Finch", cast.aldermere), cast.ade, "08:00", "09:00").id, cast.ade, "08:00")

    page = text_of(at_the_desk(cast.priya).get("/"))

    assert "2 visits: 1 done, 1 to come." in page
    assert "7:30– 16:30" in page
    assert "Mrs Adeyemi, 3 Tanner's Row" in page


def test_who_must_hear_first_stands_in_the_tray_until_somebody_has_told_them(cast: Cast, site: Site) -> None:
    visit = late(cast, site)
    priya = at_the_desk(cast.priya)
    before = text_of(priya.get("/"))

    tell(visit.promises.get().id, "spoken", **door(cast.priya))
    after = text_of(priya.get("/"))

    assert "One promise needs a word with the customer" in before
    assert "The customer has not been told." in before
    assert "needs a word" not in after
    assert "Told at 9:40." in after


def test_a_waiting_request_is_read_in_the_customers_own_words(cast: Cast, site: Site) -> None:
    request_of(site, "leak", at("08:52"), words="There is water under the sink again.")

    page = text_of(at_the_desk(cast.priya).get("/"))

    assert "“There is water under the sink again.”" in page
    assert "Leak · Sam" in page


def test_an_absent_technician_is_said_to_be_away(cast: Cast) -> None:
    crew.report_absence(cast.ade.id, at("07:00"), at("18:00"), "sick", **door(cast.priya))

    assert "Ade Bankole gas, heating away" in text_of(at_the_desk(cast.priya).get("/"))


def test_a_command_on_hold_stands_in_the_tray(cast: Cast, visit: Visit) -> None:
    sent = {
        "command": str(uuid7()),
        "kind": "visit.from_a_newer_app",
        "about": str(visit.id),
        "at": at("09:20").isoformat(),
    }
    receive(sent | {"facts": {}}, by=cast.sam.actor, scope=cast.aldermere.id)

    assert "From Sam Tully’s phone" in text_of(at_the_desk(cast.priya).get("/"))


def test_a_day_and_a_branch_can_be_kept_as_an_address(cast: Cast, visit: Visit) -> None:
    ruth = at_the_desk(cast.ruth)

    monday = text_of(ruth.get(f"/?branch={cast.aldermere.id}&day=2026-11-02"))
    tuesday = text_of(ruth.get(f"/?branch={cast.aldermere.id}&day=2026-11-03"))
    kilnsea = text_of(ruth.get(f"/?branch={cast.kilnsea.id}"))

    assert "Mrs Adeyemi" in monday
    assert "Tuesday 3 November" in tuesday and "Mrs Adeyemi" not in tuesday
    assert "Beth Carrow" in kilnsea and "Mrs Adeyemi" not in kilnsea


@pytest.mark.parametrize("day", ["", "yesterday", "2026-13-40", "0001-01-01", "9999-12-31", "2026-11-02'"])
def test_a_day_that_is_none_is_today(cast: Cast, day: str) -> None:
    answer = at_the_desk(cast.priya).get("/", {"day": day})

    assert f"Monday {MONDAY.day} November" in text_of(answer)


def test_nothing_planned_is_said_calmly(cast: Cast) -> None:
    page = text_of(at_the_desk(cast.priya).get("/"))

    for said in (
        "Nothing is planned for today yet.",
        "Nobody must hear bad news now.",
        "Nobody waits for an answer.",
        "No command waits for a decision.",
        "Nothing is done yet.",
    ):
        assert said in page


def test_everybody_lands_where_their_work_is(cast: Cast) -> None:
    assert at_the_desk(cast.sam).get("/")["Location"] == reverse("technician:today")
    assert at_the_desk(cast.nobody).get("/")["Location"] == reverse("office:settings")
    for name in ("ruth", "colm", "priya", "hanna", "june"):
        assert at_the_desk(cast.people[name]).get("/").status_code == 200


def test_another_branchs_day_is_not_there(cast: Cast) -> None:
    assert at_the_desk(cast.priya).get(f"/?branch={cast.kilnsea.id}").status_code == 404
    assert at_the_desk(cast.priya).get("/?branch=nonsense").status_code == 404


def test_who_may_not_book_is_shown_no_button_to_tell(cast: Cast, site: Site) -> None:
    visit = late(cast, site)

    assert f"/visits/{visit.id}/notice/" in at_the_desk(cast.priya).get("/").content.decode()
    assert f"/visits/{visit.id}/notice/" not in at_the_desk(cast.june).get("/").content.decode()


def test_today_asks_the_same_number_of_queries_for_no_visit_and_for_forty(cast: Cast, site: Site) -> None:
    priya = at_the_desk(cast.priya)
    promised(visit_of(site, cast.sam, "07:30", "07:40"), "09:45", "16:30")
    request_of(site)
    priya.get("/")
    with queries(at_most=27) as one:
        assert priya.get("/").status_code == 200

    for n in range(39):
        start = 8 * 60 + n * 12
        row = visit_of(
            site, cast.sam, f"{start // 60:02d}:{start % 60:02d}", f"{(start + 10) // 60:02d}:{(start + 10) % 60:02d}"
        )
        promised(row, "09:45", "16:30")
        request_of(site)
    with queries(at_most=len(one)):
        assert priya.get("/").status_code == 200


def test_a_promise_behind_which_nobody_stands_comes_first_with_its_end(cast: Cast, site: Site) -> None:
    request_of(site_of("Mr Finch", cast.aldermere), "leak", at("08:00"), words="Water under the sink.")
    loose = visit_of(site, None)
    promised(loose, "09:30", "10:30")

    page = text_of(at_the_desk(cast.priya).get("/"))

    tray = page[page.index("Unassigned the promise") :]
    assert "Promised 9:30–10:30, ends in 50 min" in tray
    assert tray.index("Mrs Adeyemi") < tray.index("Mr Finch")


def test_a_call_that_we_promised_stands_on_today_until_it_is_made(cast: Cast, site: Site) -> None:
    asked = request_of(site, "leak", at("08:52"), words="Water under the sink.")
    promise_call_back(asked.id, at("10:30"), **door(cast.priya))

    page = text_of(at_the_desk(cast.priya).get("/"))

    assert "We said we would call by 10:30" in page


@pytest.mark.shows("S0-2")
def test_a_missing_critical_part_stands_in_amber_and_in_words_on_the_row(cast: Cast, visit: Visit) -> None:
    visits.set_lines(visit.order_id, LINES, **door(cast.hanna))
    priya = at_the_desk(cast.priya)
    assert "missing" not in text_of(priya.get("/"))
    parts = {kind: visit.order.lines.get(kind=kind).id for kind in ("part", "tool")}

    visits.check_parts(visit.id, [parts["tool"]], **door(cast.sam, at("08:05")))
    assert "missing" not in text_of(priya.get("/"))
    visits.check_parts(visit.id, [parts["part"]], **door(cast.sam, at("08:10")))

    page = text_of(priya.get("/"))
    assert "missing: Seal set" in page and "Missing: Seal set." in page
    assert "One promise needs a word with the customer" in page

    visits.check_parts(visit.id, **door(cast.sam, at("08:30")))
    assert "issing: Seal set" not in text_of(priya.get("/"))
