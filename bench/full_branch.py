"""A branch with much of everything, through the actions: for pages that must stay quick and look well with 500 rows.

Django must be set up and a company founded. Every customer has a site, an e-mail address, a request that waits, a next
step, a command on hold and a visit today; every tenth has a name and words that are longer than any page is wide.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft zu Aldermere und Kilnsea"
WORDS = "It drips, and then it knocks, and when the neighbour runs a bath it stops and begins anew. " * 6
A_DAY = 10  # visits of one technician


def door(at: datetime) -> dict[str, Any]:
    from goodword.kit.actors import SYSTEM
    from goodword.kit.ids import uuid7

    return {"by": SYSTEM, "at": at, "command": uuid7()}


def lay(name: str, count: int, morning: datetime) -> UUID:
    """Its manager. ``morning`` is when the day's first visit begins; with ``count`` 0 the branch is empty."""
    from goodword.crew import actions as crew

    branch = crew.add_branch(name, "1 Depot Road", 52.401, -1.702, "Europe/London", **door(morning))
    made = [("manager", "manager", 1), ("technician", "technician", max(count // A_DAY, 1))]
    people = [
        crew.add_person(
            f"{name}.{role}.{n}@wend.example".lower().replace(" ", ""), f"{name} {role.title()} {n + 1}", None,
            [(role, branch.id)], **door(morning),
        )
        for role, _label, many in made
        for n in range(many)
    ]  # fmt: skip
    for technician in people[1:]:
        crew.set_shift(technician.id, branch.id, morning, morning + timedelta(hours=10), **door(morning))
    for n in range(count):
        fill(branch, people[1 + n // A_DAY], n, morning)
    return people[0].id


def fill(branch: Any, technician: Any, n: int, morning: datetime) -> None:
    """One customer and what there is of them."""
    from goodword.customers import actions as customers
    from goodword.kit.commands import receive
    from goodword.kit.ids import uuid7
    from goodword.next_steps.actions import open_step
    from goodword.promises.actions import make_window
    from goodword.visits import actions as visits

    long = n % A_DAY == 0
    called = f"{LONG} {n}" if long else f"Customer {n}"
    place = {
        "street": LONG[:80] if long else "Long Row", "house_number": str(n + 1), "postcode": "QA1 2BC",
        "city": "Aldermere", "zone": "Europe/London", "lat": 52.401, "lon": -1.701, "accuracy": "rooftop",
    }  # fmt: skip
    contact = {"name": called, "channels": [{"kind": "email", "value": f"c{n}.{branch.id}@post.example"}]}
    customer = customers.add_customer("person", called, branch.id, contacts=[contact], sites=[place], **door(morning))
    site, words = customer.sites.get(), WORDS if long else "It drips."
    visits.take_request(site.id, "leak", branch.id, words, **door(morning))
    order = visits.open_order(site.id, "leak", branch.id, words, **door(morning))
    starts = morning + timedelta(hours=n % A_DAY)
    visit = visits.plan_visit(order.id, technician.id, starts, starts + timedelta(minutes=50), **door(morning))
    make_window(visit.id, starts, starts + timedelta(hours=1), "We come.", **door(morning - timedelta(hours=1)))
    about = ("visit", visit.id, "agreed", words)
    open_step("follow_up", None, "office", branch.id, morning + timedelta(days=1), *about, **door(morning))
    envelope = {"command": str(uuid7()), "kind": "visit.newer", "about": str(visit.id), "at": morning.isoformat()}
    receive(envelope | {"facts": {"words": words}}, by=technician.actor, scope=branch.id)
