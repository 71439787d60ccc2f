"""What the nouns do beyond the one visit: files, links, hand-overs, steps, promises, planning, staff."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cast import CUSTOMERS, Cast, door
from tests.faces.api.conftest import Api, said, with_device
from tests.field import promised, site_of, visit_of

from goodword.crew import actions as crew
from goodword.customers.models import Site
from goodword.kit.models import Event
from goodword.visits.models import Visit


@pytest.fixture
def visit(cast: Cast, site: Site) -> Visit:
    made = visit_of(site, cast.sam)
    promised(made)
    return made


# Hand-overs, notes, steps


def test_a_hand_over_passes_the_visit_when_the_other_accepts(
    cast: Cast, api: Callable[[str], Api], visit: Visit
) -> None:
    sam, ade = api("sam"), api("ade")
    sam.post(f"/visits/{visit.id}/departure")

    offered = sam.post(f"/visits/{visit.id}/handovers", to_id=cast.ade.id).json()
    assert [h["id"] for h in ade.get("/handovers").json()["items"]] == [offered["id"]]
    accepted = ade.post(f"/handovers/{offered['id']}/acceptance")

    assert accepted.status_code == 200
    assert ade.get(f"/visits/{visit.id}").json()["technician_id"] == str(cast.ade.id)
    assert sam.get(f"/visits/{visit.id}").status_code == 404


def test_a_next_step_is_opened_handed_and_done(cast: Cast, api: Callable[[str], Api], visit: Visit) -> None:
    step = api("sam").post(
        "/steps", visit_id=visit.id, kind="order_part", due_at="2026-11-03T09:00:00Z", words="A pump"
    ).json()  # fmt: skip

    assert step["owner_role"] == "office"
    api("hanna").post(f"/steps/{step['id']}/handing", owner_id=cast.priya.id)
    done = api("priya").post(f"/steps/{step['id']}/done", words="Ordered").json()

    assert (done["done_by"], done["done_words"]) == (str(cast.priya.id), "Ordered")
    assert api("priya").get("/steps").json()["items"] == []
    assert len(api("priya").get("/steps", done=True).json()["items"]) == 1


# Promises


def test_a_notice_is_said_before_the_promise_breaks(cast: Cast, api: Callable[[str], Api], visit: Visit) -> None:
    promise = api("priya").get("/promises").json()["items"][0]

    told = api("sam").post(f"/promises/{promise['id']}/notice", how="spoken")
    judged = api("colm").get(f"/promises/{promise['id']}", as_of="2026-11-09T00:00:00Z").json()

    assert told.status_code == 200
    assert (judged["verdict"]["state"], judged["verdict"]["told"]) == ("broken", "before")


def test_a_promise_is_void_only_by_a_second_person(cast: Cast, api: Callable[[str], Api], site: Site) -> None:
    request = api("hanna").post(
        "/requests", site_id=site.id, branch_id=cast.aldermere.id, work_type="leak", words="It drips"
    ).json()  # fmt: skip
    promise = api("hanna").post(f"/requests/{request['id']}/call-back", due_at="2026-11-02T12:00:00Z").json()

    first = api("hanna").post(f"/promises/{promise['id']}/void", reason="twice")
    second = api("priya").post(f"/promises/{promise['id']}/void", reason="twice")

    assert (first.status_code, first.json()["code"]) == (409, "void-needs-second-person")
    assert second.json()["verdict"]["state"] == "void"


def test_a_call_back_is_done_by_its_keeper(cast: Cast, api: Callable[[str], Api], site: Site) -> None:
    body = {"site_id": site.id, "branch_id": cast.aldermere.id, "work_type": "leak"}
    request = api("hanna").post("/requests", **body).json()
    promise = api("hanna").post(f"/requests/{request['id']}/call-back", due_at="2026-11-02T12:00:00Z").json()

    done = api("hanna").post(f"/promises/{promise['id']}/done", at="2026-11-02T09:40:00Z").json()

    assert (done["verdict"]["state"], done["verdict"]["proof"]) == ("kept", "said_done")


# Planning


@pytest.mark.parametrize(
    ("by_whom", "options", "state"),
    [("customer", 1, "released"), ("us", 2, "renegotiated"), ("us", 1, "open")],
)
def test_a_move_leaves_the_old_promise_as_what_it_became(
    cast: Cast, api: Callable[[str], Api], visit: Visit, by_whom: str, options: int, state: str
) -> None:
    old = api("priya").get("/promises").json()["items"][0]["id"]
    window = {"opens_at": "2026-11-03T09:00:00Z", "closes_at": "2026-11-03T11:00:00Z"}

    moved = api("priya").post(f"/visits/{visit.id}/move", **window, by_whom=by_whom, options=options)

    assert moved.status_code == 201
    assert moved.json()["successor_of_id"] == old
    assert api("priya").get(f"/promises/{old}").json()["verdict"]["state"] == state


def test_a_stale_assignment_says_that_somebody_was_faster(cast: Cast, api: Callable[[str], Api], visit: Visit) -> None:
    first = api("priya").post(f"/visits/{visit.id}/assignment", technician_id=cast.ade.id, revision=1)
    second = api("colm").post(f"/visits/{visit.id}/assignment", technician_id=cast.sam.id, revision=1)

    assert first.status_code == 200, first.content
    assert (second.status_code, second.json()["code"]) == (409, "stale")
    assert second.json()["facts"]["changed_by"] == str(cast.priya.id)


def test_two_visits_change_places(cast: Cast, api: Callable[[str], Api], visit: Visit) -> None:
    other = visit_of(site_of("Mr Finch", cast.aldermere), cast.ade)

    swapped = api("priya").post(f"/visits/{visit.id}/swap", other_id=other.id)

    assert swapped.json()["technician_id"] == str(cast.ade.id)
    assert api("sam").get(f"/visits/{other.id}").status_code == 200


# Staff


@pytest.mark.parametrize("role", ["owner", "admin", "accountant"])
@pytest.mark.parametrize("whole", [False, True], ids=["branch", "company"])
def test_a_manager_makes_nobody_more_than_a_manager(
    cast: Cast, api: Callable[[str], Api], role: str, whole: bool
) -> None:
    if whole:
        crew.set_roles(cast.colm.id, [("manager", None)], **door())
    roles = [{"name": role, "branch_id": str(cast.aldermere.id)}]

    made = api("colm").post("/people", email="new@wend.example", name="New", roles=roles)
    raised = api("colm").post(f"/people/{cast.sam.id}/roles", roles=roles)

    assert (made.status_code, raised.status_code) == (403, 403)
    assert api("colm").post(f"/people/{cast.ruth.id}/leaving").status_code == 403


def test_an_absence_is_reported_and_ends_early(cast: Cast, api: Callable[[str], Api]) -> None:
    span = {"starts_at": "2026-11-02T09:00:00Z", "ends_at": "2026-11-02T16:00:00Z"}

    absence = api("priya").post("/absences", person_id=cast.sam.id, reason="sick", **span).json()
    listed = api("priya").get("/absences", since=span["starts_at"], until=span["ends_at"]).json()["items"]
    back = api("priya").post(f"/absences/{absence['id']}/return", ends_at="2026-11-02T12:00:00Z")

    assert [a["id"] for a in listed] == [absence["id"]]
    assert back.json()["ended_early_at"] == "2026-11-02T12:00:00Z"


# Customers


def test_a_customer_is_found_by_name_and_read_with_who_was_merged(
    cast: Cast, api: Callable[[str], Api], site: Site
) -> None:
    hanna = api("hanna")
    twin = hanna.post("/customers", kind="person", name="Mrs Okonkwo", branch_id=cast.aldermere.id).json()

    merged = hanna.post(f"/customers/{twin['id']}/merge", winner_id=site.customer_id).json()
    found = hanna.get("/search", q="okonkwo").json()
    card = hanna.get(f"/customers/{twin['id']}").json()

    assert merged["merged_into_id"] == str(site.customer_id)
    assert {h["customer"]["id"] for h in found} == {str(site.customer_id)}
    assert (card["id"], len(card["family"]), len(card["contacts"])) == (str(site.customer_id), 2, 2)
    assert hanna.post(f"/customers/{twin['id']}/unmerge").json()["merged_into_id"] is None


def test_a_technician_reads_the_customers_of_their_own_visits_only(
    cast: Cast, api: Callable[[str], Api], visit: Visit
) -> None:
    other = site_of("Mr Finch", cast.aldermere)
    sam = api("sam")

    assert [c["name"] for c in sam.get("/customers").json()["items"]] == ["Mrs Adeyemi"]
    assert sam.get(f"/customers/{other.customer_id}").status_code == 404
    assert sam.get("/search", q="finch").json() == []
    facts = sam.post(f"/sites/{visit.order.site_id}/facts", facts={"parking": "in the yard"}, confirmed=True)
    assert (facts.json()["parking"], facts.json()["confirmed_at"]) == ("in the yard", "2026-11-02T09:40:00Z")


def test_pages_follow_each_other_while_rows_come(cast: Cast, api: Callable[[str], Api]) -> None:
    for n in (1, 3, 5):
        site_of(f"A customer {n}", cast.aldermere)
    hanna = api("hanna")

    first = hanna.get("/customers", limit=2).json()
    site_of("A customer 2", cast.aldermere)
    site_of("A customer 4", cast.aldermere)
    second = hanna.get("/customers", limit=2, after=first["next"]).json()
    third = hanna.get("/customers", limit=len(CUSTOMERS), after=second["next"]).json()

    assert [c["name"] for c in first["items"]] == ["A customer 1", "A customer 3"]
    assert [c["name"] for c in second["items"]] == ["A customer 4", "A customer 5"]
    assert (len(third["items"]), third["next"]) == (len(CUSTOMERS), None)


def test_the_docs_page_is_our_own_and_runs_no_script_of_others(cast: Cast, api: Callable[[str], Api]) -> None:
    page = Api().get("/docs")
    text = page.content.decode()

    assert page.status_code == 200
    assert "http://" not in text.replace("http://www.w3.org", "")
    assert "https://" not in text
    assert 'data-api-csrf="true"' in text
    assert all('src="/static/' in line or 'type="application/json"' in line for line in text.split("<script")[1:])


def test_the_page_about_the_api_names_every_kind_of_command() -> None:
    from goodword.config.wiring import commands

    text = Path("docs/api.md").read_text()

    assert all(f"`{kind}`" in text for kind in commands)


def test_who_did_it_through_a_device_stands_in_the_journal(cast: Cast, visit: Visit) -> None:
    phone = with_device(cast.sam)

    phone.batch(said("visit.on_the_way", visit.id, "09:30"))
    phone.post(f"/visits/{visit.id}/arrival")

    by = {e.name: (e.by_kind, e.by_id) for e in Event.objects.filter(about_id=visit.id)}
    assert by["visit.on_the_way"] == ("person", cast.sam.id)
    assert by["visit.arrived"] == ("token", cast.sam.id)


def test_a_retired_kind_of_work_or_a_strange_site_takes_no_request(cast: Cast, api: Callable[[str], Api]) -> None:
    other = site_of("Mr Finch", cast.kilnsea)
    body = {"site_id": other.id, "branch_id": cast.aldermere.id, "work_type": "leak"}
    mine = site_of("Mrs Petrov", cast.aldermere)

    assert api("priya").post("/requests", **body).status_code == 404
    assert api("priya").post("/requests", **body | {"site_id": mine.id, "work_type": "no such"}).status_code == 422
    assert api("priya").post("/requests", **body | {"site_id": mine.id}).status_code == 201


def test_an_owner_disables_a_person_whose_devices_stay_to_deliver(cast: Cast, api: Callable[[str], Api]) -> None:
    phone = with_device(cast.sam)
    crew.set_skills(cast.sam.id, ["gas"], **door())

    left = api("ruth").post(f"/people/{cast.sam.id}/leaving").json()

    assert left["is_active"] is False
    assert phone.get("/me").status_code == 401
    assert phone.batch() == []
