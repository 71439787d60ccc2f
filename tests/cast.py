"""The fixed cast of the tests (the people of ``docs/world``), built through the actions as in life.

``the_cast()`` builds company, branches, staff and two customers; a test adds only what is odd.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from goodword.crew import actions as crew
from goodword.crew.models import Branch, Company, Person
from goodword.crew.queries import Viewer, viewer_of
from goodword.customers import actions as customers
from goodword.customers.models import Contact, Customer, Site
from goodword.kit.actors import SYSTEM, Actor
from goodword.kit.ids import uuid7

MONDAY = date(2026, 11, 2)
NOW = datetime(2026, 11, 2, 9, 40, tzinfo=UTC)
HOURS = {str(day): ["07:30", "17:30"] for day in range(5)} | {"5": ["08:00", "13:00"]}


def at(text: str, day: date = MONDAY) -> datetime:
    """``at("09:40")``: that time on the cast's Monday (London is on UTC in November)."""
    hour, minute = map(int, text.split(":"))
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


def door(by: Actor | Person = SYSTEM, when: datetime = NOW) -> dict[str, Any]:
    """The keyword arguments of every action, with a command id of its own."""
    return {"by": by.actor if isinstance(by, Person) else by, "at": when, "command": uuid7()}


@dataclass
class Cast:
    company: Company
    aldermere: Branch
    kilnsea: Branch
    people: dict[str, Person] = field(default_factory=dict)
    adeyemi: Customer = None  # type: ignore[assignment]  # Aldermere
    finch: Customer = None  # type: ignore[assignment]  # Aldermere
    petrov: Customer = None  # type: ignore[assignment]  # Kilnsea

    def __getattr__(self, name: str) -> Person:
        """``cast.sam``, ``cast.priya``: the staff by first name."""
        try:
            return self.__dict__["people"][name]
        except KeyError as error:
            raise AttributeError(name) from error

    def viewer(self, name: str, scopes: set[str] | None = None) -> Viewer:
        return viewer_of(self.people[name], scopes)


STAFF = [
    ("ruth", "Ruth Wend", "owner", None, []),
    ("colm", "Colm Fairweather", "manager", "aldermere", []),
    ("ines", "Ines Okafor", "manager", "kilnsea", []),
    ("priya", "Priya Nair", "dispatcher", "aldermere", []),
    ("tom", "Tom Askew", "dispatcher", "kilnsea", []),
    ("hanna", "Hanna Lindqvist", "office", None, []),
    ("june", "June Abara", "accountant", None, []),
    ("sam", "Sam Tully", "technician", "aldermere", ["heating", "gas", "plumbing"]),
    ("ade", "Ade Bankole", "technician", "aldermere", ["heating", "gas"]),
    ("beth", "Beth Carrow", "technician", "kilnsea", ["heating", "gas", "plumbing"]),
    ("nobody", "Adam Inn", "admin", None, []),
]


def _person(name: str, preferred: str, phone: str, email: str, **site: Any) -> dict[str, Any]:
    channels = [{"kind": "email", "value": email}, {"kind": "phone", "value": phone}]
    contact = {"name": name, "preferred_name": preferred, "channels": channels}
    return {"name": name, "preferred_name": preferred, "contacts": [contact], "sites": [{"accuracy": "rooftop"} | site]}


CUSTOMERS: dict[str, dict[str, Any]] = {
    "adeyemi": _person(
        "Folake Adeyemi", "Mrs Adeyemi", "01632 960111", "folake@adeyemi.example",
        street="Tanner's Row", house_number="3", city="Aldermere", postcode="AL1 2CD", lat=52.404, lon=-1.705,
    ),
    "finch": _person(
        "George Finch", "Mr Finch", "+44 7700 900222", "finch@post.example",
        street="Weir Lane", house_number="27", city="Aldermere", postcode="AL1 4XY", lat=52.398, lon=-1.695,
    ),
    "petrov": _person(
        "Irina Petrov", "Mrs Petrov", "01632 960333", "irina@petrov.example",
        street="Ropewalk", house_number="8 b", city="Kilnsea", postcode="KN3 1AA", lat=52.441, lon=-1.615,
    ),
}  # fmt: skip


def the_cast(passwords: dict[str, str] | None = None) -> Cast:
    """Wend & Daughters with two branches and their people; ``passwords`` by first name, for whoever signs in."""
    company = crew.found_company("Wend & Daughters", **door())
    aldermere = crew.add_branch(
        "Aldermere", "Tanner's Yard", 52.401, -1.702, "Europe/London", "+441632960100", "", HOURS, **door()
    )
    kilnsea = crew.add_branch(
        "Kilnsea", "Old Ropewalk", 52.442, -1.611, "Europe/London", "+441632960200", "", HOURS, **door()
    )
    cast = Cast(company, aldermere, kilnsea)
    branches: dict[str | None, UUID | None] = {None: None, "aldermere": aldermere.id, "kilnsea": kilnsea.id}
    for key, name, role, where, skills in STAFF:
        cast.people[key] = crew.add_person(
            f"{key}@wend.example", name, (passwords or {}).get(key), [(role, branches[where])], skills, **door()
        )
    for key, fields in CUSTOMERS.items():
        where = cast.kilnsea if key == "petrov" else cast.aldermere
        setattr(cast, key, customers.add_customer("person", branch_id=where.id, **fields, **door()))
    return cast


@pytest.fixture(scope="module")
def laid_cast(django_db_setup: None, test_database: Any, django_db_blocker: Any) -> Iterator[Cast]:
    """The cast, built once for a module. For modules whose tests all roll back; a conftest imports it with ``cast``."""
    from django.db import connections

    with django_db_blocker.unblock():
        test_database.empty()
        cast = the_cast()
        connections.close_all()
    yield cast
    with django_db_blocker.unblock():
        connections.close_all()
        test_database.empty()


@pytest.fixture
def cast(laid_cast: Cast, db: None) -> Cast:
    """The cast as it was laid, whatever another test has done to it."""
    return deepcopy(laid_cast)


def site_of(customer: Customer) -> Site:
    return Site.objects.get(customer=customer)


def contact_of(customer: Customer) -> Contact:
    return Contact.objects.get(customer=customer)


def on_shift(person: Person, branch: Branch, opens: str = "07:30", closes: str = "16:30", day: date = MONDAY) -> None:
    crew.set_shift(person.id, branch.id, at(opens, day), at(closes, day), **door())


@contextmanager
def queries(at_most: int) -> Iterator[list[Any]]:
    """Fail when more than ``at_most`` queries run inside; the clock's small one counts too."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as seen:
        yield seen  # type: ignore[misc]
    said = "\n".join(q["sql"][:300] for q in seen.captured_queries)
    assert len(seen) <= at_most, f"{len(seen)} queries, at most {at_most}:\n{said}"


def minutes(n: float) -> timedelta:
    return timedelta(minutes=n)
