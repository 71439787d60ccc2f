"""Names of streets and farms, drawn without putting any back."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random


def _words(text: str) -> list[str]:
    return text.split()


_FIRST = _words("""
Alder Ash Anchor Barley Beacon Beech Birch Blackthorn Bramble Brewer Briar Cooper Coopers Cherry Chandler Clover
Coal Copper Cornmill Cross Curlew Dyer Elder Elm Falcon Fennel Fern Field Flax Foundry Fuller Garden Gate Glebe
Goose Grange Grebe Harrow Hawthorn Hazel Heron Hill Holly Hop Ivy Kestrel King Lammas Larch Lark Lavender Leather
Linden Linnet Lock Malt Maple Meadow Millstone Monks Nettle Nightingale Oak Oast Orchard Osier Otter Paddock Pear
Pebble Pepper Pin Plover Plum Poplar Priory Quarry Queen Quince Rectory Reed Robin Roper Rose Rush Saddler Saffron
Sexton Shearer Sheep Silver Smithy Spinner Spring Starling Station Stone Swallow Sycamore Tallow Tanglewood Teal
Thistle Thorn Tiler Tithe Turner Vicarage Wagon Walnut Water Weaver Wheel Whin Willow Windmill Wool Wren Yew
""")
_SECOND = ("Street", "Road", "Lane", "Close", "Avenue", "Terrace", "Way", "Gardens", "Hill", "Row", "Walk", "Drive")
_VILLAGE = (
    "Church Lane", "School Lane", "The Green", "Mill Lane", "Chapel Lane", "Main Street", "Back Lane", "Pound Lane",
    "Forge Lane", "Manor Road", "Pump Lane", "Rectory Lane", "Smithy Lane", "Well Lane", "Orchard Close", "Low Road",
    "Pond Lane", "Park Lane", "Barn Lane", "Sandy Lane", "Glebe Close", "New Road", "Dove Lane", "The Street",
)  # fmt: skip
_FARM = _words("""
Abbots Badger Barton Beck Bleak Bourne Bracken Broom Burnt Chalk Church Clay Coldharbour Cowslip Crab Crow Dairy
Dell Down Drake East Fallow Fen Ferny Flint Fox Frog Furze Gorse Grange Great Grove Hare Hatch Heath High Hob Home
Hurst Jubilee Keeper Kite Knoll Ladywell Lapwing Leas Little Lodge Long Lower Manor Marl Mead Middle Moat Moor
Mount New North Old Owl Park Partridge Pasture Pheasant Pool Quail Ram Rook Rye Sallow Scrub Shepherd Slade South
Spinney Squirrel Stag Summer Tile Top Twelve Acre Valley Warren West Wheat White Winter Wood Yard
""")


def town_names(dice: Random, taken: set[str]) -> Iterator[str]:
    """Names of town streets, never one twice."""
    names = [f"{first} {second}" for first in _FIRST for second in _SECOND]
    dice.shuffle(names)
    return (name for name in names if name not in taken)


def village_names(dice: Random, taken: set[str]) -> Iterator[str]:
    """The names that every village has: the same ones in each, as in life; then others."""
    names = list(_VILLAGE)
    dice.shuffle(names)
    yield from (name for name in names if name not in taken)
    yield from town_names(dice, taken)


def farm_names(dice: Random) -> Iterator[str]:
    """Names of farms, never one twice."""
    names = [f"{first} {second}" for first in dict.fromkeys(_FARM) for second in ("Farm", "Cottage", "House", "Barn")]
    dice.shuffle(names)
    return iter(names)


def postcodes(outward: str) -> Iterator[str]:
    """Postcodes of an area that no country uses: QA."""
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    return (f"{outward} {digit}{a}{b}" for digit in range(1, 10) for a in letters for b in letters)
