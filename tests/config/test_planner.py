"""The process that works out plans: killed in the middle it changes nothing, and another takes up what it left."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.cast import NOW, Cast, door, the_cast
from tests.config.test_worker import soon
from tests.demo import mark
from tests.evening import TUESDAY, crowded_tuesday
from tests.field import site_of, work_type

from goodword.dispatch import actions as dispatch
from goodword.dispatch.actions.working_out import is_work
from goodword.dispatch.models import DayPlan
from goodword.kit.clock import set_company_clock
from goodword.visits.models import Visit

HOUSE = Path(__file__).resolve().parents[2]
LOADS_S = 180.0  # a busy machine loads and compiles the engine first


@pytest.fixture
def cast(committed_db: Any) -> Cast:
    mark(committed_db, True)  # the clock's row comes back with every other when the database is emptied
    set_company_clock(NOW)
    cast = the_cast()
    work_type()
    crowded_tuesday(cast, site_of("Mrs Adeyemi", cast.aldermere))
    return cast


def planner(database: Any, home: Path) -> "subprocess.Popen[bytes]":
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "goodword.config.settings",
        "GOODWORD_PROFILE": "demo",
        "GOODWORD_HOME": str(home),
        "DATABASE_URL": database.addresses.app,
        "DATABASE_OWNER_URL": database.addresses.owner,
    }
    return subprocess.Popen([sys.executable, "-m", "goodword.config.planner"], env=env, cwd=HOUSE)


def test_a_killed_planner_leaves_the_day_as_it_was_and_another_takes_it_up(
    cast: Cast, committed_db: Any, tmp_path: Path
) -> None:
    row = dispatch.ask_plan(cast.aldermere.id, TUESDAY, **door(cast.priya))
    before = list(Visit.objects.order_by("id").values_list("technician", "planned_start", "revision"))

    with committed_db.as_owner() as holding, holding.transaction():
        holding.execute("LOCK TABLE kit_command IN SHARE ROW EXCLUSIVE MODE")  # no draft can be written meanwhile
        killed = planner(committed_db, tmp_path)
        soon(lambda: DayPlan.objects.get().share > 0 or killed.poll() is not None, LOADS_S)
        killed.kill()
        killed.wait()

    row.refresh_from_db()
    assert row.status == DayPlan.Status.WORKING and row.found == {} and not is_work()
    assert list(Visit.objects.order_by("id").values_list("technician", "planned_start", "revision")) == before
    with committed_db.as_owner() as owner:
        owner.execute("UPDATE dispatch_dayplan SET lease_until = now() - interval '1 second'")
    assert planner(committed_db, tmp_path).wait(LOADS_S) == 0
    row.refresh_from_db()
    assert row.status == DayPlan.Status.DRAFT and row.token == 2
