"""Every page of each face, with everything that a page can show, for the journeys that look at all of them."""

import re
from datetime import timedelta
from typing import Any

from tests.cast import Cast, at, door
from tests.field import promised, request_of, site_of, visit_of, worked_through

from goodword.dispatch import actions as dispatch
from goodword.kit.commands import receive
from goodword.kit.ids import uuid7
from goodword.kit.links import make_link, new_token
from goodword.kit.models import Held
from goodword.messaging.models import Message
from goodword.next_steps.actions import done_step, open_step
from goodword.visits import actions as visits
from goodword.visits.actions.calls import set_advice

LONG = "Donaudampfschifffahrtsgesellschaftskapitänswitwenverein " * 4


def office_pages(cast: Cast) -> list[str]:
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
        "/", "/?day=2026-11-03", "/plan/?day=2026-11-04", visit, f"/visits/{done.id}/",
        *[f"{visit}{name}/" for name in changes],
        f"{visit}assignment/?to={cast.ade.id}:", f"{visit}move/by-hand/", f"/visits/{at_work.id}/handover/",
        "/requests/", f"/requests/{asked.id}/", "/requests/new/?who=ad", f"/requests/new/?customer={site.customer_id}",
        *[f"/requests/{asked.id}/{name}/" for name in ("booking", "call-back", "closing")], f"/offers/{offer.id}/",
        "/customers/", "/customers/?q=nobody", "/customers/new/", customer,
        *[f"{customer}{name}/" for name in ("details", "contacts", "sites", "merge")],
        f"/contacts/{contact.id}/", f"/contacts/{contact.id}/channels/", f"/channels/{channel.id}/consent/",
        f"/sites/{site.id}/", f"/sites/{site.id}/facts/", "/held/", f"/held/{Held.objects.get().id}/",
        "/roads/", "/roads/new/",
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


STAGES = ("depart", "arrive", "confirm_scope", "start_work", "clean_up", "walk_through", "satisfied")


def field_pages(cast: Cast) -> dict[str, list[str]]:
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


def stage_pages(cast: Cast) -> dict[str, list[str]]:
    """A visit standing at each step, the phone turned to the customer, and what the customer sees meanwhile."""
    site = site_of("Mrs Adeyemi", cast.aldermere, "adeyemi@example.org")
    mine, links = [], []
    for n, step in enumerate(STAGES):
        visit = visit_of(site, cast.sam, f"{n + 10}:00", f"{n + 10}:30")
        promised(visit, "08:30", f"{n + 11}:00")
        visits.add_note(visit.id, LONG, **door(cast.sam))
        worked_through(visit.id, cast.sam, "09:00", until=step)
        mine.append(f"/t/visits/{visit.id}/")
        if step in {"depart", "arrive", "start_work"}:
            links.append(link_to(visit, 30 if n else -1))
    over = visit_of(site, cast.ade, "08:00", "09:00")
    promised(over, "06:30", "07:30", "06:00")
    worked_through(over.id, cast.ade, "08:00")
    ahead = visit_of(site, cast.ade, "15:00", "16:00")
    promised(ahead, "15:00", "17:00")
    links += [link_to(over), link_to(ahead), f"{link_to(ahead)}times/", f"{link_to(ahead)}cancellation/"]
    turned, ending = f"{mine[-2]}turned/", f"{mine[1]}ending/"
    return {"technician": [*mine, turned, ending], "": links}


def link_to(visit: Any, days: int = 30) -> str:
    token = new_token()
    until = at("09:40") + timedelta(days=days)
    contact = visit.order.customer.contacts.get()
    make_link(token, "visit", visit, contact.id, visit.branch_id, until, **door(when=at("06:00")))
    return f"/v/{token}/"
