"""The cards that come with Goodword: for every kind of work of the demo, every stage, and each in plain words."""

import pytest

from goodword.visits.rules import FOUR, faults_of_card, glossary_of
from goodword.worlds.cast import WORK
from goodword.worlds.cast.scripts import cards

ALL = list(cards(frozenset(work.code for work in WORK)))


@pytest.mark.shows("S0-32")
def test_every_card_passes_the_plain_language_check() -> None:
    wrong = {(stage, work): faults for stage, work, lines in ALL if (faults := faults_of_card(lines, glossary_of([])))}

    assert not wrong


def test_there_is_a_card_for_every_stage_of_every_kind_of_work() -> None:
    written = {(stage, work) for stage, work, _lines in ALL}
    named = {work for _stage, work in written}

    assert named == {None, *(work.code for work in WORK)}
    assert {(stage.value, None) for stage in FOUR} <= written


def test_a_new_company_begins_with_the_general_cards() -> None:
    assert [(stage, work) for stage, work, _lines in cards(frozenset())] == [(stage.value, None) for stage in FOUR]
