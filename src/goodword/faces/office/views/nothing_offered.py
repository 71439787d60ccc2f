"""No window can be offered: whom to ring now, and by when we call, with one press."""

from datetime import datetime, timedelta
from typing import Any

from goodword.crew import queries as crew
from goodword.kit.calendar import zone
from goodword.visits.models import Request

CALL_BACK = timedelta(hours=2)  # ours: what is proposed
IN_AN_EMERGENCY = timedelta(minutes=30)  # ours


def call_by(row: Request, now: datetime) -> datetime:
    """By when we say that we call, on the branch's wall, to the full minute."""
    due = now + (IN_AN_EMERGENCY if row.work_type.emergency else CALL_BACK)
    return due.astimezone(zone(row.branch.zone)).replace(second=0, microsecond=0)


def what_now(row: Request, now: datetime) -> dict[str, Any]:
    """Who is trained for it and works now or later today, with their number; and the call that can be promised."""
    day = now.astimezone(zone(row.branch.zone)).date()
    asked = set(row.work_type.skills)
    able = [
        one.person
        for one in crew.technicians(row.branch, day)
        if asked <= set(one.skills) and one.shift is not None and one.shift.ends_at > now
        and not any(away.starts_at <= now < away.ends_at for away in one.absences)
    ]  # fmt: skip
    return {"ring": [(person.name, person.phone) for person in able], "call_by": call_by(row, now)}
