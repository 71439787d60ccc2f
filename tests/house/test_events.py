"""``docs/events.md`` lists every event, what it holds and who reacts; nothing else is ever recorded."""

import pytest
from tests.house.events import listed, recorded, rows

from goodword.config import wiring


def test_every_event_that_is_recorded_is_listed():
    wrong = [f"{r.where} records {r.name}" for r in recorded() if not any(r.matches(e) for e in listed())]

    assert not wrong, "add to docs/events.md:\n" + "\n".join(wrong)


def test_every_event_that_is_listed_is_recorded():
    written = list(recorded())
    wrong = [row.event for row in rows() if not any(r.matches(row.event) for r in written)]

    assert not wrong, f"nobody records these: {wrong}"


def test_an_event_is_listed_once_and_under_the_room_that_records_it():
    events = [row.event for row in rows()]
    written = list(recorded())
    wrong = [row.event for row in rows() if not any(r.room == row.room and r.matches(row.event) for r in written)]

    assert len(events) == len(set(events))
    assert not wrong, f"recorded by another room: {wrong}"


def test_who_reacts_is_what_the_wiring_says():
    said = {row.event: row.reacts for row in rows()}
    wired = {event: frozenset(name.split(".")[1] for name in names) for event, names in wiring.reactions.items()}

    assert set(wired) <= set(said), f"wired but not listed: {set(wired) - set(said)}"
    for event, rooms in said.items():
        assert rooms == wired.get(event, frozenset()), event


@pytest.mark.parametrize("table", ["reactions", "objections", "commands"])
def test_everything_in_the_wiring_is_there(table):
    from django.utils.module_loading import import_string

    for names in getattr(wiring, table).values():
        for name in [names] if isinstance(names, str) else names:
            assert callable(import_string(name)), name
