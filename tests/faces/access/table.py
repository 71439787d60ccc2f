"""What the table of routes is made of."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.faces.access.principals import SCOPES, Principal

READERS = ("office", "dispatcher", "sales", "manager")
EVERYWHERE = ("accountant", "owner")
HERE, ALL = {"own", "same"}, {"own", "same", "other"}


def sight(technician: set[str], admin: set[str] | None = None, **others: set[str]) -> dict[str, set[str]]:
    """Which scopes a role sees: readers their branch, accountant and owner everything, unless said otherwise."""
    usual = dict.fromkeys(READERS, HERE) | dict.fromkeys(EVERYWHERE, ALL)
    return usual | {"technician": technician, "admin": admin or set()} | others


WORK = sight({"own"})
DESK = sight(set())
STAFF = sight({"own"}, ALL)
SEES: dict[str, dict[str, set[str]]] = {
    "branch": sight(HERE, ALL),
    "person": STAFF,
    "absence": STAFF,
    "visit": WORK,
    "attachment": WORK,
    "note": WORK,
    "call": WORK,
    "order": WORK,
    "customer": WORK,
    "contact": WORK,
    "channel": WORK,
    "site": WORK,
    "asset": WORK,
    "promise": WORK,
    "callback": DESK,
    "step": WORK,
    "handover": WORK,
    "request": DESK,
    "offer": DESK,
    "option": DESK,
    "plan": DESK,
    "link": DESK,
    "file": sight(HERE),
    "held": sight({"own"}, sales=set(), accountant=set()),
    "device": {role: set[str]() for role in (*READERS, *EVERYWHERE, "admin")} | {"technician": {"own"}},
}
Body = Callable[[Any, str], dict[str, Any]]


@dataclass(frozen=True)
class Row:
    """One method of one route.

    ``kind`` is what it is about: in the address by ``key``, or in the body. ``needs``: any of these verbs, none for a
    read. ``first``: the right is asked before anything is looked up, so that 403 tells nothing. ``passes``: what those
    get who see it and may.
    """

    route: str
    method: str = "GET"
    kind: str | None = None
    key: str | None = None
    needs: tuple[str, ...] = ()
    body: Body | None = None
    query: Body | None = None
    first: bool = False
    passes: tuple[int, ...] = (200, 201)
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def scopes(self) -> tuple[str, ...]:
        return self.more.get("scopes", SCOPES) if self.kind else ("own",)

    def expected(self, who: Principal, scope: str) -> tuple[int, ...]:
        if not who.is_let_in:
            return (200,) if who.name == "disabled_device" and self.more.get("delivers") else (401,)
        if self.method == "GET" and who.scopes is not None and "read" not in who.scopes:
            return (403,)
        if self.method != "GET" and who.scopes == {"read"}:
            return (403,)
        if self.first and not who.may(self.needs):
            return (403,)
        if self.kind and scope not in self._seen_by(who):
            return (404,)
        return self.passes if not self.needs or who.may(self.needs) else (403,)

    def _seen_by(self, who: Principal) -> set[str]:
        """The inbox is seen by who may settle: a token needs that in its scopes, or sees what its person has sent."""
        if self.kind == "held" and who.scopes is not None and "settle" not in who.scopes:
            return SEES["held"][who.role or ""] & {"own"} if who.role == "technician" else set()
        return SEES[self.kind or ""][who.role or ""]
