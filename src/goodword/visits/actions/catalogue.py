from datetime import datetime
from typing import Any
from uuid import UUID

from goodword.kit.actions import action
from goodword.kit.actors import Actor
from goodword.kit.events import record
from goodword.visits import errors
from goodword.visits.models import StageTemplate, WorkType
from goodword.visits.rules import faults_of_template


@action("work_type.add")
def add_work_type(
    code: str,
    name: str,
    skills: list[str],
    mean_s: int,
    cv: float,
    price_minor: int | None = None,
    emergency: bool = False,
    needs_helper: bool = False,
    severity: int = 0,
    *,
    by: Actor,
    at: datetime,
    command: UUID,
) -> WorkType:
    """Add a kind of work, or change the one with this code."""
    fields = {
        "name": name,
        "skills": skills,
        "mean_s": mean_s,
        "cv": cv,
        "price_minor": price_minor,
        "emergency": emergency,
        "needs_helper": needs_helper,
        "severity": severity,
    }
    return WorkType.objects.update_or_create(code=code, defaults=fields)[0]


@action("template.set")
def set_template(
    work_type: str, branch_id: UUID | None, stages: dict[str, Any], *, by: Actor, at: datetime, command: UUID
) -> StageTemplate:
    """A new version of what the four stages ask for. Refused when one of the four is missing (S0-1)."""
    if faults := faults_of_template(stages):
        raise errors.TemplateIncomplete(faults=" ".join(faults))
    last = StageTemplate.objects.filter(work_type=work_type, branch=branch_id).order_by("-version").first()
    template = StageTemplate.objects.create(
        work_type_id=work_type, branch_id=branch_id, version=last.version + 1 if last else 1, stages=stages
    )
    record("template.changed", about=template, by=by, at=at, command=command, scope=branch_id)
    return template
