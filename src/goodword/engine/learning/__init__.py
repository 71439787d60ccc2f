"""What finished work teaches: durations, travel, drift, and how much a stated probability is worth."""

from goodword.engine.learning.drift import Drift, drift_of, shift_of_labels
from goodword.engine.learning.durations import Cell, DurationModel, Learned, learn_durations
from goodword.engine.learning.records import DurationRecord, TripRecord
from goodword.engine.learning.travel import Factor, TravelModel, learn_travel

__all__ = [
    "Cell", "Drift", "DurationModel", "DurationRecord", "Factor", "Learned", "TravelModel", "TripRecord", "drift_of",
    "learn_durations", "learn_travel", "shift_of_labels",
]  # fmt: skip
