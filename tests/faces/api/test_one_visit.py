"""One visit from the call to the verdict, through HTTP only."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from tests.cast import Cast, at
from tests.faces.api.conftest import Api

from goodword.customers.models import Site
from goodword.kit.clock import company_now, standing_at
from goodword.messaging.models import Message

STEPS = [
    ("departure", {}),
    ("arrival", {"lat": 52.4, "lon": -1.7}),
    ("meeting", {"who": "contact"}),
    ("scope", {}),
    ("start", {}),
    ("observation", {}),
    ("clean-up", {}),
    ("walk-through", {}),
    ("satisfaction", {"satisfied": True}),
    ("signature", {}),
    ("completion", {"outcome": "fixed"}),
]


def booked(hanna: Api, site: Site) -> Any:
    """A request, its windows, the first one chosen: the promise."""
    asked = {"site_id": site.id, "work_type": "boiler_service", "branch_id": site.customer.branch_id}
    request = hanna.post("/requests", **asked, words="No hot water").json()
    offer = hanna.post(f"/requests/{request['id']}/offers").json()
    option = offer["options"][0]["id"]
    assert hanna.post(f"/options/{option}/hold").json()["status"] == "held"
    chosen = hanna.post(f"/options/{option}/choice")
    assert chosen.status_code == 201, chosen.content
    return chosen.json()


def test_a_visit_goes_from_the_call_to_a_kept_promise(cast: Cast, api: Callable[[str], Api], site: Site) -> None:
    promise = booked(api("hanna"), site)
    visit = api("priya").get(f"/visits/{promise['visit_id']}").json()
    technician = next(n for n in ("sam", "ade") if str(cast.people[n].id) == visit["technician_id"])

    opens_at = datetime.fromisoformat(promise["opens_at"])
    for n, (noun, facts) in enumerate(STEPS):
        with standing_at(opens_at + timedelta(minutes=n)):
            answer = api(technician).post(f"/visits/{visit['id']}/{noun}", **facts, at=company_now().isoformat())
        assert answer.status_code == 200, (noun, answer.content)

    done = answer.json()
    assert (done["stage"], done["outcome"], done["steps_missed"]) == ("over", "fixed", [])
    with standing_at(at("18:00")):
        judged = api("colm").get(f"/promises/{promise['id']}").json()
    assert (judged["verdict"]["state"], judged["verdict"]["proof"]) == ("kept", "arrival")
    assert Message.objects.filter(purpose="confirmation").count() == 1


def test_an_earlier_moment_is_judged_by_what_was_known_then(cast: Cast, api: Callable[[str], Api], site: Site) -> None:
    promise = booked(api("hanna"), site)

    before = api("colm").get(f"/promises/{promise['id']}", as_of="2026-11-02T09:41:00Z").json()
    after = api("colm").get(f"/promises/{promise['id']}", as_of="2026-11-09T00:00:00Z").json()

    assert (before["verdict"]["state"], after["verdict"]["state"]) == ("open", "broken")
    assert (before["as_of"], after["verdict"]["cause"]) == ("2026-11-02T09:41:00Z", "unproven")


def test_a_step_that_is_missing_is_asked_for(cast: Cast, api: Callable[[str], Api], site: Site) -> None:
    promise = booked(api("hanna"), site)
    visit = api("priya").get(f"/visits/{promise['visit_id']}").json()
    technician = api(next(n for n in ("sam", "ade") if str(cast.people[n].id) == visit["technician_id"]))
    for noun in ("departure", "arrival"):
        technician.post(f"/visits/{visit['id']}/{noun}")

    answer = technician.post(f"/visits/{visit['id']}/start")

    assert (answer.status_code, answer.json()["code"]) == (409, "asks")
    assert answer.json()["facts"]["asks"][0]["cleared_by"] == ["visit.confirm_scope"]
