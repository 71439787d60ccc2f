"""Every page of the office by axe, narrow in light and wide in dark: no violations, no scrolling sideways."""

from typing import Any

import pytest
from playwright.sync_api import Browser
from tests.cast import Cast
from tests.journeys.every_page import office_pages
from tests.journeys.looking import wrong_on

from goodword.worlds.sign_in import token_of


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_axe_finds_nothing_on_any_page_of_the_office(
    cast: Cast, live_server: Any, browser: Browser, width: int, scheme: Any
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{live_server.url}/tour/in/{token_of(cast.colm.id)}/")
    wrong = []
    for address in office_pages(cast):
        answer = page.goto(live_server.url + address)
        assert answer is not None and answer.status == 200, address
        wrong += wrong_on(page, f"{address} {width} {scheme}")
    context.close()
    assert wrong == []
