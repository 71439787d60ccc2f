"""The cast over HTTP: one client for each person, and one for a device's secret."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from tests.cast import NOW, Cast, door, on_shift, the_cast
from tests.field import site_of, work_type

from goodword.crew.actions import pair_device
from goodword.crew.models import Person
from goodword.crew.rules import new_secret, sha256_of
from goodword.customers.models import Site
from goodword.kit.clock import standing_at
from goodword.kit.ids import uuid7

PREFIX = "/api/v1"


class Api:
    """Speaks JSON; every change gets a command id and the cast's time unless the test gives its own."""

    def __init__(self, **headers: str) -> None:
        self.client = Client()
        self.headers = headers

    def get(self, path: str, **query: Any) -> Any:
        return self.client.get(PREFIX + path, query, headers=self.headers)

    def post(self, path: str, method: str = "post", **body: Any) -> Any:
        said = {"command": str(uuid7()), "at": NOW.isoformat()} | body
        return self.raw(path, {k: v if isinstance(v, PLAIN) else str(v) for k, v in said.items()}, method)

    def raw(self, path: str, body: Any, method: str = "post") -> Any:
        send = getattr(self.client, method)
        return send(PREFIX + path, body, content_type="application/json", headers=self.headers)

    def delete(self, path: str, **query: Any) -> Any:
        said = {"command": str(uuid7())} | query
        return self.client.delete(PREFIX + path, query_params=said, headers=self.headers)

    def batch(self, *commands: dict[str, Any], **more: Any) -> list[dict[str, Any]]:
        answer = self.raw("/commands", {"commands": list(commands)} | more)
        assert answer.status_code == 200, answer.content
        return answer.json()["answers"]


PLAIN = (str, int, float, bool, list, dict, type(None))


def signed_in(person: Person) -> Api:
    api = Api()
    api.client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return api


def with_device(person: Person, scopes: set[str] | None = None) -> Api:
    secret = new_secret()
    pair_device(person.id, "phone", scopes or {"read", "stage"}, sha256_of(secret), **door(person))
    return Api(Authorization=f"Bearer {secret}")


def said(kind: str, about: Any, at: str, **more: Any) -> dict[str, Any]:
    """One command as a phone sends it: ``said("visit.arrive", visit.id, "10:02")``."""
    facts = more.pop("facts", {})
    moment = f"2026-11-02T{at}:00Z"
    return {"command": str(uuid7()), "kind": kind, "about": str(about), "at": moment, "facts": facts, **more}


def lay_the_cast() -> Cast:
    """Three technicians on shift, and two kinds of work."""
    made = the_cast()
    work_type()
    work_type("leak", 75, 0.6, skills=["plumbing"])
    for name in ("sam", "ade"):
        on_shift(made.people[name], made.aldermere)
    on_shift(made.people["beth"], made.kilnsea)
    return made


@pytest.fixture(scope="module")
def laid_cast(django_db_setup: None, test_database: Any, django_db_blocker: Any) -> Iterator[Cast]:
    """Laid once for a module whose tests all roll back; the database is marked a demo, so that its clock may stand."""
    with django_db_blocker.unblock():
        test_database.empty()
        with test_database.as_owner() as owner:
            owner.execute("UPDATE kit_clock SET demo = true")
        with standing_at(NOW):
            made = lay_the_cast()
        connections.close_all()
    yield made
    with django_db_blocker.unblock():
        connections.close_all()
        test_database.empty()


@pytest.fixture
def cast(laid_cast: Cast, db: None) -> Iterator[Cast]:
    """The cast on Monday, 9:40, whatever another test has done to it."""
    with standing_at(NOW):
        yield deepcopy(laid_cast)


@pytest.fixture
def site(cast: Cast) -> Site:
    return site_of("Mrs Adeyemi", cast.aldermere, "adeyemi@example.org")


@pytest.fixture
def api(cast: Cast) -> Callable[[str], Api]:
    """``api("priya")``: a client that is signed in as Priya."""
    return lambda name: signed_in(cast.people[name])
