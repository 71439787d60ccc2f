"""The plain types that bodies and addresses are made of. Strict: a number in quotes is no number."""

import re
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext as _
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from goodword.kit.calendar import read_instant
from goodword.kit.refusals import BadInput

_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
MONEY = 10**15  # ours: minor units; far below what a double keeps exactly


def _uuid(value: Any) -> Any:
    if isinstance(value, UUID):
        return value
    if not isinstance(value, str) or _UUID.fullmatch(value) is None:
        raise ValueError(_("This must be a UUID."))
    return UUID(value)


def _instant(value: Any) -> Any:
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str):
        raise ValueError(_("Write the instant like 2026-11-02T09:40:00Z."))
    try:
        return read_instant(value)
    except BadInput as error:
        raise ValueError(error.detail) from error


def _day(value: Any) -> Any:
    if isinstance(value, str) and _DAY.fullmatch(value):
        day = date.fromisoformat(value)
        if 1850 <= day.year < 2100:
            return day
    raise ValueError(_("Write the day like 2026-11-02, between 1850 and 2099."))


Id = Annotated[UUID, BeforeValidator(_uuid)]
Instant = Annotated[datetime, BeforeValidator(_instant)]
Day = Annotated[date, BeforeValidator(_day)]
Line = Annotated[str, Field(max_length=200)]
Words = Annotated[str, Field(max_length=2_000)]
Note = Annotated[str, Field(max_length=20_000)]
Code = Annotated[str, Field(min_length=1, max_length=40)]
Lat = Annotated[float, Field(ge=-90, le=90)]
Lon = Annotated[float, Field(ge=-180, le=180)]
Whole = Annotated[int, Field(ge=0, le=2**31 - 1)]
Money = Annotated[int, Field(ge=0, le=MONEY)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Cursor = Annotated[str | None, Field(max_length=600)]
Limit = Annotated[int, Field(ge=1, le=200)]


class Body(BaseModel):
    """Nothing unknown, nothing of another type."""

    model_config = ConfigDict(strict=True, extra="forbid", allow_inf_nan=False)


class Write(Body):
    """What every change carries: the client's own id for it, and when it happened (now, when left out)."""

    command: Id
    at: Instant | None = None
