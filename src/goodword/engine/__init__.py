"""Planning under uncertainty and small statistics: frozen problem in, answer out. Start here.

Nothing in this room knows Django, a clock, a file or a database. Times are seconds since an origin of the caller's
choice (`_s`), distances metres (`_m`), shares 0 to 1, keys opaque strings. Seeds, the number of scenarios and `now_s`
are arguments: the same question has the same answer for ever. Answers hold numbers, codes and facts; words are made
by the room `dispatch`.

What you can ask
    `forecast(problem)`               what will happen to each promise from here
    `prepare(problem, earlier)`       what depends on the problem alone, held by who asks more than once
    `offers(problem, request)`        which windows can be kept, why these, and why not the others
    `check(problem, request, option)` is a held option still good
    `objections_to(technician, visit)` why somebody may not make a visit at all
    `consequence(problem, move)`      every promise before and after a move
    `exchange(problem, a, b)`         the same, when two visits exchange technicians and places
    `plan(problem, seed, stop)`       the best plan found for the visits that have not begun
    `explain(problem, routes)`        what a plan made by hand costs, and which rules it breaks
    `repair(problem)`                 what to change now that something went wrong; `apply(problem, repair)` does it
    `risk_of`, `crossings`, `should_tell`     from a probability to quiet, at risk, known, tell
    `wilson`, `net_score`             intervals for shares and for the net score
    `engine.learning`                 what finished work teaches: durations, travel, drift, what a probability is worth
    `engine.simulator`                random days with known truth, on which policies are compared

Where each rule lives
    planning.md 1, the model of a day ....... `types/` (one file per noun; each type checks itself when made)
    numbers that somebody may change ........ `types/weights.py` (`Costs`, `Policy`), `risk.py` (`Thresholds`)
    common random numbers, strata ........... `scenarios.py`; distributions `lognormal.py`
    rest, drive, wait, work; absences ....... `kernel/steps.py`, the one place where a day is stepped through
    what has happened; running work ......... `settled.py` (facts, truncated distributions)
    an idle technician waits where he is .... `kernel/steps.drive`
    P-13, P-14 kept, 60 s of grace .......... `forecast.py`, `day.late_share`, `Policy.grace_s`
    P-27 to P-30, P-58 risk ................. `risk.py`
    P-41 Wilson, N-7 adjusted Wald .......... `statistics.py`
    floors, overtime, breaks, absences ...... `kernel/judging.py`, one rule per function
    which windows are shown ................. `offers/choice.py`; reasons `offers/misses.py`, `offers/people.py`
    planned times never overlap ............. `offers/describe.py`
    what a route costs in a plan ............ `kernel/town.py`, `price`
    what a repair weighs, trade-offs ........ `repair/search.py`; the search itself `kernel/relieving.py`, `chaining.py`
    every search has a stop rule ............ `kernel/judging.search`, `Policy.most_stops`; `PlanEffort`, `RepairEffort`

How it is built: `layout.py` turns a problem into flat arrays, `day.py` has them simulated once (the base line), and
offers re-walk only the suffix behind each insertion. The loops over scenarios are compiled (`kernel/`), on the first
call on a machine, which takes most of a minute; `tests/engine/reference` holds the walk in numpy.
"""

from goodword.engine.consequence import consequence
from goodword.engine.day import Ready, prepare
from goodword.engine.errors import EngineError, MovedOn
from goodword.engine.exchange import exchange
from goodword.engine.forecast import forecast
from goodword.engine.offers import check, objections_to, offers
from goodword.engine.plans import explain, plan
from goodword.engine.repair import apply, repair
from goodword.engine.risk import Risk, Thresholds, crossings, risk_of, should_tell
from goodword.engine.statistics import Interval, net_score, wilson
from goodword.engine.types import (
    Absence,
    Break,
    Check,
    Code,
    Consequence,
    Costs,
    Duration,
    Explained,
    Forecast,
    LeftOut,
    Miss,
    Move,
    Offers,
    Plan,
    PlanEffort,
    Planned,
    PlannedVisit,
    Policy,
    Problem,
    Progress,
    PromiseChange,
    Quantiles,
    Reason,
    Repair,
    RepairEffort,
    RepairMove,
    Repairs,
    Request,
    Route,
    Severity,
    Stage,
    Technician,
    TechnicianForecast,
    Trade,
    Travel,
    Value,
    Visit,
    VisitForecast,
    Window,
    WindowOption,
)

__all__ = [
    "Absence", "Break", "Check", "Code", "Consequence", "Costs", "Duration", "EngineError", "Explained", "Forecast",
    "Interval", "LeftOut", "Miss", "Move", "MovedOn", "Offers", "Plan", "PlanEffort", "Planned", "PlannedVisit",
    "Policy", "Problem", "Progress", "PromiseChange", "Quantiles", "Ready", "Reason", "Repair", "RepairEffort",
    "RepairMove", "Repairs", "Request", "Risk", "Route", "Severity", "Stage", "Technician", "TechnicianForecast",
    "Thresholds", "Trade", "Travel", "Value", "Visit", "VisitForecast", "Window", "WindowOption", "apply", "check",
    "consequence", "crossings", "exchange", "explain", "forecast", "net_score", "objections_to", "offers", "plan",
    "prepare", "repair", "risk_of", "should_tell", "wilson",
]  # fmt: skip
