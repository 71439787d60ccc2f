"""The four stages, what ends a visit, and how a script card speaks. Pure."""

from goodword.visits.rules.plain import JARGON, best_card, faults_of_card, filled, glossary_of, jargon_in
from goodword.visits.rules.stages import (
    AT_THE_DOOR,
    DEFAULT_STAGES,
    FOUR,
    NOBODY_TO_ASK,
    OWED_WITHIN,
    STEPS,
    Outcome,
    Stage,
    faults_of_template,
    missing_steps,
    next_step,
    stage_of,
)

__all__ = [
    "AT_THE_DOOR",
    "DEFAULT_STAGES",
    "FOUR",
    "JARGON",
    "NOBODY_TO_ASK",
    "OWED_WITHIN",
    "STEPS",
    "Outcome",
    "Stage",
    "best_card",
    "faults_of_card",
    "faults_of_template",
    "filled",
    "glossary_of",
    "jargon_in",
    "missing_steps",
    "next_step",
    "stage_of",
]
