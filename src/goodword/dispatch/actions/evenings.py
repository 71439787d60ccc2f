"""Each evening, where a branch wants it, its next day is planned by itself; a person still publishes."""

from datetime import datetime, time, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from goodword.crew.models import Branch
from goodword.dispatch.actions.day_plans import ask_plan
from goodword.dispatch.models import DayPlan, EveningPlan
from goodword.dispatch.queries.account import begins_at
from goodword.kit.actions import action, was_done
from goodword.kit.actors import SYSTEM, Actor
from goodword.kit.calendar import zone
from goodword.kit.clock import company_now
from goodword.kit.events import record
from goodword.kit.refusals import NotFound

AT = time(18)  # ours, on the branch's own wall


@action("dispatch.evening_plan")
def set_evening_plan(
    branch_id: UUID, wanted: bool, at_time: time = AT, *, by: Actor, at: datetime, command: UUID
) -> Branch:
    """Have the next day of a branch planned each evening, or no longer."""
    branch = Branch.objects.filter(id=branch_id).first()
    if branch is None:
        raise NotFound
    if wanted:
        EveningPlan.objects.update_or_create(branch=branch, defaults={"at": at_time})
    else:
        EveningPlan.objects.filter(branch=branch).delete()
    facts = {"wanted": wanted, "at": f"{at_time:%H:%M}" if wanted else None}
    record("plan.evening_set", about=branch, by=by, at=at, command=command, scope=branch.id, facts=facts)
    return branch


def ask_for_tomorrow() -> int:
    """Ask once for each branch and evening, unless a person has a plan of that day in hand; how many were asked."""
    now = company_now()
    return sum(_ask(one, now) for one in EveningPlan.objects.select_related("branch"))


def _ask(wanted: EveningPlan, now: datetime) -> int:
    branch = wanted.branch
    here = now.astimezone(zone(branch.zone))
    day = here.date() + timedelta(days=1)
    command = uuid5(NAMESPACE_URL, f"goodword:evening:{branch.id}:{day}")
    if here.time() < wanted.at or was_done(command):
        return 0
    in_hand = DayPlan.objects.filter(branch=branch, day=day, status__in=["waiting", "working", "draft"])
    if in_hand.exists() or begins_at(branch, day) is None:
        return 0
    ask_plan(branch.id, day, by=SYSTEM, at=now, command=command)
    return 1
