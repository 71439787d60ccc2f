from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from goodword.crew.queries import company
from goodword.kit.actions import action
from goodword.kit.actors import Actor
from goodword.kit.events import record
from goodword.kit.refusals import NotFound
from goodword.kit.text import clean
from goodword.visits import errors
from goodword.visits.models import PlainWord, Script
from goodword.visits.queries.scripts import glossary
from goodword.visits.rules import FOUR, faults_of_card


@action("script.set")
def set_script(
    stage: str,
    lines: Sequence[Any],
    branch_id: UUID | None = None,
    work_type: str | None = None,
    as_written: bool = False,
    *,
    by: Actor,
    at: datetime,
    command: UUID,
) -> Script:
    """A new version of a script card: "do" or "say" and the words. Refused with the words named (E-21, S0-32).

    No lines: the card is taken back, and the next less specific one counts. ``as_written``: a person has the advice
    beside the lines, and the words are theirs; ``scripts_not_plain`` goes on naming the card.
    """
    if stage not in {s.value for s in FOUR}:
        raise errors.NoSuchStage(stage=stage)
    if faults := faults_of_card(lines, None if as_written else glossary()):
        raise errors.ScriptNotPlain(faults=" ".join(faults))
    last = Script.objects.filter(stage=stage, branch=branch_id, work_type=work_type).order_by("-version").first()
    script = Script.objects.create(
        stage=stage,
        branch_id=branch_id,
        work_type_id=work_type,
        version=last.version + 1 if last else 1,
        lines=[[kind, clean(words, "lines", needed=True)] for kind, words in lines],
        written_at=at,
        written_by=by.id,
    )
    record("script.changed", about=script, by=by, at=at, command=command, scope=branch_id, facts={"stage": stage})
    return script


@action("glossary.set")
def set_plain_word(word: str, instead: str, *, by: Actor, at: datetime, command: UUID) -> PlainWord:
    """What to say instead of a word on script cards; nothing instead: the word is fine here."""
    plain = clean(word, "word", limit=60, needed=True).casefold()
    row, _made = PlainWord.objects.update_or_create(
        word=plain, defaults={"instead": clean(instead, "instead", limit=120)}
    )
    record("glossary.changed", about=company(), by=by, at=at, command=command)
    return row


@action("glossary.drop")
def drop_plain_word(word: str, *, by: Actor, at: datetime, command: UUID) -> None:
    """The company's own line is taken back: our list counts again, or the word is fine."""
    gone, _rows = PlainWord.objects.filter(word=word).delete()
    if not gone:
        raise NotFound
    record("glossary.changed", about=company(), by=by, at=at, command=command)
