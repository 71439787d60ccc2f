from goodword.visits.models.catalogue import StageTemplate, WorkType
from goodword.visits.models.notes import Note
from goodword.visits.models.orders import InterimAdvice, Request, WorkOrder
from goodword.visits.models.visit import Handover, Visit

__all__ = ["Handover", "InterimAdvice", "Note", "Request", "StageTemplate", "Visit", "WorkOrder", "WorkType"]
