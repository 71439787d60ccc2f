"""Many at once, over HTTP, with real commits: one wins, the others are told."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import Any

import pytest
from django.db import connection, connections
from tests.cast import NOW, Cast
from tests.faces.api.conftest import Api, lay_the_cast, said, signed_in, with_device
from tests.field import site_of, visit_of

from goodword.crew.models import Engagement
from goodword.kit.clock import standing_at
from goodword.kit.ids import uuid7
from goodword.kit.models import Command, Event
from goodword.kit.relay import Relay
from goodword.promises.models import Promise

MANY = 64


@pytest.fixture
def cast(committed_db: Any) -> Iterator[Cast]:
    with committed_db.as_owner() as owner:
        owner.execute("UPDATE kit_clock SET demo = true")
    with standing_at(NOW):
        yield lay_the_cast()
    with committed_db.as_owner() as owner:
        owner.execute("UPDATE kit_clock SET demo = false")


def at_once(calls: list[Callable[[], Any]]) -> list[Any]:
    """Every call in a thread of its own with its own connection, all under the clock that stands."""

    def run(call: Callable[[], Any]) -> Any:
        try:
            return call()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return [f.result() for f in [pool.submit(copy_context().run, run, call) for call in calls]]


def offered(hanna: Api, cast: Cast, name: str) -> list[dict[str, Any]]:
    site = site_of(name, cast.aldermere)
    body = {"site_id": site.id, "branch_id": cast.aldermere.id, "work_type": "boiler_service"}
    request = hanna.post("/requests", **body).json()["id"]
    return hanna.post(f"/requests/{request}/offers").json()["options"]


def test_sixty_four_choose_one_window_and_one_gets_it(cast: Cast) -> None:
    hanna = signed_in(cast.hanna)
    option = offered(hanna, cast, "Mrs Adeyemi")[0]["id"]

    answers = at_once([lambda: hanna.post(f"/options/{option}/choice") for _n in range(MANY)])

    statuses = sorted(a.status_code for a in answers)
    assert statuses == [201] + [409] * (MANY - 1)
    assert {a.json()["code"] for a in answers if a.status_code == 409} == {"offer-gone"}
    assert Promise.objects.count() == 1


def test_sixty_four_customers_want_one_technician_and_one_gets_them(cast: Cast) -> None:
    hanna = signed_in(cast.hanna)
    sites = [site_of(f"Customer {n}", cast.aldermere) for n in range(MANY)]
    visits = [visit_of(site, None).id for site in sites]
    body = {"technician_id": str(cast.sam.id), "opens_at": "2026-11-02T14:00:00Z", "closes_at": "2026-11-02T15:00:00Z"}
    move = body | {"by_whom": "us", "planned_start": body["opens_at"], "planned_end": body["closes_at"]}

    answers = at_once([lambda v=v: hanna.post(f"/visits/{v}/move", **move) for v in visits])

    won = [a for a in answers if a.status_code == 201]
    lost = [a.json() for a in answers if a.status_code == 409]
    assert (len(won), len(lost)) == (1, MANY - 1)
    assert {p["code"] for p in lost} == {"double-booked"}
    assert all("Sam Tully is taken until 15:00" in p["detail"] for p in lost)
    assert all("Hanna Lindqvist has planned that." in p["detail"] for p in lost)
    assert Engagement.objects.filter(person=cast.sam, live=True).count() == 1


def test_the_same_choice_five_times_at_once_happens_once(cast: Cast) -> None:
    hanna = signed_in(cast.hanna)
    option = offered(hanna, cast, "Mrs Adeyemi")[0]["id"]
    body = {"command": str(uuid7()), "at": NOW.isoformat()}

    answers = at_once([lambda: hanna.raw(f"/options/{option}/choice", body) for _n in range(5)])

    assert {a.status_code for a in answers} == {201}
    assert len({a.json()["id"] for a in answers}) == 1
    assert (Promise.objects.count(), Event.objects.filter(name="offer.chosen").count()) == (1, 1)


def test_the_same_batch_from_two_tabs_happens_once(cast: Cast) -> None:
    visit = visit_of(site_of("Mrs Adeyemi", cast.aldermere), cast.sam)
    phone = with_device(cast.sam)
    batch = [said("note.add", visit.id, "09:40", facts={"words": f"note {n}"}) for n in range(20)]

    answers = at_once([lambda: phone.batch(*batch) for _n in range(4)])

    statuses = [a["status"] for tab in answers for a in tab]
    assert (statuses.count("applied"), statuses.count("duplicate")) == (20, 60)
    assert Command.objects.filter(kind="note.add").count() == 20


def test_whoever_reads_on_from_their_position_hears_everything_once(cast: Cast) -> None:
    visit = visit_of(site_of("Mrs Adeyemi", cast.aldermere), cast.sam)
    phone, priya = with_device(cast.sam), signed_in(cast.priya)
    heard: list[str] = []
    position = 0
    for n in range(3):
        phone.batch(*(said("note.add", visit.id, "09:40", facts={"words": f"{n} {m}"}) for m in range(4)))
        Relay().once()
        page = priya.get("/events", after=position, limit=5).json()
        while page["items"]:
            heard += [e["id"] for e in page["items"]]
            position = page["position"]
            page = priya.get("/events", after=position, limit=5).json()

    notes = Event.objects.filter(name="note.added").values_list("id", flat=True)
    assert len(heard) == len(set(heard))
    assert {str(n) for n in notes} <= set(heard)
    assert not connection.in_atomic_block
