"""One command as a client sent it: read strictly, so that what goes further can be kept and applied."""

import math
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from goodword.kit.actions import digest_of
from goodword.kit.calendar import read_instant
from goodword.kit.refusals import BadInput

MAX_SEQ = 2**53
DEEPEST = 20  # ours: facts are flat; deeper nesting is an attack or a bug


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


def read_envelope(raw: Any, *, online: bool) -> Envelope:
    """The command in a JSON object; raises BadInput for what cannot be read at all."""
    if not isinstance(raw, dict):
        raise BadInput("command", _("A command is a JSON object."))
    _refuse_unkeepable(raw)
    facts = {} if raw.get("facts") is None else raw["facts"]
    if not isinstance(facts, dict):
        raise BadInput("facts", _("The facts of a command are a JSON object."))
    kind, seq = raw.get("kind"), raw.get("seq")
    if not isinstance(kind, str) or not 1 <= len(kind) <= 80:
        raise BadInput("kind", _("A command needs a kind, like visit.arrive."))
    if seq is not None and (not isinstance(seq, int) or isinstance(seq, bool) or not 0 <= seq < MAX_SEQ):
        raise BadInput("seq", _("The sequence number is a whole number from 0."))
    command = read_uuid(raw.get("command"), "command")
    if command is None:
        raise BadInput("command", _("A command needs an id of its own, a UUID."))
    body = {k: raw.get(k) for k in ("about", "at", "device", "seq", "facts")}
    return Envelope(
        command=command,
        kind=kind,
        about=read_uuid(raw.get("about"), "about"),
        at=read_instant(raw.get("at", ""), "at"),
        device=read_uuid(raw.get("device"), "device"),
        seq=seq,
        facts=facts,
        online=online,
        digest=digest_of(kind, body),
    )


def read_uuid(value: Any, field: str) -> UUID | None:
    if value is None:
        return None
    try:
        return UUID(str(value))
    except ValueError as error:
        raise BadInput(field, _("This must be a UUID.")) from error


def _refuse_unkeepable(value: Any) -> None:
    """What PostgreSQL cannot keep as JSON (NUL, half characters, NaN), and what is nested without end."""
    level, depth = [value], 0
    while level:
        if depth > DEEPEST:
            raise BadInput("facts", _("This is nested too deeply to be true."))
        for item in level:
            if isinstance(item, str) and ("\x00" in item or any(0xD800 <= ord(c) <= 0xDFFF for c in item)):
                raise BadInput("facts", _("This text holds a character that cannot be kept."))
            if isinstance(item, float) and not math.isfinite(item):
                raise BadInput("facts", _("This holds a number that is none."))
        level = [
            inner
            for item in level
            if isinstance(item, (dict, list))
            for inner in ([*item.keys(), *item.values()] if isinstance(item, dict) else item)
        ]
        depth += 1
