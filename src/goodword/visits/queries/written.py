"""What was written down, for who may see what it is about."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from goodword.crew.models import Person
from goodword.crew.queries import Viewer, require
from goodword.crew.rules import Verb
from goodword.customers.queries import seen_by
from goodword.kit.refusals import NotFound
from goodword.visits.models import Call, Note, Visit
from goodword.visits.queries.visible import is_at_hand, visible_to

SAID_AT_MOST = 30  # ours: what a phone shows at once


def notes_visible_to(viewer: Viewer) -> QuerySet[Note]:
    """Notes on visible visits and on visible customers."""
    rows: QuerySet[Note] = Note.objects.select_related("visit", "customer")
    return rows.filter(Q(visit__in=_visits(viewer)) | Q(customer__isnull=False) & seen_by(viewer, None, "customer__"))


def calls_visible_to(viewer: Viewer) -> QuerySet[Call]:
    """Talks with visible customers; a technician's are those about their own visits."""
    rows: QuerySet[Call] = Call.objects.select_related("visit", "customer", "ours")
    if viewer.is_technician:
        return rows.filter(visit__in=_visits(viewer))
    return rows.filter(seen_by(viewer, None, "customer__"))


def may_write(viewer: Viewer, branch_id: UUID) -> bool:
    """Whether notes and talks at this branch are the viewer's to write and to change, whoever wrote them."""
    return viewer.may(Verb.BOOK, branch_id) or viewer.may(Verb.CORRECT, branch_id)


def require_to_write(viewer: Viewer, branch_id: UUID) -> None:
    if not may_write(viewer, branch_id):
        require(viewer, Verb.BOOK, branch_id)


def note_to_change(viewer: Viewer, note_id: UUID) -> Note:
    """A visible note that the viewer may change: the office every one, a technician their own words."""
    row = notes_visible_to(viewer).filter(id=note_id).first()
    if row is None:
        raise NotFound
    branch_id = row.visit.branch_id if row.visit is not None else row.customer.branch_id  # type: ignore[union-attr]
    if row.by_id != viewer.person.id or not viewer.may(Verb.STAGE, branch_id):
        require_to_write(viewer, branch_id)
    return row


def call_to_change(viewer: Viewer, call_id: UUID) -> Call:
    row = calls_visible_to(viewer).filter(id=call_id).first()
    if row is None:
        raise NotFound
    require_to_write(viewer, row.customer.branch_id)
    return row


def _visits(viewer: Viewer) -> QuerySet[Any]:
    return visible_to(viewer).order_by().values("id")


def notes_about(visits: Iterable[UUID] = (), customers: Iterable[UUID] = ()) -> list[Note]:
    """The notes on some visits or customers, newest first, without those that were replaced by a correction."""
    about = Q(visit__in=list(visits)) | Q(customer__in=list(customers))
    return list(Note.objects.filter(about, corrected_by=None).select_related("corrects").order_by("-at", "-id"))


def calls_with(customers: Iterable[UUID] = (), visits: Iterable[UUID] = ()) -> list[Call]:
    """The talks with some customers or about some visits, newest first, with those that were withdrawn."""
    about = Q(customer__in=list(customers)) | Q(visit__in=list(visits))
    return list(Call.objects.filter(about).select_related("ours").order_by("-at", "-id"))


def said_about(viewer: Viewer, visit: Visit, family: Iterable[UUID], now: datetime) -> list[Note | Call]:
    """What was written and said about a visit and with its customer, the newest 30 first, withdrawn ones left out.

    A technician reads the customer's words only around a visit of today or tomorrow (design 5), and never a talk about
    somebody else's visit. A note carries ``who`` wrote it; the reader's own on this visit stay when withdrawn, so that
    they can be taken back.
    """
    customers = list(family) if viewer.reads_branches or is_at_hand(visit, now) else []
    who = Subquery(Person.objects.filter(id=OuterRef("by_id")).values("name")[:1])
    standing = Q(withdrawn_at=None) | Q(visit=visit, by_id=viewer.person.id)
    notes = Note.objects.filter(Q(visit=visit) | Q(customer__in=customers), standing, corrected_by=None)
    not_of_others = Q(visit=None) | Q(visit__in=_visits(viewer))
    calls = Call.objects.standing().filter(Q(visit=visit) | Q(customer__in=customers) & not_of_others)
    newest = "-at", "-id"
    rows = [
        *notes.annotate(who=who).select_related("corrects").order_by(*newest)[:SAID_AT_MOST],
        *calls.select_related("ours").order_by(*newest)[:SAID_AT_MOST],
    ]
    return sorted(rows, key=lambda row: (row.at, row.id), reverse=True)[:SAID_AT_MOST]
