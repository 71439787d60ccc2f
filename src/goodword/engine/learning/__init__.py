"""What finished work teaches: durations, travel, drift, and how much a stated probability is worth.

Everything learned is frozen, named by a version, rests on what was known at one moment, and says from how many
records. `learn_durations`, `learn_travel` and `learn_labels` are pure functions of records and that moment: asked again
for a past one they give the same answer. `drift_of` mends durations when the world moves; only what is then left may be
mended in the labels (`shift_of_labels`). `reliability` tells whether what was stated is true.
"""

from goodword.engine.learning.drift import Drift, drift_of, shift_of_labels
from goodword.engine.learning.durations import Cell, DurationModel, Learned, learn_durations
from goodword.engine.learning.labels import Features, Filter, Judged, LabelMap, learn_labels, stated
from goodword.engine.learning.records import DurationRecord, TripRecord
from goodword.engine.learning.reliability import Reliability, Tier, clustered, reliability
from goodword.engine.learning.travel import Factor, TravelModel, learn_travel

__all__ = [
    "Cell", "Drift", "DurationModel", "DurationRecord", "Factor", "Features", "Filter", "Judged", "LabelMap",
    "Learned", "Reliability", "Tier", "TravelModel", "TripRecord", "clustered", "drift_of", "learn_durations",
    "learn_labels", "learn_travel", "reliability", "shift_of_labels", "stated",
]  # fmt: skip
