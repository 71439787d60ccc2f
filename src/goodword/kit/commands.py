"""The batch door: what a phone or a program sends, perhaps days late.

Five answers: applied, duplicate, asks, held, refused.

Nothing that can be read is ever thrown away: a command that cannot be applied is held with its reason and its content
until a person settles it (design 1 and 3). One bad command never blocks the rest.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import InterfaceError, OperationalError, models, transaction
from django.db.models import Max, QuerySet
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from goodword.kit.actions import CommandReused, claim_command, lost_race, under_command, with_retries
from goodword.kit.actors import Actor
from goodword.kit.asks import Asks
from goodword.kit.clock import company_now
from goodword.kit.doors import opened
from goodword.kit.envelopes import Envelope, read_envelope, read_uuid
from goodword.kit.events import record
from goodword.kit.models import Command, Held
from goodword.kit.refusals import BadInput, NotFound, Refusal
from goodword.kit.wiring import commands

__all__ = ["BATCH", "Envelope", "Handler", "read_envelope", "receive", "receive_batch", "retry_held"]
log = logging.getLogger(__name__)
BATCH = 50
LARGEST_GAP = 2**31 - 1

Handler = Callable[[Envelope, Actor], models.Model | None]


class UnknownKind(Refusal):
    code = "unknown-kind"
    says = _("This was sent by a newer app than the server knows. A person must look at it.")


class SequenceUsed(Refusal):
    code = "sequence-used"
    says = _("Two phones say they are the same one. A person must look at this.")


class NotApplied(Refusal):
    code = "could-not-apply"
    says = _("The server could not apply this. It is kept, and a person must look at it.")


class _AskBack(Exception):
    """Carries the asks out of the transaction, so that nothing is written."""

    def __init__(self, asks: Asks) -> None:
        self.asks = asks


def receive_batch(raw: list[Any], *, by: Actor, online: bool, scope: UUID | None = None) -> list[dict[str, Any]]:
    """Answer every command, in the device's order; answers come back in the order they were sent.

    ``scope`` is where a held command goes when its refusal does not say: the sender's own branch.
    """
    order = sorted(range(len(raw)), key=lambda i: (_seq(raw[i]), i))
    answers = {i: receive(raw[i], by=by, online=online, scope=scope) for i in order}
    return [answers[i] for i in range(len(raw))]


def _seq(raw: Any) -> int:
    seq = raw.get("seq") if isinstance(raw, dict) else None
    return seq if isinstance(seq, int) else 0


def receive(raw: Any, *, by: Actor, online: bool = False, scope: UUID | None = None) -> dict[str, Any]:
    """Apply one command or say why not."""
    try:
        envelope = read_envelope(raw, online=online)
    except BadInput as refusal:
        return {"command": _said_id(raw), "status": "refused"} | _why(refusal)
    try:
        answer: dict[str, Any] = with_retries(lambda: _receive(envelope, by, scope))
    except _AskBack as back:
        return {"command": str(envelope.command), "status": "asks", "asks": back.asks.facts["asks"]} | _why(back.asks)
    except CommandReused as refusal:
        return {"command": str(envelope.command), "status": "refused"} | _why(refusal)
    _retry_what_waits(envelope, answer)
    return answer


def _retry_what_waits(envelope: Envelope, answer: dict[str, Any]) -> None:
    """After every answer, not only after "applied".

    After "duplicate", because whoever received it first may have been cut off between its commit and this. After
    "held", because what it waits for may have been committed meanwhile: of two at once, the later sees the other.
    """
    if answer["status"] == "held" and not _retry_those(Held.objects.filter(command=envelope.command)):
        return
    retry_held(envelope.device, [one for one in (envelope.about, _changed(answer)) if one is not None])


def _changed(answer: dict[str, Any]) -> UUID | None:
    """The row that was changed, where a UUID names it."""
    try:
        return read_uuid(answer.get("about"), "about")
    except BadInput:
        return None


def _said_id(raw: Any) -> str | None:
    """The id as it was sent, so that the sender finds the answer; nothing that is no text."""
    said = raw.get("command") if isinstance(raw, dict) else None
    return said[:80] if isinstance(said, str) else None


def _why(refusal: Refusal) -> dict[str, Any]:
    return {"code": refusal.code, "says": refusal.detail}


def _receive(envelope: Envelope, by: Actor, scope: UUID | None) -> dict[str, Any]:
    with transaction.atomic(), opened("kit.command"):
        row = _row(envelope, by)
        refusal: Refusal | None = None
        if not claim_command(row):
            if first := Command.objects.filter(id=row.id).first():
                return _again(first, row)
            row.seq, refusal = None, SequenceUsed()
            if not claim_command(row):
                return _again(Command.objects.get(id=row.id), row)
        if refusal is None:
            refusal = apply_envelope(row, envelope, by)
        return _held(row, refusal, by, scope) if refusal else mark_applied(row)


def _row(envelope: Envelope, by: Actor) -> Command:
    return Command(
        id=envelope.command,
        kind=envelope.kind,
        digest=envelope.digest,
        about=envelope.about,
        by_kind=by.kind,
        by_id=by.id,
        at=envelope.at,
        received_at=company_now(),
        device=envelope.device,
        seq=envelope.seq,
        gap_before=_gap(envelope),
        facts=envelope.facts,
    )


def _gap(envelope: Envelope) -> int:
    """How many numbers the device has used since its last command that is here. Noted, never waited for."""
    if envelope.device is None or envelope.seq is None:
        return 0
    last = Command.objects.filter(device=envelope.device, seq__lt=envelope.seq).aggregate(last=Max("seq"))["last"]
    return min(max(0, envelope.seq - last - 1), LARGEST_GAP) if last is not None else 0


def _again(first: Command, row: Command) -> dict[str, Any]:
    if first.digest != row.digest or (first.by_kind, first.by_id) != (row.by_kind, row.by_id):
        raise CommandReused(command=row.id)
    answer: dict[str, Any] = first.answer
    return answer | {"command": str(row.id), "status": "duplicate", "first": first.status}


def apply_envelope(row: Command, envelope: Envelope, by: Actor) -> Refusal | None:
    """Run the command's handler in a savepoint; the refusal, when there is one."""
    name = commands().get(envelope.kind)
    if name is None:
        return UnknownKind()
    try:
        with transaction.atomic(), under_command(envelope.command, envelope.device):
            result = import_string(name)(envelope, by)
    except Asks as asks:
        if envelope.online:
            raise _AskBack(asks) from asks
        return asks
    except Refusal as refusal:
        return refusal
    except Exception as error:
        if _trouble_of_the_database(error):
            raise
        log.exception("command %s (%s) could not be applied: held", envelope.command, envelope.kind)
        return NotApplied()
    if isinstance(result, models.Model):
        row.result_model, row.result_id = result._meta.label, str(result.pk)
    return None


