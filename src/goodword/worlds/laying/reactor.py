"""The company's reactions while its world is laid: a worker in a thread of this process, waited for at every step.

So a mark, a verdict or a forecast bears the time of what it follows from, not of a worker that came up later.
"""

import asyncio
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.db_cleanup import close_db_connections

PATIENCE_S = 60.0
LOOK_EVERY_S = 0.005
POLL_S = 0.05
HEARTBEAT_S, DEAD_AFTER_S = 2.0, 20.0  # as the worker of the house has it
_WAITING = """
SELECT count(*) FROM procrastinate_jobs
WHERE status = 'doing' OR (status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= now()))
"""


class StillReacting(Exception):
    """The reactions do not come to an end."""


def wait_for_reactions(somebody_works: Callable[[], bool], patience_s: float = PATIENCE_S) -> None:
    """Return when no job is due any more; raises StillReacting when that takes too long, or nobody works on it."""
    until = time.monotonic() + patience_s
    while _waiting():
        if time.monotonic() > until or not somebody_works():
            raise StillReacting
        time.sleep(LOOK_EVERY_S)


def _waiting() -> int:
    with connection.cursor() as cursor:
        cursor.execute(_WAITING)
        return int(cursor.fetchone()[0])


class Reactor:
    """``with Reactor() as reactor: ...; reactor.settle()``: what was enqueued until then is done."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._task: asyncio.Task[None] | None = None
        self._thread = threading.Thread(target=self._run, name="reactor", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.settle()
        self._loop.call_soon_threadsafe(self._stop)
        self._thread.join(PATIENCE_S)

    def settle(self) -> None:
        """Wait until nothing that is due is left to do."""
        wait_for_reactions(self._thread.is_alive)

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._task = self._loop.create_task(self._work())
        with suppress(asyncio.CancelledError):
            self._loop.run_until_complete(self._task)
        self._loop.run_until_complete(self._loop.shutdown_default_executor())
        self._loop.close()

    async def _work(self) -> None:
        connector: Any = app.connector
        runner = app.with_connector(connector.get_worker_connector())
        async with runner.open_async():
            rescue = asyncio.create_task(_rescue(runner))
            try:
                await runner.run_worker_async(
                    concurrency=1,
                    install_signal_handlers=False,
                    fetch_job_polling_interval=POLL_S,
                    shutdown_graceful_timeout=PATIENCE_S,
                    update_heartbeat_interval=HEARTBEAT_S,
                    stalled_worker_timeout=DEAD_AFTER_S,
                    task_middleware=[close_db_connections],
                )
            finally:
                rescue.cancel()


async def _rescue(runner: Any) -> None:
    """What a laying that was killed had begun is done again."""
    while True:
        for job in await runner.job_manager.get_stalled_jobs(seconds_since_heartbeat=DEAD_AFTER_S):
            await runner.job_manager.retry_job(job)
        await asyncio.sleep(HEARTBEAT_S)
