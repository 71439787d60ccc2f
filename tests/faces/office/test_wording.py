"""What we say is written by the people who say it: script cards, plain words, what to do until we come."""

from typing import Any

import pytest
from django.test import Client
from tests.cast import Cast, door, queries
from tests.faces.office.desk import at_the_desk, sent, text_of
from tests.field import visit_of, work_type

from goodword.customers.models import Site
from goodword.visits import actions as visits
from goodword.visits.actions.calls import set_advice
from goodword.visits.models import PlainWord, Script
from goodword.visits.models.calls import Harm
from goodword.visits.queries import card_for, glossary
from goodword.visits.queries.advice import OURS, advice_for
from goodword.visits.rules import Stage, faults_of_line

CARDS, CARD, WORDS, ADVICE = (
    "/settings/script-cards/", "/settings/script-cards/card/", "/settings/plain-words/", "/settings/advice/",
)  # fmt: skip
BACK = "/settings/script-cards/card/return/"


def for_aldermere(cast: Cast, work: str = "") -> str:
    return f"?stage=arrive&branch={cast.aldermere.id}&work={work}"


def lines(*words: str, kind: str = "do") -> dict[str, str]:
    return {f"{name}-{n}": value for n, said in enumerate(words) for name, value in (("kind", kind), ("words", said))}


def written(client: Client, url: str, **facts: Any) -> str:
    return text_of(sent(client, url, **facts, follow=True))


@pytest.mark.shows("S0-32")
def test_a_manager_writes_the_card_of_the_branch_and_the_technician_has_it(cast: Cast, site: Site) -> None:
    visit, colm = visit_of(site, cast.sam), at_the_desk(cast.colm)

    page = written(colm, CARD + for_aldermere(cast), **lines("Shoe covers on.", "{customer}? I'm {technician}."))

    assert card_for(visit, Stage.ARRIVE) == [("do", "Shoe covers on."), ("do", "{customer}? I'm {technician}.")]
    assert "Kept." in page and "Mrs Bell? I'm Colm." in page
    assert "Aldermere, all kinds of work" in text_of(colm.get(CARDS))


@pytest.mark.shows("S0-32")
def test_what_is_not_plain_is_said_beside_the_line_and_never_in_the_way(cast: Cast) -> None:
    """E-21 refuses what a program sends; a person reads the advice and decides."""
    colm = at_the_desk(cast.colm)

    page = written(colm, CARD + for_aldermere(cast), **lines("Commence the diagnostic!"))

    assert Script.objects.get(branch=cast.aldermere).lines == [["do", "Commence the diagnostic!"]]
    assert "“commence”: say “start”." in page
    assert "1 line could be plainer" in text_of(colm.get(CARDS))


def test_it_is_looked_at_before_it_is_kept(cast: Cast) -> None:
    answer = sent(at_the_desk(cast.colm), CARD + for_aldermere(cast), look="1", **lines("Isolate {customer}."))

    assert answer.status_code == 200
    assert 'value="Isolate {customer}."' in answer.content.decode()
    assert "“isolate”: say “turn off”." in text_of(answer) and "Isolate Mrs Bell." in text_of(answer)
    assert not Script.objects.filter(branch=cast.aldermere).exists()


@pytest.mark.parametrize("facts", [lines(""), lines("x" * 201), lines("fine", kind="shout"), lines("a\0b")])
def test_what_cannot_be_kept_comes_back_as_typed(cast: Cast, facts: dict[str, str]) -> None:
    answer = sent(at_the_desk(cast.colm), CARD + for_aldermere(cast), **facts, **{"words-4": "Good."})

    if facts["words-0"]:
        assert answer.status_code == 422 and 'value="Good."' in answer.content.decode()
        assert not Script.objects.filter(branch=cast.aldermere).exists()
    else:
        assert Script.objects.get(branch=cast.aldermere).lines == [["do", "Good."]]


def test_a_card_without_a_line_is_none(cast: Cast) -> None:
    answer = sent(at_the_desk(cast.colm), CARD + for_aldermere(cast), **lines(" "))

    assert answer.status_code == 422 and "Write at least one line." in text_of(answer)


def test_back_to_ours_takes_it_back_and_it_can_be_put_back(cast: Cast, site: Site) -> None:
    visit, ruth = visit_of(site, cast.sam), at_the_desk(cast.ruth)
    written(ruth, CARD + "?stage=arrive", **lines("Company."))
    written(ruth, CARD + for_aldermere(cast), **lines("Ours here."))

    here = text_of(ruth.get(CARD + for_aldermere(cast)))
    assert "Without this card, the card for all branches, all kinds of work counts." in here
    page = written(ruth, BACK + for_aldermere(cast))
    assert card_for(visit, Stage.ARRIVE) == [("do", "Company.")]
    assert "Ours here." in page and "Put it back" in page

    written(ruth, BACK + "?stage=arrive")
    assert card_for(visit, Stage.ARRIVE)[0] == ("say", "{customer}? I'm {technician}. Good to meet you.")


def test_who_may_write_what(cast: Cast) -> None:
    colm, priya = at_the_desk(cast.colm), at_the_desk(cast.priya)

    assert sent(colm, CARD + "?stage=arrive", **lines("x")).status_code == 403
    assert colm.get(CARD + f"?stage=arrive&branch={cast.kilnsea.id}").status_code == 404
    assert priya.get(CARDS).status_code == 200 and CARD not in priya.get(CARDS).content.decode()
    assert sent(priya, CARD + for_aldermere(cast), **lines("x")).status_code == 403
    assert at_the_desk(cast.sam).get(CARDS).status_code == 404


