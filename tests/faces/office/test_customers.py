"""Customers: found, read with their whole family, changed by who may, merged and separated again."""

from uuid import uuid4

import pytest
from django.urls import reverse
from tests.cast import Cast, at, door, queries
from tests.faces.office.desk import at_the_desk, sent, text_of
from tests.field import promised, request_of, site_of, visit_of, worked_through

from goodword.customers import actions as customers
from goodword.customers.models import Channel, Contact, Customer, Site
from goodword.customers.queries import consents_of
from goodword.dispatch import actions as dispatch
from goodword.promises.actions import rejudge


def page_of(customer: Customer, name: str = "customer") -> str:
    return reverse(f"office:{name}", args=[customer.id])


def test_the_page_shows_their_words_what_we_owe_and_what_happened(cast: Cast, site: Site) -> None:
    past = visit_of(site, cast.sam, "08:00", "09:00")
    promised(past, "08:00", "10:00")
    worked_through(past.id, cast.sam, "08:00")
    rejudge(past.promises.get())
    promised(visit_of(site, cast.sam, "10:00", "11:00"), "09:30", "11:30")
    asked = request_of(site, when=at("09:20"), words="It whistles since you left.")
    dispatch.promise_call_back(asked.id, at("12:00"), **door(cast.hanna))

    page = text_of(at_the_desk(cast.hanna).get(page_of(site.customer)))

    assert "“It whistles since you left.”" in page
    assert page.index("9:30–11:30") < page.index("We call you on Monday 2 November by 12:00 at the latest.")
    assert "fixed window kept" in page
    assert "Promised Hanna Lindqvist" in page or "Asked for help Hanna Lindqvist" in page or "Asked for help" in page


def test_a_customer_without_anything_is_shown_calmly(cast: Cast, site: Site) -> None:
    page = text_of(at_the_desk(cast.hanna).get(page_of(site.customer)))

    assert "Nothing at the moment: no open promise, no open step." in page
    assert "We have not been there yet." in page


def test_the_list_goes_on_behind_the_last_one_by_name_and_by_age(cast: Cast) -> None:
    for n in range(60):
        customers.add_customer("person", f"Customer {n:02d}", cast.aldermere.id, **door(when=at(f"08:{n:02d}")))
    hanna = at_the_desk(cast.hanna)

    for sort in ("name", "newest"):
        first = hanna.get("/customers/", {"sort": sort})
        second = hanna.get(f"/customers/{first.context['next_url']}")
        seen = [line.customer.id for page in (first, second) for line in page.context["lines"]]
        assert len(first.context["lines"]) == 50
        assert len(seen) == len(set(seen)) == Customer.objects.count()


def test_the_list_is_searched_by_anything(cast: Cast, site: Site) -> None:
    hanna = at_the_desk(cast.hanna)

    assert "Mrs Adeyemi" in text_of(hanna.get("/customers/", {"q": "tanner"}))
    assert "Nobody was found." in text_of(hanna.get("/customers/", {"q": "qqqq"}))


def test_the_search_leads_to_the_visit_of_an_order_number(cast: Cast, site: Site) -> None:
    visit = visit_of(site, cast.sam)

    page = at_the_desk(cast.hanna).get("/search/", {"q": str(visit.order.number)}).content.decode()

    assert reverse("office:visit", args=[visit.id]) in page


@pytest.mark.parametrize("text", ["", " ", "'", "\0", "%", "a" * 500, "🦊", "-- ;"])
def test_whatever_is_typed_into_the_search_is_answered(cast: Cast, text: str) -> None:
    assert at_the_desk(cast.hanna).get("/search/", {"q": text}).status_code == 200


def test_a_customer_is_added_once_with_a_way_to_reach_them(cast: Cast) -> None:
    hanna, once = at_the_desk(cast.hanna), str(uuid4())
    facts = {"kind": "person", "name": "Miss Hart", "phone": "020 7946 0222"}
    facts |= {"address": "9 Chapel Row", "place": "typed"}

    for _n in range(2):
        answer = sent(hanna, reverse("office:new_customer"), command=once, **facts)

    assert answer.status_code == 302
    hart = Customer.objects.get(name="Miss Hart")
    assert (hart.contacts.get().channels.get().kind, hart.sites.get().street) == ("phone", "9 Chapel Row")


@pytest.mark.parametrize("wrong", [{"name": ""}, {"phone": "1"}, {"email": "x"}, {"kind": "dog"}, {"name": "\0"}])
def test_a_customer_that_cannot_be_added_comes_back_as_typed(cast: Cast, wrong: dict[str, str]) -> None:
    facts = {"kind": "person", "name": "Miss Hart", "phone": "", "email": "", "say_it": "HART"} | wrong

    answer = sent(at_the_desk(cast.hanna), reverse("office:new_customer"), **facts)

    assert answer.status_code == 422
    assert 'value="HART"' in answer.content.decode()
    assert not Customer.objects.filter(name="Miss Hart").exists()


