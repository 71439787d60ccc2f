"""What is hardly meant is asked first; what does not work yet ends without a lie; what is done stands below."""

import re

from tests.cast import Cast, at, door
from tests.faces.signing_in import as_
from tests.field import promised, site_of, visit_of, worked_through

from goodword.customers.models import Site
from goodword.visits import actions as visits
from goodword.visits.models import Visit
from goodword.visits.rules import Stage


def test_work_that_does_not_work_yet_ends_without_a_lie(cast: Cast, visit: Visit) -> None:
    worked_through(visit.id, cast.sam, "09:30", until="start_work")
    sam, address = as_(cast.sam), f"/t/visits/{visit.id}/"

    sam.post(f"{address}steps/works_not_yet/")

    visit.refresh_from_db()
    assert (visit.stage, visit.leaving.works) == (Stage.COMPLETE, False)
    assert "What does the next visit need?" in sam.get(address).content.decode()
    ending = sam.get(f"{address}ending/").content.decode()
    assert re.search(r'value="(\w+)" required checked', ending)[1] == "needs_return"  # type: ignore[index]
    sam.post(f"{address}next-step/", {"words": "A new fan"})
    sam.post(f"{address}completion/", {"outcome": "needs_return", "leave_now": "yes"})
    visit.refresh_from_db()
    assert (visit.outcome, visit.steps_missed.count("return_not_booked")) == ("needs_return", 0)


def test_on_the_way_while_still_at_another_visit_is_asked_first_and_yes_goes_on(
    cast: Cast, visit: Visit, site: Site
) -> None:
    worked_through(visit.id, cast.sam, "09:30", until="arrive")
    other = visit_of(site_of("Mr Finch", cast.aldermere), cast.sam, "12:00", "13:00")
    sam, address = as_(cast.sam), f"/t/visits/{other.id}/steps/depart/"

    page = sam.post(address).content.decode()
    other.refresh_from_db()
    assert "You are still with Mrs Adeyemi." in page
    assert f"/t/visits/{visit.id}/" in page
    assert other.on_the_way_at is None

    sam.post(address, {"sure": "yes"})

    other.refresh_from_db()
    assert other.on_the_way_at is not None


def test_at_the_door_long_before_the_promised_time_is_asked_first(cast: Cast, site: Site) -> None:
    visit = visit_of(site, cast.sam, "16:00", "17:00")
    promised(visit, "16:00", "18:00")
    visits.depart(visit.id, **door(cast.sam, at("07:00")))
    sam, address = as_(cast.sam), f"/t/visits/{visit.id}/steps/arrive/"

    assert "The promise is 16:00–18:00. Really at the door?" in sam.post(address).content.decode()
    sam.post(address, {"sure": "yes"})

    visit.refresh_from_db()
    assert visit.arrived_at is not None


def test_what_is_done_stands_below_and_the_next_stop_is_marked(cast: Cast, visit: Visit) -> None:
    worked_through(visit.id, cast.sam, "09:30")
    visit_of(site_of("Mr Finch", cast.aldermere), cast.sam, "12:00", "13:00")

    page = as_(cast.sam).get("/t/").content.decode()

    assert page.index("Mr Finch") < page.index(">next<") < page.index("<summary>Done") < page.index("Mrs Adeyemi")
