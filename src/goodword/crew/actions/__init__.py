"""Every write of this room, by noun."""

from goodword.crew.actions.bookings import defer_double_booking, engage, lock_people, release
from goodword.crew.actions.company import add_branch, add_skill, change_company, found_company, set_hours
from goodword.crew.actions.people import (
    add_person,
    change_person,
    disable_person,
    enable_person,
    end_device,
    end_sessions,
    pair_device,
    set_password,
    set_roles,
    set_skills,
)
from goodword.crew.actions.time import clear_shifts, end_absence, report_absence, set_shift

__all__ = [
    "add_branch",
    "add_person",
    "add_skill",
    "change_company",
    "change_person",
    "clear_shifts",
    "defer_double_booking",
    "disable_person",
    "enable_person",
    "end_absence",
    "end_device",
    "end_sessions",
    "engage",
    "found_company",
    "lock_people",
    "pair_device",
    "release",
    "report_absence",
    "set_hours",
    "set_password",
    "set_roles",
    "set_shift",
    "set_skills",
]
