"""Everything compiled, in one fixed order (see `compiled`): import the kernels from here, and late."""

from goodword.engine.kernel.steps import through_absences

from goodword.engine.kernel.drawing import draws, sort_keys  # isort: skip
from goodword.engine.kernel.simulate import simulate  # isort: skip
from goodword.engine.kernel.placing import find_places  # isort: skip
from goodword.engine.kernel.judging import search  # isort: skip
from goodword.engine.kernel.tracing import trace  # isort: skip
from goodword.engine.kernel.rerouting import price_all  # isort: skip
from goodword.engine.kernel.repairing import repair  # isort: skip

__all__ = [
    "draws",
    "find_places",
    "price_all",
    "repair",
    "search",
    "simulate",
    "sort_keys",
    "through_absences",
    "trace",
]
