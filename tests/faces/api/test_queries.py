"""Every list asks the database a number of questions that does not grow with its rows."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import NOW, Cast, at, door
from tests.faces.api.conftest import Api, said, with_device
from tests.field import promised, request_of, site_of, visit_of

from goodword.assets.actions import add_asset
from goodword.crew import actions as crew
from goodword.customers import actions as customers
from goodword.dispatch.models import Forecast
from goodword.kit.doors import opened
from goodword.kit.links import make_link, new_token
from goodword.kit.relay import Relay
from goodword.next_steps.actions import open_step
from goodword.promises import actions as promises
from goodword.visits import actions as visits

DAY = {"since": "2026-11-02T00:00:00Z", "until": "2026-11-03T00:00:00Z"}
LISTS: list[tuple[str, dict[str, Any]]] = [
    ("/branches", {}),
    ("/people", {}),
    ("/branches/{branch}/technicians", {"day": "2026-11-02"}),
    ("/shifts", DAY),
    ("/absences", DAY),
    ("/customers", {}),
    ("/customers/{customer}", {}),
    ("/search", {"q": "kiln lane"}),
    ("/assets", {}),
    ("/work-types", {}),
    ("/templates", {"work_type": "leak"}),
    ("/requests", {}),
    ("/visits", {"branch": "{branch}", "day": "2026-11-02"}),
    ("/handovers", {}),
    ("/promises", {}),
    ("/steps", {}),
    ("/held", {}),
    ("/events", {"limit": 200}),
    ("/links", {}),
    ("/me/devices", {}),
]
STAGES = {"prepare": [], "arrive": [], "work": [], "complete": []}


def a_set(cast: Cast, n: int) -> None:
    """One more row for each list."""
    site = site_of(f"Customer {n}", cast.aldermere, f"c{n}@example.org")
    person = crew.add_person(f"t{n}@wend.example", f"Tech {n}", None, [("technician", cast.aldermere.id)], [], **door())
    crew.set_shift(person.id, cast.aldermere.id, at("07:30"), at("16:30"), **door())
    visit = visit_of(site, person)
    promise = promised(visit)
    promises.mark(promise.id, "at_risk", 0.3, **door())
    with opened("a test"):
        Forecast.objects.create(visit=visit, branch=cast.aldermere, p50=NOW, computed_at=NOW)
    visits.offer_handover(visit.id, cast.sam.id, "x", **door(cast.priya))
    open_step("call", cast.sam.id, "", cast.aldermere.id, NOW, "visit", visit.id, "call", **door())
    make_link(new_token(), "visit", visit, None, cast.aldermere.id, at("23:00"), **door())
    crew.report_absence(person.id, at("17:00"), at("18:00"), "other", **door())
    crew.add_branch(f"Branch {n}", "x", 52.0, -1.0, "Europe/London", **door())
    visits.add_work_type(f"work{n}", "work", [], 3600, 0.3, **door())
    visits.set_template("leak", None, STAGES, **door())
    request_of(site, "leak")
    add_asset(site.id, "boiler", **door())
    with_device(cast.ruth)
    with_device(cast.sam).batch(said("hologram", uuid4(), "09:30"))
    for kind, value in (("email", f"x{n}@example.org"), ("phone", f"0163296{n:04d}")):
        customers.add_channel(customers_first(cast), kind, value, **door())


def customers_first(cast: Cast) -> Any:
    from goodword.customers.models import Contact

    return Contact.objects.order_by("id").values_list("id", flat=True)[0]


@pytest.fixture
def counted(cast: Cast, api: Callable[[str], Api]) -> Iterator[Callable[[], dict[str, int]]]:
    ruth = api("ruth")
    ruth.get("/me")
    first = site_of("First", cast.aldermere).customer_id

    def count() -> dict[str, int]:
        counts = {}
        for path, query in LISTS:
            address = path.format(branch=cast.aldermere.id, customer=first)
            said = {k: str(v).format(branch=cast.aldermere.id) for k, v in query.items()}
            with CaptureQueriesContext(connection) as seen:
                assert ruth.get(address, **said).status_code == 200, path
            counts[path] = len(seen)
        return counts

    yield count


def test_no_list_asks_more_questions_for_more_rows(cast: Cast, counted: Callable[[], dict[str, int]]) -> None:
    a_set(cast, 0)
    Relay().once()
    one = counted()
    for n in range(1, 20):
        a_set(cast, n)
    Relay().once()

    twenty = counted()

    grown = {path: (one[path], n) for path, n in twenty.items() if n > one[path]}
    assert not grown
    assert max(twenty.values()) <= 16, twenty


def test_an_empty_list_is_a_list(cast: Cast, counted: Callable[[], dict[str, int]]) -> None:
    assert max(counted().values()) <= 14
