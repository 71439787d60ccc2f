"""The company is founded: people, work, customers; by the same actions that a real company uses."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from goodword.crew import actions as crew
from goodword.crew.models import Branch, Device, Person
from goodword.crew.rules import Verb, sha256_of
from goodword.customers import actions as customers
from goodword.customers.models import Site
from goodword.kit.actors import SYSTEM, Actor
from goodword.kit.calendar import local_instant
from goodword.visits import actions as visits
from goodword.worlds.cast.company import BRANCHES, COMPANY, HOURS, NOTES, STAFF, TECHNICIANS, WORK, ZONE, Worker
from goodword.worlds.cast.customers import Who
from goodword.worlds.cast.places import Door, Places
from goodword.worlds.cast.scripts import cards
from goodword.worlds.laying import command_id, secret_of

PHONE_SCOPES = (Verb.READ, Verb.STAGE)
DESK_SCOPES = tuple(verb for verb in Verb if verb is not Verb.STAGE)


@dataclass
class Founded:
    """The company as it stands in the database, by the keys of the cast."""

    branches: dict[str, Branch] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    devices: dict[str, Device] = field(default_factory=dict)
    sites: dict[str, Site] = field(default_factory=dict)
    contacts: dict[str, UUID] = field(default_factory=dict)


def door(at: datetime, *parts: object, by: Actor = SYSTEM) -> dict[str, Any]:
    """The door of an action; the command's id follows from what is done."""
    return {"by": by, "at": at, "command": command_id(*parts)}


def found_the_company(at: datetime, places: Places) -> Founded:
    """Company, branches, work, staff with their phones and desks."""
    crew.found_company(COMPANY, "en-gb", "GBP", 20, "GB", ZONE, **door(at, "company"))
    founded = Founded()
    for branch in BRANCHES:
        depot = places.door(Door(branch.name, branch.street, branch.number), branch.name)
        founded.branches[branch.name] = crew.add_branch(
            branch.name, branch.depot, depot["lat"], depot["lon"], ZONE, branch.phone, branch.email, HOURS,
            **door(at, "branch", branch.name),
        )  # fmt: skip
    for work in WORK:
        visits.add_work_type(
            work.code, work.name, list(work.skills), work.minutes * 60, work.cv, work.price, work.emergency,
            work.needs_helper, work.severity, **door(at, "work", work.code),
        )  # fmt: skip
    for stage, work_type, lines in cards(frozenset(work.code for work in WORK)):
        visits.set_script(stage, lines, None, work_type, **door(at, "script", stage, work_type or "all"))
    for worker in (*STAFF, *TECHNICIANS):
        _employ(founded, worker, at)
    return founded


def _employ(founded: Founded, worker: Worker, at: datetime) -> None:
    branch = founded.branches[worker.branch].id if worker.branch else None
    note = worker.note or NOTES.get(worker.key, "")
    email = f"{worker.name.lower().replace(' ', '.').replace('ř', 'r').replace('á', 'a')}@wend.example"
    person = crew.add_person(
        email, worker.name, None, [(worker.role, branch)], list(worker.skills), "", note,
        **door(at, "person", worker.key),
    )  # fmt: skip
    founded.people[worker.key] = person
    technician = worker.role == "technician"
    founded.devices[worker.key] = crew.pair_device(
        person.id,
        f"{worker.name.split()[0]}'s {'phone' if technician else 'desk'}",
        PHONE_SCOPES if technician else DESK_SCOPES,
        sha256_of(secret_of(worker.key)),
        **door(at, "device", worker.key),
    )


def set_shifts(founded: Founded, days: Iterable[date], at: datetime) -> None:
    """Every technician's usual hours on these days."""
    for day in days:
        for worker in TECHNICIANS:
            opens, closes = (local_instant(day, time.fromisoformat(t), ZONE) for t in worker.shift)
            person, branch = founded.people[worker.key], founded.branches[worker.branch]
            crew.set_shift(person.id, branch.id, opens, closes, **door(at, "shift", worker.key, day))


def weekdays(first: date, weeks: int = 1) -> list[date]:
    """Monday to Friday from a Monday on."""
    return [first + timedelta(days=7 * week + day) for week in range(weeks) for day in range(5)]


def add_customer(founded: Founded, who: Who, places: Places, number: int, at: datetime) -> None:
    """A customer with contact and site; ``number`` gives them a telephone of those that ring nowhere."""
    full, called, box = who.contact
    channels = [{"kind": "phone", "value": f"01632 960{200 + number:03d}"}]
    if not who.rings:
        channels.append({"kind": "email", "value": f"{box}@example.org"})
    contact = {"name": full, "preferred_name": called, "say_it": who.say_it, "channels": channels}
    site = places.door(who.door, who.key) | {"facts": dict(who.facts)}
    customer = customers.add_customer(
        who.kind, who.name, founded.branches[who.branch].id, who.name if who.kind == "person" else "", who.say_it,
        None, [contact], [site], **door(at, "customer", who.key),
    )  # fmt: skip
    founded.sites[who.key] = customer.sites.get()
    founded.contacts[who.key] = customer.contacts.get().id
