"""Settling what was held: apply it, apply it with changed facts or elsewhere, or decline it with words."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from goodword.kit.actions import action
from goodword.kit.actors import Actor
from goodword.kit.calendar import read_instant
from goodword.kit.commands import apply_envelope, envelope_of, mark_applied, mark_settled, retry_held
from goodword.kit.models import Command, Held
from goodword.kit.refusals import BadInput, NotFound, Refusal
from goodword.kit.text import clean

AGE_ALARM_MIN = 15  # ours (design 1)


class AlreadySettled(Refusal):
    code = "already-settled"
    says = _("Somebody has settled this already.")


@action("command.settle")
def settle(
    held_id: UUID,
    how: str,
    words: str = "",
    about: UUID | None = None,
    facts: dict[str, Any] | None = None,
    *,
    by: Actor,
    at: datetime,
    command: UUID,
) -> Held:
    """Settle a held command in the name of the person who sent it; the settler stands in the event.

    ``facts`` take the place of what was sent; ``at`` among them is another time than the one that was claimed.

    Raises
    ------
    Refusal
        It was settled before, or what was chosen cannot be applied either (it stays held).
    """
    held = Held.objects.select_for_update(of=("self",)).select_related("command").filter(id=held_id).first()
    if held is None:
        raise NotFound
    if held.settled_at is not None:
        raise AlreadySettled
    if how == Held.How.DECLINED:
        _decline(held, words)
    elif how in {Held.How.APPLIED, Held.How.CHANGED, Held.How.MOVED}:
        held.how = how
        _apply_as(held, about, facts)
    else:
        raise BadInput("how", str(_("Choose what to do with it.")))
    mark_settled(held, how, by, at, command, clean(words, "words", limit=2_000))
    if how != Held.How.DECLINED:
        retry_held(held.command.device)
    return held


def _decline(held: Held, words: str) -> None:
    if not words.strip():
        raise BadInput("words", str(_("Say why, so that the sender can read it.")))
    Command.objects.filter(id=held.command_id).update(status=Command.Status.DECLINED)


def _apply_as(held: Held, about: UUID | None, facts: dict[str, Any] | None) -> None:
    row = held.command
    if held.how == Held.How.MOVED and about is None:
        raise BadInput("about", str(_("Say to which one it belongs.")))
    if held.how == Held.How.CHANGED and not facts:
        raise BadInput("facts", str(_("Say what is to be changed.")))
    envelope = envelope_of(row)
    held.changes = {"about": str(about) if about else None, "facts": facts or {}}
    said = dict(facts or {})
    at = read_instant(str(said.pop("at"))) if "at" in said else envelope.at
    changed = replace(envelope, about=about or envelope.about, at=at, facts=envelope.facts | said)
    refusal = apply_envelope(row, changed, Actor(row.by_kind, row.by_id))  # type: ignore[arg-type]
    if refusal is not None:
        raise refusal
    mark_applied(row)


def held_of(command_id: UUID) -> Held | None:
    """The inbox row of a command that has been held, settled or not; None while it is delivered for the first time."""
    return Held.objects.filter(command=command_id).first()
