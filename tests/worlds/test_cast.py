"""The cast and the plan of the Monday agree with each other, and are the same every time."""

from itertools import pairwise

import pytest

from goodword.worlds.cast import NAMED, TECHNICIANS, WORK, crowd
from goodword.worlds.county import draw
from goodword.worlds.monday.plan import ALDERMERE_DAY, CALLED_IN, HALLAM, KILNSEA_DAY, MOVED, Booked
from goodword.worlds.monday.script import taps_of_monday

ALL = (*ALDERMERE_DAY, CALLED_IN, *KILNSEA_DAY)
SKILLS = {worker.key: set(worker.skills) for worker in TECHNICIANS}
NEEDED = {work.code: set(work.skills) for work in WORK}


def test_the_crowd_is_the_same_every_time_and_everybody_has_a_name_of_their_own() -> None:
    people = list(crowd())

    assert people == list(crowd())
    names = [who.contact[0] for who in (*NAMED, *people)]
    assert len(names) == len(set(names))
    assert len({who.key for who in (*NAMED, *people)}) == len(names)


def test_aldermere_has_thirty_four_visits_and_kilnsea_twenty_two() -> None:
    assert len(ALDERMERE_DAY) + 1 == 34
    assert len(KILNSEA_DAY) == 22


@pytest.mark.parametrize("row", [*ALL, MOVED, HALLAM], ids=lambda row: row.customer)
def test_who_is_sent_is_trained_for_it_and_planned_inside_the_window(row: Booked) -> None:
    assert NEEDED[row.work] <= SKILLS[row.technician]
    assert row.opens_at <= row.starts_at < row.closes_at
    assert row.starts_at < row.ends_at


@pytest.mark.parametrize("technician", sorted(SKILLS))
def test_nobody_is_planned_in_two_places_at_once(technician: str) -> None:
    mine = sorted((row.starts_at, row.ends_at) for row in (*ALL, MOVED) if row.technician == technician)

    assert all(before[1] <= after[0] for before, after in pairwise(mine))


def test_every_door_of_the_cast_stands_in_the_county() -> None:
    doors = {(house.town, house.street, house.number) for house in draw().houses}

    missing = [who.name for who in NAMED if who.door.street and _door(who) not in doors]

    assert not missing


def _door(who: object) -> tuple[str, str, str]:
    return (who.door.town, who.door.street, who.door.number)  # type: ignore[attr-defined]


def test_each_phone_sends_in_the_order_of_its_own_day() -> None:
    for technician in SKILLS:
        mine = [tap.at for tap in taps_of_monday() if tap.who == technician]
        assert mine == sorted(mine)
        assert mine
