"""The days before: the company is founded, customers ring, visits are booked. In this process, by the actions."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import batched
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goodword.dispatch import actions as dispatch
from goodword.dispatch.errors import Infeasible
from goodword.kit.clock import standing_at
from goodword.kit.models import Command
from goodword.promises.models import Promise
from goodword.visits import actions as visits
from goodword.visits.models import Request
from goodword.worlds.cast import (
    ALDERMERE,
    NAMED,
    Founded,
    Places,
    add_customer,
    crowd,
    door,
    found_the_company,
    set_shifts,
    weekdays,
)
from goodword.worlds.laying import Progress, command_id, step_to
from goodword.worlds.monday.plan import (
    ALDERMERE_DAY,
    FRIDAY,
    HALLAM,
    KILNSEA_DAY,
    MONDAY,
    MOVED,
    SATURDAY,
    THURSDAY,
    Booked,
    on,
)

WEDNESDAY: Final = date(2026, 10, 28)
FOUNDED_AT: Final = on(WEDNESDAY, "9:00")
BOOKED: Final = (*ALDERMERE_DAY, *KILNSEA_DAY, MOVED)
TOGETHER: Final = 20  # ours: customers in one transaction
REASON: Final = "Agreed with the technician."


def founded(places: Places, progress: Progress, others: int) -> Founded:
    """Everybody and everything that is there before the first call; ``others``: customers without a story."""
    step_to(FOUNDED_AT)
    people = [*NAMED, *crowd(others)]
    progress.part(_("the company and its customers"), len(people), 0.3)
    with standing_at(FOUNDED_AT):
        company = found_the_company(FOUNDED_AT, places)
        set_shifts(company, [THURSDAY, FRIDAY, *weekdays(MONDAY)], FOUNDED_AT)
        for some in batched(enumerate(people), TOGETHER):
            with transaction.atomic():
                for number, who in some:
                    add_customer(company, who, places, number, FOUNDED_AT)
                    progress.one()
    return company


def asked(company: Founded, progress: Progress) -> None:
    """Calls on Thursday and Friday."""
    progress.part(_("what was booked"), 2 * len(BOOKED), 0.6)
    for row, at in zip(BOOKED, _calls(), strict=False):
        step_to(at)
        taken(company, row, at)
        progress.one()


def booked(company: Founded, progress: Progress) -> dict[str, UUID]:
    """On Saturday morning both dispatchers ring back and agree on Monday. Visit ids by customer."""
    found: dict[str, UUID] = {}
    for row, at in zip(BOOKED, _minutes(on(SATURDAY, "8:05"), 5), strict=False):
        step_to(at)
        found[row.customer] = _visit(agreed(company, row, at))
        progress.one()
    return found


def booked_for_friday(company: Founded) -> UUID:
    """Mr Hallam's visit of Friday, asked for and agreed on Thursday before anybody else rang."""
    at = on(THURSDAY, "8:10")
    step_to(at)
    taken(company, HALLAM, at)
    return _visit(agreed(company, HALLAM, at, FRIDAY))


def _visit(promise: Promise) -> UUID:
    assert promise.visit_id is not None
    return promise.visit_id


def _calls() -> Iterator[datetime]:
    """When the telephone rings: every quarter of an hour on Thursday and Friday."""
    yield from list(_minutes(on(THURSDAY, "8:30"), 15))[:34]
    yield from _minutes(on(FRIDAY, "8:00"), 17)


def _minutes(start: datetime, every: int) -> Iterator[datetime]:
    return (start + timedelta(minutes=every * n) for n in range(60))


def taken(company: Founded, row: Booked, at: datetime) -> Request:
    """Hanna writes down what the customer says."""
    site = company.sites[row.customer]
    hanna = company.people["hanna"].actor
    return visits.take_request(
        site.id, row.work, site.customer.branch_id, row.words, contact_id=company.contacts[row.customer],
        **door(at, "request", row.customer, by=hanna),
    )  # fmt: skip


def agreed(company: Founded, row: Booked, at: datetime, day: date = MONDAY) -> Promise:
    """A dispatcher agrees on the window; what the engine would not offer, for a reason."""
    try:
        return _agree(company, row, at, day, "")
    except Infeasible:
        return _agree(company, row, at, day, REASON)


def _agree(company: Founded, row: Booked, at: datetime, day: date, anyway: str) -> Promise:
    branch = company.sites[row.customer].customer.branch.name
    dispatcher = company.people["priya" if branch == ALDERMERE else "tom"].actor
    request = Command.objects.get(id=command_id("request", row.customer)).result_id
    opens, closes = row.span(row.window, day)
    start, end = row.span(row.plan, day)
    return dispatch.book_by_hand(
        UUID(request), company.people[row.technician].id, opens, closes, start, end, anyway,
        **door(at, "booking", row.customer, by=dispatcher),
    )  # fmt: skip
