"""The call: one form, windows to read out, a hold, a choice, and what we say when nothing can be offered."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from tests.cast import Cast, at, queries
from tests.faces.office.desk import at_the_desk, sent, text_of
from tests.field import request_of, site_of, work_type

from goodword.customers.models import Customer, Site
from goodword.dispatch.models import Option
from goodword.kit.clock import standing_at
from goodword.messaging.models import Message
from goodword.promises.models import Promise
from goodword.visits.models import Request, Visit

NEW = "/requests/new/"
PLACE = json.dumps(
    {"street": "Kiln Lane", "house_number": "12 a", "city": "Aldermere"}
    | {"lat": 52.401, "lon": -1.701, "accuracy": "rooftop"}
)


def call(**more: Any) -> dict[str, Any]:
    """What Hanna types while Mrs Okonjo is on the phone."""
    return {
        "kind": "person", "name": "Dr Okonjo", "phone": "01234 567 890", "email": "okonjo@example.org",
        "address": "12 a Kiln Lane", "place": PLACE, "work_type": "boiler_service",
        "words": "The boiler makes a noise like a kettle.", "since_when": "yesterday",
        "harm": ["no_heating"], "vulnerability": ["infant"], **more,
    }  # fmt: skip


def test_a_new_caller_is_written_down_once_and_windows_are_offered(cast: Cast) -> None:
    hanna, once = at_the_desk(cast.hanna), str(uuid4())

    for _n in range(2):
        answer = sent(hanna, NEW, command=once, **call(), follow=True)

    asked = Request.objects.get()
    assert Customer.objects.get(name="Dr Okonjo").contacts.get().channels.count() == 2
    assert (asked.words, asked.harm, asked.vulnerability) == (call()["words"], ["no_heating"], ["infant"])
    assert "Say: We arrive on Monday 2 November between" in text_of(answer)


def test_a_known_caller_keeps_their_entry_and_their_site(cast: Cast, site: Site) -> None:
    facts = {"site": str(site.id), "work_type": "boiler_service", "words": "It is cold."}

    sent(at_the_desk(cast.hanna), f"{NEW}?customer={site.customer_id}", **facts)

    assert Request.objects.get().site_id == site.id
    assert Customer.objects.filter(name="Mrs Adeyemi").count() == 1


def test_another_address_of_a_known_caller_is_added(cast: Cast, site: Site) -> None:
    facts = {"site": "new", "address": "12 a Kiln Lane", "place": PLACE, "work_type": "boiler_service"}

    sent(at_the_desk(cast.hanna), f"{NEW}?customer={site.customer_id}", **facts)

    assert Request.objects.get().site.street == "Kiln Lane"
    assert site.customer.sites.count() == 2


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"name": ""}, "Ask for the name."),
        ({"name": "   "}, "Ask for the name."),
        ({"address": "", "place": ""}, "Ask for the address"),
        ({"work_type": ""}, "Choose what it is about."),
        ({"work_type": "no_such"}, "Choose what it is about."),
        ({"place": "{"}, "Choose the address from the list again."),
        ({"place": "[1]"}, "Choose the address from the list again."),
        ({"place": '{"lat": 0, "lon": 0, "street": "x"}'}, "0, 0 lies in the sea"),
        ({"email": "nobody"}, "Dr Okonjo"),
        ({"phone": "12"}, "Dr Okonjo"),
        ({"needed_day": "", "needed_time": "12:00"}, "Choose the day too."),
        ({"words": "a\0b"}, "Null characters"),
        ({"name": "x" * 201}, "200"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_is_kept(cast: Cast, wrong: dict[str, str], says: str) -> None:
    answer = sent(at_the_desk(cast.hanna), NEW, **call(**wrong))

    assert answer.status_code == 422
    assert says in text_of(answer) or says in answer.content.decode()
    assert "yesterday" in answer.content.decode()
    assert not Request.objects.exists()


def test_an_address_that_was_only_typed_has_no_place_and_says_so(cast: Cast) -> None:
    answer = sent(at_the_desk(cast.hanna), NEW, **call(place="typed"), follow=True)

    assert Request.objects.get().site.lat is None
    assert "no place on the map yet" in text_of(answer)


def test_who_calls_is_found_by_what_they_say_first(cast: Cast, site: Site) -> None:
    hanna = at_the_desk(cast.hanna)

    assert "Mrs Adeyemi" in text_of(hanna.get("/requests/new/callers/", {"who": "adey"}))
    assert "Mrs Adeyemi" in text_of(hanna.get(NEW, {"who": "adey"}))
    assert "Nobody found." in text_of(hanna.get(NEW, {"who": "zzz"}))


def test_a_customer_of_another_branch_is_not_there_to_call(cast: Cast) -> None:
    away = site_of("Mr Hallam", cast.kilnsea)

    assert at_the_desk(cast.priya).get(f"{NEW}?customer={away.customer_id}").status_code == 404


def offered(cast: Cast, site: Site) -> tuple[Any, Request, list[Option]]:
    hanna, asked = at_the_desk(cast.hanna), request_of(site, words="It is cold.")
    sent(hanna, reverse("office:make_offer", args=[asked.id]))
    return hanna, asked, list(Option.objects.order_by("place"))


def test_a_window_is_held_let_go_and_chosen(cast: Cast, site: Site) -> None:
    hanna, asked, (first, *_rest) = offered(cast, site)
    page = reverse("office:request", args=[asked.id])

    sent(hanna, reverse("office:hold", args=[first.id]))
    assert "held until 9:50" in text_of(hanna.get(page))

    sent(hanna, reverse("office:let_go", args=[first.id]))
    assert "held until" not in text_of(hanna.get(page))

    agreed = sent(hanna, reverse("office:choice", args=[first.id]), follow=True)
    assert "Read it out" in text_of(agreed)
    assert "by e-mail to adeyemi@example.org" in text_of(agreed)
    assert Promise.objects.get().said in text_of(agreed)


def test_a_choice_sent_twice_promises_once(cast: Cast, site: Site) -> None:
    hanna, _asked, (first, *_rest) = offered(cast, site)
    once = str(uuid4())

    for _n in range(2):
        answer = sent(hanna, reverse("office:choice", args=[first.id]), command=once, follow=True)

    assert "Read it out" in text_of(answer)
    assert (Promise.objects.count(), Visit.objects.count(), Message.objects.count()) == (1, 1, 1)


def test_a_window_that_somebody_else_took_is_said_so(cast: Cast, site: Site) -> None:
    hanna, _asked, (first, second, *_rest) = offered(cast, site)
    sent(hanna, reverse("office:choice", args=[first.id]))

    answer = sent(hanna, reverse("office:choice", args=[second.id]), follow=True)

    assert "no longer held" in text_of(answer)
    assert Promise.objects.count() == 1


def test_what_is_not_offered_says_why(cast: Cast, site: Site) -> None:
    hanna, asked, _options = offered(cast, site)

    page = text_of(hanna.get(reverse("office:request", args=[asked.id])))

    assert "Why not another time?" in page


def test_when_nothing_can_be_offered_we_say_by_when_we_call(cast: Cast, site: Site) -> None:
    work_type("cooling", skills=["cooling"])
    hanna, asked = at_the_desk(cast.hanna), request_of(site, "cooling")
    nothing = sent(hanna, reverse("office:make_offer", args=[asked.id]), follow=True)
    assert "Nobody here is trained for cooling." in text_of(nothing)

    sent(hanna, reverse("office:call_back", args=[asked.id]), day="2026-11-02", by="11:30")
    page = text_of(hanna.get("/requests/"))
    assert "We call you on Monday 2 November by 11:30 at the latest." in page

    sent(hanna, reverse("office:called", args=[Promise.objects.get().id]))
    assert Promise.objects.get().verdict.state == "kept"


def test_a_call_in_the_past_cannot_be_promised(cast: Cast, site: Site) -> None:
    asked = request_of(site)

    answer = sent(at_the_desk(cast.hanna), reverse("office:call_back", args=[asked.id]), day="2026-11-02", by="9:00")

    assert answer.status_code == 422
    assert not Promise.objects.exists()


def test_a_booking_by_hand_that_cannot_be_kept_needs_a_reason(cast: Cast, site: Site) -> None:
    asked, priya = request_of(site, "leak"), at_the_desk(cast.priya)
    url = reverse("office:by_hand", args=[asked.id])
    facts = {"technician": str(cast.ade.id), "day": "2026-11-02", "opens": "13:00", "closes": "15:00"}

    refused = sent(priya, url, **facts)
    assert refused.status_code == 409
    assert "not trained for" in text_of(refused)
    assert 'value="13:00"' in refused.content.decode()

    agreed = sent(priya, url, **facts, anyway="Sam talks him through it", follow=True)
    assert "We arrive on Monday 2 November between 13:00 and 15:00." in text_of(agreed)


def test_a_request_that_comes_to_nothing_is_closed_with_the_reason(cast: Cast, site: Site) -> None:
    asked, hanna = request_of(site), at_the_desk(cast.hanna)
    url = reverse("office:closing", args=[asked.id])

    assert sent(hanna, url, reason="").status_code == 422
    sent(hanna, url, reason="called by mistake")

    asked.refresh_from_db()
    assert (asked.status, asked.closed_reason) == ("closed", "called by mistake")
    assert "called by mistake" in text_of(hanna.get(reverse("office:request", args=[asked.id])))


def test_a_hold_that_has_lapsed_is_not_shown_as_held(cast: Cast, site: Site) -> None:
    hanna, asked, (first, *_rest) = offered(cast, site)
    sent(hanna, reverse("office:hold", args=[first.id]))

    with standing_at(at("09:55")):
        page = text_of(hanna.get(reverse("office:request", args=[asked.id])))

    assert "held until" not in page


def test_the_queue_asks_the_same_number_of_queries_for_none_and_for_forty(cast: Cast, site: Site) -> None:
    hanna = at_the_desk(cast.hanna)
    request_of(site)
    hanna.get("/requests/")
    with queries(at_most=20) as one:
        hanna.get("/requests/")

    for _n in range(39):
        request_of(site)
    with queries(at_most=len(one)):
        assert "Mrs Adeyemi" in text_of(hanna.get("/requests/"))


def test_the_forms_door_is_shut_for_who_may_not_book(cast: Cast, site: Site) -> None:
    asked, june = request_of(site), at_the_desk(cast.june)

    assert sent(june, reverse("office:make_offer", args=[asked.id])).status_code == 403
    assert sent(june, NEW, **call()).status_code == 403
    assert sent(at_the_desk(cast.tom), reverse("office:make_offer", args=[asked.id])).status_code == 404


@pytest.mark.parametrize("typed", ["01632 960 119", "+49 111 1111111"])
def test_a_number_that_cannot_be_right_is_asked_about_while_they_are_on_the_line(cast: Cast, typed: str) -> None:
    hanna = at_the_desk(cast.hanna)

    asked = sent(hanna, NEW, **call(phone=typed))
    assert asked.status_code == 422 and not Request.objects.exists()
    assert "No number begins like this." in text_of(asked)
    assert f'value="{typed}"' in asked.content.decode() and "it is right as written" in text_of(asked)

    assert sent(hanna, NEW, **call(phone=typed, phone_sure="on")).status_code == 302
    assert "it is right as written" not in text_of(hanna.get(NEW))


@pytest.mark.parametrize(("day", "time"), [("2026-11-01", ""), ("2026-11-02", "9:39"), ("2025-11-02", "12:00")])
def test_a_deadline_that_is_past_was_misheard_and_what_was_typed_is_kept(cast: Cast, day: str, time: str) -> None:
    answer = sent(at_the_desk(cast.hanna), NEW, **call(needed_day=day, needed_time=time))

    assert answer.status_code == 422 and not Request.objects.exists()
    assert "This is past already." in text_of(answer) and f'value="{day}"' in answer.content.decode()


def test_today_is_soon_enough_to_be_needed_by(cast: Cast) -> None:
    assert sent(at_the_desk(cast.hanna), NEW, **call(needed_day="2026-11-02")).status_code == 302


def test_a_find_shows_the_address_so_that_two_of_one_name_are_told_apart(cast: Cast) -> None:
    site_of("Mr Hill", cast.aldermere)
    hanna = at_the_desk(cast.hanna)

    for page in (hanna.get("/search/", {"q": "Hill"}), hanna.get(NEW, {"who": "Hill"})):
        assert "Kiln Lane" in text_of(page)


def test_finds_ask_the_same_number_of_queries_whatever_there_is(cast: Cast) -> None:
    hanna = at_the_desk(cast.hanna)
    site_of("Mr Hill", cast.aldermere)
    hanna.get("/search/", {"q": "Hill"})
    with queries(at_most=30) as few:
        hanna.get("/search/", {"q": "Hill"})
    for _n in range(12):
        site_of("Mr Hill", cast.aldermere)
    with queries(at_most=len(few)):
        page = hanna.get("/search/", {"q": "Hill"})
    assert text_of(page).count("Mr Hill") >= 12
