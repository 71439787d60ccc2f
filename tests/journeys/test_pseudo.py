"""Every page of each face in a language that is two fifths longer: nothing untranslated, nothing broken.

In the suite every third page is seen, narrow and wide in turn; with ``GOODWORD_EVERY_PAGE`` (``make look``) all,
in both widths.
"""

import os
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from tests.cast import Cast
from tests.journeys.every_page import field_pages, office_pages, stage_pages
from tests.journeys.pseudo import BROKEN, data, pseudo, spoken_everywhere, untranslated

from goodword.worlds.sign_in import token_of

WIDTHS = (360, 1280)
EVERY = "GOODWORD_EVERY_PAGE" in os.environ


def test_the_language_is_two_fifths_longer_and_keeps_what_is_filled_in() -> None:
    assert pseudo("Turn the phone to %(called)s") == "Túúrn théé phóónéé tóó %(called)s"


@pytest.mark.parametrize("pages", [office_pages, field_pages, stage_pages])
def test_every_page_is_translated_and_whole(
    cast: Cast, live_server: Any, browser: Browser, monkeypatch: pytest.MonkeyPatch, pages: Callable[[Cast], Any]
) -> None:
    found = pages(cast)
    faces = found if isinstance(found, dict) else {"manager": found}
    known, wrong = data(), []
    with spoken_everywhere(monkeypatch):
        for role, addresses in faces.items():
            page = browser.new_context().new_page()
            if role:
                who = cast.sam if role == "technician" else cast.colm
                page.goto(f"{live_server.url}/tour/in/{token_of(who.id)}/")
            for n, address in enumerate(addresses if EVERY else addresses[len(addresses) % 3 :: 3]):
                page.goto(live_server.url + address)
                page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
                wrong += seen(page, address, n, known)
            page.context.close()
    assert not wrong, "\n".join(wrong)


def seen(page: Page, address: str, n: int, known: list[str]) -> list[str]:
    wrong = [f"{address}: not translated: {text}" for text in untranslated(page, known)]
    for width in WIDTHS if EVERY else (WIDTHS[n % 2],):
        page.set_viewport_size({"width": width, "height": 800})
        wrong += [f"{address} at {width}: {fault}" for fault in page.evaluate(BROKEN)]
    return wrong
