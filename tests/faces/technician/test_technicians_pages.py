"""The technician's pages: my day, one visit, one large button."""

import re

import pytest
from django.test import Client
from tests.cast import Cast, at, door, queries
from tests.faces.signing_in import as_
from tests.field import promised, site_of, visit_of, work_type, worked_through

from goodword.customers import actions as customers
from goodword.customers.models import Site
from goodword.messaging.models import Message
from goodword.next_steps.models import Step
from goodword.visits import actions as visits
from goodword.visits.models import Visit
from goodword.visits.rules import Stage
from goodword.worlds.cast.scripts import cards


def test_my_day_shows_my_stops_and_nobody_elses(cast: Cast, visit: Visit) -> None:
    visit_of(site_of("Mr Finch", cast.aldermere), cast.ade, "10:00", "11:00")

    page = as_(cast.sam).get("/t/").content.decode()

    assert "Mrs Adeyemi" in page
    assert "Mr Finch" not in page


def test_one_large_button_leads_through_all_four_stages(cast: Cast, visit: Visit) -> None:
    sam = as_(cast.sam)
    address = f"/t/visits/{visit.id}/"
    for step in [
        "depart",
        "arrive",
        "meet",
        "confirm_scope",
        "start_work",
        "observe_working",
        "clean_up",
    ]:
        page = sam.get(address).content.decode()
        assert f"/steps/{step}/" in page
        sam.post(f"{address}steps/{step}/")
    assert f"{address}turned/" in sam.get(address).content.decode()
    sam.post(f"{address}turned/", {"answer": "yes"})
    answer = sam.post(f"{address}completion/", {"outcome": "fixed"})

    visit.refresh_from_db()
    assert answer.status_code == 302
    assert (visit.stage, visit.outcome) == (Stage.OVER, "fixed")


def test_not_quite_asks_what_to_do_before_the_visit_can_end(cast: Cast, visit: Visit) -> None:
    worked_through(visit.id, cast.sam, "09:30", until="walk_through")
    sam, address = as_(cast.sam), f"/t/visits/{visit.id}/"
    sam.post(f"{address}steps/satisfied/", {"answer": "no"})
    refused = sam.post(f"{address}completion/", {"outcome": "fixed"}, follow=True).content.decode()
    assert "not satisfied" in refused

    sam.post(f"{address}next-step/", {"words": "The tap still drips"})
    sam.post(f"{address}completion/", {"outcome": "fixed"})

    visit.refresh_from_db()
    assert visit.outcome == "fixed"
    assert Step.objects.get(about_id=visit.id).words == "The tap still drips"


def test_the_same_tap_sent_twice_happens_once(cast: Cast, visit: Visit) -> None:
    sam, address = as_(cast.sam), f"/t/visits/{visit.id}/steps/depart/"
    once = {"command": "01a21244-b995-79c7-b5f9-d5c9b0c4074b"}

    first, second = sam.post(address, once, follow=True), sam.post(address, once, follow=True)

    assert first.status_code == second.status_code == 200
    visit.refresh_from_db()
    assert visit.stage is Stage.ARRIVE


def test_nobody_home_is_ended_at_the_door_with_what_was_tried(cast: Cast, visit: Visit) -> None:
    worked_through(visit.id, cast.sam, "09:30", until="arrive")
    sam = as_(cast.sam)

    sam.post(f"/t/visits/{visit.id}/completion/", {"outcome": "no_access", "waited": "15", "calls": "2"})

    visit.refresh_from_db()
    assert visit.outcome == "no_access"


@pytest.mark.parametrize("minutes", ["", "0", "-5", "4000", "soon", "1e3", "٣"])
def test_a_lateness_that_is_no_number_of_minutes_is_said_so(cast: Cast, visit: Visit, minutes: str) -> None:
    answer = as_(cast.sam).post(f"/t/visits/{visit.id}/lateness/", {"minutes": minutes}, follow=True)

    assert answer.status_code == 200
    visit.refresh_from_db()
    assert visit.late_by_s == 0


