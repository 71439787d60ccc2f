"""The room itself: what it may know, how long it may take, what it keeps in memory."""

from __future__ import annotations

import ast
import gc
import sys
import weakref
from dataclasses import replace
from pathlib import Path
from subprocess import run
from time import perf_counter
from typing import TYPE_CHECKING

import goodword.engine as engine
from goodword.engine import Code, PlanEffort, forecast, offers, plan
from goodword.engine.kernel import entry
from goodword.engine.kernel.warm import warm

if TYPE_CHECKING:
    from tests.engine.conftest import Cast

FORBIDDEN = {"time", "datetime", "os", "pathlib", "random", "io", "socket", "secrets", "subprocess", "logging"}


def imported() -> set[str]:
    """First name of everything that the engine imports."""
    names: set[str] = set()
    for path in Path(engine.__path__[0]).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                names.add(node.module or "")
    return names


def test_the_engine_imports_numpy_numba_pyvrp_and_the_pure_part_of_the_standard_library_only() -> None:
    tops = {name.split(".")[0] for name in imported()}

    assert tops - set(sys.stdlib_module_names) == {"numpy", "numba", "pyvrp", "goodword"}
    assert not tops & FORBIDDEN
    assert {name for name in imported() if name.startswith("goodword")} <= {
        name for name in imported() if name.startswith("goodword.engine")
    }


def test_who_only_reads_the_types_does_not_pay_for_the_compiler() -> None:
    told = run([sys.executable, "-c", "import goodword.engine, sys; print({'numba', 'pyvrp'} & set(sys.modules))"],
               capture_output=True, text=True, check=True)  # fmt: skip

    assert told.stdout.strip() == "set()"


def test_a_kernel_is_compiled_anew_when_one_that_it_calls_has_changed() -> None:
    """numba looks at the time stamp of one file; ours is made of all code compiled before it."""
    stamps = [each._cache._cache_file._source_stamp for each in (entry.simulate, entry.find_places, entry.search)]

    assert len(set(stamps)) == 3 and all(len(each) == 16 for each in stamps)


def test_everything_public_is_exported_and_documented() -> None:
    for name in engine.__all__:
        assert getattr(engine, name).__doc__, name


def test_a_problem_that_is_forgotten_takes_its_simulated_day_with_it(cast: Cast) -> None:
    problem = cast.town(1)
    forecast(problem)
    gone = weakref.ref(problem)

    del problem
    gc.collect()

    assert gone() is None


def test_thousands_of_identical_visits_end_quickly_and_lose_no_visit(cast: Cast) -> None:
    crowd = [cast.visit(f"v{n}", minutes=10, cv=0.5) for n in range(3000)]
    problem = cast.problem(visits=crowd, scenarios=64)
    warm()
    begun = perf_counter()

    seen = forecast(problem)
    made = offers(problem, cast.request(windows=[(8, 10), (10, 12), (15, 17)]))

    assert perf_counter() - begun < 8.0
    assert len(seen.visits) == 3000
    assert made.options == () and made.reasons
    assert len(made.misses) == 3


def test_thousands_of_visits_on_nobodys_route_are_all_told_so(cast: Cast) -> None:
    crowd = [cast.visit(f"v{n}") for n in range(3000)]

    seen = forecast(cast.problem(visits=crowd, routes={}))

    assert {each.reason.code for each in seen.visits.values() if each.reason} == {Code.UNASSIGNED}


def test_an_offer_for_a_branch_of_twelve_takes_milliseconds(cast: Cast) -> None:
    """Ten times what was measured, so that a busy machine does not fail it: bench/offers.py has the figures."""
    problem = cast.town(1, technicians=12, each=5, scenarios=64)
    request = cast.request(cast.visit("new", site=70, cv=0.45, window=None), [(h, h + 2) for h in range(8, 16)])
    offers(problem, request)
    begun = perf_counter()

    offers(problem, request)

    assert perf_counter() - begun < 0.1


def test_after_warming_up_no_question_compiles_anything(cast: Cast) -> None:
    warm()
    known = {name: len(getattr(entry, name).signatures) for name in entry.__all__}
    problem = cast.town(1)

    forecast(problem)
    offers(problem, cast.request())
    offers(problem, cast.request(emergency=True))
    plan(replace(problem, routes=()), seed=1, stop=lambda: False, effort=PlanEffort(rounds=5, fresh_scenarios=16))

    assert {name: len(getattr(entry, name).signatures) for name in entry.__all__} == known
