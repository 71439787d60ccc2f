"""Photos in a real browser: sent in pieces over a line that breaks, shown at the desk and to the customer."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route
from tests.cast import Cast, door
from tests.field import promised, request_of, site_of, visit_of
from tests.journeys.looking import wrong_on
from tests.kit import pictures

from goodword.dispatch import actions as dispatch
from goodword.kit.attachments import attach
from goodword.kit.files import keep
from goodword.kit.models import Attachment
from goodword.messaging.models import Message
from goodword.visits.models import Visit
from goodword.worlds.sign_in import sign_in_links


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> None:
    settings.FILES_FOLDER = tmp_path / "files"


@pytest.fixture
def visit(cast: Cast) -> Visit:
    visit = visit_of(site_of("Mr Finch", cast.aldermere), cast.sam, "10:00", "11:00")
    promised(visit)
    return visit


def large(tmp_path: Path) -> Path:
    """A photo of a few pieces."""
    path = tmp_path / "valve.jpg"
    path.write_bytes(pictures.half_red() + bytes(2_300_000))
    return path


def signed_in(browser: Browser, live_server: Any, role: str, width: int = 360) -> Page:
    page = browser.new_context(viewport={"width": width, "height": 800}).new_page()
    page.goto({role: url for role, _name, url in sign_in_links(live_server.url)}[role])
    return page


def test_a_photo_arrives_over_a_line_that_breaks(
    cast: Cast, visit: Visit, live_server: Any, browser: Browser, tmp_path: Path
) -> None:
    page = signed_in(browser, live_server, "technician")
    page.goto(f"{live_server.url}/t/visits/{visit.id}/")
    page.get_by_text("Photos", exact=True).click()
    pieces: list[str] = []

    def line(route: Route) -> None:
        pieces.append(route.request.url.rsplit("/", 1)[1])
        if len(pieces) == 2:
            route.abort()
        else:
            route.continue_()

    page.route("**/chunks/*", line)
    page.get_by_label("Take photos").set_input_files(large(tmp_path))
    page.get_by_label("What it shows").fill("The valve, before")
    page.get_by_label("The customer may see it").check()
    page.get_by_role("button", name="Keep the photos").click()

    page.get_by_text("1 file is kept.").wait_for()
    assert pieces == ["0", "1", "1", "2"]
    row = Attachment.objects.get()
    assert (row.words, row.for_customer, row.file.size) == ("The valve, before", True, large(tmp_path).stat().st_size)
    page.locator(".file img").evaluate("(picture) => picture.decode()")
    assert wrong_on(page, "the visit with a photo") == []


def test_without_script_the_form_sends_the_file_whole(
    cast: Cast, visit: Visit, live_server: Any, browser: Browser, tmp_path: Path
) -> None:
    there = signed_in(browser, live_server, "technician")
    plain = browser.new_context(java_script_enabled=False, storage_state=there.context.storage_state()).new_page()
    plain.goto(f"{live_server.url}/t/visits/{visit.id}/")

    plain.get_by_text("Photos", exact=True).click()
    plain.get_by_label("Take photos").set_input_files(large(tmp_path))
    plain.get_by_role("button", name="Keep the photos").click()

    plain.get_by_text("1 file is kept.").wait_for()


def test_the_customer_sees_the_photo_and_the_desk_has_no_fault(
    cast: Cast, visit: Visit, live_server: Any, browser: Browser
) -> None:
    site = site_of("Mrs Adeyemi", cast.aldermere, "adeyemi@example.org")
    offer = dispatch.offer(request_of(site).id, **door(cast.hanna))
    promise = dispatch.book(offer.options.all()[0].id, **door(cast.hanna))
    file = keep(pictures.half_red(), "image/jpeg", cast.aldermere.id, **door(cast.sam))
    about = (promise.visit, cast.aldermere.id, "a.jpg", "The new valve", True)
    attach(file.sha256, *about, **door(cast.sam))  # type: ignore[arg-type]
    found = re.search(r"/v/[a-z2-7]+", Message.objects.get(about_id=promise.id).body)
    assert found

    page = browser.new_context(viewport={"width": 360, "height": 800}).new_page()
    page.goto(f"{live_server.url}{found[0]}/")
    page.get_by_role("img", name="The new valve").evaluate("(picture) => picture.decode()")
    assert wrong_on(page, "the customer's page") == []
    desk = signed_in(browser, live_server, "dispatcher", 1280)
    of_them = f"/customers/{site.customer_id}/"
    for address in (f"/visits/{promise.visit_id}/", of_them, f"{of_them}calls/"):
        desk.goto(live_server.url + address)
        assert wrong_on(desk, address) == []
