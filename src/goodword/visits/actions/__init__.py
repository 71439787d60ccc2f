"""Every write of this room, by noun."""

from goodword.visits.actions.catalogue import add_work_type, set_template
from goodword.visits.actions.ending import answer_satisfied, complete
from goodword.visits.actions.handovers import accept_handover, offer_handover
from goodword.visits.actions.notes import add_note
from goodword.visits.actions.planning import assign, cancel, move, plan_visit, swap
from goodword.visits.actions.requests import change_order, close_request, mark_request, open_order, take_request
from goodword.visits.actions.scripts import set_plain_word, set_script
from goodword.visits.actions.stages import (
    arrive,
    confirm_scope,
    depart,
    meet,
    observe_working,
    review,
    running_late,
    sign,
    start_work,
    walk_through,
)
from goodword.visits.actions.taking_up import take_up

__all__ = [
    "accept_handover",
    "add_note",
    "add_work_type",
    "answer_satisfied",
    "arrive",
    "assign",
    "cancel",
    "change_order",
    "close_request",
    "complete",
    "confirm_scope",
    "depart",
    "mark_request",
    "meet",
    "move",
    "observe_working",
    "offer_handover",
    "open_order",
    "plan_visit",
    "review",
    "running_late",
    "set_template",
    "set_plain_word",
    "set_script",
    "sign",
    "start_work",
    "swap",
    "take_request",
    "take_up",
    "walk_through",
]
