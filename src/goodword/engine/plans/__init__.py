"""Tomorrow's plan, made the evening before: `plan` searches for one, `explain` scores one made by hand.

`start.py` asks PyVRP for routes on fixed durations, `search.py` improves them over scenarios (`kernel/recreating.py`,
`kernel/improving.py`), `town.py` lays both out as arrays, `reasons.py` says why a visit is left out or a rule broken.
"""

from goodword.engine.plans.explained import explain
from goodword.engine.plans.search import plan

__all__ = ["explain", "plan"]
