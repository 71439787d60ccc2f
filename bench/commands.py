"""How many commands a second are acknowledged, beside bare single-row commits of the same database in the same run?

    python bench/commands.py [--seconds 6] [--rounds 3] [--writers 4]

``bare``: each writer inserts one row and commits. ``alone``: each writer delivers one command (a note on its own
visit, or "running late", every fourth) through the batch door, enqueueing no job, with nothing else running. ``whole``:
the same with jobs and the worker, a process of its own, so that relay, sealer and reactions are on. The three follow
each other in every round; ratios are medians over rounds. Ends with one line of JSON.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime, timedelta
from statistics import median
from time import monotonic, perf_counter
from typing import Any
from uuid import UUID

from fresh_house import fresh_house

NOW = datetime(2026, 11, 2, 7, 0, tzinfo=UTC)
BARE = "CREATE TABLE bench_bare (id uuid PRIMARY KEY, facts jsonb NOT NULL, at timestamptz NOT NULL)"
Deliver = Callable[[int, int], None]


def main() -> None:
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument("--seconds", type=float, default=6)
    wanted.add_argument("--rounds", type=int, default=3)
    wanted.add_argument("--writers", type=int, default=4)
    asked = wanted.parse_args()
    with fresh_house():
        from goodword.kit.jobs import reactions_off

        deliver = commands(laid(asked.writers))
        found: dict[str, list[float]] = {"bare": [], "alone": [], "whole": []}
        for _round in range(asked.rounds):
            found["bare"].append(rate(insert, asked))
            found["alone"].append(rate(deliver, asked, reactions_off))
            with worker():
                found["whole"].append(rate(deliver, asked))
        result = {"bench": "commands", "writers": asked.writers} | told(found) | whole_and_sealed()
    print(json.dumps(result))


def told(found: dict[str, list[float]]) -> dict[str, Any]:
    """Rates by round and the ratios to what the database does bare."""
    ratios = {
        f"{name}_to_bare": round(median(a / b for a, b in zip(found[name], found["bare"], strict=True)), 3)
        for name in ("alone", "whole")
    }
    return {f"{name}_per_s": [round(rate) for rate in rates] for name, rates in found.items()} | ratios


def rate(work: Deliver, asked: argparse.Namespace, within: Callable[[], Any] = nullcontext) -> float:
    """Acknowledged per second by so many writers, each on a connection of its own."""
    until = monotonic() + asked.seconds

    def write(writer: int) -> int:
        from django.db import connection

        done = 0
        with within():
            while monotonic() < until:
                work(writer, done)
                done += 1
        connection.close()
        return done

    began = perf_counter()
    with ThreadPoolExecutor(asked.writers) as pool:
        acknowledged = sum(pool.map(write, range(asked.writers)))
    return acknowledged / (perf_counter() - began)


def insert(writer: int, number: int) -> None:
    from django.db import connection

    from goodword.kit.ids import uuid7

    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_bare VALUES (%s, '{\"minutes\": 15}', %s)", [uuid7(), NOW])


def commands(visits: list[tuple[Any, UUID]]) -> Deliver:
    """One command of this writer, as a phone sends it."""
    from goodword.kit.commands import receive
    from goodword.kit.ids import uuid7

    def deliver(writer: int, number: int) -> None:
        actor, visit = visits[writer]
        late = number % 4 == 0
        raw = {
            "command": str(uuid7()),
            "kind": "visit.running_late" if late else "note.add",
            "about": str(visit),
            "at": (NOW + timedelta(milliseconds=number)).isoformat(),
            "facts": {"minutes": 15} if late else {"words": f"Note {number}"},
        }
        answer = receive(raw, by=actor)
        assert answer["status"] == "applied", answer

    return deliver


def laid(writers: int) -> list[tuple[Any, UUID]]:
    """A technician with a visit for each writer."""
    from django.db import connections

    from goodword.crew import actions as crew
    from goodword.customers import actions as customers
    from goodword.visits import actions as visits

    with connections["owner"].cursor() as cursor:
        cursor.execute(BARE)
        cursor.execute("GRANT INSERT ON bench_bare TO PUBLIC")
    crew.found_company("Wend & Daughters", **door())
    branch = crew.add_branch("Aldermere", "Tanner's Yard", 52.401, -1.702, "Europe/London", **door())
    visits.add_work_type("boiler_service", "boiler service", ["gas"], 3600, 0.35, **door())
    place = {"street": "Mill Row", "house_number": "2", "postcode": "QA1 2BC", "city": "Aldermere",
             "zone": "Europe/London", "lat": 52.405, "lon": -1.699, "accuracy": "rooftop"}  # fmt: skip
    customer = customers.add_customer(
        "person", "Finch", branch.id, contacts=[{"name": "Finch"}], sites=[place], **door()
    )
    found = []
    for n in range(writers):
        roles, start = [("technician", branch.id)], NOW + timedelta(hours=2)
        person = crew.add_person(f"t{n}@wend.example", f"Technician {n}", None, roles, ["gas"], **door())
        order = visits.open_order(customer.sites.get().id, "boiler_service", branch.id, **door())
        visit = visits.plan_visit(order.id, person.id, start, start + timedelta(hours=1), **door())
        found.append((person.actor, visit.id))
    return found


def door() -> dict[str, Any]:
    from goodword.kit.actors import SYSTEM
    from goodword.kit.ids import uuid7

    return {"by": SYSTEM, "at": NOW - timedelta(hours=1), "command": uuid7()}


@contextmanager
def worker() -> Iterator[None]:
    """Relay, sealer, jobs, watch: the worker of the house."""
    with subprocess.Popen([sys.executable, "-m", "goodword.config.worker"], stderr=subprocess.DEVNULL) as process:
        try:
            yield
        finally:
            process.terminate()
            process.wait(20)


def whole_and_sealed() -> dict[str, Any]:
    """Number and seal what is left; every acknowledged command has its event, every event its position."""
    from goodword.kit.models import Command, Event, EventPosition
    from goodword.kit.relay import Relay, broken_seals, seal_once

    relay = Relay()
    while relay.once() or seal_once():
        pass
    told = Event.objects.values("command").distinct().count()
    return {
        "events": Event.objects.count(),
        "without_position": Event.objects.count() - EventPosition.objects.count(),
        "commands_without_event": Command.objects.count() - told,
        "broken_seals": len(broken_seals()),
    }


if __name__ == "__main__":
    main()
