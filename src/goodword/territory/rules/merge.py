"""One address may stand in a file several times, or in two files; it is kept once."""

from __future__ import annotations

from collections import defaultdict

from goodword.territory.rules.geo import crow_metres_between
from goodword.territory.rules.names import key
from goodword.territory.rules.numbers import number_norm
from goodword.territory.rules.rows import ROOFTOP, Door

SAME_DOOR_M = 50.0  # ours: the same street and number farther apart than this are two doors


def merged(doors: list[Door]) -> list[Door]:
    """Leave out what says nothing new.

    Of doors with the same street, number and town within SAME_DOOR_M, one without a name is
    kept (a house before an interpolated point, then the first) and every one with a name of its own.
    """
    groups: dict[tuple[str, str, str], list[Door]] = defaultdict(list)
    for door in doors:
        groups[key(door.street or door.place), number_norm(door.number), key(door.city)].append(door)
    kept: list[Door] = []
    for group in groups.values():
        mine: list[Door] = []
        for door in sorted(group, key=lambda d: (d.name != "", d.accuracy != ROOFTOP, d.ref)):
            if not any(_says_nothing_new(door, other) for other in mine):
                mine.append(door)
        kept += mine
    return kept


def _says_nothing_new(door: Door, other: Door) -> bool:
    if door.name and key(door.name) != key(other.name):
        return False
    return crow_metres_between(door.point, other.point) <= SAME_DOOR_M
