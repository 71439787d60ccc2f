"""A branch says in words what it holds dearer than what; before that it may see a past day under other weights."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from goodword.crew.models import Branch
from goodword.dispatch import errors
from goodword.dispatch.models import WeightsTrial, WeightsVersion
from goodword.dispatch.queries.past_day import last_day_done
from goodword.dispatch.queries.weights import weights_of
from goodword.dispatch.rules.weights import Weights, weights_from
from goodword.kit.actions import action
from goodword.kit.actors import Actor
from goodword.kit.events import record
from goodword.kit.refusals import BadInput, NotFound


@action("dispatch.set_weights")
def set_weights(branch_id: UUID, chosen: Mapping[str, str], *, by: Actor, at: datetime, command: UUID) -> Branch:
    """From now on offers, forecasts, repairs and plans of the branch weigh so. The same again changes nothing.

    Parameters
    ----------
    chosen
        Question to answer, as in :mod:`goodword.dispatch.rules.weights`.
    """
    branch, weights = _branch(branch_id), _read(chosen)
    if weights != weights_of(branch.id, at):
        made = WeightsVersion.objects.create(branch=branch, since=at, set_by=by.id, chosen=weights.kept())
        record("weights.set", about=made, by=by, at=at, command=command, scope=branch.id, facts=weights.kept())
    return branch


@action("dispatch.try_weights")
def try_weights(branch_id: UUID, chosen: Mapping[str, str], *, by: Actor, at: datetime, command: UUID) -> WeightsTrial:
    """Have the last finished day worked out as it would have been; while one is under way, asking again is the same.

    Raises
    ------
    NoDayDone
        The branch has not finished any work yet.
    """
    branch, weights = _branch(branch_id), _read(chosen)
    day = last_day_done(branch, at)
    if day is None:
        raise errors.NoDayDone
    running = WeightsTrial.objects.filter(branch=branch, status__in=[WeightsTrial.Status.WAITING, "working"])
    if (same := running.filter(chosen=weights.kept()).first()) is not None:
        return same
    row = WeightsTrial.objects.create(branch=branch, chosen=weights.kept(), day=day, asked_at=at, asked_by=by.id)
    facts = {"day": str(day)} | weights.kept()
    record("weights.tried", about=row, by=by, at=at, command=command, scope=branch.id, facts=facts)
    return row


def _branch(branch_id: UUID) -> Branch:
    branch = Branch.objects.select_for_update(no_key=True).filter(id=branch_id).first()
    if branch is None:
        raise NotFound
    return branch


def _read(chosen: Mapping[str, str]) -> Weights:
    try:
        return weights_from(chosen)
    except ValueError as error:
        raise BadInput("chosen", _("Choose one of the answers of each question.")) from error
