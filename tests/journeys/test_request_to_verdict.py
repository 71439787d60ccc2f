"""One visit from the telephone to the verdict, by hand in a browser: office, technician's phone, customer's page."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.cast import Cast
from tests.field import site_of

from goodword.crew.models import Person
from goodword.kit.clock import set_company_clock
from goodword.kit.files import path_of
from goodword.kit.models import Event, File
from goodword.messaging.models import Message
from goodword.promises.models import Promise
from goodword.promises.queries import judgement
from goodword.visits.models import Visit
from goodword.worlds.sign_in import token_of

TAPS = [
    ("On my way", 0), ("I am at the door", 20), ("I met them", 1), ("They agree to the work", 3), ("Start work", 2),
    ("I have seen it work", 40), ("All left clean", 2),
]  # fmt: skip


def at_their_place(browser: Browser, server: Any, person: Person, **size: int) -> Page:
    page = browser.new_context(viewport={"width": 1280, "height": 900, **size}).new_page()  # type: ignore[typeddict-item]
    page.goto(f"{server.url}/tour/in/{token_of(person.id)}/")
    return page


@pytest.mark.shows("S0-1", "S0-6", "S3-4")
def test_one_visit_goes_from_the_call_to_the_verdict(cast: Cast, live_server: Any, browser: Browser) -> None:
    site_of("Mrs Ferris", cast.aldermere, "ferris@example.org")

    promise = agreed_on_the_phone(at_their_place(browser, live_server, cast.priya))
    customer = browser.new_context(viewport={"width": 360, "height": 740}).new_page()
    customer.goto(link_in(Message.objects.get(purpose="confirmation"), live_server.url))
    expect(customer.get_by_text(promise.said).first).to_be_visible()
    expect(customer.get_by_text("This stands.")).to_be_visible()

    visit = Visit.objects.get()
    assert visit.technician is not None
    worked_on(at_their_place(browser, live_server, visit.technician, width=390), live_server, visit, promise)

    visit.refresh_from_db()
    assert visit.arrived_at is not None and promise.opens_at is not None
    assert promise.opens_at <= visit.arrived_at <= promise.closes_at
    assert judgement(promise, visit.completed_at or visit.arrived_at).state == "kept"
    customer.reload()
    expect(customer.get_by_text("kept", exact=True)).to_be_visible()
    office = at_their_place(browser, live_server, cast.priya)
    office.goto(f"{live_server.url}/visits/{visit.id}/")
    expect(office.get_by_text(re.compile("^kept")).first).to_be_visible()


def agreed_on_the_phone(office: Page) -> Promise:
    """The request in their words, a window held, read out and agreed on."""
    office.get_by_role("link", name="Requests").first.click()
    office.get_by_role("link", name=re.compile("^Take a request")).first.click()
    expect(office.get_by_label("Who is calling?")).to_be_focused()
    office.keyboard.type("ferr")
    office.get_by_role("link", name=re.compile("Mrs Ferris")).click()
    office.get_by_label("In their own words").fill("The boiler knocks like somebody at the door.")
    office.get_by_label("What kind of work").select_option("boiler_service")
    office.get_by_role("button", name="Write it down and show windows").click()
    office.get_by_role("button", name="Hold 10 min").first.click()
    expect(office.get_by_text("held until")).to_be_visible()
    office.keyboard.press("1")
    expect(office.get_by_role("heading", name="Agreed")).to_be_visible()
    return Promise.objects.get()


def link_in(message: Message, server: str) -> str:
    """The customer's link, as it stands in their mail, on this server."""
    found = re.search(r"https?://[^/\s]+(/\S+)", message.body)
    assert found is not None, message.body
    return server + found[1]


def worked_on(phone: Page, server: Any, visit: Visit, promise: Promise) -> None:
    """The large button, stage after stage, as the day goes on."""
    assert promise.opens_at is not None
    clock = promise.opens_at + timedelta(minutes=10)
    for says, minutes in TAPS:
        clock += timedelta(minutes=minutes)
        set_company_clock(clock)
        phone.goto(f"{server.url}/t/visits/{visit.id}/")
        phone.get_by_role("button", name=says, exact=True).click()
        phone.wait_for_load_state()
    turned_to_the_customer(phone, visit, clock + timedelta(minutes=5))
    phone.goto(f"{server.url}/t/visits/{visit.id}/ending/")
    phone.get_by_label(re.compile("fixed", re.IGNORECASE)).first.check()
    phone.get_by_role("button", name="End the visit").click()
    expect(phone.get_by_text("The visit is complete.")).to_be_visible()


def turned_to_the_customer(phone: Page, visit: Visit, at: datetime) -> None:
    """Sign mode: what was done, "is everything as you hoped?", the name with a finger."""
    set_company_clock(at)
    phone.reload()
    phone.get_by_role("link", name="Turn the phone to Mrs Ferris").click()
    expect(phone.get_by_role("heading", name="Mrs Ferris, this is what was done today")).to_be_visible()
    phone.get_by_text("Yes", exact=True).click()
    box = phone.locator("canvas").bounding_box()
    assert box is not None
    phone.mouse.move(box["x"] + 40, box["y"] + 60)
    phone.mouse.down()
    phone.mouse.move(box["x"] + 160, box["y"] + 90, steps=8)
    phone.mouse.up()
    phone.get_by_role("button", name="Done").click()
    expect(phone.get_by_text("Thank you. Please hand the phone back.")).to_be_visible()
    visit.refresh_from_db()
    assert (visit.satisfied, visit.walked_through_how) == (True, "together")
    assert visit.signed_at is not None
    signature = File.objects.get(sha256=Event.objects.get(name="visit.signed").facts["file"])
    assert path_of(signature).read_bytes().startswith(b"\x89PNG")
