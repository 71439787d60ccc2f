"""The worker as a process: it does its duties, outlives the database, and stops when it is told to."""

import json
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import OperationalError

from goodword.config import worker
from goodword.config.settings import MOST_CONNECTIONS
from goodword.config.worker import Duty, Periodic
from goodword.kit.ids import uuid7

HOUSE = Path(__file__).resolve().parents[2]
EVENT = """
INSERT INTO kit_event (id, name, about_kind, about_id, by_kind, at, recorded_at, facts)
VALUES (%s, 'test.noted', 'command', %s, 'system', now(), now(), '{}')
"""
MESSAGE = """
INSERT INTO messaging_message (id, purpose, language, to_kind, to_address, to_name, subject, body, attachments,
    about_kind, about_id, status, attempts, token, next_try_at, provider, provider_id, code, queued_at)
VALUES (%s, 'notice', '', 'email', 'marion@hale.example', '', 's', 'b', '[]',
    'visit', gen_random_uuid(), 'queued', 0, 0, now(), '', '', '', now())
"""


def soon(true: Callable[[], Any], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come true"
        time.sleep(0.05)


@dataclass
class House:
    """A database of its own, and workers on it."""

    database: Any
    home: Path
    workers: "list[subprocess.Popen[str]]"

    def worker(self) -> "subprocess.Popen[str]":
        env = os.environ | {
            "DJANGO_SETTINGS_MODULE": "goodword.config.settings",
            "GOODWORD_PROFILE": "demo",
            "GOODWORD_HOME": str(self.home),
            "GOODWORD_SMTP_URL": f"file://{self.home}/mail",
            "DATABASE_URL": self.database.addresses.app,
            "DATABASE_OWNER_URL": self.database.addresses.owner,
        }
        log = (self.home / "worker.log").open("a")
        process = subprocess.Popen(
            [sys.executable, "-m", "goodword.config.worker"], env=env, cwd=HOUSE, stdout=log, stderr=log, text=True
        )
        self.workers.append(process)
        soon(lambda: "the worker is up" in (self.home / "worker.log").read_text())
        return process

    def run(self, sql: str, *values: Any) -> list[Any]:
        with psycopg.connect(self.database.addresses.app, autocommit=True) as connection:
            cursor = connection.execute(sql, values)
            return cursor.fetchall() if cursor.description else []

    def count(self, said: str) -> int:
        return int(self.run(f"SELECT count(*) FROM {said}")[0][0])

    def event(self) -> str:
        event = str(uuid7())
        self.run(EVENT, event, uuid4())
        return event

    def react(self, event: str) -> None:
        """A background job of the kind that every event brings; its reaction does nothing at all."""
        arguments = json.dumps({"event_id": event, "reaction": "builtins.str"})
        self.run(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, priority, args, status, attempts) "
            "VALUES ('default', 'kit.react', 0, %s, 'todo', 0)",
            arguments,
        )


@pytest.fixture
def house(another_database, tmp_path) -> Iterator[House]:
    found = House(another_database("worker"), tmp_path, [])
    yield found
    for process in found.workers:
        if process.poll() is None:
            process.kill()
        process.wait()


def test_it_reacts_numbers_seals_sends_and_stops(house):
    worker = house.worker()

    event = house.event()
    house.react(event)
    house.run(MESSAGE, str(uuid7()))

    soon(lambda: house.count("kit_eventposition") >= 3)
    soon(lambda: house.count("kit_seal") >= 1)
    soon(lambda: house.count("kit_reacted") == 1)
    soon(lambda: house.count("messaging_message WHERE status = 'accepted'") == 1)
    assert len(list((house.home / "mail").iterdir())) == 1

    begun = time.monotonic()
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(10) == 0
    assert time.monotonic() - begun < 3.5
    assert "Traceback" not in (house.home / "worker.log").read_text()


