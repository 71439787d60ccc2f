"""Every read of this room that a face or a room above may do."""

from goodword.visits.queries.brief import missing_parts, shown_last, went_wrong_last
from goodword.visits.queries.catalogue import templates_visible_to, work_types
from goodword.visits.queries.charges import Charge, Charges, charges_of, due_minor, left_of_limit
from goodword.visits.queries.day import day_of, next_after, still_at, visits_of_day
from goodword.visits.queries.handed import Theirs, colleagues_of, handovers_visible_to, theirs
from goodword.visits.queries.scripts import (
    card_behind,
    card_for,
    cards_in_force,
    glossary,
    own_words,
    scripts_not_plain,
    scripts_visible_to,
    versions_of,
)
from goodword.visits.queries.shown import name_at_the_door, to_show, walk_through_opened, works_not_yet
from goodword.visits.queries.templates import stages_for
from goodword.visits.queries.visible import (
    customer_ids_of,
    handovers_for,
    mine,
    orders_visible_to,
    requests_visible_to,
    visible_to,
    visit_for,
)
from goodword.visits.queries.written import (
    SAID_AT_MOST,
    call_to_change,
    calls_visible_to,
    calls_with,
    may_write,
    note_to_change,
    notes_about,
    notes_visible_to,
    require_to_write,
    said_about,
)

__all__ = [
    "SAID_AT_MOST",
    "Charge",
    "Charges",
    "Theirs",
    "call_to_change",
    "calls_visible_to",
    "calls_with",
    "card_behind",
    "card_for",
    "cards_in_force",
    "charges_of",
    "colleagues_of",
    "customer_ids_of",
    "day_of",
    "due_minor",
    "glossary",
    "handovers_for",
    "handovers_visible_to",
    "left_of_limit",
    "may_write",
    "mine",
    "missing_parts",
    "name_at_the_door",
    "next_after",
    "note_to_change",
    "notes_about",
    "notes_visible_to",
    "orders_visible_to",
    "own_words",
    "requests_visible_to",
    "require_to_write",
    "said_about",
    "scripts_not_plain",
    "scripts_visible_to",
    "shown_last",
    "stages_for",
    "still_at",
    "templates_visible_to",
    "theirs",
    "to_show",
    "versions_of",
    "visible_to",
    "visit_for",
    "visits_of_day",
    "walk_through_opened",
    "went_wrong_last",
    "work_types",
    "works_not_yet",
]
