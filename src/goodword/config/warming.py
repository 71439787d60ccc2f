"""Load the engine's compiled code before somebody waits for its first answer."""

import logging
import threading
from time import perf_counter

log = logging.getLogger("goodword.warming")


def warm_up(*, evening: bool) -> None:
    """Load the kernels in a thread beside the start; `evening`: those of tomorrow's plan too. Not in tests."""
    from django.conf import settings

    if settings.PROFILE == "test":
        return
    threading.Thread(target=_load, args=(evening,), name="warming", daemon=True).start()


def _load(evening: bool) -> None:
    from goodword.engine.kernel.warm import warm

    begun = perf_counter()
    try:
        warm(evening=evening)
    except Exception:  # a question asked later compiles what it needs
        log.exception("the engine was not warmed")
    else:
        log.info("the engine is warm after %.1f s", perf_counter() - begun)
