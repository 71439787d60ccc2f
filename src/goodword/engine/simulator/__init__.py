"""Days that never were: worlds whose truth is known, played by policies that do not know it.

`luck_of(world, seed)` draws a whole day before anybody plans it; `play(world, luck, policy)` lets a policy meet it, so
that all policies meet the same. `Planner` makes policies out of the engine's own parts: what it takes a duration for,
which floors it keeps, how it repairs and what it does the evening before.
"""

from goodword.engine.simulator.ledger import DayResult, Outcome
from goodword.engine.simulator.play import play
from goodword.engine.simulator.policies import Planner, Plays, keeping, means, padded, reinsert_the_late
from goodword.engine.simulator.world import CALM, Asked, Chances, Kind, Luck, World, company, luck_of, random_square

__all__ = [
    "CALM", "Asked", "Chances", "DayResult", "Kind", "Luck", "Outcome", "Planner", "Plays", "World", "company",
    "keeping", "luck_of", "means", "padded", "play", "random_square", "reinsert_the_late",
]  # fmt: skip
