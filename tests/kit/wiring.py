"""A small wiring for the tests of the ground: what clients may send here, who reacts, who objects."""

from typing import Any

from django.db import connection, models

from goodword.kit.actors import Actor
from goodword.kit.asks import Ask, ask
from goodword.kit.envelopes import Envelope
from goodword.kit.events import record
from goodword.kit.models import Command, Event
from goodword.kit.refusals import Refusal

REACTED: list[str] = []
FAIL_ONCE: list[str] = []


class TooEarly(Refusal):
    code = "too-early"
    says = "Number {n} comes after number {before}."
    waits = True


class NotYours(Refusal):
    code = "not-yours"
    says = "This is not yours any more."


def note(envelope: Envelope, by: Actor) -> models.Model:
    """Writes one event: how often a command happened is how many there are."""
    row = Command.objects.get(id=envelope.command)
    about = envelope.about or envelope.command
    facts = {**envelope.facts, "about": str(about)}
    record("test.noted", about=row, by=by, at=envelope.at, command=envelope.command, facts=facts)
    return row


def stage(envelope: Envelope, by: Actor) -> models.Model:
    """Number n needs number n - 1 of the same thing."""
    n = envelope.facts["n"]
    if n > 1 and not Event.objects.filter(name="test.noted", facts__n=n - 1, facts__about=str(envelope.about)).exists():
        raise TooEarly(n=n, before=n - 1)
    return note(envelope, by)


def mine(envelope: Envelope, by: Actor) -> models.Model:
    if envelope.facts.get("owner") != "me":
        raise NotYours
    return note(envelope, by)


def asked(envelope: Envelope, by: Actor) -> models.Model:
    ask("test.finish", facts=envelope.facts)
    return note(envelope, by)


def poison(envelope: Envelope, by: Actor) -> None:
    """Everything that can go wrong in a handler, after it has written."""
    note(envelope, by)
    POISONS[envelope.facts["how"]]()


def _sql(text: str) -> Any:
    def run() -> None:
        with connection.cursor() as cursor:
            cursor.execute(text)

    return run


def _raise(error: BaseException) -> Any:
    def run() -> None:
        raise error

    return run


POISONS = {
    "value": _raise(ValueError("no")),
    "runtime": _raise(RuntimeError("no")),
    "recursion": _raise(RecursionError("no")),
    "too long": _sql("INSERT INTO kit_link (id, token_sha256) VALUES (gen_random_uuid(), repeat('x', 99))"),
    "constraint": _sql("UPDATE kit_clock SET rate = 2"),
    "forbidden": _sql("DELETE FROM kit_event"),
    "division": _sql("SELECT 1 / 0"),
    "too slow": _sql("SET LOCAL statement_timeout = 20; SELECT pg_sleep(5)"),
}


def finished(facts: dict[str, Any]) -> list[Ask]:
    return [] if facts.get("washed") else [Ask("not-washed", "Wash up first.", ("test.wash",), "Say why not.")]


def reaction(event: Event) -> None:
    if FAIL_ONCE:
        raise RuntimeError(FAIL_ONCE.pop())
    REACTED.append(str(event.id))


reactions = {"test.reacted_to": ["tests.kit.wiring.reaction"]}
objections = {"test.finish": ["tests.kit.wiring.finished"]}
commands = {
    "test.note": "tests.kit.wiring.note",
    "test.stage": "tests.kit.wiring.stage",
    "test.mine": "tests.kit.wiring.mine",
    "test.ask": "tests.kit.wiring.asked",
    "test.poison": "tests.kit.wiring.poison",
    "test.gone": "tests.kit.wiring.does_not_exist",
}
