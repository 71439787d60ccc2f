"""Who and what the demo company is: one cast for demo, screenshots and docs."""

from goodword.worlds.cast.company import ALDERMERE, BRANCHES, KILNSEA, STAFF, TECHNICIANS, WORK, ZONE
from goodword.worlds.cast.crowd import COUNT, crowd
from goodword.worlds.cast.customers import NAMED, Who
from goodword.worlds.cast.founding import Founded, add_customer, door, found_the_company, set_shifts, weekdays
from goodword.worlds.cast.places import Door, NoDoors, Places

__all__ = [
    "ALDERMERE",
    "BRANCHES",
    "COUNT",
    "KILNSEA",
    "NAMED",
    "STAFF",
    "TECHNICIANS",
    "WORK",
    "ZONE",
    "Door",
    "Founded",
    "NoDoors",
    "Places",
    "Who",
    "add_customer",
    "crowd",
    "door",
    "found_the_company",
    "set_shifts",
    "weekdays",
]