def _trouble_of_the_database(error: Exception) -> bool:
    """A lost race or a lost connection says nothing about the command: try again, or let the client send it again."""
    if lost_race(error):
        return True
    took_too_long = getattr(error.__cause__, "sqlstate", None) == "57014"
    return isinstance(error, (OperationalError, InterfaceError)) and not took_too_long


def mark_applied(row: Command) -> dict[str, Any]:
    row.status = Command.Status.APPLIED
    row.answer = {"command": str(row.id), "status": "applied", "about": row.result_id or None}
    row.save(update_fields=["status", "answer", "result_model", "result_id"])
    return row.answer  # type: ignore[no-any-return]


def _held(row: Command, refusal: Refusal, by: Actor, scope: UUID | None) -> dict[str, Any]:
    row.status = Command.Status.HELD
    row.answer = {"command": str(row.id), "status": "held"} | _why(refusal)
    row.save(update_fields=["status", "answer"])
    if not isinstance(refusal, NotFound):
        scope = refusal.facts.get("scope") or scope
    held = Held.objects.create(
        command=row,
        code=refusal.code,
        says=refusal.detail,
        scope=scope,
        waits=refusal.waits,
        opened_at=row.received_at,
    )
    facts = {"code": refusal.code}
    record("command.held", about=held, by=by, at=row.received_at, command=row.id, scope=scope, facts=facts)
    return row.answer  # type: ignore[no-any-return]


def retry_held(device: UUID | None, about: list[UUID] | None = None) -> int:
    """Apply what only waited for an earlier command of the same device; how many went through.

    A later stage that overtook an earlier one is held; when the earlier one arrives, nobody has to look at it.
    ``about``: only what is about these, so that a phone with weeks of work does not try all of it after each command.
    """
    if device is None:
        return 0
    waiting = Held.objects.filter(command__device=device)
    return _retry_those(waiting if about is None else waiting.filter(command__about__in=about))


def _retry_those(rows: QuerySet[Held]) -> int:
    """In the device's order, and again as long as any goes through: one may have waited for a later number."""
    waiting = rows.filter(settled_at=None, waits=True).order_by("command__seq").values_list("id", flat=True)
    through = 0
    while done := sum(with_retries(partial(_retry, held_id)) for held_id in list(waiting)):
        through += done
    return through


def _retry(held_id: UUID) -> int:
    with transaction.atomic(), opened("kit.command"):
        held = Held.objects.select_for_update(of=("self",)).select_related("command").get(id=held_id)
        row = held.command
        by = Actor(row.by_kind, row.by_id)  # type: ignore[arg-type]
        if held.settled_at is not None or apply_envelope(row, envelope_of(row), by) is not None:
            return 0
        mark_applied(row)
        mark_settled(held, Held.How.BY_ITSELF, by, company_now(), row.id)
        return 1


def envelope_of(row: Command) -> Envelope:
    return Envelope(row.id, row.kind, row.about, row.at, row.device, row.seq, row.facts, digest=row.digest)


def mark_settled(held: Held, how: str, by: Actor, at: datetime, command: UUID, words: str = "") -> None:
    held.settled_at, held.settled_by, held.how, held.words = at, by.id, how, words
    held.save(update_fields=["settled_at", "settled_by", "how", "words", "changes"])
    record("command.settled", about=held, by=by, at=at, command=command, scope=held.scope, facts={"how": how})
