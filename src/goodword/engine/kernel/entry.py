"""Everything compiled, in one fixed order (see `compiled`): import the kernels from here, and late."""

from goodword.engine.kernel.steps import through_absences

from goodword.engine.kernel.drawing import draws, sort_keys  # isort: skip
from goodword.engine.kernel.simulate import simulate  # isort: skip
from goodword.engine.kernel.placing import find_places  # isort: skip
from goodword.engine.kernel.judging import search  # isort: skip
from goodword.engine.kernel.tracing import trace  # isort: skip
from goodword.engine.kernel.town import set_routes, total_cost  # isort: skip
from goodword.engine.kernel.recreating import copied, recreate  # isort: skip
from goodword.engine.kernel.improving import descend  # isort: skip
from goodword.engine.kernel.nearest import nearest_place  # isort: skip
from goodword.engine.kernel.rerouting import price_all  # isort: skip
from goodword.engine.kernel.repairing import repair  # isort: skip

__all__ = [
    "copied", "descend", "draws", "find_places", "nearest_place", "price_all", "recreate", "repair", "search",
    "set_routes", "simulate", "sort_keys", "through_absences", "total_cost", "trace",
]  # fmt: skip
