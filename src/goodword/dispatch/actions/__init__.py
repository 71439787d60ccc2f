"""Every write of this room, by noun."""

from goodword.dispatch.actions.booking import book, book_by_hand
from goodword.dispatch.actions.changing import assign, cancel, move, swap
from goodword.dispatch.actions.day_plans import ask_plan, discard_plan, publish_plan, stop_plan, take_back_plan
from goodword.dispatch.actions.evenings import set_evening_plan
from goodword.dispatch.actions.forecasting import reforecast, reforecast_all
from goodword.dispatch.actions.learning import learn, learn_all
from goodword.dispatch.actions.offering import hold, lapse_offers, offer, promise_call_back, release_hold
from goodword.dispatch.actions.proposing import repair
from goodword.dispatch.actions.undoing import undo
from goodword.dispatch.actions.weighing import set_weights, try_weights

__all__ = [
    "ask_plan",
    "assign",
    "book",
    "book_by_hand",
    "cancel",
    "discard_plan",
    "hold",
    "lapse_offers",
    "learn",
    "learn_all",
    "move",
    "offer",
    "promise_call_back",
    "publish_plan",
    "reforecast",
    "reforecast_all",
    "release_hold",
    "repair",
    "set_evening_plan",
    "set_weights",
    "stop_plan",
    "swap",
    "take_back_plan",
    "try_weights",
    "undo",
]
