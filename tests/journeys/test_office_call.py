"""From the telephone to the day: a request, windows to read out, a choice, and it stands on Today."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.cast import Cast
from tests.field import promised, site_of, visit_of

from goodword.messaging.models import Message
from goodword.promises.models import Promise
from goodword.worlds.sign_in import token_of


@pytest.fixture
def priya(cast: Cast, live_server: Any, page: Page) -> Page:
    """Priya at her desk, with what goes wrong in the page kept in ``page.wrong``."""
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{live_server.url}/tour/in/{token_of(cast.priya.id)}/")
    page.wrong = wrong  # type: ignore[attr-defined]
    return page


def go(page: Page, live_server: Any, address: str) -> None:
    page.goto(live_server.url + address)


def test_a_call_becomes_a_promise_and_stands_on_today(cast: Cast, priya: Page, live_server: Any) -> None:
    site_of("Mrs Ferris", cast.aldermere, "ferris@example.org")
    go(priya, live_server, "/requests/")

    priya.keyboard.press("n")
    expect(priya.get_by_label("Who is calling?")).to_be_focused()
    priya.keyboard.type("ferr")
    priya.get_by_role("link", name=re.compile("Mrs Ferris")).click()
    expect(priya.get_by_text("We owe them nothing at the moment.")).to_be_visible()
    priya.get_by_label("In their own words").fill("The boiler knocks like somebody at the door.")
    priya.get_by_label("What kind of work").select_option("boiler_service")
    priya.get_by_role("button", name="Write it down and show windows").click()

    expect(priya.get_by_text("“The boiler knocks like somebody at the door.”")).to_be_visible()
    priya.get_by_role("button", name="Hold 10 min").first.click()
    expect(priya.get_by_text("held until")).to_be_visible()
    priya.keyboard.press("1")

    expect(priya.get_by_role("heading", name="Agreed")).to_be_visible()
    promise = Promise.objects.get()
    expect(priya.get_by_text(promise.said)).to_be_visible()
    assert Message.objects.get(purpose="confirmation").to_address == "ferris@example.org"

    priya.keyboard.press("d")
    expect(priya.get_by_role("link", name="Mrs Ferris")).to_be_visible()
    priya.get_by_role("link", name="Mrs Ferris").click()
    expect(priya.get_by_role("heading", name="What we said")).to_be_visible()
    assert priya.wrong == []  # type: ignore[attr-defined]


def test_a_new_caller_is_taken_with_the_keyboard_alone(cast: Cast, priya: Page, live_server: Any) -> None:
    go(priya, live_server, "/requests/new/")

    typed = {
        "who": "Mr Hallam",
        "name": "Mr Hallam",
        "email": "hallam@example.org",
        "address": "17 Sluice Road, Aldermere",
        "words": "Nothing comes out of the tap.",
        "work_type": "b",
    }
    for field, text in typed.items():
        tab_to(priya, field)
        priya.keyboard.type(text)
        if field == "address":
            expect(priya.get_by_label("None of these: keep it as typed")).to_be_visible()
            tab_to(priya, "place")
            priya.keyboard.press("Space")
    tab_to(priya, "")
    priya.keyboard.press("Enter")

    expect(priya.get_by_text("no place on the map yet").first).to_be_visible()
    expect(priya.get_by_text("“Nothing comes out of the tap.”")).to_be_visible()


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the field of that name has the focus; without a name: the button that sends the form."""
    wanted = f"[name={name}]" if name else "form.intake button"
    for _n in range(60):
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no way to {wanted} by Tab")


def test_what_was_typed_survives_a_page_that_went_away(cast: Cast, priya: Page, live_server: Any) -> None:
    go(priya, live_server, "/requests/new/")
    priya.get_by_label("Name", exact=True).fill("Dr Okonjo")
    priya.get_by_label("In their own words").fill("It whistles.")

    go(priya, live_server, "/customers/")
    go(priya, live_server, "/requests/new/")

    assert priya.input_value("[name=name]") == "Dr Okonjo"
    assert priya.input_value("[name=words]") == "It whistles."
    expect(priya.get_by_text("What you typed before was kept.")).to_be_visible()


def test_what_an_assignment_does_is_seen_before_it_is_done(cast: Cast, priya: Page, live_server: Any) -> None:
    visit = visit_of(site_of("Mr Finch", cast.aldermere), cast.sam, "12:00", "13:00")
    promised(visit, "11:30", "13:30")
    go(priya, live_server, f"/visits/{visit.id}/")

    priya.keyboard.press("a")
    priya.get_by_label("Who goes, and behind which stop").select_option(label="Ade Bankole: first")
    expect(priya.get_by_role("heading", name="What it does")).to_be_visible()
    priya.get_by_role("button", name="Plan it so").click()

    expect(priya.get_by_text("Planned anew. The promise stays as it was.")).to_be_visible()
    visit.refresh_from_db()
    assert visit.technician_id == cast.ade.id


def test_the_keys_of_the_page_are_listed(cast: Cast, priya: Page, live_server: Any) -> None:
    go(priya, live_server, "/")

    priya.keyboard.press("?")

    expect(priya.get_by_role("dialog")).to_contain_text("the day after")