def test_names_contacts_channels_and_consent_are_changed(cast: Cast, site: Site) -> None:
    hanna, customer = at_the_desk(cast.hanna), site.customer
    sent(hanna, page_of(customer, "details"), kind="person", name="Mrs Folake Adeyemi", say_it="foh-LAH-keh")
    sent(hanna, page_of(customer, "new_contact"), name="Tunde Adeyemi", role="occupant")
    son = Contact.objects.get(name="Tunde Adeyemi")
    sent(hanna, reverse("office:new_channel", args=[son.id]), kind="email", value="tunde@example.org", service="on")
    channel = Channel.objects.get(contact=son)
    sent(hanna, reverse("office:consent", args=[channel.id]), purpose="service", given="no", source="said so")

    customer.refresh_from_db()
    assert (customer.name, customer.say_it) == ("Mrs Folake Adeyemi", "foh-LAH-keh")
    assert consents_of(channel) == {"service": False}

    sent(hanna, reverse("office:end_channel", args=[channel.id]))
    sent(hanna, reverse("office:end_contact", args=[son.id]))
    assert "Tunde" not in text_of(hanna.get(page_of(customer))).split("What happened")[0].split("Who to ask for")[0]


def test_the_facts_of_a_site_are_kept_and_confirmed(cast: Cast, site: Site) -> None:
    hanna, url = at_the_desk(cast.hanna), reverse("office:facts", args=[site.id])

    refused = sent(hanna, url, authorised_entry="key at the bakery")
    sent(hanna, url, pets="Biscuit, a terrier", parking="behind the house", confirmed="on")

    site.refresh_from_db()
    assert refused.status_code == 422 and "Say who allowed us in" in text_of(refused)
    assert (site.pets, site.confirmed_by) == ("Biscuit, a terrier", cast.hanna.id)


def test_a_corrected_address_keeps_its_place_only_while_it_is_the_same_house(cast: Cast, site: Site) -> None:
    hanna, url = at_the_desk(cast.hanna), reverse("office:site", args=[site.id])
    facts = {"house_number": "3", "street": "Tanner's Row", "city": site.city, "postcode": "QA1 9ZZ"}

    sent(hanna, url, **facts)
    site.refresh_from_db()
    assert (site.postcode, site.lat) == ("QA1 9ZZ", 52.402)

    sent(hanna, url, **facts | {"house_number": "5"})
    site.refresh_from_db()
    assert (site.house_number, site.lat) == ("5", None)


def test_two_entries_are_merged_read_together_and_separated_again(cast: Cast, site: Site) -> None:
    twin = site_of("F. Adeyemi", cast.aldermere)
    colm, loser, winner = at_the_desk(cast.colm), twin.customer, site.customer
    url = page_of(loser, "merge")

    assert "Which entry stays?" in text_of(colm.get(url))
    assert "They are one" in text_of(colm.get(url, {"into": str(winner.id)}))
    sent(colm, url, into=str(winner.id))

    assert colm.get(page_of(loser))["Location"] == page_of(winner)
    assert "F. Adeyemi was merged into this." in text_of(colm.get(page_of(winner)))

    sent(colm, page_of(loser, "unmerge"))
    assert colm.get(page_of(loser)).status_code == 200


def test_who_may_not_change_is_shown_no_way_to(cast: Cast, site: Site) -> None:
    june = at_the_desk(cast.june)

    page = june.get(page_of(site.customer)).content.decode()

    assert "/details/" not in page and "/merge/" not in page
    assert sent(june, page_of(site.customer, "details"), kind="person", name="x").status_code == 403
    assert sent(at_the_desk(cast.priya), page_of(site.customer, "unmerge")).status_code == 403


def test_the_list_and_the_page_ask_the_same_number_of_queries_whatever_there_is(cast: Cast, site: Site) -> None:
    hanna, url = at_the_desk(cast.hanna), page_of(site.customer)
    promised(visit_of(site, cast.sam, "07:30", "07:40"), "09:45", "16:30")
    request_of(site)
    hanna.get(url)
    with queries(at_most=45) as one:
        assert hanna.get(url).status_code == 200
    with queries(at_most=20) as few:
        assert hanna.get("/customers/").status_code == 200

    for n in range(40):
        start = 8 * 60 + n * 12
        clock = [f"{m // 60:02d}:{m % 60:02d}" for m in (start, start + 10)]
        promised(visit_of(site, cast.sam, *clock), "09:45", "16:30")
        customers.add_customer("person", f"Customer {n:02d}", cast.aldermere.id, **door())
    with queries(at_most=len(one)):
        assert hanna.get(url).status_code == 200
    with queries(at_most=len(few)):
        assert hanna.get("/customers/").status_code == 200
