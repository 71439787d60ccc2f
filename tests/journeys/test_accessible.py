"""Every page that exists, by axe, in light and dark, at phone and desk width: no violations."""

from typing import Any

import pytest
from playwright.sync_api import Browser
from tests.cast import Cast
from tests.journeys.every_page import field_pages, stage_pages
from tests.journeys.looking import wrong_on

from goodword.worlds.sign_in import sign_in_links, token_of

WIDE = [(360, 740), (1280, 900)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(cast: Cast, live_server: Any, browser: Browser, scheme: Any) -> None:
    addresses = field_pages(cast)
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


def test_axe_finds_nothing_at_any_step_of_a_visit(cast: Cast, live_server: Any, browser: Browser) -> None:
    """Each step open, the phone turned, the end of it, and every state of the customer's page; dark, on a phone."""
    wrong = []
    for role, pages in stage_pages(cast).items():
        page = browser.new_context(viewport={"width": 360, "height": 740}, color_scheme="dark").new_page()
        if role:
            page.goto(f"{live_server.url}/tour/in/{token_of(cast.sam.id)}/")
        for address in pages:
            page.goto(live_server.url + address)
            page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
            wrong += wrong_on(page, address)
        page.context.close()
    assert wrong == []


def test_axe_finds_nothing_where_a_form_comes_back(cast: Cast, live_server: Any, browser: Browser) -> None:
    wrong = []
    page = browser.new_context(viewport={"width": 360, "height": 740}).new_page()
    page.goto(f"{live_server.url}/tour/in/{token_of(cast.colm.id)}/")
    for address in ("/requests/new/", "/customers/new/", "/settings/people/new/"):
        page.goto(live_server.url + address)
        page.locator("main form[method=post]").first.evaluate("(form) => { form.noValidate = true; }")
        page.locator("main form[method=post] .button-main").first.click()
        page.locator(".error-summary").first.wait_for()
        wrong += wrong_on(page, address)
    page.context.close()
    assert wrong == []
