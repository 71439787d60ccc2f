"""What this room has to say before a stage goes on. Read-only; each answer names its way on (definitions 4.13)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from goodword.kit.asks import Ask
from goodword.next_steps.queries import steps_about
from goodword.visits.models import Visit
from goodword.visits.queries.templates import stages_for
from goodword.visits.rules import AT_THE_DOOR, STEPS, Outcome, Stage, missing_steps

SAYS: Mapping[str, tuple[str | Promise, str, str | Promise]] = {
    "reviewed": (_("Read the order first: it may have changed."), "visit.review", ""),
    "parts_checked": (_("Check parts and tools: is all of it on board?"), "visit.check_parts", ""),
    "met": (_("Say who you met."), "visit.meet", ""),
    "site_confirmed": (
        _("Ask whether pets, children and the work area are as last time."),
        "visit.confirm_site",
        _("Make safe first: gas, flood, fire."),
    ),
    "scope_confirmed": (
        _("Read the work back to the customer and let them confirm or change it."),
        "visit.confirm_scope",
        _("Make safe first: gas, flood, fire."),
    ),
    "observed_working": (_("Stay and see it work."), "visit.observe_working", ""),
    "cleaned_up": (
        _("Clean up, or say why nothing had to be cleaned."),
        "visit.clean_up",
        _("Leave now, and the office asks."),
    ),
    "walked_through": (
        _("Walk through the work with the customer."),
        "visit.walk_through",
        _("Leave now, and the office sends it."),
    ),
    "satisfied": (_("Ask: are you satisfied?"), "visit.satisfied", _("Leave now, and the office asks.")),
    "paid": (_("Take the payment, or say why not."), "visit.pay", _("Leave now, and the office sends the bill.")),
    "signed": (_("Let the customer sign."), "visit.sign", _("Leave now, and the office asks.")),
}
NOBODY_THERE = "nobody_may_work"
_NOBODY_SAYS = _("Nobody is there who may let you work. Call a parent or the customer, or end the visit here.")
NOT_SATISFIED, NOT_BOOKED = "not_satisfied", "return_not_booked"
# What the office owes for a step that was left out is nothing that was agreed on with the customer.
OWED = {*SAYS, NOT_SATISFIED, NOT_BOOKED}


def _asks(visit: Visit, upto: Stage) -> list[Ask]:
    missing = missing_steps(visit, stages_for(visit), upto)
    return [Ask(step, SAYS[step][0], (SAYS[step][1],), SAYS[step][2]) for step in missing]


def before_departure(visit: Visit, at: datetime, **_facts: Any) -> list[Ask]:
    """Prepare's steps are asked before "on my way"."""
    return _asks(visit, Stage.PREPARE) if visit.stage is Stage.PREPARE else []


def before_work(visit: Visit, at: datetime, **_facts: Any) -> list[Ask]:
    """Arrive's steps are asked before work begins: the scope above all (S0-8)."""
    missing = [a for a in _asks(visit, Stage.ARRIVE) if STEPS[a.code][0] is Stage.ARRIVE]
    if visit.nobody_may_work:
        missing.insert(0, Ask(NOBODY_THERE, _NOBODY_SAYS, ("visit.meet",), _("Make safe first: gas, flood, fire.")))
    return missing if visit.stage is Stage.ARRIVE and visit.arrived_at else []


def before_completion(visit: Visit, at: datetime, outcome: Outcome, **_facts: Any) -> list[Ask]:
    """Complete's steps are asked before the end; an end at the door asks for none of them (E-10)."""
    if outcome in AT_THE_DOOR or visit.stage is not Stage.COMPLETE:
        return []
    return [a for a in _asks(visit, Stage.COMPLETE) if STEPS[a.code][0] is Stage.COMPLETE]


def not_satisfied_without_a_next_step(visit: Visit, at: datetime, outcome: Outcome, **_facts: Any) -> list[Ask]:
    """A "no" to "are you satisfied?" needs a dated next step with an owner before the visit ends (E-6, S0-17)."""
    if visit.satisfied is not False or _step_is_open(visit):
        return []
    says = _("The customer is not satisfied. Agree on a next step: who does what, by when.")
    return [Ask(NOT_SATISFIED, says, ("step.open",), _("Leave now, and the office calls tomorrow."))]


def return_without_a_date(visit: Visit, at: datetime, outcome: Outcome, **_facts: Any) -> list[Ask]:
    """ "Needs another visit" needs that visit, or a dated next step, before leaving (design 1)."""
    if outcome is not Outcome.NEEDS_RETURN or visit.returns.exists() or _step_is_open(visit):
        return []
    says = _("Book the next visit, or agree on a next step with a date.")
    return [Ask(NOT_BOOKED, says, ("step.open", "visit.book_return"), _("Leave now, and the office books it."))]


def _step_is_open(visit: Visit) -> bool:
    return bool(steps_about([visit.id]).waiting().exclude(kind__in=OWED).exists())
