"""Roles and verbs (design 5) as code, and the branch calendar. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from enum import StrEnum
from typing import Final

from goodword.kit.calendar import BusinessCalendar


class Verb(StrEnum):
    """What a role may do with a row it sees. The API's scopes carry the same names."""

    READ = "read"
    BOOK = "book"
    ASSIGN = "assign"
    STAGE = "stage"
    CORRECT = "correct"
    MONEY = "money"
    ANSWERS = "answers"
    STAFF = "staff"
    SETTINGS = "settings"
    SHIFTS = "shifts"
    MERGE = "merge"
    SETTLE = "settle"
    EVERYWHERE = "everywhere"


R = Verb
VERBS: Final[Mapping[str, frozenset[Verb]]] = {
    "technician": frozenset({R.READ, R.STAGE, R.MONEY}),
    "office": frozenset({R.READ, R.BOOK, R.CORRECT, R.MONEY, R.ANSWERS, R.MERGE, R.SETTLE}),
    "dispatcher": frozenset({R.READ, R.BOOK, R.ASSIGN, R.CORRECT, R.ANSWERS, R.SHIFTS, R.SETTLE}),
    "sales": frozenset({R.READ, R.ANSWERS}),
    "manager": frozenset(
        {R.READ, R.BOOK, R.ASSIGN, R.CORRECT, R.MONEY, R.ANSWERS, R.STAFF, R.SHIFTS, R.MERGE, R.SETTLE}
    ),
    "accountant": frozenset({R.READ, R.MONEY, R.EVERYWHERE}),
    "owner": frozenset(set(Verb) - {R.STAGE}),
    "admin": frozenset({R.STAFF, R.SETTINGS, R.SHIFTS, R.EVERYWHERE}),
}
# Which roles read customers' words: an admin sees settings only; a technician only what his own visits name.
READS_BRANCH: Final = frozenset({"office", "dispatcher", "sales", "manager", "owner", "accountant"})


def may(roles: Sequence[str], verb: Verb) -> bool:
    """Whether any of the roles has the verb."""
    return any(verb in VERBS.get(role, frozenset()) for role in roles)


def calendar_of(
    zone: str, hours: Mapping[str, Sequence[str]], holidays: Sequence[str], version: int
) -> BusinessCalendar:
    """The calendar behind a row of opening hours."""
    spans = {int(day): (time.fromisoformat(a), time.fromisoformat(b)) for day, (a, b) in hours.items()}
    return BusinessCalendar(zone, spans, frozenset(date.fromisoformat(d) for d in holidays), version)
