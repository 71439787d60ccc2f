"""Every write of this room, by noun."""

from goodword.visits.actions.catalogue import add_work_type, set_template
from goodword.visits.actions.doing import (
    agree_change,
    finish_line,
    meet_obstacle,
    take_back_line,
    take_reading,
    tell_obstacle,
)
from goodword.visits.actions.door import confirm_scope, confirm_site, meet
from goodword.visits.actions.ending import answer_satisfied, complete
from goodword.visits.actions.handovers import accept_handover, offer_handover
from goodword.visits.actions.late import owe_new_time
from goodword.visits.actions.leaving import clean_up, record_payment, walk_through
from goodword.visits.actions.notes import (
    add_customer_note,
    add_note,
    correct_note,
    log_call,
    withdraw_call,
    withdraw_note,
)
from goodword.visits.actions.parts import check_parts, set_limit, set_lines
from goodword.visits.actions.planning import assign, cancel, move, plan_visit, swap
from goodword.visits.actions.requests import change_order, close_request, mark_request, open_order, take_request
from goodword.visits.actions.scripts import drop_plain_word, set_plain_word, set_script
from goodword.visits.actions.signing import sign_off
from goodword.visits.actions.stages import (
    arrive,
    depart,
    observe_working,
    resume_work,
    review,
    running_late,
    sign,
    start_work,
    turn_back,
)
from goodword.visits.actions.taking_up import take_up

__all__ = [
    "accept_handover",
    "add_customer_note",
    "add_note",
    "add_work_type",
    "agree_change",
    "answer_satisfied",
    "arrive",
    "assign",
    "cancel",
    "change_order",
    "check_parts",
    "clean_up",
    "close_request",
    "complete",
    "confirm_scope",
    "confirm_site",
    "correct_note",
    "depart",
    "drop_plain_word",
    "finish_line",
    "log_call",
    "mark_request",
    "meet",
    "meet_obstacle",
    "move",
    "observe_working",
    "offer_handover",
    "open_order",
    "owe_new_time",
    "plan_visit",
    "record_payment",
    "resume_work",
    "review",
    "running_late",
    "set_limit",
    "set_lines",
    "set_plain_word",
    "set_script",
    "set_template",
    "sign",
    "sign_off",
    "start_work",
    "swap",
    "take_back_line",
    "take_reading",
    "take_request",
    "take_up",
    "tell_obstacle",
    "turn_back",
    "walk_through",
    "withdraw_call",
    "withdraw_note",
]
