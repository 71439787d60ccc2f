"""Roles and verbs (design 5) as code, spans of time, secrets and the branch calendar. Pure."""

import hashlib
import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _

from goodword.kit.calendar import EARLIEST, LATEST, BusinessCalendar, zone
from goodword.kit.refusals import BadInput

LONGEST_SHIFT = timedelta(hours=24)  # ours
LONGEST_ABSENCE = timedelta(days=732)  # ours
LONGEST_ENGAGEMENT = timedelta(hours=24)  # ours: work over several days has one visit, one window per day (P-52)


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


def everywhere(role: str) -> bool:
    """Whether a role reaches all branches whatever branch stands beside it (design 5: owner, accountant, admin)."""
    return Verb.EVERYWHERE in VERBS.get(role, frozenset())


def branches_of(held: Iterable[tuple[str, UUID | None]], only: frozenset[str] | None = None) -> frozenset[UUID] | None:
    """The branches that roles reach, or None for all; ``only`` counts just these roles."""
    counted = [(role, branch) for role, branch in held if only is None or role in only]
    if any(branch is None or everywhere(role) for role, branch in counted):
        return None
    return frozenset(branch for _role, branch in counted if branch is not None)


def roles_with(verb: Verb) -> list[str]:
    """The roles that have a verb, the nearest to ask first."""
    return [
        r for r in ("dispatcher", "office", "manager", "accountant", "admin", "owner", "technician") if verb in VERBS[r]
    ]


def check_span(starts_at: datetime, ends_at: datetime, longest: timedelta) -> None:
    """Refuses a span that is naive, empty, backwards, too long or out of range.

    Raises
    ------
    BadInput
        ``field`` names the end that is wrong.
    """
    for field, moment in (("starts_at", starts_at), ("ends_at", ends_at)):
        if moment.tzinfo is None or moment.utcoffset() is None:
            raise BadInput(field, _("This instant has no offset. Write it like 2026-11-02T09:40:00Z."))
        if not EARLIEST <= moment < LATEST:
            raise BadInput(field, _("This date is too far away. Use one between 2000 and 2100."))
    if ends_at <= starts_at:
        raise BadInput("ends_at", _("The end must come after the beginning."))
    if ends_at - starts_at > longest:
        raise BadInput(
            "ends_at",
            _("This is longer than %(n)d hours. Check the dates.") % {"n": longest // timedelta(hours=1)},
        )


def read_hours(hours: Mapping[Any, Sequence[str]]) -> dict[str, list[str]]:
    """Opening hours as kept: weekday (Monday "0") to ["07:30", "17:30"]. Refuses what is reversed or unreadable."""
    kept: dict[str, list[str]] = {}
    for day, span in hours.items():
        if str(day) not in set("0123456"):
            raise BadInput("hours", _("A weekday is a number from 0 (Monday) to 6 (Sunday)."))
        times = [str(t) for t in span]
        if len(times) != 2 or not all(re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", t) for t in times):
            raise BadInput("hours", _("Write opening hours as two times, like 07:30 and 17:30."))
        if times[0] >= times[1]:
            raise BadInput("hours", _("A day must close after it opens. Split hours over midnight into two days."))
        kept[str(day)] = times
    return kept


def read_holidays(days: Iterable[object]) -> list[str]:
    """ISO dates, sorted, once each."""
    try:
        return sorted({date.fromisoformat(str(d)).isoformat() for d in days})
    except ValueError as error:
        raise BadInput("holidays", _("Write a holiday like 2026-12-25.")) from error


def check_place(lat: float, lon: float) -> None:
    """Refuses coordinates that are off the earth or at 0, 0 (a geocoder's way to say "not found")."""
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise BadInput("lat", _("This is no place on earth. Latitude comes first, from -90 to 90."))
    if lat == 0 and lon == 0:
        raise BadInput("lat", _("0, 0 lies in the sea off Africa. Look the address up again."))


def check_zone(name: str) -> str:
    return zone(name).key


def new_secret() -> str:
    """256 random bits for a device. Shown once; only :func:`sha256_of` it is kept."""
    return secrets.token_urlsafe(32)


def sha256_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def calendar_of(
    zone: str, hours: Mapping[str, Sequence[str]], holidays: Sequence[str], version: int
) -> BusinessCalendar:
    """The calendar behind a row of opening hours."""
    spans = {int(day): (time.fromisoformat(a), time.fromisoformat(b)) for day, (a, b) in hours.items()}
    return BusinessCalendar(zone, spans, frozenset(date.fromisoformat(d) for d in holidays), version)
