"""The demo's front door opens only in a demo."""

from django.test import Client
from tests.cast import Cast, the_cast

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
    assert client.get(f"/tour/in/{token_of(cast.ruth.id)}/").status_code == 404


def test_a_forged_link_opens_nothing(cast: Cast, client: Client) -> None:
    assert client.get(f"/tour/in/{cast.ruth.id}.abcdef/").status_code == 404
