"""Cursor pages: at most ``limit`` rows after a cursor, in a stable order by (sort field, id). Nothing is counted."""

import base64
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _
from ninja import Schema

from goodword.kit.calendar import read_instant
from goodword.kit.refusals import BadInput


class Page[T](Schema):
    """``next`` is the cursor of the following page; null on the last one."""

    items: list[T]
    next: str | None


@dataclass(frozen=True)
class By:
    """An order: a field that is never null, and the primary key behind it. ``down``: the newest first."""

    field: str
    kind: type[str] | type[datetime]
    down: bool = False


def page[M: Model](rows: QuerySet[M], by: By, after: str | None, limit: int) -> dict[str, Any]:
    """One page of ``rows`` as the answer of a list."""
    sign = "-" if by.down else ""
    ordered = rows.order_by(f"{sign}{by.field}", f"{sign}pk")
    if after is not None:
        ordered = ordered.filter(_beyond(by, *_read(by, after)))
    found = list(ordered[: limit + 1])
    last = found[limit - 1] if len(found) > limit else None
    return {"items": found[:limit], "next": _write(by, last) if last is not None else None}


def _beyond(by: By, value: Any, pk: UUID) -> Q:
    beyond = "lt" if by.down else "gt"
    return Q(**{f"{by.field}__{beyond}": value}) | Q(**{by.field: value, f"pk__{beyond}": pk})


def _write(by: By, row: Model) -> str:
    value = getattr(row, by.field)
    said = [value.isoformat() if isinstance(value, datetime) else value, str(row.pk)]
    return base64.urlsafe_b64encode(json.dumps(said, separators=(",", ":")).encode()).decode().rstrip("=")


def _read(by: By, cursor: str) -> tuple[Any, UUID]:
    try:
        value, pk = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if not isinstance(value, str) or not isinstance(pk, str) or "\x00" in value:
            raise ValueError(cursor)
        value.encode()
        return (read_instant(value) if by.kind is datetime else value), UUID(pk)
    except (ValueError, TypeError, RecursionError, BadInput) as error:
        raise BadInput("after", _("This cursor is none of ours. Begin again without it.")) from error
