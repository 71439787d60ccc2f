"""Every read of this room that a face or a room above may do."""

from goodword.visits.queries.day import day_of, visits_of_day
from goodword.visits.queries.templates import stages_for
from goodword.visits.queries.visible import (
    customer_ids_of,
    orders_visible_to,
    requests_visible_to,
    visible_to,
    visit_for,
)

__all__ = [
    "customer_ids_of",
    "day_of",
    "orders_visible_to",
    "requests_visible_to",
    "stages_for",
    "visible_to",
    "visit_for",
    "visits_of_day",
]
