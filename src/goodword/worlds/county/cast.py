"""What must be in the county, whatever the dice say: the places, streets and buildings of the stories."""

from __future__ import annotations

from dataclasses import dataclass

from goodword.worlds.county.plane import XY


@dataclass(frozen=True)
class Settlement:
    """A town or a village, as a grid of streets inside an ellipse."""

    name: str
    kind: str
    people: int
    middle: XY
    half: XY
    turn: float
    step: tuple[float, float]
    outward: str
    houses: int
    old_town_m: float = 0.0
    spellings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pin:
    """A door that must exist."""

    number: str
    name: str = ""
    building: str = "yes"


@dataclass(frozen=True)
class Wanted:
    """A street that must exist near a spot (metres from the town's middle), with its doors."""

    town: str
    street: str
    near: XY
    pins: tuple[Pin, ...] = ()


ALDERMERE, KILNSEA, ST_OSYTH = "Aldermere", "Kilnsea", "St Osyth"
RING = XY(2_000.0, 1_500.0)
MIDDLE = XY(-3_500.0, 0.0)
BRIDGES = ("Mill Bridge", "Abbey Bridge", "Staithe Bridge")
"""All ways over the Wend: in the old town, and the ring road's in the west and in the east."""


def _village(
    name: str, people: int, x: float, y: float, turn: float, outward: str, spellings: tuple[str, ...] = ()
) -> Settlement:
    half, step = XY(400, 320), (105, 150)
    return Settlement(name, "village", people, XY(x, y), half, turn, step, outward, 190, spellings=spellings)


SETTLEMENTS = (
    Settlement(ALDERMERE, "town", 38_000, MIDDLE, XY(1_860, 1_390), 9.0, (140, 190), "QA1", 7_650, old_town_m=430.0),
    Settlement(
        KILNSEA, "town", 12_000, XY(10_350, 2_100), XY(1_060, 900), -17.0, (120, 160), "QA4", 2_550, old_town_m=280.0
    ),
    _village(ST_OSYTH, 1_100, -900, 6_300, 20.0, "QA2", spellings=("St Osyth", "Saint Osyth", "St. Osyth's")),
    _village("Thornmere", 640, -9_400, 5_300, -12.0, "QA2"),
    _village("Hollow Green", 420, -5_600, 9_300, 31.0, "QA2"),
    _village("Wendham", 900, 3_300, 3_000, 5.0, "QA3"),
    _village("Marsh End", 510, 5_400, 7_900, -25.0, "QA3"),
    _village("Upper Kilnsea", 760, 9_300, 6_600, 14.0, "QA4"),
    _village("Netherwend", 830, -9_300, -4_100, 17.0, "QA5"),
    _village("Coldwell", 390, -6_700, -9_200, -8.0, "QA5"),
    _village("Ashwick", 700, -900, -6_500, 26.0, "QA5"),
    _village("Saltby", 560, 4_400, -4_300, -19.0, "QA6"),
    _village("Barrow Staithe", 470, 8_900, -6_700, 11.0, "QA6"),
)

ROADS = (
    (ALDERMERE, "Wendham", "primary", "Kilnsea Road", "A990"),
    ("Wendham", KILNSEA, "primary", "Aldermere Road", "A990"),
    (ALDERMERE, ST_OSYTH, "secondary", "Osyth Road", "B9901"),
    (ST_OSYTH, "Marsh End", "tertiary", "Marsh Road", ""),
    ("Marsh End", "Upper Kilnsea", "tertiary", "Ridge Road", ""),
    ("Upper Kilnsea", KILNSEA, "secondary", "Upper Road", "B9902"),
    ("Wendham", "Marsh End", "tertiary", "Long Lane", ""),
    (ALDERMERE, "Thornmere", "secondary", "Thornmere Road", "B9903"),
    ("Thornmere", "Hollow Green", "tertiary", "Green Lane", ""),
    ("Hollow Green", ST_OSYTH, "tertiary", "Hollow Lane", ""),
    (ALDERMERE, "Netherwend", "secondary", "Netherwend Road", "B9904"),
    ("Netherwend", "Coldwell", "tertiary", "Cold Road", ""),
    ("Coldwell", "Ashwick", "tertiary", "Chalk Road", ""),
    (ALDERMERE, "Ashwick", "secondary", "Ashwick Road", "B9905"),
    (ALDERMERE, "Saltby", "secondary", "Saltby Road", "B9906"),
    ("Ashwick", "Saltby", "tertiary", "Drove Road", ""),
    ("Saltby", "Barrow Staithe", "secondary", "Staithe Road", "B9906"),
)

