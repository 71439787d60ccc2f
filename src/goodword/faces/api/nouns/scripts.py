"""Script cards: what to do and what to say in each stage, and the words that are kept out of them."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema, Status
from pydantic import Field

from goodword.crew import queries as crew
from goodword.crew.rules import Verb
from goodword.faces.api.auth import Asked
from goodword.faces.api.doorway import door, found, must, must_any, who
from goodword.faces.api.inputs import Body, Code, Id, Write
from goodword.faces.api.router import Noun
from goodword.kit.refusals import NotFound
from goodword.visits.actions import drop_plain_word, set_plain_word, set_script
from goodword.visits.queries import glossary, scripts_visible_to, versions_of, work_types
from goodword.worlds.cast.scripts import shipped_card

router = Noun("scripts")
MOST = 2_000  # ours: rows of a list that has no pages


class LineIn(Body):
    """``kind``: to do, or to say. ``{customer}``, ``{technician}`` and ``{time}`` stand for those of the visit."""

    kind: Literal["do", "say"]
    words: Annotated[str, Field(min_length=1, max_length=200)]


class LineOut(Schema):
    kind: str
    words: str


class ScriptOut(Schema):
    """``branch_id`` or ``work_type`` null: for all. The newest version counts; without lines it is taken back."""

    id: UUID
    stage: str
    branch_id: UUID | None
    work_type_id: str | None
    version: int
    lines: list[LineOut]
    written_at: datetime

    @staticmethod
    def resolve_lines(row: Any) -> list[dict[str, str]]:
        return [{"kind": kind, "words": words} for kind, words in row.lines]


class CardIn(Write):
    """Which card."""

    stage: Literal["prepare", "arrive", "work", "complete"]
    branch_id: Id | None = None
    work_type: Code | None = None


class ScriptIn(CardIn):
    lines: Annotated[list[LineIn], Field(max_length=20)]


class WordOut(Schema):
    """``instead`` empty: the word is fine here."""

    word: str
    instead: str


class WordIn(Write):
    word: Annotated[str, Field(min_length=1, max_length=60)]
    instead: Annotated[str, Field(max_length=120)] = ""


@router.get("/scripts", response=list[ScriptOut])
def scripts(request: Asked) -> Any:
    """Every version, by stage, the newest first."""
    return list(scripts_visible_to(who(request)).order_by("stage", "branch_id", "work_type_id", "-version")[:MOST])


@router.post("/scripts", response={201: ScriptOut})
def new_script(request: Asked, body: ScriptIn) -> Any:
    """A card that is not in plain words is refused, with the words named."""
    work = _to_write(request, body)
    lines = [(line.kind, line.words) for line in body.lines]
    return Status(201, set_script(body.stage, lines, body.branch_id, work, **door(request, body)))


@router.post("/scripts/back-to-ours", response={201: ScriptOut})
def script_back_to_ours(request: Asked, body: CardIn) -> Any:
    """The card that came with Goodword again; where none did, this one is taken back and the next counts."""
    work = _to_write(request, body)
    if not versions_of(body.stage, body.branch_id, work).exists():
        raise NotFound
    ours = shipped_card(body.stage, work) if body.branch_id is None else ()
    return Status(201, set_script(body.stage, ours, body.branch_id, work, as_written=True, **door(request, body)))


def _to_write(request: Asked, body: CardIn) -> str | None:
    """The kind of work of a card that the caller may write."""
    if body.branch_id is not None:
        found(crew.branches_visible_to(who(request)), body.branch_id)
        must_any(request, body.branch_id, Verb.SETTINGS, Verb.STAFF)
    else:
        must(request, Verb.SETTINGS)
    return found(work_types(), body.work_type).code if body.work_type else None


@router.get("/plain-words", response=list[WordOut])
def plain_words(request: Asked) -> Any:
    """What to say instead of which word: our list, and the company's own lines on top."""
    return [{"word": word, "instead": instead} for word, instead in glossary().items()]


@router.post("/plain-words", response={201: WordOut})
def new_plain_word(request: Asked, body: WordIn) -> Any:
    must(request, Verb.SETTINGS)
    return Status(201, set_plain_word(body.word, body.instead, **door(request, body)))


@router.post("/plain-words/back-to-ours", response={200: WordOut})
def plain_word_back_to_ours(request: Asked, body: WordIn) -> Any:
    """Our line of the list counts again; a word that only the company had is fine again."""
    must(request, Verb.SETTINGS)
    word = body.word.casefold()
    drop_plain_word(word, **door(request, body))
    return {"word": word, "instead": glossary().get(word, "")}
