"""How long does the server need for each page that lists something, and how many statements does it ask, at 500 rows?

    python bench/lists.py [--rows 500] [--times 15]

Lays a branch with 500 customers, each with a request that waits, a next step, a command on hold and a visit today, in a
fresh house, and asks for every list as its manager, in process (no network, no browser). Ends with one line of JSON:
per page the median and the slowest of the times in ms, the statements, the size in kB.
"""

from __future__ import annotations

import argparse
import json
from datetime import UTC, datetime
from statistics import median
from time import perf_counter
from typing import Any

from fresh_house import fresh_house

MORNING = datetime(2026, 11, 2, 7, 30, tzinfo=UTC)
LISTS = ("/", "/requests/", "/customers/", "/steps/", "/held/", "/search/?q=row", "/settings/people/",
         "/settings/script-cards/", "/settings/plain-words/")  # fmt: skip


def main() -> None:
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument("--rows", type=int, default=500)
    wanted.add_argument("--times", type=int, default=15)
    asked = wanted.parse_args()
    with fresh_house():
        manager = lay(asked.rows)
        pages = {path: measured(manager, path, asked.times) for path in LISTS}
    print(json.dumps({"bench": "lists", "rows": asked.rows, "times": asked.times, "pages": pages}))


def lay(rows: int) -> Any:
    """The house at 9:40 on the Monday; its manager."""
    from django.db import connections

    from full_branch import door
    from full_branch import lay as lay_branch
    from goodword.crew import actions as crew
    from goodword.crew.models import Person
    from goodword.kit.clock import set_company_clock
    from goodword.visits import actions as visits

    with connections["owner"].cursor() as cursor:
        cursor.execute("UPDATE kit_clock SET demo = true")
    set_company_clock(MORNING.replace(hour=9, minute=40))
    crew.found_company("Wend & Daughters", **door(MORNING))
    visits.add_work_type("leak", "leak", [], 75 * 60, 0.6, **door(MORNING))
    return Person.objects.get(id=lay_branch("Aldermere", rows, MORNING))


def measured(manager: Any, path: str, times: int) -> dict[str, float]:
    from django.db import connection
    from django.test import Client

    client = Client(SERVER_NAME="localhost")
    client.force_login(manager, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.get(path)
    took: list[float] = []
    asked: list[str] = []

    def heard(run: Any, sql: str, *more: Any) -> Any:
        asked.append(sql)
        return run(sql, *more)

    with connection.execute_wrapper(heard):
        answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    for _n in range(times):
        began = perf_counter()
        client.get(path)
        took.append(1000 * (perf_counter() - began))
    size = round(len(answer.content) / 1024)
    return {"ms": round(median(took)), "slowest_ms": round(max(took)), "statements": len(asked), "kb": size}


if __name__ == "__main__":
    main()
