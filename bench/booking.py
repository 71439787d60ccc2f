"""How many attempts to book a second, when many processes reach for the same hours, and is anybody booked twice?

    python bench/booking.py [--attempts 20000] [--processes 4] [--threads 8] [--seed 3]

All writers (processes x threads) go through the same hours of the same technicians; each plans a visit or holds the
hour, as chance will have it. Of all who reach for one hour exactly one may get it, and the others must be told who was
faster. At the end every pair of live engagements is compared without an index. Ends with one line of JSON.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from multiprocessing import get_context
from random import Random
from time import perf_counter
from typing import Any
from uuid import UUID

from fresh_house import fresh_house

NOW = datetime(2026, 11, 2, 9, 40, tzinfo=UTC)
FIRST, HOURS_A_DAY = datetime(2026, 11, 3, 8, tzinfo=UTC), 8
TECHNICIANS = 12
OVERLAPS = """
SELECT count(*) FROM crew_engagement a JOIN crew_engagement b ON a.person_id = b.person_id AND a.during && b.during
WHERE a.id < b.id AND a.live AND b.live AND a.kind IN ('visit', 'hold') AND b.kind IN ('visit', 'hold')
"""


@dataclass(frozen=True)
class Laid:
    """What the writers need to know of the house."""

    branch: UUID
    people: tuple[UUID, ...]
    orders: tuple[UUID, ...]


@dataclass(frozen=True)
class Found:
    """What one process has seen."""

    answers: Counter[str]
    times_ms: list[float]
    began: float
    ended: float


def main() -> None:
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument("--attempts", type=int, default=20_000)
    wanted.add_argument("--processes", type=int, default=4)
    wanted.add_argument("--threads", type=int, default=8)
    wanted.add_argument("--seed", type=int, default=3)
    asked = wanted.parse_args()
    writers = asked.processes * asked.threads
    hours = max(1, asked.attempts // writers)
    with fresh_house():
        laid = lay(writers)
        result = told(race(laid, hours, asked), hours, writers) | {"seed": asked.seed} | judged()
    for name, value in result.items():
        print(f"{name:<26} {value}")
    print(json.dumps({"bench": "booking"} | result))
    assert result["overlaps"] == 0 and result["won"] == hours and not result["faults"], "somebody was booked twice"


def door() -> dict[str, Any]:
    from goodword.kit.actors import SYSTEM
    from goodword.kit.ids import uuid7

    return {"by": SYSTEM, "at": NOW, "command": uuid7()}


def lay(writers: int) -> Laid:
    """A company of one branch, twelve technicians, and a work order for each writer."""
    from goodword.crew import actions as crew
    from goodword.customers import actions as customers
    from goodword.visits import actions as visits

    crew.found_company("Wend & Daughters", **door())
    branch = crew.add_branch("Aldermere", "Tanner's Yard", 52.401, -1.702, "Europe/London", **door())
    people = [
        crew.add_person(
            f"t{n}@wend.example", f"Technician {n}", None, [("technician", branch.id)], ["gas"], **door()
        ).id
        for n in range(TECHNICIANS)
    ]
    visits.add_work_type("boiler_service", "boiler service", ["gas"], 3600, 0.35, **door())
    place = {"street": "Mill Row", "house_number": "2", "postcode": "QA1 2BC", "city": "Aldermere",
             "zone": "Europe/London", "lat": 52.405, "lon": -1.699, "accuracy": "rooftop"}  # fmt: skip
    customer = customers.add_customer(
        "person", "George Finch", branch.id, contacts=[{"name": "George Finch"}], sites=[place], **door()
    )
    site = customer.sites.get()
    orders = [visits.open_order(site.id, "boiler_service", branch.id, **door()).id for _n in range(writers)]
    return Laid(branch.id, tuple(people), tuple(orders))


def race(laid: Laid, hours: int, asked: argparse.Namespace) -> list[Found]:
    with ProcessPoolExecutor(asked.processes, mp_context=get_context("spawn")) as pool:
        work = partial(process, laid, hours, asked.threads, asked.seed)
        return list(pool.map(work, range(asked.processes)))


def process(laid: Laid, hours: int, threads: int, seed: int, number: int) -> Found:
    """One process of writers, each thread with a connection of its own."""
    import django

    django.setup()
    with ThreadPoolExecutor(threads) as pool:
        mine = [number * threads + n for n in range(threads)]
        found = list(pool.map(partial(write, laid, hours, seed), mine))
    return together(found)


def together(found: list[Found]) -> Found:
    return Found(
        sum((f.answers for f in found), Counter()),
        [t for f in found for t in f.times_ms],
        min(f.began for f in found),
        max(f.ended for f in found),
    )


def write(laid: Laid, hours: int, seed: int, writer: int) -> Found:
    """One writer: reaches for every hour once."""
    from django.db import connection

    from goodword.kit.refusals import Refusal

    dice, answers, times = Random(seed * 1_000 + writer), Counter[str](), []
    start_of_all = perf_counter()
    for person, start in slots(laid, hours):
        began = perf_counter()
        try:
            reach(laid, person, start, laid.orders[writer], hold=dice.random() < 0.4)
            answers["won"] += 1
        except Refusal as refusal:
            answers["told" if "was faster" in refusal.detail else f"refused {refusal.code}"] += 1
        except Exception as error:  # noqa: BLE001 - what a caller must never see is counted
            answers[f"fault {type(error).__name__}"] += 1
        times.append((perf_counter() - began) * 1000)
    connection.close()
    return Found(answers, times, start_of_all, perf_counter())


def slots(laid: Laid, hours: int) -> Iterator[tuple[UUID, datetime]]:
    """The hours, day by day, technician by technician."""
    for n in range(hours):
        day, rest = divmod(n, HOURS_A_DAY * len(laid.people))
        hour, person = divmod(rest, len(laid.people))
        yield laid.people[person], FIRST + timedelta(days=day, hours=hour)


def reach(laid: Laid, person: UUID, start: datetime, order: UUID, *, hold: bool) -> None:
    from goodword.crew.actions import engage
    from goodword.kit.ids import uuid7
    from goodword.visits.actions import plan_visit

    end = start + timedelta(hours=1)
    if hold:
        engage(person, laid.branch, start, end, "hold", uuid7(), **door())
    else:
        plan_visit(order, person, start, end, **door())


def told(found: list[Found], hours: int, writers: int) -> dict[str, Any]:
    all_of_it = together(found)
    answers, times, took = all_of_it.answers, sorted(all_of_it.times_ms), all_of_it.ended - all_of_it.began
    return {
        "attempts": len(times),
        "writers": writers,
        "hours": hours,
        "won": answers["won"],
        "share_won": round(answers["won"] / len(times), 4),
        "told_who": answers["told"],
        "faults": {k: n for k, n in answers.items() if k not in {"won", "told"}},
        "seconds": round(took, 1),
        "attempts_per_s": round(len(times) / took, 1),
        "p50_ms": round(times[len(times) // 2], 1),
        "p99_ms": round(times[int(len(times) * 0.99)], 1),
        "max_ms": round(times[-1], 1),
    }


def judged() -> dict[str, Any]:
    """What the database says, by another plan than the constraint's."""
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("SET enable_indexscan = off; SET enable_bitmapscan = off; SET enable_indexonlyscan = off")
        cursor.execute(OVERLAPS)
        overlaps = cursor.fetchone()[0]
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        return {"overlaps": overlaps, "deadlocks_done_again": cursor.fetchone()[0]}


if __name__ == "__main__":
    main()
