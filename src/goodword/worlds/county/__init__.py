"""The invented county of Aldermere: one OpenStreetMap file, the same bytes for the same seed.

Nothing in it is real: it lies in the North Sea, its postcodes (QA) are used by no country, and
its file says that we drew it, so that nobody else is thanked for it.
"""

from goodword.worlds.county.cast import BRIDGES, NAMED
from goodword.worlds.county.draw import SEED, County, draw
from goodword.worlds.county.write import write_county

__all__ = ["BRIDGES", "NAMED", "SEED", "County", "draw", "write_county"]
