"""Every page of the office by axe, narrow in light and wide in dark: no violations, no scrolling sideways."""

from typing import Any

import pytest
from playwright.sync_api import Browser
from tests.cast import Cast, at, door
from tests.field import promised, request_of, site_of, visit_of, worked_through
from tests.journeys.looking import wrong_on

from goodword.dispatch import actions as dispatch
from goodword.kit.commands import receive
from goodword.kit.ids import uuid7
from goodword.kit.models import Held
from goodword.next_steps.actions import done_step, open_step
from goodword.visits import actions as visits
from goodword.visits.actions.calls import set_advice
from goodword.worlds.sign_in import token_of

LONG = "Donaudampfschifffahrtsgesellschaftskapitänswitwenverein " * 4


@pytest.fixture
def addresses(cast: Cast) -> list[str]:
    """A small day with everything in it: at work, late, done, waiting, on hold; and a very long text."""
    site = site_of("Mrs Adeyemi", cast.aldermere, "adeyemi@example.org")
    at_work = visit_of(site_of("Mr Finch", cast.aldermere), cast.sam, "09:00", "10:00")
    worked_through(at_work.id, cast.sam, "09:00", until="start_work")
    late = visit_of(site, cast.sam, "10:00", "11:00")
    promised(late, "08:00", "09:45")
    done = visit_of(site_of("Mrs Petrov", cast.aldermere), cast.ade, "08:00", "09:00")
    promised(done, "07:30", "09:30")
    worked_through(done.id, cast.ade, "08:00")
    visits.add_note(late.id, LONG, **door(cast.priya))
    dispatch.reforecast(cast.aldermere.id)
    asked = request_of(site, words=LONG, harm=["water"])
    dispatch.offer(asked.id, **door(cast.priya))
    on = ("visit", late.id, "agreed", LONG)
    for due in ("09:00", "12:00"):
        open_step("follow_up", None, "office", cast.aldermere.id, at(due), *on, **door())
    done_step(open_step("call", cast.sam.id, "", cast.aldermere.id, at("12:00"), *on, **door()).id, **door())
    offer = dispatch.offer(None, late.id, "customer", **door(cast.priya))
    sent = {"command": str(uuid7()), "kind": "visit.newer", "about": str(late.id), "at": at("09:20").isoformat()}
    receive(sent | {"facts": {"words": LONG}}, by=cast.sam.actor, scope=cast.aldermere.id)
    contact = site.customer.contacts.get()
    changes = ("assignment", "swap", "move", "cancellation", "arrival", "lateness", "agreed")
    channel = contact.channels.get()
    visit, customer = f"/visits/{late.id}/", f"/customers/{site.customer_id}/"
    return [
        "/", "/?day=2026-11-03", visit, f"/visits/{done.id}/",
        *[f"{visit}{name}/" for name in changes],
        f"{visit}assignment/?to={cast.ade.id}:", f"{visit}move/by-hand/", f"/visits/{at_work.id}/handover/",
        "/requests/", f"/requests/{asked.id}/", "/requests/new/?who=ad", f"/requests/new/?customer={site.customer_id}",
        *[f"/requests/{asked.id}/{name}/" for name in ("booking", "call-back", "closing")], f"/offers/{offer.id}/",
        "/customers/", "/customers/?q=nobody", "/customers/new/", customer,
        *[f"{customer}{name}/" for name in ("details", "contacts", "sites", "merge")],
        f"/contacts/{contact.id}/", f"/contacts/{contact.id}/channels/", f"/channels/{channel.id}/consent/",
        f"/sites/{site.id}/", f"/sites/{site.id}/facts/", "/held/", f"/held/{Held.objects.get().id}/",
        "/search/?q=adeyemi", "/search/?q=zz", "/settings/", "/steps/", "/steps/?q=nobody", *wording(cast),
    ]  # fmt: skip


def wording(cast: Cast) -> list[str]:
    """What we say, with a card that could be plainer."""
    here = f"branch={cast.aldermere.id}"
    lines = [
        ("do", "Commence the diagnostic prior to anything else, and tell them what it is about!"),
        ("say", LONG[:199]),
    ]
    visits.set_script("arrive", lines, cast.aldermere.id, None, as_written=True, **door())
    visits.set_script("arrive", [("say", "Good.")], cast.aldermere.id, None, **door())
    visits.set_script("arrive", lines, cast.aldermere.id, None, as_written=True, **door())
    set_advice("water", cast.aldermere.id, ["Isolate it.", LONG[:199]], **door())
    cards = "/settings/script-cards/"
    return [
        cards, f"{cards}?q=nothing", f"{cards}card/?stage=arrive&{here}", f"{cards}card/?stage=work&{here}",
        "/settings/plain-words/", f"/settings/advice/?{here}", f"/settings/advice/water/?{here}",
    ]  # fmt: skip


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_axe_finds_nothing_on_any_page_of_the_office(
    cast: Cast, addresses: list[str], live_server: Any, browser: Browser, width: int, scheme: Any
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{live_server.url}/tour/in/{token_of(cast.colm.id)}/")
    wrong = []
    for address in addresses:
        answer = page.goto(live_server.url + address)
        assert answer is not None and answer.status == 200, address
        wrong += wrong_on(page, f"{address} {width} {scheme}")
    context.close()
    assert wrong == []
