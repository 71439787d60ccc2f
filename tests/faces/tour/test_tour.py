"""The demo's front door opens only in a demo."""

import re
from datetime import timedelta

from django.test import Client
from tests.cast import NOW, Cast, door, the_cast
from tests.field import visit_of, work_type

from goodword.kit.links import make_link, new_token
from goodword.kit.models import Link
from goodword.messaging.actions.queueing import queue
from goodword.visits.models import Visit
from goodword.worlds.sign_in import sign_in_links, token_of


def test_one_click_signs_in_as_a_technician_and_leads_to_their_day(cast: Cast, client: Client) -> None:
    links = {role: url for role, _name, url in sign_in_links("")}

    answer = client.get(links["technician"])

    assert answer["Location"] == "/t/"
    assert client.get("/t/").status_code == 200


def test_every_role_stands_on_the_front_page(cast: Cast, client: Client) -> None:
    page = client.get("/tour/").content.decode()

    assert "Ruth Wend" in page
    assert page.count("/tour/in/") >= 7


def test_in_a_companys_own_database_nobody_gets_in(db: None, client: Client) -> None:
    cast = the_cast()

    assert client.get("/tour/").status_code == 404
    assert client.get("/tour/letters/").status_code == 404
    assert client.get(f"/tour/in/{token_of(cast.ruth.id)}/").status_code == 404


def test_the_letters_stand_there_with_their_links_and_only_in_a_demo(cast: Cast, client: Client) -> None:
    assert "Nothing was written yet." in client.get("/tour/letters/").content.decode()
    body = "We arrive between 9:00 and 11:00.\n\nhttps://example.org/v/abc/"
    to = ("confirmation", "email", "adeyemi@example.org", "Mrs Adeyemi", "Your visit", body)
    queue(*to, story_one(cast), None, **door())

    page = client.get("/tour/letters/").content.decode()

    assert "Your visit" in page and "Mrs Adeyemi" in page
    assert '<a href="https://example.org/v/abc/"' in page


def test_a_forged_link_opens_nothing(cast: Cast, client: Client) -> None:
    assert client.get(f"/tour/in/{cast.ruth.id}.abcdef/").status_code == 404


def story_one(cast: Cast) -> Visit:
    site = cast.adeyemi.sites.get()
    visit = visit_of(site, cast.sam, "9:45", "10:45")
    make_link(new_token(), "visit", visit, None, visit.branch_id, NOW + timedelta(days=60), **door())
    return visit


def test_a_story_leads_to_each_of_its_pages_with_one_click(cast: Cast, client: Client) -> None:
    work_type()
    visit = story_one(cast)

    page = client.get("/tour/").content.decode()
    ways = re.findall(r'href="(/tour/(?:in|customers)/[^"]+)">([^<]+)<', page.split("One visit, four stages")[1])

    assert [says for _way, says in ways] == [
        "Take a call (Hanna Lindqvist)",
        "Her page: when, who, what to expect (Folake Adeyemi)",
        "The phone at her door (Sam Tully)",
        "What the office sees (Priya Nair)",
    ]
    link = Link.objects.get(about_id=visit.id)
    where = [client.get(way, follow=True).request["PATH_INFO"] for way, _says in ways]
    assert where == ["/requests/new/", f"/v/{link.id}/", f"/t/visits/{visit.id}/", f"/visits/{visit.id}/"]


def test_a_customers_page_opens_by_the_tour_in_a_demo_only(cast: Cast, client: Client) -> None:
    work_type()
    visit = story_one(cast)

    answer = client.get(f"/tour/customers/{visit.id}/", follow=True)

    assert answer.status_code == 200
    assert "boiler service" in answer.content.decode()


def test_elsewhere_the_tour_opens_no_customers_page(db: None, client: Client) -> None:
    cast = the_cast()
    work_type()
    visit = story_one(cast)

    assert client.get(f"/tour/customers/{visit.id}/").status_code == 404


def test_a_link_of_the_tour_never_leads_out_of_the_house(cast: Cast, client: Client) -> None:
    answer = client.get(f"/tour/in/{token_of(cast.priya.id)}/", {"to": "https://elsewhere.example/"})

    assert answer["Location"] == "/"


def test_the_sign_in_page_of_a_demo_leads_to_the_tour(cast: Cast, client: Client) -> None:
    assert 'href="/tour/"' in client.get("/login/").content.decode()


def test_the_sign_in_page_of_a_company_does_not(db: None, client: Client) -> None:
    assert "/tour/" not in client.get("/login/").content.decode()
