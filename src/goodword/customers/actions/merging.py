"""A merge sets ``merged_into`` and moves nothing; an un-merge clears it (G-10 to G-12)."""

from datetime import datetime
from uuid import UUID

from goodword.customers.errors import AlreadyMerged, CustomerErased, MergedWithItself, NotMerged
from goodword.customers.models import Customer
from goodword.kit.actions import action
from goodword.kit.actors import Actor
from goodword.kit.events import record


@action("customer.merge")
def merge(loser_id: UUID, winner_id: UUID, *, by: Actor, at: datetime, command: UUID) -> Customer:
    """These two are one customer: everything about the loser is read with the winner. Returns the loser."""
    if loser_id == winner_id:
        raise MergedWithItself
    locked = {i: Customer.objects.locked(i) for i in sorted((loser_id, winner_id))}
    loser, winner = locked[loser_id], locked[winner_id]
    for customer in (loser, winner):
        if customer.erased_at is not None:
            raise CustomerErased
        if customer.merged_into_id is not None:
            raise AlreadyMerged(name=customer.name)
    loser.merged_into = winner
    loser.save(update_fields=["merged_into"])
    facts = {"into": str(winner.id)}
    record("customer.merged", about=loser, by=by, at=at, command=command, scope=loser.branch_id, facts=facts)
    return loser


@action("customer.unmerge")
def unmerge(loser_id: UUID, *, by: Actor, at: datetime, command: UUID) -> Customer:
    """They were two after all: each has again what was always theirs."""
    loser = Customer.objects.locked(loser_id)
    if loser.merged_into_id is None:
        raise NotMerged(name=loser.name)
    facts = {"from": str(loser.merged_into_id)}
    loser.merged_into = None
    loser.save(update_fields=["merged_into"])
    record("customer.unmerged", about=loser, by=by, at=at, command=command, scope=loser.branch_id, facts=facts)
    return loser
