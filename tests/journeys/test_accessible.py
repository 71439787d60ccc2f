"""Every page that exists, by axe, in light and dark, at phone and desk width: no violations."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser
from tests.cast import Cast, door
from tests.field import promised, request_of, site_of, visit_of
from tests.journeys.looking import wrong_on

from goodword.dispatch import actions as dispatch
from goodword.messaging.models import Message
from goodword.worlds.sign_in import sign_in_links

WIDE = [(360, 740), (1280, 900)]


@pytest.fixture
def addresses(cast: Cast, live_server: Any) -> dict[str, list[str]]:
    """Addresses by who opens them: the customer's link, a technician, anybody."""
    site = site_of("Mrs Adeyemi", cast.aldermere, "adeyemi@example.org")
    visit = visit_of(site_of("Mr Finch", cast.aldermere), cast.sam, "10:00", "11:00")
    promised(visit)
    late = visit_of(site_of("Mrs Petrov", cast.aldermere), cast.sam, "11:30", "12:30")
    promised(late, "07:30", "08:30")
    offer = dispatch.offer(request_of(site, words="Please knock.").id, **door(cast.hanna))
    promise = dispatch.book(offer.options.all()[0].id, **door(cast.hanna))
    dispatch.reforecast(cast.aldermere.id)
    found = re.search(r"/v/[a-z2-7]+", Message.objects.get(about_id=promise.id).body)
    assert found
    return {
        "": [found[0] + "/", "/v/nothing/", "/tour/", "/style/signature", "/login/", "/nowhere/"],
        "technician": ["/t/", f"/t/visits/{visit.id}/", f"/t/visits/{late.id}/", f"/t/visits/{visit.id}/ending/"],
    }


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(
    addresses: dict[str, list[str]], live_server: Any, browser: Browser, scheme: Any
) -> None:
    links = {role: url for role, _name, url in sign_in_links(live_server.url)}
    wrong = []
    for width, height in WIDE:
        for role, pages in addresses.items():
            context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
            page = context.new_page()
            if role:
                page.goto(links[role])
            for address in pages:
                page.goto(live_server.url + address)
                wrong += wrong_on(page, f"{address} {width} {scheme}")
            context.close()
    assert wrong == []
