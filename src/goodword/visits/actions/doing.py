"""While working: what is in the way, what changes and by whose yes, what is done, what was measured."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _

from goodword.kit.actions import action
from goodword.kit.actors import Actor
from goodword.kit.refusals import BadInput, NotFound
from goodword.kit.text import NOTE, clean
from goodword.visits import errors
from goodword.visits.actions.stages import accountable, asked_for_a_yes, said
from goodword.visits.models import Change, Limit, Obstacle, OrderLine, Reading, Visit
from goodword.visits.queries import left_of_limit

MOST_MINOR = 10**12  # ours


@action("visit.meet_obstacle")
def meet_obstacle(
    visit_id: UUID,
    kind: str,
    words: str = "",
    more_minutes: int = 0,
    more_minor: int = 0,
    needs_parts: bool = False,
    told: bool = False,
    *,
    by: Actor,
    at: datetime,
    command: UUID,
) -> Obstacle:
    """Something is in the way: what, what it does to time, price and parts, and whether the customer knows (S0-12).

    Whoever knows that it takes longer expects us to be done so much later.
    """
    if kind not in Obstacle.Kind.values:
        raise BadInput("kind", _("Say what it is: access, hidden, part, unsafe or other."))
    if not 0 <= more_minutes <= 30 * 24 * 60 or not 0 <= more_minor <= MOST_MINOR:
        raise BadInput("more_minutes", _("Say how many minutes and how much money more, or 0."))
    visit = accountable(visit_id, by)
    visit.require_at_work(at=at)
    obstacle = Obstacle.objects.create(
        visit=visit,
        kind=kind,
        words=clean(words, "words", limit=NOTE),
        more_s=more_minutes * 60,
        more_minor=more_minor,
        needs_parts=needs_parts,
        met_at=at,
        told_at=at if told else None,
    )
    if told:
        _done_later(visit, obstacle)
    facts = {
        "obstacle": str(obstacle.id), "kind": kind, "more_s": obstacle.more_s, "more_minor": more_minor,
        "needs_parts": needs_parts, "told": told,
    }  # fmt: skip
    said("visit.obstacle_met", visit, facts, by=by, at=at, command=command)
    return obstacle


def _done_later(visit: Visit, obstacle: Obstacle) -> None:
    if obstacle.more_s and visit.finish_told_at is not None:
        visit.finish_told_at += timedelta(seconds=obstacle.more_s)
        visit.save(update_fields=["finish_told_at"])


@action("visit.tell_obstacle")
def tell_obstacle(visit_id: UUID, obstacle_id: UUID, *, by: Actor, at: datetime, command: UUID) -> Obstacle:
    """The customer heard of it now. The first telling counts, in whatever order they are told."""
    visit = accountable(visit_id, by)
    obstacle = visit.obstacles.select_for_update().filter(id=obstacle_id).first()
    if obstacle is None:
        raise NotFound
    if obstacle.told_at is None:
        _done_later(visit, obstacle)
    obstacle.told_at = min(obstacle.told_at or at, at)
    obstacle.save(update_fields=["told_at"])
    facts = {"obstacle": str(obstacle.id), "more_s": obstacle.more_s}
    said("visit.obstacle_told", visit, facts, by=by, at=at, command=command)
    return obstacle


@action("visit.agree_change")
def agree_change(
    visit_id: UUID,
    words: str,
    price_minor: int,
    how: str = "customer",
    agreed_by: str = "",
    finish_at: datetime | None = None,
    photo: str = "",
    *,
    by: Actor,
    at: datetime,
    command: UUID,
) -> Change:
    """More or other work, with the yes that it needs before it is done (S0-13).

    Parameters
    ----------
    price_minor
        What it costs more, in minor units; 0 when nothing.
    how
        ``customer``: they said yes; with ``agreed_by`` somebody who is not there, on the phone. ``limit``: within what
        whoever pays agreed to beforehand (E-16). ``emergency``: with the photo's SHA-256 (E-17).
    finish_at
        The new finish, as the customer was told. Needed for the customer's yes.
    """
    if how not in Change.How.values:
        raise BadInput("how", _("Say whose yes: customer, limit or emergency."))
    if not 0 <= price_minor <= MOST_MINOR:
        raise BadInput("price_minor", _("Say what it costs more, or 0."))
    if how == "customer" and finish_at is None:
        raise BadInput("finish_at", _("Say by when it is done now."))
    if how == "emergency" and not photo:
        raise BadInput("photo", _("Take a photo of the emergency first."))
    visit = accountable(visit_id, by)
    visit.require_at_work(at=at)
    if how == "customer" and not agreed_by:
        asked_for_a_yes(visit)
    if how == "limit":
        _within_the_limit(visit, price_minor)
    last = visit.order.lines.aggregate(last=Max("position"))["last"]
    line = OrderLine.objects.create(
        order=visit.order, kind="work", words=clean(words, "words", needed=True), position=(last or 0) + 1
    )
    change = Change.objects.create(
        visit=visit,
        line=line,
        how=how,
        agreed_by=clean(agreed_by, "agreed_by", limit=120),
        price_minor=price_minor,
        finish_at=finish_at,
        photo=photo,
        agreed_at=at,
    )
    visit.tell_finish(finish_at, at=at)
    visit.save(update_fields=["finish_told_at"])
    facts = {"change": str(change.id), "how": how, "price_minor": price_minor}
    finish = {"finish_at": finish_at.isoformat() if finish_at else None}
    said("visit.change_agreed", visit, facts | finish, by=by, at=at, command=command)
    return change


def _within_the_limit(visit: Visit, price_minor: int) -> None:
    Limit.objects.select_for_update().filter(order=visit.order_id).first()
    left = left_of_limit(visit.order_id)
    if left is None or price_minor > left:
        raise errors.OverTheLimit(left=left or 0, scope=visit.branch_id)


@action("visit.finish_line")
def finish_line(visit_id: UUID, line_id: UUID, *, by: Actor, at: datetime, command: UUID) -> OrderLine:
    """One thing of the order is done. Safe to say twice."""
    visit = accountable(visit_id, by)
    visit.require_at_work(at=at)
    line = OrderLine.objects.select_for_update().filter(id=line_id, order=visit.order_id, kind="work").first()
    if line is None:
        raise NotFound
    if line.done_at is None:
        line.done_at, line.done_on = at, visit
        line.save(update_fields=["done_at", "done_on"])
        said("visit.line_done", visit, {"line": str(line.id)}, by=by, at=at, command=command)
    return line


@action("visit.take_back_line")
def take_back_line(visit_id: UUID, line_id: UUID, *, by: Actor, at: datetime, command: UUID) -> OrderLine:
    """ "Done" was a slip: it is still to do, and not charged. Only what this visit said. Safe to say twice."""
    visit = accountable(visit_id, by)
    visit.require_at_work(at=at)
    line = OrderLine.objects.select_for_update().filter(id=line_id, order=visit.order_id, kind="work").first()
    if line is None or line.done_on_id not in {None, visit.id}:
        raise NotFound
    if line.done_at is not None:
        line.done_at, line.done_on = None, None
        line.save(update_fields=["done_at", "done_on"])
        said("visit.line_not_done", visit, {"line": str(line.id)}, by=by, at=at, command=command)
    return line


@action("visit.take_reading")
def take_reading(
    visit_id: UUID, name: str, value: str, unit: str = "", *, by: Actor, at: datetime, command: UUID
) -> Reading:
    """Something was measured: pressure 1.4 bar."""
    visit = accountable(visit_id, by)
    visit.require_at_work(at=at)
    reading = Reading.objects.create(
        visit=visit,
        name=clean(name, "name", limit=60, needed=True),
        value=clean(value, "value", limit=60, needed=True),
        unit=clean(unit, "unit", limit=20),
        taken_at=at,
    )
    said("visit.reading_taken", visit, {"reading": str(reading.id)}, by=by, at=at, command=command)
    return reading
