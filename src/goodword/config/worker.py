"""The worker: one process that reacts, numbers and seals events, sends messages and keeps the watch.

``python -m goodword.config.worker`` or ``goodword work``. Each duty is a loop of its own that outlives every failure, a
restart of the database included; any number of workers may run beside each other.
"""

import asyncio
import logging
import os
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from goodword.config.warming import warm_up

log = logging.getLogger("goodword.worker")

# Ours, in seconds.
IDLE_SHORTEST, IDLE_LONGEST = 0.05, 0.2
AFTER_TROUBLE = 1.0
GRACE = 2.5
HEARTBEAT, STALLED_AFTER, RESCUE_EVERY = 5.0, 20.0, 5.0
PURGE_EVERY, KEEP_JOBS_HOURS = 3600.0, 72
UNKNOWN_EVERY, PLANS_EVERY = 5.0, 1.0
JOBS_AT_ONCE, SENDERS = 2, 2


@dataclass(frozen=True)
class Duty:
    """A loop in a thread of its own. ``work`` answers how much it did: after none it rests."""

    name: str
    work: Callable[[], int]
    idle: tuple[float, float] = (IDLE_SHORTEST, IDLE_LONGEST)

    def run(self, stopping: threading.Event) -> None:
        rest, well = self.idle[0], True
        while not stopping.is_set():
            try:
                done = self.work()
            except Exception as error:  # noqa: BLE001 - a duty outlives every failure and says it
                self._say(error, first=well)
                done, rest, well = 0, AFTER_TROUBLE, False
                _drop_connection()
            else:
                if not well:
                    log.info("%s works again", self.name)
                rest, well = (self.idle[0] if done or not well else min(rest * 1.5, self.idle[1])), True
            if not done:
                stopping.wait(rest)
        _drop_connection()

    def _say(self, error: Exception, *, first: bool) -> None:
        """A database that is away is said once; anything else is a bug and is said in full every time."""
        from django.db import InterfaceError, OperationalError

        if not isinstance(error, (OperationalError, InterfaceError)):
            log.exception("%s failed; it goes on", self.name)
        elif first:
            log.warning("%s waits for the database: %s", self.name, error)


def _drop_connection() -> None:
    from django.db import connection

    with suppress(Exception):
        connection.close()


@dataclass
class Periodic:
    """Something of a room that is done every so often: ``(name, dotted function, seconds)`` of the wiring."""

    name: str
    function: str
    every_s: float
    next_at: float = 0.0

    def once_due(self) -> int:
        if time.monotonic() < self.next_at:
            return 0
        self.next_at = time.monotonic() + self.every_s
        from django.utils.module_loading import import_string

        import_string(self.function)()
        return 0


def duties() -> list[Duty]:
    """What this process does beside its background jobs."""
    from django.conf import settings

    from goodword.config import planner, wiring
    from goodword.kit.relay import Relay, seal_once
    from goodword.messaging.actions import mark_unknown, send_next
    from goodword.messaging.providers.choosing import provider_for

    provider = provider_for(settings.SMTP_URL, settings.EMAIL_FROM)
    found = [
        Duty("relay", Relay().once),
        Duty("sealer", seal_once, (0.2, 1.0)),
        Duty("planner", planner.once, (PLANS_EVERY, PLANS_EVERY)),
        Duty("unknown messages", lambda: _nothing(mark_unknown), (UNKNOWN_EVERY, UNKNOWN_EVERY)),
    ]
    if provider is not None:
        found += [Duty(f"sender {n + 1}", lambda: int(send_next(provider)), (0.1, 0.5)) for n in range(SENDERS)]
    else:
        log.warning("No mail server is set up (smtp_url): messages wait.")
    for name, function, seconds in getattr(wiring, "periodic", []):
        found.append(Duty(name, Periodic(name, function, seconds).once_due, (min(seconds, 0.5), min(seconds, 1.0))))
    return found


def _nothing(work: Callable[[], Any]) -> int:
    work()
    return 0


class Worker:
    """Background jobs in asyncio, every other duty in a thread; all of it ends within three seconds."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._stop = asyncio.Event()

    def stop(self) -> None:
        if not self._stopping.is_set():
            log.info("stopping")
            self._stopping.set()
            self._stop.set()
            end = threading.Timer(GRACE, os._exit, [0])  # what is left open is found by leases and heartbeats
            end.daemon = True
            end.start()

    async def run(self) -> None:
        loop = asyncio.get_running_loop()
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(name, self.stop)
        threads = [threading.Thread(target=d.run, args=(self._stopping,), name=d.name) for d in duties()]
        for thread in threads:
            thread.start()
        jobs = asyncio.create_task(self._jobs())
        log.info("the worker is up")
        await self._stop.wait()
        jobs.cancel()
        with suppress(asyncio.CancelledError):
            await jobs
        for thread in threads:
            await asyncio.to_thread(thread.join)
        log.info("stopped")

    async def _jobs(self) -> None:
        """Run jobs; begin anew whenever the connection, and with it the job runner, ends."""
        while True:
            try:
                await run_jobs()
            except Exception as error:  # noqa: BLE001 - the runner reports its own bugs; it must come back
                log.warning("background jobs wait for the database: %s", error)
            await asyncio.sleep(AFTER_TROUBLE)


async def run_jobs() -> None:
    """One life of the job runner, on connections of its own: what jobs enqueue stays in their own transactions."""
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.db_cleanup import close_db_connections

    runner = app.with_connector(app.connector.get_worker_connector())
    async with runner.open_async():
        tidying = asyncio.create_task(_tidy(runner))
        try:
            await runner.run_worker_async(
                concurrency=JOBS_AT_ONCE,
                install_signal_handlers=False,
                shutdown_graceful_timeout=GRACE / 2,
                update_heartbeat_interval=HEARTBEAT,
                stalled_worker_timeout=STALLED_AFTER,
                task_middleware=[close_db_connections],
            )
        finally:
            tidying.cancel()


async def _tidy(runner: Any) -> None:
    """Give a dead worker's jobs to the living, and clear away what is long done."""
    purge_at = 0.0
    while True:
        for job in await runner.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER):
            log.warning("job %s (%s) was left by a dead worker; it is done again", job.id, job.task_name)
            await runner.job_manager.retry_job(job)
        if time.monotonic() >= purge_at:
            purge_at = time.monotonic() + PURGE_EVERY
            await runner.job_manager.delete_old_jobs(nb_hours=KEEP_JOBS_HOURS)
        await asyncio.sleep(RESCUE_EVERY)


def main() -> None:
    """Work until told to stop."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goodword.config.settings")
    import django

    django.setup()
    logging.getLogger("procrastinate").setLevel(logging.WARNING)
    warm_up(evening=False)  # the evening's plan has a process of its own
    asyncio.run(_work())


async def _work() -> None:
    await Worker().run()


if __name__ == "__main__":
    from goodword.config import worker

    worker.main()
