from goodword.crew.models.company import Branch, Company, OpeningHours
from goodword.crew.models.people import Device, Person, PersonSkill, Role, Skill
from goodword.crew.models.time import Absence, Engagement, Shift

__all__ = [
    "Absence",
    "Branch",
    "Company",
    "Device",
    "Engagement",
    "OpeningHours",
    "Person",
    "PersonSkill",
    "Role",
    "Shift",
    "Skill",
]
