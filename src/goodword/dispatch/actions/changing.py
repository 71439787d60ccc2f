"""Assign, swap, move, cancel, and what each does to the promise. Nothing infeasible passes silently (S0-5)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from goodword.crew.actions import defer_double_booking
from goodword.crew.queries import signed
from goodword.customers import queries as customers
from goodword.dispatch import errors
from goodword.dispatch.actions.booking import end_of
from goodword.dispatch.actions.confirming import confirm
from goodword.dispatch.actions.diary import diary_entry
from goodword.dispatch.actions.lines import line_up
from goodword.dispatch.queries.consequence import Moved, consequence, exchanged, planning_day
from goodword.dispatch.rules import words
from goodword.kit.actions import action
from goodword.kit.actors import Actor
from goodword.kit.clock import company_now
from goodword.kit.refusals import BadInput
from goodword.messaging.actions import call_instead, queue
from goodword.messaging.rules import lint
from goodword.promises import actions as promises
from goodword.promises.models import Promise
from goodword.promises.queries import is_open, open_window_of
from goodword.visits import actions as visits
from goodword.visits.models import Visit


@action("dispatch.assign")
def assign(
    visit_id: UUID,
    technician_id: UUID | None,
    after_id: UUID | None = None,
    revision: int | None = None,
    anyway: str = "",
    *,
    by: Actor,
    at: datetime,
    command: UUID,
) -> Visit:
    """Give a visit to a technician behind another of theirs (None: first). The promise stays; planned times follow.

    Raises
    ------
    Infeasible
        The plan cannot be kept (a skill is missing, a promise would fall below its floor) and no reason was given.
    """
    visit = _in_line(visit_id, technician_id, at)
    if technician_id is None:
        return visits.assign(
            visit_id, None, visit.planned_start, visit.planned_end, revision, by=by, at=at, command=command
        )
    found = consequence(visit, technician_id, after_id, at)
    _say_no(found, anyway)
    result = visit
    with defer_double_booking():
        for planned in found.planned:
            mine = planned.visit_id == visit.id
            target = technician_id if mine else planned.technician_id
            changed = visits.assign(
                planned.visit_id,
                target,
                planned.start,
                planned.end,
                revision if mine else None,
                by=by,
                at=at,
                command=command,
            )
            result = changed if mine else result
    return result


@action("dispatch.swap")
def swap(
    visit_id: UUID,
    other_id: UUID,
    revision: int | None = None,
    other_revision: int | None = None,
    anyway: str = "",
    *,
    by: Actor,
    at: datetime,
    command: UUID,
) -> Visit:
    """Two visits exchange technicians and times; both promises stay.

    Raises
    ------
    Infeasible
        One of them lacks a skill, or a promise would fall below its floor and no reason was given.
    """
    seen = {row.id: row for row in Visit.objects.select_related("branch").filter(id__in=[visit_id, other_id])}
    if len(seen) == len({visit_id, other_id}) == 2:
        _say_no(exchanged(seen[visit_id], seen[other_id], at), anyway)
    return visits.swap(visit_id, other_id, revision, other_revision, by=by, at=at, command=command)


def _in_line(visit_id: UUID, technician_id: UUID | None, at: datetime) -> Visit:
    """The visit, locked, with all that giving it to this technician may move."""
    seen = Visit.objects.select_related("branch").filter(id=visit_id).first()
    if seen is not None and technician_id is not None:
        line_up(technician_id, planning_day(seen, at), seen.branch.zone, visit_id)
    return Visit.objects.locked(visit_id)


def _say_no(found: Moved, anyway: str) -> None:
    if found.objections and not (anyway.strip() and found.allowed):
        raise errors.Infeasible(why=" ".join(found.objections))


@action("dispatch.move")
def move(
    visit_id: UUID,
    opens_at: datetime,
    closes_at: datetime,
    by_whom: str,
    reason: str = "",
    technician_id: UUID | None = None,
    planned_start: datetime | None = None,
    planned_end: datetime | None = None,
    options: int = 1,
    revision: int | None = None,
    *,
    by: Actor,
    at: datetime,
    command: UUID,
) -> Promise:
    """Another window, named by a person. By the customer: released. By us: anew with two choices, else broken."""
    if technician_id is not None and (planned_start is None or planned_end is None):
        raise BadInput("planned_start", _("Say when the technician is planned there."))
    Visit.objects.locked(visit_id)
    before = open_window_of(visit_id)
    if before is not None:
        end_of(before, by_whom, options, by=by, at=at, command=command)
    successor = visits.move(
        visit_id, technician_id, planned_start, planned_end, by_whom, reason, revision, by=by, at=at, command=command
    )
    sentence = words.said_window(opens_at, closes_at, successor.branch.zone)
    promise = promises.make_window(
        successor.id, opens_at, closes_at, sentence, before.id if before else None, by=by, at=at, command=command
    )
    confirm(promise, moved=True, by=by, at=at, command=command)
    return promise


@action("dispatch.cancel")
def cancel(visit_id: UUID, by_whom: str, reason: str = "", *, by: Actor, at: datetime, command: UUID) -> Visit:
    """It does not take place. By the customer the promise is released; by us it is broken unless agreed anew."""
    before = open_window_of(visit_id)
    visit = visits.cancel(visit_id, by_whom, reason, by=by, at=at, command=command)
    if before is not None and by_whom == "customer" and is_open(before, company_now()):
        promises.release_promise(before.id, "cancelled", by=by, at=at, command=command)
    if before is not None:
        _tell(before, by_whom, by=by, at=at, command=command)
    if before is not None and by_whom == "us":
        says = _("We cancelled: %(reason)s. Call and agree on a new time.") % {"reason": visit.cancel_reason or "-"}
        visits.owe_new_time(visit, "cancelled", says, by=by, at=at, command=command)
    return visit


def _tell(promise: Promise, by_whom: str, **door: Any) -> None:
    contact, channel = customers.contact_to_write(promise.customer_id, "service", kinds=["email"])
    if contact is None or channel is None:
        says = _("Call and say that the visit is cancelled: there is nobody to write to.")
        call_instead("promise", promise.id, promise.branch_id, "no_channel", says, **door)
        return
    name = customers.name_to_use(contact)
    facts = {
        "name": name,
        "day": words.day_words(promise.closes_at, promise.branch.zone),
        "when": words.between(promise.opens_at or promise.made_at, promise.closes_at, promise.branch.zone),
        "phone": promise.branch.phone,
        "branch": signed(promise.branch.name),
    }
    body = _by_us() if by_whom == "us" else _by_them()
    queue(
        "cancelled",
        "email",
        channel.value,
        name,
        _("Your visit is cancelled"),
        lint(body % facts, name),
        promise,
        promise.branch_id,
        attachments=[diary_entry(promise, door["at"], cancelled=True)],
        **door,
    )


def _by_them() -> str:
    return _(
        "Dear %(name)s,\n\nas you wished, the visit on %(day)s %(when)s is cancelled. "
        "If that is not what you wanted, call us: %(phone)s.\n%(branch)s"
    )


def _by_us() -> str:
    return _(
        "Dear %(name)s,\n\nwe are sorry: we cannot come on %(day)s %(when)s as we promised. "
        "We call you to agree on another time. If you would rather call us: %(phone)s.\n%(branch)s"
    )
