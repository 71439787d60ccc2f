"""The batch door: what a phone or a program sends, perhaps days late. Five answers: applied, duplicate, asks, held, refused.

Nothing that can be read is ever thrown away: a command that cannot be applied is held with its reason and its content
until a person settles it (design 1 and 3). One bad command never blocks the rest.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.db.models import Max
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goodword.kit.actions import CommandReused, _with_retries, claim_command, digest_of, under_command
from goodword.kit.actors import Actor
from goodword.kit.asks import Asks
from goodword.kit.calendar import read_instant
from goodword.kit.clock import company_now
from goodword.kit.doors import opened
from goodword.kit.events import record
from goodword.kit.models import Command, Held
from goodword.kit.refusals import BadInput, NotFound, Refusal
from goodword.kit.wiring import commands

log = logging.getLogger(__name__)
BATCH = 50
MAX_SEQ = 2**53


@dataclass(frozen=True)
class Envelope:
    """One command as it was sent. ``online``: a person stands by and can be asked back."""

    command: UUID
    kind: str
    about: UUID | None
    at: datetime
    device: UUID | None
    seq: int | None
    facts: dict[str, Any]
    online: bool = False
    digest: str = ""


Handler = Callable[[Envelope, Actor], models.Model | None]


class UnknownKind(Refusal):
    code = "unknown-kind"
    says = gettext_lazy("This was sent by a newer app than the server knows. A person must look at it.")


class SequenceUsed(Refusal):
    code = "sequence-used"
    says = gettext_lazy("Two phones say they are the same one. A person must look at this.")


class NotApplied(Refusal):
    code = "could-not-apply"
    says = gettext_lazy("The server could not apply this. It is kept, and a person must look at it.")


class _AskBack(Exception):
    """Carries the asks out of the transaction, so that nothing is written."""

    def __init__(self, asks: Asks) -> None:
        self.asks = asks


def read_envelope(raw: Any, *, online: bool) -> Envelope:
    """The command in a JSON object; raises BadInput for what cannot be read at all."""
    if not isinstance(raw, dict):
        raise BadInput("command", _("A command is a JSON object."))
    facts = raw.get("facts") or {}
    if not isinstance(facts, dict):
        raise BadInput("facts", _("The facts of a command are a JSON object."))
    kind, seq = raw.get("kind"), raw.get("seq")
    if not isinstance(kind, str) or not 1 <= len(kind) <= 80:
        raise BadInput("kind", _("A command needs a kind, like visit.arrive."))
    if seq is not None and (not isinstance(seq, int) or isinstance(seq, bool) or not 0 <= seq < MAX_SEQ):
        raise BadInput("seq", _("The sequence number is a whole number from 0."))
    _refuse_nul(raw)
    body = {k: raw.get(k) for k in ("about", "at", "device", "seq", "facts")}
    return Envelope(
        command=_uuid(raw.get("command"), "command", needed=True),  # type: ignore[arg-type]
        kind=kind,
        about=_uuid(raw.get("about"), "about"),
        at=read_instant(raw.get("at", ""), "at"),
        device=_uuid(raw.get("device"), "device"),
        seq=seq,
        facts=facts,
        online=online,
        digest=digest_of(kind, body),
    )


def _refuse_nul(value: Any) -> None:
    texts = [value]
    while texts:
        item = texts.pop()
        if isinstance(item, dict):
            texts.extend([*item.keys(), *item.values()])
        elif isinstance(item, list):
            texts.extend(item)
        elif isinstance(item, str) and ("\x00" in item or any(0xD800 <= ord(c) <= 0xDFFF for c in item)):
            raise BadInput("facts", _("This text holds a character that cannot be kept."))


def _uuid(value: Any, field: str, *, needed: bool = False) -> UUID | None:
    if value is None and not needed:
        return None
    try:
        return UUID(str(value))
    except ValueError as error:
        raise BadInput(field, _("This must be a UUID.")) from error


def receive_batch(raw: list[Any], *, by: Actor, online: bool) -> list[dict[str, Any]]:
    """Answer every command, in the device's order; answers come back in the order they were sent."""
    order = sorted(range(len(raw)), key=lambda i: (_seq(raw[i]), i))
    answers: dict[int, dict[str, Any]] = {i: receive(raw[i], by=by, online=online) for i in order}
    return [answers[i] for i in range(len(raw))]


def _seq(raw: Any) -> int:
    seq = raw.get("seq") if isinstance(raw, dict) else None
    return seq if isinstance(seq, int) else 0