def test_somebody_elses_visit_is_not_there(cast: Cast, visit: Visit) -> None:
    ade = as_(cast.ade)

    assert ade.get(f"/t/visits/{visit.id}/").status_code == 404
    assert ade.post(f"/t/visits/{visit.id}/steps/depart/").status_code == 404


def test_a_hand_over_stands_on_my_day_and_is_taken_with_one_tap(cast: Cast, visit: Visit) -> None:
    offered = visits.offer_handover(visit.id, cast.ade.id, **door(cast.sam, at("09:30")))
    ade = as_(cast.ade)
    assert "Sam Tully offers you Mrs Adeyemi" in ade.get("/t/").content.decode()

    ade.post(f"/t/handovers/{offered.id}/acceptance/")

    visit.refresh_from_db()
    assert visit.technician_id == cast.ade.id


def test_my_day_asks_the_same_number_of_queries_for_one_stop_and_for_eight(cast: Cast, site: Site) -> None:
    for hour in range(8, 16):
        promised(visit_of(site, cast.sam, f"{hour:02d}:00", f"{hour:02d}:30"), "09:45", "16:30")
    sam = as_(cast.sam)
    sam.get("/t/")

    with queries(at_most=16):
        page = sam.get("/t/").content.decode()
    assert page.count("Mrs Adeyemi") == 8


def test_nobody_gets_in_without_signing_in(cast: Cast, visit: Visit) -> None:
    answer = Client().get(f"/t/visits/{visit.id}/")

    assert answer.status_code == 302
    assert "login" in answer["Location"]


TAPS = ("depart", "arrive", "meet", "confirm_site", "confirm_scope", "start_work", "observe_working", "clean_up",
        "turned", "pay")  # fmt: skip


def test_a_routine_visit_takes_at_most_twelve_taps_and_ninety_seconds(cast: Cast, site: Site) -> None:
    """E-29, E-30: 1.2 s a tap, 0.25 s a word that must be read: the card and the button. The customer's yes is theirs.

    "Same as last time", the price and the time are there already: nothing is typed.
    """
    for stage, work, lines in cards(frozenset({"boiler_service"})):
        visits.set_script(stage, lines, None, work, **door())
    work_type(price_minor=96_00)
    customers.set_site_facts(site.id, {"pets": "Dog, Biscuit.", "areas": {"work": "Kitchen"}}, **door())
    visit = visit_of(site, cast.sam)
    sam, address, taps, words, seen = as_(cast.sam), f"/t/visits/{visit.id}/", 0, 0, ""
    for step in TAPS:
        page = sam.get(address).content.decode()
        turns = step == "turned"
        there = f"{address}turned/" if turns else f"{address}steps/{step}/"
        form = re.search(
            rf'<(?:form method="post" action|a class="[^"]*" data-rests href)="{there}">(.*?)</(?:form|a)>', page, re.S
        )
        assert form, step
        script = re.search(r'<dl class="script">(.*?)</dl>', page, re.S)
        card = re.sub(r"<[^>]+>", " ", script[1]) if script else ""
        words += len(re.sub(r"<[^>]+>", " ", form[1]).split()) + (len(card.split()) if card != seen else 0)
        seen, taps = card, taps + 1
        hidden = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[1]))
        sam.post(there, hidden | ({"answer": "yes"} if turns else {}))
    sam.post(f"{address}completion/", {"outcome": "fixed"})
    taps += 2  # "End the visit", and again with "fixed" chosen already

    visit.refresh_from_db()
    assert (visit.outcome, visit.steps_missed) == ("fixed", [])
    assert taps <= 12
    assert 1.2 * taps + 0.25 * words <= 90, words


def test_the_card_of_the_stage_stands_on_the_page_with_the_names_in_it(cast: Cast, visit: Visit) -> None:
    visits.set_script("arrive", [("say", "{customer}? I'm {technician}.")], **door())
    worked_through(visit.id, cast.sam, "09:30", until="arrive")

    page = as_(cast.sam).get(f"/t/visits/{visit.id}/").content.decode()

    assert "Mrs Adeyemi? I&#x27;m Sam." in page


