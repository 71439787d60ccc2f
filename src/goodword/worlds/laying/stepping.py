"""The company clock while a world is laid: it stands, and is stepped from one moment to the next, never back."""

from datetime import datetime

from goodword.kit.clock import clock_rate, company_now, set_company_clock


def step_to(moment: datetime, *, fresh: bool = False) -> None:
    """Make it ``moment`` and let time stand. ``fresh``: whatever it was before, for a database without any past."""
    if fresh or moment > company_now():
        set_company_clock(moment, 0)


def let_run(moment: datetime) -> None:
    """Let time go on, from ``moment`` or from later, as fast as outside."""
    set_company_clock(max(moment, company_now()), 1)


def company_time() -> tuple[datetime, bool]:
    """What time it is, and whether time goes on."""
    return company_now(), clock_rate() > 0