WANTED = (
    Wanted(ALDERMERE, "Tanner's Row", XY(-700, -330), (Pin("3"), Pin("38", "Tannery Lofts", "apartments"))),
    Wanted(ALDERMERE, "Tanner's Yard", XY(-950, -620), (Pin("1", "Tanner's Yard", "commercial"),)),
    Wanted(ALDERMERE, "Mill Row", XY(-420, 190), (Pin("2"), Pin("3-5"), Pin("18", "Mill Print", "commercial"))),
    Wanted(ALDERMERE, "Chapel Row", XY(-330, 700), (Pin("9"), Pin("4a"))),
    Wanted(ALDERMERE, "Weir Lane", XY(1_150, 560), (Pin("14"),)),
    Wanted(ALDERMERE, "Ferry Road", XY(520, -480), (Pin("30"),)),
    Wanted(ALDERMERE, "Kiln Lane", XY(900, -800), (Pin("12"), Pin("12 a"))),
    Wanted(ALDERMERE, "Sluice Road", XY(-1_100, 420), (Pin("17"),)),
    Wanted(ALDERMERE, "Press Yard", XY(1_250, -330), (Pin("40", "Wendside Press", "industrial"),)),
    Wanted(ALDERMERE, "Cold Lane", XY(-500, 1_060), (Pin("8", "Cold Lane Dairy", "industrial"),)),
    Wanted(ALDERMERE, "Abbey Road", XY(-1_350, 700), (Pin("21", "Rowan House", "residential"),)),
    Wanted(ALDERMERE, "Town Quay", XY(330, 180), (Pin("6", "Harbour Café", "retail"),)),
    Wanted(
        ALDERMERE, "Market Place", XY(120, 300),
        (Pin("1", "Aldermere Courts", "public"), Pin("5", "Aldermere Library", "public"), Pin("9", "The Swan", "pub")),
    ),
    Wanted(KILNSEA, "Old Ropewalk", XY(-420, 330), (Pin("1", "Old Ropewalk", "commercial"),)),
    Wanted(KILNSEA, "Harbour Street", XY(420, -60), (Pin("12", "Harbour School", "school"),)),
    Wanted(KILNSEA, "Laundry Lane", XY(-260, -380), (Pin("3", "Kilnsea Laundry", "industrial"),)),
    Wanted(KILNSEA, "Lifeboat Road", XY(600, 350), (Pin("2", "Kilnsea Lifeboat Station", "public"),)),
    Wanted(ST_OSYTH, "Hall Lane", XY(80, 80), (Pin("1", "St Osyth Hall", "public"),)),
)  # fmt: skip

FAR_FROM_ROADS = (
    ("Wend Lock Cottage", XY(6_300, 250)),
    ("Salt Point Lighthouse", XY(10_700, -2_600)),
    ("Hollow Moor Barn", XY(-7_900, 7_900)),
)
"""Three addresses more than 150 m from any road; the spots are where to begin to look for room."""

TRACK_FARM, TRACK_FARM_SPOT = "Sedge Farm", XY(1_500, -3_300)
"""The one farm that only a track leads to."""

NAMED: dict[str, str] = {
    pin.name: f"{pin.number} {wanted.street}, {wanted.town}" for wanted in WANTED for pin in wanted.pins if pin.name
}
"""Every building with a name, and its address in words."""