def receive(raw: Any, *, by: Actor, online: bool = False) -> dict[str, Any]:
    """Apply one command or say why not."""
    try:
        envelope = read_envelope(raw, online=online)
    except BadInput as refusal:
        return {"command": raw.get("command") if isinstance(raw, dict) else None, "status": "refused"} | _why(refusal)
    try:
        answer: dict[str, Any] = _with_retries(lambda: _receive(envelope, by))
    except _AskBack as back:
        return {"command": str(envelope.command), "status": "asks", "asks": back.asks.facts["asks"]} | _why(back.asks)
    except CommandReused as refusal:
        return {"command": str(envelope.command), "status": "refused"} | _why(refusal)
    if answer["status"] == "applied":
        retry_held(envelope.device)
    return answer


def _why(refusal: Refusal) -> dict[str, Any]:
    return {"code": refusal.code, "says": refusal.detail}


def _receive(envelope: Envelope, by: Actor) -> dict[str, Any]:
    with transaction.atomic(), opened("kit.command"):
        row = _row(envelope, by)
        refusal: Refusal | None = None
        if _sequence_used(row):
            row.status, refusal = Command.Status.HELD, SequenceUsed()
        if not claim_command(row):
            return _again(row)
        if refusal is None:
            refusal = _apply(row, envelope, by)
        return _held(row, refusal, by) if refusal else _applied(row)


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
    if envelope.device is None or envelope.seq is None:
        return 0
    last = Command.objects.filter(device=envelope.device, seq__lt=envelope.seq).aggregate(last=Max("seq"))["last"]
    return max(0, envelope.seq - last - 1) if last is not None else 0


def _sequence_used(row: Command) -> bool:
    if row.device is None or row.seq is None:
        return False
    return (
        Command.objects.filter(device=row.device, seq=row.seq)
        .exclude(id=row.id)
        .exclude(status=Command.Status.HELD)
        .exists()
    )


def _again(row: Command) -> dict[str, Any]:
    first = Command.objects.get(id=row.id)
    if first.digest != row.digest or (first.by_kind, first.by_id) != (row.by_kind, row.by_id):
        raise CommandReused(command=row.id)
    return first.answer | {"status": "duplicate", "first": first.status}


def _apply(row: Command, envelope: Envelope, by: Actor) -> Refusal | None:
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
    except IntegrityError:
        log.exception("command %s (%s) broke a constraint: held", envelope.command, envelope.kind)
        return NotApplied()
    except (TypeError, ValueError, KeyError, AttributeError, LookupError):
        log.exception("command %s (%s) could not be applied: held", envelope.command, envelope.kind)
        return NotApplied()
    if isinstance(result, models.Model):
        row.result_model, row.result_id = result._meta.label, result.pk
    return None


def _applied(row: Command) -> dict[str, Any]:
    row.status = Command.Status.APPLIED
    row.answer = {"command": str(row.id), "status": "applied", "about": str(row.result_id) if row.result_id else None}
    row.save(update_fields=["status", "answer", "result_model", "result_id"])
    return row.answer


def _held(row: Command, refusal: Refusal, by: Actor) -> dict[str, Any]:
    row.status = Command.Status.HELD
    row.answer = {"command": str(row.id), "status": "held"} | _why(refusal)
    row.save(update_fields=["status", "answer"])
    scope = None if isinstance(refusal, NotFound) else refusal.facts.get("scope")
    held = Held.objects.create(
        command=row, code=refusal.code, says=refusal.detail, scope=scope, opened_at=row.received_at
    )
    record(
        "command.held", about=held, by=by, at=row.received_at, command=row.id, scope=scope, facts={"code": refusal.code}
    )
    return row.answer


def retry_held(device: UUID | None) -> int:
    """Apply what only waited for an earlier command of the same device; how many went through.

    A later stage that overtook an earlier one is held; when the earlier one arrives, nobody has to look at it.
    """
    if device is None:
        return 0
    done = 0
    for held in Held.objects.filter(command__device=device, settled_at=None, code="visit-wrong-stage").order_by(
        "command__seq"
    ):
        done += _retry(held)
    return done


def _retry(held: Held) -> int:
    with transaction.atomic(), opened("kit.command"):
        held = Held.objects.select_for_update().select_related("command").get(id=held.id)
        row = held.command
        by = Actor(row.by_kind, row.by_id)  # type: ignore[arg-type]
        if held.settled_at is not None or _apply(row, _envelope_of(row), by) is not None:
            return 0
        _applied(row)
        _settle(held, Held.How.BY_ITSELF, by, company_now(), row.id)
        return 1


def _envelope_of(row: Command) -> Envelope:
    return Envelope(row.id, row.kind, row.about, row.at, row.device, row.seq, row.facts, digest=row.digest)


def _settle(held: Held, how: str, by: Actor, at: datetime, command: UUID, words: str = "") -> None:
    held.settled_at, held.settled_by, held.how, held.words = at, by.id, how, words
    held.save(update_fields=["settled_at", "settled_by", "how", "words"])
    record("command.settled", about=held, by=by, at=at, command=command, scope=held.scope, facts={"how": how})
