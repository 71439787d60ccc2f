"""Who sees which page: 200 for who reads the branch, 403 for who may not do it, 404 for who may not see it."""

from typing import Any

import pytest
from django.urls import reverse
from tests.cast import Cast, at, door
from tests.faces.office.desk import at_the_desk
from tests.field import promised, request_of, site_of, visit_of, worked_through

from goodword.customers.models import Site
from goodword.dispatch import actions as dispatch
from goodword.kit.commands import receive
from goodword.kit.ids import uuid7
from goodword.kit.models import Held
from goodword.visits import actions as visits

READS = {"ruth", "colm", "priya", "hanna", "june"}
BOOKS = READS - {"june"}
PLANS = {"ruth", "colm", "priya"}
MERGES = {"ruth", "colm", "hanna"}
EVERYBODY = [*sorted(READS), "tom", "sam", "nobody"]


@pytest.fixture
def pages(cast: Cast, site: Site) -> list[tuple[str, set[str]]]:
    """Every page of the office about something in Aldermere, and who gets 200."""
    visit = visit_of(site, cast.sam, "10:00", "11:00")
    promised(visit)
    away = visit_of(site_of("Mr Finch", cast.aldermere), cast.ade, "09:00", "10:00")
    worked_through(away.id, cast.ade, "09:10", until="depart")
    handover = visits.offer_handover(away.id, cast.sam.id, "ill", **door(cast.ade))
    asked = request_of(site, "leak", words="It drips.")
    offer = dispatch.offer(None, visit.id, "customer", **door(cast.priya))
    sent = {"command": str(uuid7()), "kind": "visit.newer", "about": str(visit.id), "at": at("09:20").isoformat()}
    receive(sent | {"facts": {}}, by=cast.sam.actor, scope=cast.aldermere.id)
    customer, contact = site.customer, site.customer.contacts.get()
    channel = contact.channels.get()

    def to(name: str, *args: Any) -> str:
        return reverse(f"office:{name}", args=args)

    return [
        (to("visit", visit.id), READS),
        (to("visit", away.id), READS),
        (to("assignment", visit.id), PLANS),
        (to("assignment", visit.id) + f"?to={cast.ade.id}:", PLANS),
        (to("swap", visit.id), PLANS),
        (to("move", visit.id), BOOKS),
        (to("move_by_hand", visit.id), BOOKS),
        (to("cancellation", visit.id), BOOKS),
        (to("arrival", visit.id), BOOKS),
        (to("lateness", visit.id), BOOKS),
        (to("handover", away.id), PLANS),
        (to("acceptance", handover.id), PLANS),
        (to("agreed", visit.id), READS),
        (to("offer", offer.id), READS),
        (to("request", asked.id), READS),
        (to("by_hand", asked.id), PLANS),
        (to("call_back", asked.id), BOOKS),
        (to("closing", asked.id), BOOKS),
        (to("customer", customer.id), READS),
        (to("details", customer.id), BOOKS),
        (to("new_contact", customer.id), BOOKS),
        (to("new_site", customer.id), BOOKS),
        (to("merge", customer.id), MERGES),
        (to("contact", contact.id), BOOKS),
        (to("new_channel", contact.id), BOOKS),
        (to("consent", channel.id), BOOKS),
        (to("site", site.id), BOOKS),
        (to("facts", site.id), BOOKS),
        (to("held_one", Held.objects.get().id), READS - {"june"}),
    ]


def test_each_page_about_somebody_opens_for_who_may_and_is_not_there_for_other_branches(
    cast: Cast, pages: list[tuple[str, set[str]]]
) -> None:
    wrong = []
    for name in EVERYBODY:
        client = at_the_desk(cast.people[name])
        for url, may in pages:
            expected = 200 if name in may else 403 if name in READS else 404
            status = client.get(url).status_code
            if "/held/" in url and name == "june":
                expected = 404
            if "/held/" in url and name == "sam":
                continue  # their own: nothing to do with the desk
            if url.startswith("/visits/") and name == "sam" and status == 302:
                continue  # their own visit, on their own face
            if status != expected:
                wrong.append((name, url, status, expected))
    assert not wrong


@pytest.mark.parametrize("name", ["intake", "new_request", "customers", "new_customer", "held", "search", "settings"])
def test_each_list_opens_for_who_reads_a_branch(cast: Cast, site: Site, name: str) -> None:
    url = reverse(f"office:{name}")
    statuses = {who: at_the_desk(cast.people[who]).get(url).status_code for who in EVERYBODY}

    books = name.startswith("new_")
    assert all(statuses[who] == 200 for who in BOOKS | {"tom"})
    assert statuses["june"] == (403 if books else 200)
    assert statuses["sam"] == 404
    assert statuses["nobody"] == (200 if name == "settings" else 404)


def test_nobody_sees_a_page_without_signing_in(client: Any, cast: Cast) -> None:
    for name in ("today", "intake", "customers", "held", "search", "settings"):
        answer = client.get(reverse(f"office:{name}"))
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("account_login"))