def test_only_a_child_there_says_so_and_leads_on(cast: Cast, visit: Visit) -> None:
    worked_through(visit.id, cast.sam, "09:30", until="arrive")
    sam, address = as_(cast.sam), f"/t/visits/{visit.id}/"

    sam.post(f"{address}steps/meet/", {"who": "minor"})

    page = sam.get(address).content.decode()
    assert "Nobody is there who may let you work." in page
    assert "make_safe" in page


def test_nobody_home_says_how_long_was_waited_and_the_office_agrees_on_a_new_time(cast: Cast, visit: Visit) -> None:
    worked_through(visit.id, cast.sam, "09:30", until="arrive")
    sam, address = as_(cast.sam), f"/t/visits/{visit.id}/"
    assert "checked" not in sam.get(f"{address}ending/").content.decode()

    refused = sam.post(f"{address}completion/", {"outcome": "no_access"}, follow=True).content.decode()
    sam.post(f"{address}completion/", {"outcome": "no_access", "waited": "15", "calls": "2"})

    visit.refresh_from_db()
    assert "how long you waited" in refused
    assert visit.outcome == "no_access"
    step = Step.objects.get(about_id=visit.id)
    assert (step.kind, step.owner_role) == ("new_time", "office")


def test_a_customer_who_cancels_at_the_door_is_left_alone(cast: Cast, visit: Visit) -> None:
    worked_through(visit.id, cast.sam, "09:30", until="arrive")

    as_(cast.sam).post(f"/t/visits/{visit.id}/completion/", {"outcome": "cancelled_at_door"})

    assert not Step.objects.filter(about_id=visit.id).exists()


@pytest.mark.shows("S0-15")
def test_nobody_there_at_the_end_it_is_sent_by_the_button_that_says_so(cast: Cast, visit: Visit) -> None:
    worked_through(visit.id, cast.sam, "09:30", until="clean_up")
    sam, address = as_(cast.sam), f"/t/visits/{visit.id}/"
    page = sam.get(address).content.decode()
    form = re.search(rf'<form method="post" action="{address}steps/walk_through/">(.*?)</form>', page, re.S)
    assert form is not None

    sam.post(f"{address}steps/walk_through/", dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[1])))

    visit.refresh_from_db()
    assert visit.walked_through_how == "sent"
    assert Message.objects.filter(purpose="walk_through").count() == 1


def test_the_brief_says_what_went_wrong_last_and_what_they_were_told_to_expect(cast: Cast, site: Site) -> None:
    before = visit_of(site, cast.ade, "07:00", "08:00")
    worked_through(before.id, cast.ade, "07:00", until="walk_through")
    visits.answer_satisfied(before.id, False, "It still drips.", **door(cast.ade, at("07:20")))
    visits.complete(before.id, "fixed", None, leave_now=True, **door(cast.ade, at("07:30")))
    asked = visits.take_request(
        site.id, "boiler_service", cast.aldermere.id, "Again.", expects="Shoes off, please.", expects_source="phone",
        **door(),
    )  # fmt: skip
    order = visits.open_order(site.id, "boiler_service", cast.aldermere.id, "", asked.id, **door())
    visit = visits.plan_visit(order.id, cast.sam.id, at("10:00"), at("11:00"), **door())
    promised(visit)
    sam = as_(cast.sam)

    page = sam.get(f"/t/visits/{visit.id}/").content.decode()
    assert "What went wrong last" in page and "they were not satisfied" in page and "It still drips." in page
    assert "What they were told to expect" in page and "Shoes off, please." in page and "We come." in page

    worked_through(visit.id, cast.sam, "09:30", until="arrive")
    assert "What went wrong last" not in sam.get(f"/t/visits/{visit.id}/").content.decode()


def test_where_nothing_went_wrong_the_brief_says_nothing_of_it(cast: Cast, site: Site) -> None:
    worked_through(visit_of(site, cast.ade, "07:00", "08:00").id, cast.ade, "07:00")
    visit = visit_of(site, cast.sam, "10:00", "11:00")

    assert "What went wrong last" not in as_(cast.sam).get(f"/t/visits/{visit.id}/").content.decode()
