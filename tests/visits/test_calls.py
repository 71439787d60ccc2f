"""What a call tells: harm and people, what it stops them doing, what they expect, what we say until we come."""

import json

import pytest
from tests.cast import Cast, at, door
from tests.field import request_of, visit_of

from goodword.customers.models import Site
from goodword.kit.models import Event
from goodword.kit.refusals import BadInput
from goodword.visits import actions as visits
from goodword.visits.actions.calls import advise, flag_request, set_advice
from goodword.visits.models import Request
from goodword.visits.models.calls import Harm
from goodword.visits.queries.advice import OURS, advice_for
from goodword.visits.queries.calls import whom_it_hits

SAID = "  Somebody who takes his shoes off —\nand tells me the price *first*. "


@pytest.mark.shows("S1-8")
def test_what_they_expect_is_kept_in_their_words_with_where_it_comes_from(site: Site) -> None:
    asked = request_of(site, expects=SAID, expects_source="phone")

    asked.refresh_from_db()
    assert asked.expects == SAID.strip()
    assert asked.get_expects_source_display() == "said on the phone"


@pytest.mark.shows("S1-8")
@pytest.mark.parametrize("source", ["", "rumour"])
def test_an_expectation_without_a_source_is_refused(site: Site, source: str) -> None:
    with pytest.raises(BadInput) as refused:
        request_of(site, expects="Before noon.", expects_source=source)

    assert refused.value.facts["field"] == "expects_source"


@pytest.mark.shows("S1-1")
@pytest.mark.parametrize(("field", "code"), [("harm", "infant"), ("harm", "fire!"), ("vulnerability", "gas")])
def test_a_flag_is_one_that_everybody_knows(site: Site, field: str, code: str) -> None:
    with pytest.raises(BadInput) as refused:
        request_of(site, **{field: [code]})

    assert refused.value.facts["field"] == field


@pytest.mark.shows("S1-1")
def test_flags_are_audited_and_the_journal_never_says_which_people(cast: Cast, site: Site) -> None:
    asked = request_of(site, harm=["no_heating"], vulnerability=["infant", "medical"])
    flag_request(asked.id, ["no_heating", "gas"], ["infant"], **door(cast.hanna))

    flagged = Event.objects.filter(name="request.flagged", about_id=asked.id).order_by("id")
    assert [(e.by_id, e.facts) for e in flagged] == [
        (None, {"harm": ["no_heating"], "people": 2}),
        (cast.hanna.id, {"harm": ["gas", "no_heating"], "people": 1}),
    ]
    journal = json.dumps(list(Event.objects.values_list("facts", flat=True)))
    assert "infant" not in journal
    assert "medical" not in journal


@pytest.mark.shows("S1-1")
def test_who_is_hit_is_shown_to_those_who_need_it_only(cast: Cast, site: Site) -> None:
    asked = request_of(site, vulnerability=["infant"])
    order = visits.open_order(site.id, "boiler_service", site.customer.branch_id, "", asked.id, **door())
    visit = visits.plan_visit(order.id, cast.sam.id, at("10:00"), at("11:00"), **door())

    seen = {name for name in cast.people if whom_it_hits(cast.viewer(name), asked)}
    assert seen == {"ruth", "colm", "priya", "hanna", "sam"}

    visits.cancel(visit.id, "customer", "", **door())
    assert not whom_it_hits(cast.viewer("sam"), asked)


def test_another_visit_is_no_reason_to_know_who_is_hit(cast: Cast, site: Site) -> None:
    asked = request_of(site, vulnerability=["infant"])
    visit_of(site, cast.sam)

    assert not whom_it_hits(cast.viewer("sam"), asked)


# What we say until we come


@pytest.mark.shows("S1-3")
def test_there_is_something_to_say_for_every_kind_of_harm() -> None:
    assert set(OURS) == set(Harm)


@pytest.mark.shows("S1-3")
def test_what_was_said_is_kept_as_it_was_said(cast: Cast, site: Site) -> None:
    asked = request_of(site, harm=["water"], advised=["water"])
    said = asked.advice[0]["says"]
    set_advice("water", cast.aldermere.id, ["Run."], **door(cast.colm))

    asked = Request.objects.get()
    assert [row["says"] for row in asked.advice] == [said]
    assert said.startswith("Turn the stop tap off")
    assert Event.objects.get(name="request.advised").facts == {"harm": ["water"], "lines": 3}


@pytest.mark.shows("S1-3")
def test_it_is_said_once_for_each_kind_whenever_it_was_said(cast: Cast, site: Site) -> None:
    asked = request_of(site, harm=["water", "gas"], advised=["gas"])
    for _n in range(2):
        asked = advise(asked.id, ["gas", "water"], **door(cast.hanna))

    assert [row["harm"] for row in asked.advice] == ["gas", "water"]
    assert asked.advised_by == cast.hanna.id
    assert Event.objects.filter(name="request.advised").count() == 2


@pytest.mark.shows("S1-3")
def test_the_branchs_words_go_before_the_companys_and_those_before_ours(cast: Cast) -> None:
    for branch, lines in ((None, ["Company."]), (cast.kilnsea.id, ["Old."]), (cast.kilnsea.id, ["Kilnsea.", " "])):
        set_advice("water", branch, lines, **door())
    set_advice("gas", cast.kilnsea.id, [], **door())

    assert advice_for(cast.kilnsea.id, ["gas", "water"]) == {"water": ["Kilnsea."]}
    assert advice_for(cast.aldermere.id, ["water"]) == {"water": ["Company."]}
    assert advice_for(cast.aldermere.id, ["gas"])["gas"][0] == "Switch nothing on or off, and light nothing."


@pytest.mark.parametrize("lines", [["x" * 201], ["one"] * 13, ["nul\0"]])
def test_advice_that_nobody_can_read_out_is_refused(cast: Cast, lines: list[str]) -> None:
    with pytest.raises(BadInput):
        set_advice("water", cast.aldermere.id, lines, **door())
