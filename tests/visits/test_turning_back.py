"""4.13: "on my way" may be taken back until somebody stands at the door; the journal keeps both."""

import pytest
from tests.cast import Cast, at, door
from tests.visits.steps import after, newest

from goodword.kit.refusals import BadInput
from goodword.visits import actions as visits
from goodword.visits import errors
from goodword.visits.models import Note, Visit
from goodword.visits.rules import Stage, TurnedBack


@pytest.mark.parametrize("why", list(TurnedBack))
def test_back_in_prepare_it_can_be_planned_and_begun_again(cast: Cast, visit: Visit, why: str) -> None:
    after(visit, cast, "depart")

    visits.turn_back(visit.id, why, **door(cast.sam, at("09:45")))

    visit.refresh_from_db()
    assert visit.stage is Stage.PREPARE and newest("visit.turned_back").facts == {"why": why, "claimed": False}
    visits.assign(visit.id, cast.ade.id, at("12:00"), at("13:00"), **door(cast.priya))
    assert visits.depart(visit.id, **door(cast.ade, at("11:50"))).stage is Stage.ARRIVE


def test_at_the_door_there_is_no_way_back_but_an_end(cast: Cast, visit: Visit) -> None:
    after(visit, cast, "arrive")

    with pytest.raises(errors.AtTheDoor):
        visits.turn_back(visit.id, "slip", **door(cast.sam, at("09:45")))


def test_who_never_left_cannot_turn_back(cast: Cast, visit: Visit) -> None:
    with pytest.raises(errors.WrongStage):
        visits.turn_back(visit.id, "slip", **door(cast.sam))


def test_nobody_turns_back_before_they_left(cast: Cast, visit: Visit) -> None:
    after(visit, cast, "depart")

    with pytest.raises(errors.EarlierThanBefore):
        visits.turn_back(visit.id, "slip", **door(cast.sam, at("09:30")))


def test_why_is_one_of_three(cast: Cast, visit: Visit) -> None:
    after(visit, cast, "depart")

    with pytest.raises(BadInput):
        visits.turn_back(visit.id, "tired", **door(cast.sam, at("09:45")))


def test_a_colleague_cannot_turn_it_back_and_the_office_says_how_it_knows(cast: Cast, visit: Visit) -> None:
    after(visit, cast, "depart")
    with pytest.raises(errors.NotAccountable):
        visits.turn_back(visit.id, "slip", **door(cast.ade, at("09:45")))

    visits.turn_back(visit.id, "in_the_way", "Sam rang: a flat tyre.", **door(cast.priya, at("09:45")))

    assert newest("visit.turned_back").facts["claimed"] is True
    assert Note.objects.get().words == "Sam rang: a flat tyre."


def test_sent_twice_it_happens_once(cast: Cast, visit: Visit) -> None:
    after(visit, cast, "depart")
    once = door(cast.sam, at("09:45"))

    for _n in range(2):
        visits.turn_back(visit.id, "slip", **once)

    visit.refresh_from_db()
    assert visit.on_the_way_at is None


def test_how_the_office_knew_of_an_arrival_is_kept_as_a_note(cast: Cast, visit: Visit) -> None:
    visits.depart(visit.id, "He said so.", **door(cast.priya, at("09:00")))
    visits.arrive(visit.id, reason="Her neighbour saw him.", **door(cast.priya, at("09:10")))

    assert {note.words for note in Note.objects.all()} == {"He said so.", "Her neighbour saw him."}