@pytest.mark.parametrize("wrong", ["?stage=over", "?stage=", "?stage=arrive&work=no\0ne", "?stage=arrive&branch=x"])
def test_a_card_for_nothing_there_is_not_there(cast: Cast, wrong: str) -> None:
    assert at_the_desk(cast.ruth).get(CARD + wrong).status_code == 404


def test_the_cards_are_found_sorted_and_empty_calmly(cast: Cast) -> None:
    ruth = at_the_desk(cast.ruth)
    assert "No script cards yet." in text_of(ruth.get(CARDS))
    work_type("leak", skills=["plumbing"])
    visits.set_script("work", [("do", "Mats first.")], None, "leak", **door())
    visits.set_script("arrive", [("do", "Ring twice.")], None, None, **door())

    by_stage, newest = text_of(ruth.get(CARDS)), text_of(ruth.get(CARDS, {"sort": "newest"}))

    assert by_stage.index("Ring twice.") < by_stage.index("Mats first.")
    assert "newest first" in newest
    found = text_of(ruth.get(CARDS, {"q": "MATS"}))
    assert "Mats first." in found and "Ring twice." not in found
    assert "Nothing was found." in text_of(ruth.get(CARDS, {"q": "qqq\0"}))


def test_a_word_is_added_changed_and_taken_back(cast: Cast) -> None:
    ruth = at_the_desk(cast.ruth)

    listed = written(ruth, WORDS, word="Widget", instead="part")
    written(ruth, WORDS, word="flue", instead="")
    assert "widget part yours" in listed
    assert (glossary()["widget"], glossary()["flue"]) == ("part", "")

    page = written(ruth, WORDS + "return/", word="flue")
    assert glossary()["flue"] == "chimney pipe" and "Taken back" in page
    assert sent(ruth, WORDS + "return/", word="nothing").status_code == 404


def test_a_word_that_cannot_be_kept_comes_back_as_typed(cast: Cast) -> None:
    answer = sent(at_the_desk(cast.ruth), WORDS, word="", instead="kept")

    assert answer.status_code == 422 and 'value="kept"' in answer.content.decode()
    assert not PlainWord.objects.exists()


def test_a_manager_reads_the_words_and_does_not_change_them(cast: Cast) -> None:
    colm = at_the_desk(cast.colm)

    assert "flue chimney pipe ours" in text_of(colm.get(WORDS, {"q": "FLUE", "sort": "own"}))
    assert sent(colm, WORDS, word="a", instead="b").status_code == 403
    assert "Nothing was found." in text_of(colm.get(WORDS, {"q": "qqq"}))


@pytest.mark.shows("S1-3")
def test_what_we_say_until_we_come_is_the_branchs_then_the_companys_then_ours(cast: Cast) -> None:
    ruth, here, gas = at_the_desk(cast.ruth), f"?branch={cast.aldermere.id}", ADVICE + "gas/"
    before = advice_for(cast.aldermere.id, ["gas"])

    written(ruth, gas, lines="Go out.\nCall us.")
    written(ruth, gas + here, lines="Aldermere: go out.")
    assert advice_for(cast.aldermere.id, ["gas"]) == {"gas": ["Aldermere: go out."]}
    assert "this branch’s" in text_of(ruth.get(ADVICE + here))

    assert "Taken back." in written(ruth, gas + "return/" + here)
    assert advice_for(cast.aldermere.id, ["gas"]) == {"gas": ["Go out.", "Call us."]}
    written(ruth, gas + "return/")
    assert advice_for(cast.aldermere.id, ["gas"]) == before
    assert "Taken back." not in written(ruth, gas + "return/")


def test_advice_is_checked_beside_and_kept_and_may_be_nothing(cast: Cast) -> None:
    colm, there = at_the_desk(cast.colm), ADVICE + f"water/?branch={cast.aldermere.id}"

    looked = text_of(sent(colm, there, look="1", lines="Isolate it."))
    kept = written(colm, there, lines="Isolate it.")
    assert "“isolate”: say “turn off”." in looked and "Kept as you wrote it." in kept
    assert advice_for(cast.aldermere.id, ["water"]) == {"water": ["Isolate it."]}

    assert "nothing is said for this" in written(colm, there, lines=" ")
    assert advice_for(cast.aldermere.id, ["water"]) == {}
    too_much = sent(colm, there, lines="x\n" * 13)
    assert too_much.status_code == 422 and "at most 12 things" in text_of(too_much)
    assert colm.get(ADVICE + "gas/").status_code == 403
    assert colm.get(ADVICE + f"nothing/?branch={cast.aldermere.id}").status_code == 404


@pytest.mark.parametrize("harm", Harm.values)
def test_what_comes_with_us_is_plain_as_it_is_read_out(cast: Cast, harm: str) -> None:
    assert [f for line in OURS[harm] for f in faults_of_line(str(line), glossary(), length=200, sentence=20)] == []


@pytest.mark.parametrize("url", [CARDS, WORDS, ADVICE])
def test_the_lists_ask_the_same_number_of_queries_whatever_there_is(cast: Cast, url: str) -> None:
    ruth = at_the_desk(cast.ruth)

    def write(n: int) -> None:
        work_type(f"w{n}", skills=["gas"])
        visits.set_script("work", [("do", "Good.")], cast.aldermere.id, f"w{n}", **door())
        visits.set_plain_word(f"word{chr(97 + n)}", "part", **door())
        set_advice("gas", None, [f"Line {n}."], **door())

    write(0)
    ruth.get(url)
    with queries(at_most=20) as few:
        assert ruth.get(url).status_code == 200
    for n in range(1, 12):
        write(n)
    with queries(at_most=len(few)):
        assert ruth.get(url).status_code == 200
