"""Every write of this room, by noun."""

from goodword.dispatch.actions.booking import book, book_by_hand
from goodword.dispatch.actions.changing import assign, cancel, move, swap
from goodword.dispatch.actions.forecasting import reforecast, reforecast_all
from goodword.dispatch.actions.offering import hold, lapse_offers, offer, promise_call_back, release_hold
from goodword.dispatch.actions.proposing import repair
from goodword.dispatch.actions.undoing import undo

__all__ = [
    "assign",
    "book",
    "book_by_hand",
    "cancel",
    "hold",
    "lapse_offers",
    "move",
    "offer",
    "promise_call_back",
    "reforecast",
    "reforecast_all",
    "release_hold",
    "repair",
    "swap",
    "undo",
]
