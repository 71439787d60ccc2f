"""Who is planned where when. The database keeps two visits or holds of one person apart; we say who was faster."""

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from types import TracebackType
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from goodword.crew.actions.people import _locked
from goodword.crew.errors import DoubleBooked, PersonAbsent, PersonDisabled
from goodword.crew.models import Engagement, Person
from goodword.crew.queries import absences, branch
from goodword.crew.rules import LONGEST_ENGAGEMENT, check_span
from goodword.kit.actions import action
from goodword.kit.actors import Actor
from goodword.kit.calendar import zone
from goodword.kit.clock import company_now
from goodword.kit.refusals import BadInput

EXCLUSIVE = (Engagement.Kind.VISIT, Engagement.Kind.HOLD)
NO_DOUBLE_BOOKING = "no_double_booking"


@action("crew.engage")
def engage(
    person_id: UUID,
    branch_id: UUID,
    starts_at: datetime,
    ends_at: datetime,
    kind: str,
    about_id: UUID,
    *,
    by: Actor,
    at: datetime,
    command: UUID,
) -> Engagement:
    """Plan a person for a span of on-site time. The owner of ``about_id`` records the event.

    Raises
    ------
    DoubleBooked
        Another visit or hold of this person overlaps; helpers and pencilled notes may (E-27).
    PersonAbsent
        A reported absence overlaps (a pencilled note may lie over it).
    PersonDisabled
        They no longer work here.
    """
    check_span(starts_at, ends_at, LONGEST_ENGAGEMENT)
    if kind not in Engagement.Kind.values:
        raise BadInput("kind", _("An engagement is a visit, a hold, a helper or a pencil."))
    person = _locked(person_id)
    if not person.is_active:
        raise PersonDisabled(who=person.name, scope=branch_id)
    if kind != Engagement.Kind.PENCIL:
        _refuse_absent(person, branch_id, starts_at, ends_at)
    row = Engagement(
        person=person,
        branch_id=branch_id,
        during=(starts_at, ends_at),
        kind=kind,
        about_id=about_id,
        planned_by=by.id if by.kind == "person" else None,
        planned_at=at,
    )
    _or_say_who(lambda: row.save(force_insert=True), row)
    return row


def _refuse_absent(person: Person, branch_id: UUID, starts_at: datetime, ends_at: datetime) -> None:
    away = absences([person.id], starts_at, ends_at).get(person.id, [])
    if away:
        absence = max(away, key=lambda a: a.ended_early_at or a.ends_at)
        until = absence.ended_early_at or absence.ends_at
        raise PersonAbsent(who=person.name, until=_wall(until, branch_id), absence=absence.id, scope=branch_id)


def _or_say_who(write: Callable[[], None], row: Engagement) -> None:
    try:
        with transaction.atomic():
            write()
    except IntegrityError as error:
        if _broken(error) != NO_DOUBLE_BOOKING or (there := _in_the_way_of(row)) is None:
            raise
        raise _double_booked(row, there) from error


def _broken(error: IntegrityError) -> str | None:
    return getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)


def _in_the_way_of(row: Engagement) -> Engagement | None:
    """What stands there. Whoever was faster has committed: the constraint waited for them."""
    there = Engagement.objects.filter(
        person_id=row.person_id, live=True, kind__in=EXCLUSIVE, during__overlap=row.during
    )
    return there.exclude(id=row.id).order_by("during").first()


def _double_booked(row: Engagement, there: Engagement) -> DoubleBooked:
    faster = Person.objects.filter(id=there.planned_by).first() if there.planned_by else None
    return DoubleBooked(
        who=row.person.name,
        until=_wall(there.during.upper, row.branch_id),
        until_at=there.during.upper.isoformat(),
        about=there.about_id,
        kind=there.kind,
        by=there.planned_by,
        faster=faster.name if faster else _("A customer"),
        scope=row.branch_id,
    )


def _wall(moment: datetime, branch_id: UUID) -> str:
    """An instant as the branch's wall shows it: the time, and the day where it is not today."""
    where = zone(branch(branch_id).zone)
    local = moment.astimezone(where)
    at = f"{local.hour}:{local.minute:02d}"
    if local.date() == company_now().astimezone(where).date():
        return at
    return _("%(time)s on %(day)s") % {"time": at, "day": date_format(local.date(), "l j F")}


@action("crew.release")
def release(about_id: UUID, kind: str | None = None, *, by: Actor, at: datetime, command: UUID) -> None:
    """Give back the time that was planned for something: of one kind, or all of it."""
    rows = Engagement.objects.filter(about_id=about_id, live=True)
    if kind is not None:
        rows = rows.filter(kind=kind)
    lock_people(rows.values_list("person_id", flat=True))
    rows.update(live=False)


def lock_people(ids: Iterable[UUID | None]) -> None:
    """Stand in line for these people's time until the transaction ends, always in one order.

    Whoever checks a plan before it is written locks first: what was checked is then still so when it is written.
    """
    for person_id in sorted({i for i in ids if i is not None}):
        Person.objects.locked(person_id)


class _Deferred:
    """Until the block ends (or the transaction commits) engagements may overlap for a moment."""

    def __enter__(self) -> None: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            settle_double_booking()


def defer_double_booking() -> _Deferred:
    """Let a swap pass through a state that overlaps.

    ``with defer_double_booking():`` checks at the end of the block and raises :class:`DoubleBooked`; without a block
    PostgreSQL checks at the commit, in its own words.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS no_double_booking DEFERRED")
    return _Deferred()


def settle_double_booking() -> None:
    """Check now what was deferred, and say who is in the way."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS no_double_booking IMMEDIATE")
    except IntegrityError as error:
        if _broken(error) != NO_DOUBLE_BOOKING or (pair := _overlapping(error)) is None:
            raise
        raise _double_booked(*pair) from error


_OVERLAP = """
SELECT a.id, b.id FROM crew_engagement a JOIN crew_engagement b ON a.person_id = b.person_id AND a.during && b.during
WHERE a.person_id = %s AND a.id > b.id AND a.live AND b.live
  AND a.kind IN ('visit', 'hold') AND b.kind IN ('visit', 'hold')
LIMIT 1
"""


def _overlapping(error: IntegrityError) -> tuple[Engagement, Engagement] | None:
    """The newer and the older of the pair that PostgreSQL found; its message names the person's id."""
    person = re.search(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", str(error.__cause__))
    if person is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute(_OVERLAP, [person[0]])
        pair = cursor.fetchone()
    if pair is None:
        return None
    rows = Engagement.objects.select_related("person").in_bulk(pair)
    return rows[pair[0]], rows[pair[1]]
