"""Every read of this room that a face or a room above may do."""

from goodword.crew.queries.company import (
    branch,
    branches,
    branches_visible_to,
    company,
    hours_of_version,
    hours_on,
    signed,
    skill_words,
    skills,
)
from goodword.crew.queries.people import (
    device_by_secret,
    devices_of,
    people_visible_to,
    person,
    person_by_email,
    roles_of,
    who_answers,
)
from goodword.crew.queries.scoped import (
    absences_visible_to,
    events_about,
    events_visible_to,
    files_visible_to,
    held_visible_to,
    links_visible_to,
    shifts_visible_to,
)
from goodword.crew.queries.time import Technician, absences, engagements, is_absent, technicians
from goodword.crew.queries.viewers import Viewer, require, require_giving, viewer_of

__all__ = [
    "Technician",
    "Viewer",
    "absences",
    "absences_visible_to",
    "branch",
    "branches",
    "branches_visible_to",
    "company",
    "device_by_secret",
    "devices_of",
    "engagements",
    "events_about",
    "events_visible_to",
    "files_visible_to",
    "held_visible_to",
    "hours_of_version",
    "hours_on",
    "is_absent",
    "links_visible_to",
    "people_visible_to",
    "person",
    "person_by_email",
    "require",
    "require_giving",
    "roles_of",
    "shifts_visible_to",
    "signed",
    "skill_words",
    "skills",
    "technicians",
    "viewer_of",
    "who_answers",
]
