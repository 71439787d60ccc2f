"""What was written down, for who may see what it is about."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from goodword.crew.queries import Viewer
from goodword.customers.queries import seen_by
from goodword.visits.models import Call, Note
from goodword.visits.queries.visible import visible_to


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
