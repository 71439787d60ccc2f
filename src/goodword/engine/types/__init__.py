"""The frozen types of the engine: problem and question in, answer out. Each checks itself when it is made."""

from goodword.engine.types.answers import (
    Check,
    Consequence,
    Forecast,
    Miss,
    Offers,
    PlannedVisit,
    PromiseChange,
    Quantiles,
    TechnicianForecast,
    VisitForecast,
    WindowOption,
)
from goodword.engine.types.asking import Move, Request
from goodword.engine.types.codes import Code, Reason
from goodword.engine.types.people import Absence, Break, Skills, Technician
from goodword.engine.types.plans import Explained, LeftOut, Plan, PlanEffort, Value
from goodword.engine.types.problem import Problem, Route
from goodword.engine.types.repairing import Repair, RepairEffort, RepairMove, Repairs, Trade
from goodword.engine.types.roads import Travel
from goodword.engine.types.weights import Costs, Policy
from goodword.engine.types.work import Duration, Planned, Progress, Severity, Stage, Visit, Window

__all__ = [
    "Absence", "Break", "Check", "Code", "Consequence", "Costs", "Duration", "Explained", "Forecast", "LeftOut",
    "Miss", "Move", "Offers", "Plan", "PlanEffort", "Planned", "PlannedVisit", "Policy", "Problem", "Progress",
    "PromiseChange", "Quantiles", "Reason", "Repair", "RepairEffort", "RepairMove", "Repairs", "Request", "Route",
    "Severity", "Skills", "Stage", "Technician", "TechnicianForecast", "Trade", "Travel", "Value", "Visit",
    "VisitForecast", "Window", "WindowOption",
]  # fmt: skip
