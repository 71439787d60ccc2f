"""The seven ways to ask for one address of stack-measurements 11, made from its row."""

import random
import unicodedata
from collections.abc import Iterable

from goodword.territory.queries import AddressAnswer
from goodword.territory.rules.geo import Point, crow_metres_between
from goodword.territory.rules.numbers import number_keys

KINDS = {"W": "way", "N": "node", "R": "relation"}
EXACT = ("full", "city first", "number first", "str.", "ascii")
SHORTER = {"strasse": "str.", "Strasse": "Str.", " Street": " St", " Road": " Rd", " Lane": " Ln"}
BLURRED = ("typo", "prefix")


def ask(kind: str, row: dict[str, str], dice: random.Random) -> str | None:
    """The question; None when the kind does not fit this row (no Strasse to shorten)."""
    street, number, city = row["street"], row["housenumber"], row["city"]
    if kind == "full":
        return f"{street} {number}, {row['postcode']} {city}"
    if kind == "city first":
        return f"{row['postcode']} {city}, {street} {number}"
    if kind == "number first":
        return f"{number} {street} {city}"
    if kind == "str.":
        short = shortened(street)
        return f"{short} {number} {city}" if short != street else None
    if kind == "ascii":
        return ascii_only(f"{street} {number} {city}")
    if kind == "typo":
        return f"{mistyped(street, dice)} {number} {city}"
    if kind == "prefix":
        return f"{street[: max(4, -(-len(street) * 3 // 5))]} {number} {city[:4]}"
    raise ValueError(kind)


def shortened(street: str) -> str:
    for long, short in SHORTER.items():
        if street.endswith(long):
            return street.removesuffix(long) + short
    return street


def ascii_only(text: str) -> str:
    plain = text.lower().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss")
    return "".join(c for c in unicodedata.normalize("NFKD", plain) if ord(c) < 128)


def mistyped(street: str, dice: random.Random) -> str:
    """One letter left out, doubled, exchanged with its neighbour or replaced."""
    places = [i for i, c in enumerate(street) if c.isalpha()]
    i = dice.choice(places)
    how = dice.choice(["out", "twice", "swap", "other"])
    if how == "swap" and (i + 1 >= len(street) or street[i] == street[i + 1] or not street[i + 1].isalpha()):
        how = "other"
    if how == "out":
        return street[:i] + street[i + 1 :]
    if how == "twice":
        return street[: i + 1] + street[i] + street[i + 1 :]
    if how == "swap":
        return street[:i] + street[i + 1] + street[i] + street[i + 2 :]
    return street[:i] + dice.choice([c for c in "abcdefghijklmnoprstuvwz" if c != street[i].lower()]) + street[i + 1 :]


def share_found(found: Iterable[bool]) -> float:
    hits = list(found)
    return sum(hits) / len(hits)


def is_answered(row: dict[str, str], answer: AddressAnswer) -> bool:
    """The row's own object, or its number within 60 m of it, is among the answers."""
    place = Point(float(row["lat"]), float(row["lon"]))
    numbers = set(number_keys(row["housenumber"]))
    for feature in answer["features"]:
        said = feature["properties"]
        lon, lat = feature["geometry"]["coordinates"]
        same_object = f"{KINDS.get(said.get('osm_type', ''))}/{said.get('osm_id')}" == row["id"]
        same_number = bool(numbers & set(number_keys(said.get("housenumber", ""))))
        if same_object or (same_number and crow_metres_between(place, Point(lat, lon)) < 60):
            return True
    return False
