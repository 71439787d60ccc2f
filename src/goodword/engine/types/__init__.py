"""The frozen types of the engine: problem and question in, answer out. Each checks itself when it is made."""

from goodword.engine.types.answers import (
    Check,
    Code,
    Consequence,
    Forecast,
    Miss,
    Offers,
    PlannedVisit,
    PromiseChange,
    Quantiles,
    Reason,
    TechnicianForecast,
    VisitForecast,
    WindowOption,
)
from goodword.engine.types.asking import Move, Request
from goodword.engine.types.people import Absence, Break, Skills, Technician
from goodword.engine.types.plans import Effort, Explained, LeftOut, Plan, Value
from goodword.engine.types.problem import Problem, Route
from goodword.engine.types.roads import Travel
from goodword.engine.types.weights import Costs, Policy
from goodword.engine.types.work import Duration, Planned, Progress, Severity, Stage, Visit, Window

__all__ = [
    "Absence", "Break", "Check", "Code", "Consequence", "Costs", "Duration", "Effort", "Explained", "Forecast",
    "LeftOut", "Miss", "Move", "Offers", "Plan", "Planned", "PlannedVisit", "Policy", "Problem", "Progress",
    "PromiseChange", "Quantiles", "Reason", "Request", "Route", "Severity", "Skills", "Stage", "Technician",
    "TechnicianForecast", "Travel", "Value", "Visit", "VisitForecast", "Window", "WindowOption",
]  # fmt: skip
