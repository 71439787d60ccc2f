"""One branch with twelve technicians on real roads, and the people whom they will visit."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from random import Random
from typing import Any
from uuid import UUID

from django.db import transaction

from goodword.crew import actions as crew
from goodword.crew.models import Branch, Person
from goodword.crew.rules import sha256_of
from goodword.customers import actions as customers
from goodword.customers.models import Site
from goodword.kit.calendar import local_instant
from goodword.visits import actions as visits
from goodword.worlds.cast import TECHNICIANS, WORK, Door, Places, door
from goodword.worlds.cast.founding import DESK_SCOPES, PHONE_SCOPES
from goodword.worlds.laying import Client, Transport, secret_of

MONDAY = date(2026, 11, 2)
FOUNDED_AT = datetime(2026, 11, 1, 8, 0, tzinfo=UTC)
HOURS = {str(day): ["07:30", "17:30"] for day in range(5)}
SEED = 7


@dataclass
class Company:
    """What the script knows: names, places and secrets; everything else it asks the API."""

    zone: str
    transport: Transport
    branch: Branch
    people: dict[str, Person] = field(default_factory=dict)
    devices: dict[str, UUID] = field(default_factory=dict)
    sites: list[Site] = field(default_factory=list)

    def clock(self, text: str, day: date = MONDAY) -> datetime:
        return local_instant(day, time.fromisoformat(text.zfill(5)), self.zone)

    def client(self, who: str) -> Client:
        return Client(self.transport, secret_of(who))

    @property
    def technicians(self) -> Mapping[str, Person]:
        return {worker.key: self.people[worker.key] for worker in TECHNICIANS}


SKILLS = {worker.key: frozenset(worker.skills) for worker in TECHNICIANS}
WORKS = {work.code: work for work in WORK}
ASKED_FOR = (
    "boiler_service", "boiler_service", "safety_inspection", "tap_or_toilet", "leak", "blocked_drain",
    "cooling_service", "cooling_repair", "no_heat", "return_gas",
)  # fmt: skip


def found(transport: Transport, zone: str, people: int) -> Company:
    """Company, staff with phones and desks, customers at doors of the territory; by the actions."""
    places = Places()
    crew.found_company("Wend & Daughters", "en-gb", "GBP", 20, "GB", zone, **door(FOUNDED_AT, "played"))
    depot = places.door(Door("nowhere"), "depot")
    branch = crew.add_branch(
        "The branch", "Yard", depot["lat"], depot["lon"], zone, "01632 960100", "", HOURS,
        **door(FOUNDED_AT, "played", "branch"),
    )  # fmt: skip
    company = Company(zone, transport, branch)
    for work in WORK:
        visits.add_work_type(
            work.code, work.name, list(work.skills), work.minutes * 60, work.cv,
            **door(FOUNDED_AT, "played", "work", work.code),
        )  # fmt: skip
    for key, role, skills in [("priya", "dispatcher", ()), *[(w.key, "technician", w.skills) for w in TECHNICIANS]]:
        _employ(company, key, role, skills)
    with transaction.atomic():
        company.sites = [_customer(company, places, n) for n in range(people)]
    return company


def _employ(company: Company, key: str, role: str, skills: tuple[str, ...]) -> None:
    person = crew.add_person(
        f"{key}@wend.example", key.title(), None, [(role, company.branch.id)], skills,
        **door(FOUNDED_AT, "played", "person", key),
    )  # fmt: skip
    technician = role == "technician"
    device = crew.pair_device(
        person.id, key, PHONE_SCOPES if technician else DESK_SCOPES, sha256_of(secret_of(key)),
        **door(FOUNDED_AT, "played", "device", key),
    )  # fmt: skip
    company.people[key], company.devices[key] = person, device.id
    if technician:
        crew.set_shift(
            person.id, company.branch.id, company.clock("7:30"), company.clock("16:30"),
            **door(FOUNDED_AT, "played", "shift", key),
        )  # fmt: skip


def _customer(company: Company, places: Places, number: int) -> Site:
    contact = {"name": f"Customer {number}", "channels": [{"kind": "email", "value": f"c{number}@example.org"}]}
    place = places.door(Door("nowhere"), f"customer {number}")
    made = customers.add_customer(
        "person", f"Customer {number}", company.branch.id, contacts=[contact], sites=[place],
        **door(FOUNDED_AT, "played", "customer", number),
    )  # fmt: skip
    return made.sites.get()


def dice_for(*what: Any) -> Random:
    """Luck that belongs to one thing, whatever else happens."""
    return Random(f"{SEED}:{what}")
