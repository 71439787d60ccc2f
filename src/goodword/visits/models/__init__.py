from goodword.visits.models.catalogue import StageTemplate, WorkType
from goodword.visits.models.doing import Change, Obstacle, Reading
from goodword.visits.models.handovers import Handover
from goodword.visits.models.lines import Limit, OrderLine
from goodword.visits.models.notes import Call, Note
from goodword.visits.models.orders import InterimAdvice, Request, WorkOrder
from goodword.visits.models.scripts import PlainWord, Script
from goodword.visits.models.talks import Leaving, Meeting, Payment, Shown
from goodword.visits.models.visit import Visit

__all__ = [
    "Call",
    "Change",
    "Handover",
    "InterimAdvice",
    "Leaving",
    "Limit",
    "Meeting",
    "Note",
    "Obstacle",
    "OrderLine",
    "Payment",
    "PlainWord",
    "Reading",
    "Request",
    "Script",
    "Shown",
    "StageTemplate",
    "Visit",
    "WorkOrder",
    "WorkType",
]
