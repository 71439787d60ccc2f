"""Plans of a day, and past days under other weights, are worked out in a process of their own: nobody waits for it.

The worker starts ``python -m goodword.config.planner`` when one waits; it works out what waits, and ends. It ends
with its worker, however that ends, and another worker takes up what it left.
"""

import os
import signal
import subprocess
import sys
from contextlib import suppress

NICER = 10  # ours: whoever waits at a screen goes first


def once() -> int:
    """Start the process when something waits, and wait for its end; 1 when there was one."""
    from goodword.dispatch.actions.comparing import is_trial
    from goodword.dispatch.actions.working_out import is_work
    from goodword.kit.postgres.leash import dies_with_parent

    if not (is_work() or is_trial()):
        return 0
    command = [sys.executable, "-m", "goodword.config.planner"]
    return 1 if subprocess.run(command, preexec_fn=dies_with_parent(signal.SIGKILL), check=True) else 0


def main() -> None:
    """Work out every trial and plan that waits; the short ones first."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goodword.config.settings")
    with suppress(OSError):
        os.nice(NICER)
    import django

    django.setup()
    from goodword.dispatch.actions.comparing import compare_next
    from goodword.dispatch.actions.working_out import work_next
    from goodword.engine.kernel.warm import warm

    warm()
    while compare_next() or work_next():
        pass


if __name__ == "__main__":
    from goodword.config import planner

    planner.main()
