"""Before leaving: clean up, walk through the work, payment."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from goodword.crew.queries import company
from goodword.kit.actions import action
from goodword.kit.actors import Actor
from goodword.kit.refusals import BadInput
from goodword.kit.text import NOTE, clean
from goodword.visits.actions.late import no_longer_missed
from goodword.visits.actions.sending import send_what_was_done
from goodword.visits.actions.stages import accountable, said
from goodword.visits.models import Leaving, Payment, Shown, Visit
from goodword.visits.queries import to_show

ITEMS = 60  # ours
MOST_MINOR = 10**12  # ours


@action("visit.clean_up")
def clean_up(visit_id: UUID, how: str = "done", reason: str = "", *, by: Actor, at: datetime, command: UUID) -> Visit:
    """The agreed areas are clean; or nothing had to be cleaned, and why (S0-14)."""
    if how not in {"done", "not_needed"}:
        raise BadInput("how", _("Say how: done, or not_needed with the reason."))
    words = clean(reason, "reason", needed=how == "not_needed")
    visit = accountable(visit_id, by)
    if visit.clean_up(how, at=at):
        visit.save(update_fields=["cleaned_at", "cleaned_how"])
        Leaving.objects.update_or_create(visit=visit, defaults={"clean_reason": words})
    no_longer_missed(visit, "cleaned_up", by=by, at=at, command=command)
    return said("visit.cleaned_up", visit, {"how": how}, by=by, at=at, command=command)


@action("visit.walk_through")
def walk_through(
    visit_id: UUID,
    how: str = "together",
    items: Sequence[Mapping[str, Any]] = (),
    *,
    by: Actor,
    at: datetime,
    command: UUID,
) -> Visit:
    """The work was walked through with the customer, item by item; or, when nobody is there, sent to them (S0-15).

    ``items``: ``words``, and what was asked (``question``) and answered (``answer``); none: the work of the order and
    the areas as they were left.
    """
    if how not in {"together", "sent"}:
        raise BadInput("how", _("Say how: together or sent."))
    if len(items) > ITEMS:
        raise BadInput("items", _("Show at most %(n)d things.") % {"n": ITEMS})
    visit = accountable(visit_id, by)
    if visit.walk_through(how, at=at):
        visit.save(update_fields=["walked_through_at", "walked_through_how"])
        visit.shown.all().delete()
        told = items or [{"words": words} for words in to_show(visit)]
        Shown.objects.bulk_create([_shown(visit, item, n) for n, item in enumerate(told)])
        if how == "sent":
            send_what_was_done(visit, by=by, at=at, command=command)
    no_longer_missed(visit, "walked_through", by=by, at=at, command=command)
    asked = sum(1 for item in items if item.get("question"))
    facts = {"how": how, "items": len(items), "asked": asked}
    return said("visit.walked_through", visit, facts, by=by, at=at, command=command)


def _shown(visit: Visit, item: Mapping[str, Any], position: int) -> Shown:
    words = clean(item.get("words"), "words", needed=True)
    question, answer = (clean(item.get(field), field, limit=NOTE) for field in ("question", "answer"))
    return Shown(visit=visit, words=words, question=question, answer=answer, position=position)


@action("visit.pay")
def record_payment(
    visit_id: UUID, kind: str, amount_minor: int = 0, reason: str = "", *, by: Actor, at: datetime, command: UUID
) -> Visit:
    """It was paid, how and how much; or why not. Before the walk-through only with a reason (S0-16)."""
    if kind not in Payment.Kind.values:
        raise BadInput("kind", _("Say how: card, cash, transfer, cheque, or none with the reason."))
    if (kind == "none") != (amount_minor == 0) or not 0 <= amount_minor <= MOST_MINOR:
        raise BadInput("amount_minor", _("Say how much was paid, or choose “not paid” and say why."))
    visit = accountable(visit_id, by)
    early = visit.walked_through_at is None or at < visit.walked_through_at
    words = clean(reason, "reason")
    if not words and (early or kind == "none"):
        raise BadInput(
            "reason",
            _("Say why it was not paid.") if kind == "none" else _("Say why it was paid before the walk-through."),
        )
    if visit.pay(at=at):
        visit.save(update_fields=["paid_at"])
        currency = company().currency if amount_minor else ""
        paid = {"kind": kind, "amount_minor": amount_minor, "currency": currency, "reason": words, "at": at}
        Payment.objects.update_or_create(visit=visit, defaults=paid)
    no_longer_missed(visit, "paid", by=by, at=at, command=command)
    facts = {"kind": kind, "amount_minor": amount_minor, "early": early}
    return said("visit.paid", visit, facts, by=by, at=at, command=command)
