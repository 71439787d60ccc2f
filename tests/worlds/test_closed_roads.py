"""A bridge is closed in the product: travel takes the way round until it is opened again, and the forecast follows."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from django.db import connection
from tests.cast import HOURS, NOW, at, door, on_shift, the_cast
from tests.demo import marked
from tests.faces.api.conftest import signed_in
from tests.faces.office.desk import at_the_desk, sent, text_of
from tests.field import site_of, visit_of, work_type
from tests.territory.ground import in_use
from tests.worlds.ground import county_file

from goodword.config import wiring
from goodword.crew import actions as crew
from goodword.crew.models import Branch
from goodword.dispatch import actions as dispatch
from goodword.dispatch.models import Forecast
from goodword.dispatch.queries.records import drives_of, finished_visits
from goodword.kit.clock import standing_at
from goodword.kit.jobs import run_reaction
from goodword.kit.models import Event
from goodword.kit.refusals import BadInput
from goodword.territory import queries as territory
from goodword.territory.actions import close_road, follow_closures, open_road
from goodword.territory.errors import ClosedOutside, NoRoadThere, NotThatRoad, RoadIsOpen
from goodword.territory.models import Closure
from goodword.territory.queries.current import current
from goodword.territory.rules.closures import Place
from goodword.visits import actions as visits
from goodword.worlds.county import draw

FIRST, SECOND, SAME_BANK = ("High Street", "5"), ("Bridge Street", "6"), ("High Street", "11")


@pytest.fixture(scope="module")
def county(tmp_path_factory, django_db_setup, test_database, django_db_blocker) -> Iterator[dict[Any, Any]]:
    """The county's doors and the middle of Mill Bridge; its roads are in use during this module."""
    drawn = draw()
    found: dict[Any, Any] = {(h.street, h.number): h.middle.latlon() for h in drawn.houses if h.town == "Aldermere"}
    ends = [p.latlon() for p in drawn.net.line(next(r for r in drawn.net.roads if r.name == "Mill Bridge"))]
    found["bridge"] = Place(*np.mean(ends, axis=0).tolist(), 20, "")
    root = tmp_path_factory.mktemp("closed") / "territory"
    with in_use(county_file(), root, test_database, django_db_blocker):
        yield found


@pytest.fixture
def monday(county: object, db: None, test_database: Any) -> Iterator[None]:
    with marked(test_database), standing_at(NOW):
        yield


def drive(county: dict[Any, Any], *ends: Any) -> float:
    return float(territory.matrix([county[end] for end in ends]).seconds_s[0, 1])


def close(county: dict[Any, Any], **more: Any) -> Closure:
    through = door() | {key: more.pop(key) for key in ("at", "command") if key in more}
    return close_road("Mill Bridge", county["bridge"], **more, **through)


def test_a_trip_over_a_closed_bridge_takes_the_way_round_until_it_is_opened(monday, county):
    """Nothing changes before the worker has prepared the roads, nor ever for a trip that does not go there."""
    before, other = drive(county, FIRST, SECOND), drive(county, FIRST, SAME_BANK)
    roads = str(territory.provider().source)

    closure = close(county, reason="flood")
    assert (drive(county, FIRST, SECOND), closure.counts_from) == (before, None)

    assert follow_closures() == 1
    closure.refresh_from_db()
    assert closure.counts_from == NOW
    assert drive(county, FIRST, SECOND) > before + 120
    assert drive(county, FIRST, SAME_BANK) == other
    assert str(territory.provider().source) != roads, "two sets of times must never be joined"
    assert follow_closures() == 0

    open_road(closure.id, **door())
    assert follow_closures() == 1
    assert (drive(county, FIRST, SECOND), str(territory.provider().source)) == (before, roads)


def test_a_closure_begins_and_ends_by_itself(monday, county):
    before = drive(county, FIRST, SECOND)
    close(county, starts_at=at("11:00"), ends_at=at("12:00"))

    seen = []
    for clock in ("10:59", "11:00", "11:59", "12:00"):
        with standing_at(at(clock)):
            follow_closures()
            seen.append(drive(county, FIRST, SECOND) > before)

    assert seen == [False, True, True, False]


def test_the_same_command_twice_closes_once(monday, county):
    through = door()

    first = close_road("Mill Bridge", county["bridge"], **through)
    again = close_road("Mill Bridge", county["bridge"], **through)

    assert first.id == again.id
    assert Closure.objects.count() == Event.objects.filter(name="road.closed").count() == 1


def test_a_copy_that_was_lost_is_made_again_and_meanwhile_the_open_roads_are_asked(monday, county):
    before = drive(county, FIRST, SECOND)
    close(county)
    follow_closures()
    current().roads.parent.rename(current().folder / "lost")
    assert drive(county, FIRST, SECOND) == before

    follow_closures()

    assert drive(county, FIRST, SECOND) > before


@pytest.mark.parametrize(
    ("change", "refusal", "says"),
    [
        ({"lat": 47.1, "lon": 9.5}, ClosedOutside, "latitude first"),
        ({"lat": 53.3992003, "lon": 1.8486}, NoRoadThere, "Move the point or widen the radius"),
        ({"road": "Tower Bridge"}, NotThatRoad, "Mill Bridge"),
        ({"radius_m": 501}, BadInput, "several parts"),
    ],
)
def test_a_closure_that_would_close_nothing_is_refused_with_what_to_do(monday, county, change, refusal, says):
    with pytest.raises(refusal) as refused:
        close_road("Mill Bridge", county["bridge"]._replace(**change), **door())

    assert says in refused.value.detail
    assert not Closure.objects.exists()


