"""``POST /commands``: always 200 with one answer per command; one bad command never blocks the rest."""

from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from goodword.crew.rules import Verb
from goodword.faces.api.auth import DELIVERING, Asked
from goodword.faces.api.doorway import home_branch, who
from goodword.faces.api.inputs import Body
from goodword.faces.api.router import Noun
from goodword.kit.commands import BATCH, receive_batch

router = Noun("commands")
# No types here on purpose: each command is read by itself, so that one that cannot be read is refused alone.
COMMAND = {
    "title": "Command",
    "description": "`command` (the client's own UUID), `kind`, `about`, `at` (instant), `device`, `seq`, `facts`.",
    "examples": [
        {
            "command": "01a21244-b995-79c7-b5f9-d5c9b0c4074b",
            "kind": "visit.arrive",
            "about": "01a21244-b995-79c7-b5f9-d5c9b0c4074c",
            "at": "2026-11-02T10:02:00Z",
            "device": "01a21244-b995-79c7-b5f9-d5c9b0c4074d",
            "seq": 17,
            "facts": {"lat": 52.401, "lon": -1.702},
        }
    ],
}


class BatchIn(Body):
    """``online``: a person stands by and can be asked back. ``device``: for commands that do not name their own."""

    device: Any = None
    online: bool = False
    commands: Annotated[list[Any], Field(max_length=BATCH, json_schema_extra={"items": COMMAND})]


class AskOut(Schema):
    """A missing step: which commands clear it, and the way on."""

    code: str
    says: str
    cleared_by: list[str]
    way_on: str


class AnswerOut(Schema):
    """applied · duplicate (``first``: how it was answered first) · asks · held · refused."""

    command: str | None = None
    status: Literal["applied", "duplicate", "asks", "held", "refused"]
    about: UUID | None = None
    first: str | None = None
    code: str | None = None
    says: str | None = None
    asks: list[AskOut] | None = None


class AnswersOut(Schema):
    answers: list[AnswerOut]


@router.post("/commands", response=AnswersOut, auth=DELIVERING, exclude_none=True)
def commands(request: Asked, body: BatchIn) -> Any:
    """Applied in the device's order, answered in the order they were sent. Files go first."""
    if who(request).person.is_active:
        request.auth.needs(Verb.STAGE)
    person = who(request).person
    raw = [_with_device(one, body.device) for one in body.commands]
    answers = receive_batch(raw, by=person.actor, online=body.online, scope=home_branch(person.id))
    return {"answers": answers}


def _with_device(raw: Any, device: Any) -> Any:
    return {"device": device, **raw} if isinstance(raw, dict) and device is not None else raw
