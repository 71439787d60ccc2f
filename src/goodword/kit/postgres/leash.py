"""Children that do not outlive their parent, however it ends."""

import ctypes
import os
import signal
from collections.abc import Callable

PR_SET_PDEATHSIG = 1


def dies_with_parent(with_signal: signal.Signals) -> Callable[[], None] | None:
    """A `preexec_fn` after which the child gets `with_signal` when we end, however we end. None outside Linux."""
    try:
        library = ctypes.CDLL(None)
        library.prctl  # noqa: B018  (macOS has none)
    except (OSError, AttributeError):
        return None
    parent = os.getpid()

    def ask() -> None:
        library.prctl(PR_SET_PDEATHSIG, int(with_signal))
        if os.getppid() != parent:
            os.kill(os.getpid(), with_signal)

    return ask
