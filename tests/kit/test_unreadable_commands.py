"""What cannot be read is refused with words and not kept; odd things that can be read are kept as they are."""

import re

import pytest
from tests.kit.sending import command, send

from goodword.kit.ids import uuid7
from goodword.kit.models import Command


@pytest.mark.parametrize(
    "raw",
    [
        None,
        7,
        "text",
        [],
        {},
        command(command=...),
        command(command=None),
        command(command="not-a-uuid"),
        command(command=7),
        command(kind=...),
        command(kind=""),
        command(kind="x" * 81),
        command(kind=5),
        command(at=...),
        command(at="yesterday"),
        command(at="2026-11-02T09:40:00"),
        command(at="+02:00"),
        command(at="0000-01-01T00:00:00Z"),
        command(at="10000-01-01T00:00:00Z"),
        command(at="9999-12-31T23:59:59-23:59"),
        command(at="0001-01-01T00:00:00+23:59"),
        command(at="2026-11-02T24:00:00Z"),
        command(at="2026-12-31T23:59:60Z"),
        command(about="7"),
        command(device="phone"),
        command(seq=-1),
        command(seq=2**53),
        command(seq=True),
        command(seq="1"),
        command(seq=1.5),
        command(facts=[]),
        command(facts="text"),
        command(facts={"note": "a\x00b"}),
        command(facts={"a\x00": 1}),
        command(facts={"note": "\ud800"}),
        command(facts={"n": float("nan")}),
        command(facts={"n": [float("inf")]}),
        command(kind="test.\x00note"),
    ],
    ids=lambda raw: re.sub(r"[0-9a-f-]{20,}", "id", str(raw))[-60:],
)
def test_what_cannot_be_read_is_refused_and_not_kept(db, raw):
    answer = send(raw)

    assert answer["status"] == "refused"
    assert answer["says"]
    assert Command.objects.count() == 0


def test_nesting_without_end_is_refused(db):
    deep: list = []
    for _ in range(900):
        deep = [deep]

    assert send(command(facts={"deep": deep}))["status"] == "refused"


@pytest.mark.parametrize(
    "text",
    [
        "O'Brien",
        "'; DROP TABLE kit_event; --",
        "{{7*7}}",
        "%s %(a)s",
        "{0} {why}",
        "\u202e\u2028 zalgo ǫ̷",
        "x" * 100_000,
    ],
)
def test_odd_text_is_kept_as_it_is(db, text):
    sent = command(facts={"note": text})

    assert send(sent)["status"] == "applied"
    assert Command.objects.get().facts == {"note": text}


@pytest.mark.parametrize("number", [2**53 + 1, -(2**63), 10**300, 1e308, -0.0])
def test_large_numbers_are_kept(db, number):
    assert send(command(facts={"n": number}))["status"] == "applied"


def test_a_held_commands_words_may_hold_braces(db):
    assert send(command("test.stage", about=str(uuid7()), facts={"n": 2}))["says"] == "Number 2 comes after number 1."