def test_it_outlives_the_database(house):
    """The database goes away under it and comes back; nobody has to do anything."""
    worker = house.worker()
    house.event()
    soon(lambda: house.count("kit_eventposition") == 1)

    with psycopg.connect(house.database.server.url(), autocommit=True) as root:
        name = house.database.name
        root.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        end = time.monotonic() + 3
        while time.monotonic() < end:
            root.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
            time.sleep(0.1)
        root.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')

    event = house.event()
    house.react(event)
    soon(lambda: house.count("kit_eventposition") == 2)
    soon(lambda: house.count("kit_reacted") == 1)
    assert worker.poll() is None


def test_what_a_dead_worker_left_is_done_by_the_living(house):
    event = house.event()
    house.react(event)
    house.run("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour')")
    house.run(
        "UPDATE procrastinate_jobs SET status = 'doing', attempts = 1, "
        "worker_id = (SELECT max(id) FROM procrastinate_workers)"
    )

    living = house.worker()

    soon(lambda: house.count("kit_reacted") == 1)
    assert living.poll() is None


def test_two_workers_share_the_work(house):
    first, second = house.worker(), house.worker()
    messages = [str(uuid7()) for _ in range(10)]
    for message in messages:
        house.run(MESSAGE, message)
        house.event()
    soon(lambda: house.count("messaging_message WHERE status = 'accepted'") >= 3)

    os.kill(first.pid, signal.SIGKILL)
    first.wait()

    soon(lambda: house.count("messaging_message WHERE status IN ('queued')") == 0)
    soon(lambda: house.count("kit_event") == house.count("kit_eventposition"))
    assert house.count("messaging_message WHERE status IN ('accepted', 'claimed')") == 10, "a dead one's lease must end"
    assert second.poll() is None


# A duty by itself


def run_duty(work: Callable[[], int], until: Callable[[], bool]) -> None:
    stopping = threading.Event()
    thread = threading.Thread(target=Duty("test", work, (0.001, 0.002)).run, args=(stopping,))
    thread.start()
    soon(until, 10)
    stopping.set()
    thread.join(5)
    assert not thread.is_alive()


def test_a_duty_goes_on_after_a_bug_and_says_it(caplog, monkeypatch):
    monkeypatch.setattr("goodword.config.worker.AFTER_TROUBLE", 0.001)
    calls: list[int] = []

    def work() -> int:
        calls.append(1)
        if len(calls) < 3:
            raise ZeroDivisionError
        return 0

    with caplog.at_level(logging.INFO):
        run_duty(work, lambda: len(calls) > 5)

    assert caplog.text.count("test failed; it goes on") == 2
    assert "test works again" in caplog.text


def test_a_database_that_is_away_is_said_once(caplog, monkeypatch):
    monkeypatch.setattr("goodword.config.worker.AFTER_TROUBLE", 0.001)
    calls: list[int] = []

    def work() -> int:
        calls.append(1)
        raise OperationalError("away")

    with caplog.at_level(logging.INFO):
        run_duty(work, lambda: len(calls) > 5)

    assert caplog.text.count("waits for the database") == 1


def test_something_periodic_is_done_when_it_is_due(monkeypatch):
    now, done = [100.0], []
    monkeypatch.setattr("goodword.config.worker.time.monotonic", lambda: now[0])
    monkeypatch.setattr("goodword.kit.clock.is_demo", lambda: done.append(now[0]))
    lapse = Periodic("lapse", "goodword.kit.clock.is_demo", 5.0)

    for now[0] in (100.0, 101.0, 104.9, 105.0, 109.0, 111.0):
        lapse.once_due()

    assert done == [100.0, 105.0, 111.0]


def test_every_duty_and_every_job_finds_a_connection(settings):
    """One that waits for a connection holds up whatever it does for ten seconds, again and again."""
    settings.SMTP_URL = "smtp://127.0.0.1:2525"

    assert len(worker.duties()) + worker.JOBS_AT_ONCE + 2 <= MOST_CONNECTIONS
