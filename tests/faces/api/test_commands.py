"""The batch door: five answers, and nothing that can be read is ever thrown away."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from tests.cast import Cast, at, door
from tests.faces.api.conftest import Api, said, with_device
from tests.field import promised, site_of, visit_of, worked_through

from goodword.crew import actions as crew
from goodword.customers.models import Site
from goodword.kit.doors import opened
from goodword.kit.ids import uuid7
from goodword.kit.models import Command, Event, Held
from goodword.next_steps.models import Step
from goodword.visits import actions as visits
from goodword.visits.models import Visit

DEVICE = str(uuid7())


@pytest.fixture
def visit(cast: Cast, site: Site) -> Visit:
    made = visit_of(site, cast.sam)
    promised(made)
    return made


@pytest.fixture
def phone(cast: Cast) -> Api:
    return with_device(cast.sam)


def test_a_command_is_applied_and_the_same_again_is_a_duplicate(phone: Api, visit: Visit) -> None:
    command = said("visit.on_the_way", visit.id, "09:30", seq=1, device=DEVICE)

    first, again = phone.batch(command)[0], phone.batch(command)[0]

    assert first == {"command": command["command"], "status": "applied", "about": str(visit.id)}
    assert again == first | {"status": "duplicate", "first": "applied"}
    assert Event.objects.filter(name="visit.on_the_way").count() == 1
    assert Event.objects.get(name="visit.on_the_way").device is not None


def test_a_command_id_with_another_body_is_refused(phone: Api, visit: Visit) -> None:
    command = said("visit.on_the_way", visit.id, "09:30")
    phone.batch(command)

    answer = phone.batch(command | {"at": "2026-11-02T09:35:00Z"})[0]

    assert (answer["status"], answer["code"]) == ("refused", "command-reused")


def test_the_same_command_by_cookie_and_by_device_happens_once(
    phone: Api, api: Callable[[str], Api], visit: Visit
) -> None:
    command = said("visit.on_the_way", visit.id, "09:30")

    answers = [phone.batch(command)[0]["status"], api("sam").batch(command)[0]["status"]]

    assert answers == ["applied", "duplicate"]


def test_who_is_online_is_asked_and_nothing_is_written(phone: Api, visit: Visit) -> None:
    phone.batch(said("visit.on_the_way", visit.id, "09:30"), said("visit.arrive", visit.id, "09:50"))
    start = said("visit.start_work", visit.id, "09:52")

    answer = phone.batch(start, online=True)[0]

    assert (answer["status"], answer["asks"][0]["cleared_by"]) == ("asks", ["visit.confirm_scope"])
    assert not Command.objects.filter(id=start["command"]).exists()
    phone.batch(said("visit.confirm_scope", visit.id, "09:53"))
    assert phone.batch(start, online=True)[0]["status"] == "applied"


def test_a_kind_from_a_newer_app_is_held(phone: Api, visit: Visit) -> None:
    answer = phone.batch(said("visit.hologram", visit.id, "09:30"))[0]

    assert (answer["status"], answer["code"]) == ("held", "unknown-kind")


@pytest.mark.parametrize(
    ("place", "poison"),
    [
        *(
            (24, p)
            for p in (None, 7, "x", [], {"kind": "visit.arrive"}, {"command": "no uuid", "kind": "x", "at": "now"})
        ),
        *((place, {}) for place in (0, 24, 49)),
    ],
)
def test_one_poison_command_of_fifty_lets_the_rest_through(phone: Api, visit: Visit, place: int, poison: Any) -> None:
    batch: list[Any] = [said("note.add", visit.id, "09:40", facts={"words": f"note {n}"}) for n in range(49)]
    batch.insert(place, poison)

    answers = phone.batch(*batch)

    assert answers[place]["status"] == "refused"
    assert [a["status"] for n, a in enumerate(answers) if n != place] == ["applied"] * 49


@pytest.mark.parametrize(
    ("kind", "facts", "field"),
    [
        ("visit.arrive", {"lat": "north"}, "number"),
        ("visit.arrive", {"lat": True, "lon": 1}, "number"),
        ("visit.running_late", {"minutes": 2**70}, "480"),
        ("visit.running_late", {"minutes": "15"}, "480"),
        ("visit.satisfied", {"satisfied": "yes"}, "true or false"),
        ("visit.complete", {"outcome": "fixed", "proof": [1]}, "object"),
        ("note.add", {"words": 5}, "text"),
        ("handover.offer", {"to": "Ade"}, "UUID"),
    ],
)
def test_facts_of_another_type_are_held_with_what_is_wrong(
    phone: Api, visit: Visit, kind: str, facts: dict[str, Any], field: str
) -> None:
    answer = phone.batch(said(kind, visit.id, "09:40", facts=facts))[0]

    assert (answer["status"], answer["code"]) == ("held", "bad-input")
    assert field in answer["says"]


@pytest.mark.shows("S0-20")
def test_a_visit_that_is_anothers_by_now_is_held_and_says_whose(cast: Cast, phone: Api, visit: Visit) -> None:
    visits.assign(visit.id, cast.ade.id, at("10:00"), at("11:00"), **door(cast.priya))

    answer = phone.batch(said("visit.on_the_way", visit.id, "09:30"))[0]

    assert (answer["status"], answer["code"]) == ("held", "visit-reassigned")
    assert "Ade Bankole" in answer["says"]
    assert Held.objects.get().scope == cast.aldermere.id


def test_what_is_not_there_and_what_is_anothers_get_one_answer(cast: Cast, phone: Api) -> None:
    other = visit_of(site_of("Mr Finch", cast.kilnsea), cast.beth)

    answers = phone.batch(said("visit.on_the_way", other.id, "09:30"), said("visit.on_the_way", uuid4(), "09:30"))

    assert [{k: v for k, v in a.items() if k != "command"} for a in answers] == [
        {"status": "held", "code": "not-found", "says": answers[0]["says"]}
    ] * 2
    assert {h.scope for h in Held.objects.all()} == {cast.aldermere.id}


def test_a_phone_that_comes_back_after_weeks_delivers_its_own_visit(cast: Cast, phone: Api, visit: Visit) -> None:
    with opened("a test"):
        Visit.objects.filter(id=visit.id).update(planned_start=at("10:00").replace(month=9))

    assert phone.batch(said("visit.on_the_way", visit.id, "09:30"))[0]["status"] == "applied"


def test_everything_from_a_disabled_persons_phone_is_held_and_nothing_is_read(
    cast: Cast, phone: Api, api: Callable[[str], Api], visit: Visit
) -> None:
    crew.disable_person(cast.sam.id, **door(cast.colm))

    answers = phone.batch(said("visit.on_the_way", visit.id, "09:30"), said("note.add", visit.id, "09:31"))

    assert {(a["status"], a["code"]) for a in answers} == {("held", "sender-disabled")}
    for path in ("/me", "/visits", f"/visits/{visit.id}", "/held"):
        assert phone.get(path).status_code == 401
    assert phone.post(f"/visits/{visit.id}/departure").status_code == 401
    held = Held.objects.order_by("opened_at", "id").first()
    assert held is not None
    assert api("priya").post(f"/held/{held.id}/settlement", how="applied").json()["how"] == "applied"
    assert Visit.objects.get(id=visit.id).on_the_way_at == at("09:30")


def test_a_visit_that_ended_without_signal_is_ended_and_its_open_steps_are_owed(
    cast: Cast, phone: Api, visit: Visit
) -> None:
    worked_through(visit.id, cast.sam, "10:00", until="observe_working")

    answer = phone.batch(said("visit.complete", visit.id, "10:50", facts={"outcome": "fixed"}))[0]

    assert answer["status"] == "applied"
    assert Visit.objects.get(id=visit.id).steps_missed == ["cleaned_up", "walked_through", "satisfied"]
    assert Step.objects.filter(about_id=visit.id, done_at=None).count() == 3


def test_a_later_stage_waits_for_the_earlier_one_that_it_overtook(phone: Api, visit: Visit) -> None:
    depart = said("visit.on_the_way", visit.id, "09:30", seq=1, device=DEVICE)
    arrive = said("visit.arrive", visit.id, "09:50", seq=2, device=DEVICE)

    first = phone.batch(arrive)[0]
    phone.batch(depart)

    assert (first["status"], first["code"]) == ("held", "visit-wrong-stage")
    assert Visit.objects.get(id=visit.id).arrived_at == at("09:50")
    assert Held.objects.get().how == Held.How.BY_ITSELF


def test_a_batch_in_the_wrong_order_is_applied_in_the_devices_order(phone: Api, visit: Visit) -> None:
    steps = ["visit.on_the_way", "visit.arrive", "visit.confirm_scope", "visit.start_work"]
    batch = [said(kind, visit.id, f"10:0{n}", seq=n, device=DEVICE) for n, kind in enumerate(steps)]

    answers = phone.batch(*reversed(batch))

    assert [a["status"] for a in answers] == ["applied"] * 4
    assert [a["command"] for a in answers] == [c["command"] for c in reversed(batch)]


def test_the_batch_says_the_device_for_commands_that_do_not(phone: Api, visit: Visit) -> None:
    phone.batch(said("visit.on_the_way", visit.id, "09:30"), device=DEVICE)

    assert str(Command.objects.get(kind="visit.on_the_way").device) == DEVICE


def test_a_hand_over_is_offered_by_one_phone_and_accepted_by_another(cast: Cast, phone: Api, visit: Visit) -> None:
    phone.batch(said("visit.on_the_way", visit.id, "09:30"))
    offered = phone.batch(said("handover.offer", visit.id, "09:35", facts={"to": str(cast.ade.id)}))[0]

    accepted = with_device(cast.ade).batch(said("handover.accept", offered["about"], "09:36"))[0]

    assert (offered["status"], accepted["status"]) == ("applied", "applied")
    assert Visit.objects.get(id=visit.id).technician == cast.ade


def test_a_hand_over_to_somebody_of_another_branch_is_held(cast: Cast, phone: Api, visit: Visit) -> None:
    answer = phone.batch(said("handover.offer", visit.id, "09:35", facts={"to": str(cast.beth.id)}))[0]

    assert (answer["status"], answer["code"]) == ("held", "not-found")


def test_a_token_without_the_scope_delivers_nothing(cast: Cast, visit: Visit) -> None:
    reader = with_device(cast.sam, {"read"})

    answer = reader.raw("/commands", {"commands": [said("visit.on_the_way", visit.id, "09:30")]})

    assert (answer.status_code, answer.json()["code"]) == (403, "out-of-scope")


def test_more_than_fifty_are_sent_in_parts(phone: Api) -> None:
    answer = phone.raw("/commands", {"commands": [{}] * 51})

    assert (answer.status_code, answer.json()["facts"]["field"]) == (422, "commands")


# The held inbox


def test_a_held_command_is_applied_to_another_visit(
    cast: Cast, phone: Api, api: Callable[[str], Api], visit: Visit
) -> None:
    phone.batch(said("note.add", uuid4(), "09:40", facts={"words": "The key is with the neighbour."}))
    held = api("priya").get("/held").json()["items"][0]

    answer = api("priya").post(f"/held/{held['id']}/settlement", how="moved", about=visit.id)

    assert (answer.json()["how"], held["command"]["facts"]["words"]) == ("moved", "The key is with the neighbour.")
    assert visit.notes.get().by_id == cast.sam.id


def test_a_held_command_cannot_be_carried_into_another_branch(
    cast: Cast, phone: Api, api: Callable[[str], Api]
) -> None:
    other = visit_of(site_of("Mr Finch", cast.kilnsea), cast.beth)
    phone.batch(said("note.add", other.id, "09:40", facts={"words": "Hello"}))
    held = api("priya").get("/held").json()["items"][0]["id"]

    answers = [
        api(name).post(f"/held/{held}/settlement", how=how, about=about)
        for name in ("priya", "ruth")
        for how, about in (("applied", None), ("moved", str(other.id)))
    ]

    assert [a.status_code for a in answers] == [404] * 4
    assert not other.notes.exists()


def test_declining_needs_words_which_the_sender_can_read(phone: Api, api: Callable[[str], Api], visit: Visit) -> None:
    phone.batch(said("visit.hologram", visit.id, "09:30"))
    held = api("priya").get("/held").json()["items"][0]["id"]

    silent = api("priya").post(f"/held/{held}/settlement", how="declined")
    api("priya").post(f"/held/{held}/settlement", how="declined", words="We have no holograms.")

    assert silent.status_code == 422
    assert phone.get("/held", settled=True).json()["items"][0]["words"] == "We have no holograms."
    assert phone.post(f"/held/{held}/settlement", how="applied").status_code == 403


@pytest.mark.parametrize(("name", "sees"), [("sam", 1), ("ade", 0), ("tom", 0), ("priya", 1), ("ruth", 1), ("june", 0)])
def test_who_sees_what_is_held(cast: Cast, phone: Api, api: Callable[[str], Api], name: str, sees: int) -> None:
    phone.batch(said("visit.hologram", uuid4(), "09:30"))

    assert len(api(name).get("/held").json()["items"]) == sees