def test_a_road_is_opened_once_and_a_span_that_runs_backwards_is_refused(monday, county):
    closure = close(county)
    open_road(closure.id, **door())

    with pytest.raises(RoadIsOpen):
        open_road(closure.id, **door())
    with pytest.raises(BadInput):
        close(county, starts_at=NOW, ends_at=NOW - timedelta(minutes=1))


def react(name: str) -> None:
    """What the worker runs on an event."""
    for reaction in wiring.reactions[name]:
        run_reaction(Event.objects.get(name=name).id, reaction)


def enqueued() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT args ->> 'reaction' FROM procrastinate_jobs ORDER BY id")
        return [row[0] for row in cursor.fetchall()]


def test_the_forecast_of_a_visit_behind_the_bridge_moves_by_the_detour(monday, county):
    """Through the wiring: travel follows when a road is closed, then each branch has a job of its own."""
    cast = the_cast()
    work_type()
    branch = crew.add_branch(
        "Mill End", "High Street", *county[SAME_BANK], "Europe/London", "+441632960100", "", HOURS, **door()
    )
    mia = crew.add_person("mia@wend.example", "Mia Gale", None, [("technician", branch.id)], ["gas"], **door())
    on_shift(mia, branch)
    near, behind = (
        visit_of(site_of(name, branch, lat=county[end][0], lon=county[end][1]), mia, *hours)
        for name, end, hours in (("Mr Finch", FIRST, ("10:00", "11:00")), ("Mrs Petrov", SECOND, ("11:00", "12:00")))
    )
    dispatch.reforecast_all()
    before = Forecast.objects.in_bulk()

    close(county)
    react("road.closed")
    react("roads.changed")
    parts = [reaction for reaction in enqueued() if "drives_changed" in reaction]
    assert {part.rpartition(":")[2] for part in parts} == {str(b.id) for b in Branch.objects.all()}
    run_reaction(Event.objects.get(name="roads.changed").id, next(part for part in parts if str(branch.id) in part))

    after = Forecast.objects.in_bulk()
    assert after[behind.id].p50 > before[behind.id].p50 + timedelta(seconds=100)
    assert after[near.id].p50 == before[near.id].p50
    assert cast.aldermere.id != branch.id


def worked(site: Any, person: Any, left: str, came: str, ended: str) -> None:
    visit = visit_of(site, person, came, "18:00")
    for do, clock in ((visits.depart, left), (visits.arrive, came), (visits.confirm_scope, came)):
        do(visit.id, **door(person, at(clock)))
    visits.start_work(visit.id, **door(person, at(came)))
    visits.observe_working(visit.id, **door(person, at(ended)))
    visits.complete(visit.id, "fixed", leave_now=True, **door(person, at(ended)))


def test_a_drive_that_may_have_gone_round_a_closed_road_teaches_nothing_about_the_open_ones(monday, county):
    """What a drive is set beside are the open roads, whatever is closed at night when it is learned."""
    cast = the_cast()
    work_type()
    (near, behind) = (
        site_of(name, cast.aldermere, lat=county[end][0], lon=county[end][1])
        for name, end in (("Mr Finch", FIRST), ("Mrs Petrov", SECOND))
    )
    worked(near, cast.sam, "8:00", "8:10", "9:00")
    worked(behind, cast.sam, "9:10", "9:20", "9:30")
    rows = finished_visits(cast.aldermere, at("7:00"), at("10:00"))
    (usual,) = drives_of(cast.aldermere, rows)
    assert usual.driven_s == 600

    later = close(county, starts_at=at("9:31"))
    follow_closures()
    assert drives_of(cast.aldermere, rows) == [usual]

    open_road(later.id, **door())
    close(county, starts_at=at("9:15"), ends_at=at("9:17"))
    assert drives_of(cast.aldermere, rows) == []


def test_a_dispatcher_closes_lists_and_opens_a_road_over_the_api(monday, county):
    cast = the_cast()
    priya, sam = signed_in(cast.priya), signed_in(cast.sam)
    place = county["bridge"]
    body = {"name": "Mill Bridge", "lat": place.lat, "lon": place.lon, "radius_m": 20, "reason": "flood"}

    assert sam.post("/roads/closures", **body).status_code == 403
    made = priya.post("/roads/closures", **body)
    assert made.status_code == 201, made.content
    follow_closures()
    (listed,) = sam.get("/roads/closures").json()["items"]
    assert listed["id"] == made.json()["id"] and listed["counts_from"] is not None
    nowhere = priya.post("/roads/closures", **body | {"lat": 47.1, "lon": 9.5})
    assert (nowhere.status_code, nowhere.json()["code"]) == (422, "closure-outside")

    assert priya.delete(f"/roads/closures/{listed['id']}").status_code == 200
    assert sam.get("/roads/closures").json()["items"] == []
    assert len(sam.get("/roads/closures", past="true").json()["items"]) == 1


def test_the_desk_closes_a_road_sees_since_when_it_counts_and_opens_it(monday, county):
    priya, place = at_the_desk(the_cast().priya), county["bridge"]
    facts = {"name": "Mill Bridge", "where": f"{place.lat:.6f}, {place.lon:.6f}", "radius": "20", "reason": "flood"}

    elsewhere = sent(priya, "/roads/new/", **facts | {"where": "47.1, 9.5"})
    assert elsewhere.status_code == 422 and "latitude first" in text_of(elsewhere)
    assert "being prepared" in text_of(sent(priya, "/roads/new/", **facts, follow=True))
    follow_closures()
    assert "counts from 9:40" in text_of(priya.get("/roads/"))

    sent(priya, f"/roads/{Closure.objects.get().id}/opening/")
    assert "No road is closed" in text_of(priya.get("/roads/"))
    assert 'href="/roads/"' in priya.get("/").content.decode()
