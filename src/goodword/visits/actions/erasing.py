"""A customer was erased: of their requests, orders and visits only ids, times, codes and amounts stay."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from goodword.assets.queries import ids_ever_at
from goodword.kit.actions import action
from goodword.kit.actors import Actor
from goodword.kit.erasing import end_links, erase_commands, erase_files, files_on
from goodword.kit.models import Event
from goodword.messaging.actions import erase_messages
from goodword.next_steps.actions import erase_steps
from goodword.visits.models import (
    Call,
    Change,
    Handover,
    Leaving,
    Limit,
    Meeting,
    Note,
    Obstacle,
    OrderLine,
    Payment,
    Reading,
    Request,
    Shown,
    Visit,
    WorkOrder,
)

NO_WORDS = "–"  # where a reason must stand: that there was one


@action("visits.erase")
def erase_visits(customer_id: UUID, *, by: Actor, at: datetime, command: UUID) -> None:
    """Take every word and every file out of what this customer's requests, orders and visits hold."""
    door: dict[str, Any] = {"by": by, "at": at, "command": command}
    visits = Visit.objects.filter(order__customer=customer_id)
    notes, calls = _notes(customer_id), Call.objects.filter(customer=customer_id)
    rows: dict[str, list[UUID]] = {
        "customer": [customer_id],
        "request": _ids(Request.objects.filter(customer=customer_id)),
        "workorder": _ids(WorkOrder.objects.filter(customer=customer_id)),
        "visit": _ids(visits),
        "asset": ids_ever_at(customer_id),
    }
    theirs = _files_of(rows["visit"])
    needed = Change.objects.exclude(visit__in=rows["visit"]).filter(photo__in=theirs | files_on(rows))
    erase_files(rows, theirs, needed.values_list("photo", flat=True), **door)
    about = [one for ids in rows.values() for one in ids]
    more = [*_ids(notes), *_ids(calls), *_ids(Handover.objects.filter(visit__in=rows["visit"]))]
    erase_messages(about, **door)
    erase_steps(about, **door)
    erase_commands([*about, *more], **door)
    end_links(about, **door)
    notes.update(words="")
    calls.update(words="", theirs="")
    _blank_orders(customer_id)
    _blank_visits(rows["visit"])


def _ids(rows: QuerySet[Any]) -> list[UUID]:
    return list(rows.values_list("id", flat=True))


def _notes(customer_id: UUID) -> QuerySet[Note]:
    rows: QuerySet[Note] = Note.objects.filter(Q(customer=customer_id) | Q(visit__order__customer=customer_id))
    return rows


def _files_of(visit_ids: list[UUID]) -> set[str]:
    """What the visits themselves name by its hash: signatures, and photos of an emergency."""
    photos = Change.objects.filter(visit__in=visit_ids).exclude(photo="").values_list("photo", flat=True)
    signed = Event.objects.filter(name="visit.signed", about_id__in=visit_ids).values_list("facts__file", flat=True)
    return {*photos, *(one for one in signed if one)}


def _blank(model: type[Model], rows: Q, *fields: str, **more: Any) -> None:
    model._default_manager.filter(rows).update(**dict.fromkeys(fields, ""), **more)


def _blank_orders(customer_id: UUID) -> None:
    theirs, of_order = Q(customer=customer_id), Q(order__customer=customer_id)
    said = ("caller", "words", "since_when", "stops_them", "expects", "expects_source", "closed_reason")
    _blank(Request, theirs, *said, vulnerability=[], advice=[])
    _blank(WorkOrder, theirs, "scope_of_work")
    _blank(OrderLine, of_order, "words")
    _blank(Limit, of_order, "agreed_by")


def _blank_visits(visit_ids: list[UUID]) -> None:
    theirs = Q(visit__in=visit_ids)
    _blank(Visit, Q(id__in=visit_ids), "cancel_reason")
    _blank(Meeting, theirs, "called", "allowed_by", "scope_reason", "work_area", "materials_area")
    _blank(Leaving, theirs, "clean_reason", "customer_words")
    _blank(Shown, theirs, "words", "question", "answer")
    _blank(Obstacle, theirs, "words")
    _blank(Change, theirs, "agreed_by", "photo")
    _blank(Reading, theirs, "name", "value", "unit")
    _blank(Handover, theirs, "reason")
    _blank(Payment, theirs & Q(kind=Payment.Kind.NONE), reason=NO_WORDS)
    _blank(Payment, theirs & ~Q(kind=Payment.Kind.NONE), "reason")
