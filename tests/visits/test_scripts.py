"""A card for each stage, in plain words, for a branch or all and a kind of work or all (S0-32)."""

from typing import Any

import pytest
from tests.cast import Cast, door
from tests.field import visit_of, work_type

from goodword.customers.models import Site
from goodword.kit.refusals import NotFound
from goodword.visits import actions as visits
from goodword.visits import errors
from goodword.visits.models import Visit
from goodword.visits.queries import card_behind, card_for, cards_in_force, glossary, scripts_not_plain
from goodword.visits.rules import Stage, faults_of_card, filled, glossary_of

CARD = [("do", "Shoe covers on."), ("say", "{customer}? I'm {technician}.")]
OURS = glossary_of([])


def card(words: str, cast: Cast, branch: Any = None, work: str | None = None) -> None:
    visits.set_script("arrive", [("do", words)], branch.id if branch else None, work, **door(cast.ruth))


def counts(visit: Visit) -> str:
    return card_for(visit, Stage.ARRIVE)[0][1]


@pytest.mark.shows("S0-32")
def test_a_card_of_the_branch_counts_before_the_companys_and_one_for_this_work_before_one_for_all(
    cast: Cast, site: Site
) -> None:
    visit = visit_of(site, cast.sam)
    seen = []
    for n, (branch, work) in enumerate(
        [(None, None), (None, "boiler_service"), (cast.aldermere, None), (cast.aldermere, "boiler_service")]
    ):
        card(f"Card {'abcd'[n]}.", cast, branch, work)
        seen.append(counts(visit))

    assert seen == ["Card a.", "Card b.", "Card c.", "Card d."]


def test_the_newest_version_counts_and_one_without_lines_takes_the_card_back(cast: Cast, site: Site) -> None:
    visit = visit_of(site, cast.sam)
    card("For all.", cast)
    card("Ours.", cast, cast.aldermere)
    card("Ours, anew.", cast, cast.aldermere)
    assert counts(visit) == "Ours, anew."

    visits.set_script("arrive", [], cast.aldermere.id, None, **door(cast.ruth))

    assert counts(visit) == "For all."


def test_a_card_of_another_branch_or_for_other_work_does_not_count(cast: Cast, site: Site) -> None:
    work_type("leak", skills=["plumbing"])
    card("Kilnsea.", cast, cast.kilnsea)
    card("Leak.", cast, None, "leak")

    assert card_for(visit_of(site, cast.sam), Stage.ARRIVE) == []


@pytest.mark.shows("S0-32")
def test_a_card_that_is_not_plain_is_refused_with_the_words_named(cast: Cast) -> None:
    """E-21."""
    with pytest.raises(errors.ScriptNotPlain) as refused:
        card("Commence the diagnostic prior to the CP12.", cast)

    for word in ["commence", "diagnostic", "prior to", "start"]:
        assert word in refused.value.detail


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ("Utilise the lift.", "use"),
        ("Check the EICR.", "EICR"),
        ("Welcome them!", "exclamation"),
        ("Ask {owner}.", "{owner}"),
        ("One two three four five six seven eight nine ten eleven twelve thirteen.", "13 words"),
        (
            "Mind the step and the hall and the new rug by the door there, it is wet. Then you go on in. Good.",
            "letters",
        ),
    ],
)
def test_what_is_not_plain(words: str, fault: str) -> None:
    assert any(fault in said for said in faults_of_card([("do", words)], OURS))


@pytest.mark.parametrize(
    "lines",
    [
        None,
        "do",
        [("do", "x")] * 6,
        [("shout", "x")],
        [("say", " ")],
        [("say",)],
        [["say", 3]],
        [("do", "x", "y")],
        [3],
    ],
)
def test_a_card_is_at_most_five_lines_each_to_do_or_to_say(lines: Any) -> None:
    assert faults_of_card(lines, OURS)


@pytest.mark.parametrize(
    "words", ["I'm done. OK?", "TV off. Window open.", "{customer}? I'm {technician}. {time}.", "—"]
)
def test_plain_words_pass(words: str) -> None:
    assert faults_of_card([("say", words)], OURS) == []


def test_the_glossary_is_the_companys_to_edit(cast: Cast) -> None:
    visits.set_plain_word("Widget", "part", **door(cast.nobody))
    visits.set_plain_word("flue", "", **door(cast.nobody))

    assert faults_of_card([("do", "Find the widgets.")], glossary())
    assert faults_of_card([("do", "Sweep the flue.")], glossary()) == []


def test_a_word_added_later_names_the_cards_that_hold_it(cast: Cast) -> None:
    card("Fit the gadget.", cast)

    visits.set_plain_word("gadget", "part", **door(cast.nobody))

    [(row, faults)] = scripts_not_plain()
    assert (row.stage, "gadget" in faults[0]) == ("arrive", True)


def test_a_line_is_said_with_the_names_of_the_visit() -> None:
    names = {"customer": "Mrs Adeyemi", "technician": "Sam", "time": ""}

    assert filled("{customer}? I'm {technician}.", names) == "Mrs Adeyemi? I'm Sam."
    assert filled("I'm done by {time}.", names) == "I'm done by."


def test_a_person_who_saw_the_advice_keeps_their_words_and_the_card_stays_named(cast: Cast, site: Site) -> None:
    visits.set_script("arrive", [("say", "Commence!")], None, None, as_written=True, **door(cast.ruth))

    assert counts(visit_of(site, cast.sam)) == "Commence!"
    assert [row.stage for row, _faults in scripts_not_plain()] == ["arrive"]
    with pytest.raises(errors.ScriptNotPlain):
        visits.set_script("arrive", [("say", "x")] * 6, None, None, as_written=True, **door(cast.ruth))


def test_the_companys_own_line_of_the_glossary_is_taken_back(cast: Cast) -> None:
    visits.set_plain_word("flue", "", **door(cast.nobody))
    visits.drop_plain_word("flue", **door(cast.nobody))

    assert glossary()["flue"] == "chimney pipe"
    with pytest.raises(NotFound):
        visits.drop_plain_word("flue", **door(cast.nobody))


def test_what_counts_where_a_card_is_not_written(cast: Cast) -> None:
    work_type("leak", skills=["plumbing"])
    card("For all.", cast)
    card("Leak.", cast, None, "leak")
    card("Here.", cast, cast.aldermere, "leak")

    behind = card_behind("arrive", cast.aldermere.id, "leak")

    assert behind is not None and behind.lines == [["do", "Leak."]]
    assert len(cards_in_force(cast.viewer("colm"))) == 3
