"""Every read of this room that a face or a room above may do."""

from goodword.visits.queries.catalogue import templates_visible_to, work_types
from goodword.visits.queries.day import day_of, visits_of_day
from goodword.visits.queries.handed import Theirs, colleagues_of, handovers_visible_to, theirs
from goodword.visits.queries.scripts import card_for, glossary, scripts_not_plain, scripts_visible_to
from goodword.visits.queries.shown import name_at_the_door, to_show, walk_through_opened
from goodword.visits.queries.templates import due_minor, stages_for
from goodword.visits.queries.visible import (
    customer_ids_of,
    handovers_for,
    mine,
    orders_visible_to,
    requests_visible_to,
    visible_to,
    visit_for,
)
from goodword.visits.queries.written import calls_visible_to, calls_with, notes_about, notes_visible_to

__all__ = [
    "Theirs",
    "calls_visible_to",
    "calls_with",
    "card_for",
    "colleagues_of",
    "customer_ids_of",
    "day_of",
    "due_minor",
    "glossary",
    "handovers_for",
    "handovers_visible_to",
    "mine",
    "name_at_the_door",
    "notes_about",
    "notes_visible_to",
    "orders_visible_to",
    "requests_visible_to",
    "scripts_not_plain",
    "scripts_visible_to",
    "stages_for",
    "templates_visible_to",
    "theirs",
    "to_show",
    "visible_to",
    "visit_for",
    "visits_of_day",
    "walk_through_opened",
    "work_types",
]
