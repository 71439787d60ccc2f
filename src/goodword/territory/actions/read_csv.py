"""Read addresses from a CSV file that a county, a post office or a converter has made."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from goodword.territory.errors import BadAddressFile, because
from goodword.territory.rules.geo import BBox, why_not_a_place
from goodword.territory.rules.rows import INTERPOLATED, ROOFTOP, Door, Reading

NEEDED = ("lat", "lon", "street", "housenumber")
OPTIONAL = ("id", "name", "place", "postcode", "city", "country", "kind", "filled")
OUTSIDE_DEGREES = 0.05  # ours: about 5 km beyond the outermost road
_FEW_SWAPPED = 0.5


def read_csv(file: Path, area: BBox) -> Reading:
    """Addresses inside the area of the roads; rows that cannot be used are counted by reason.

    Parameters
    ----------
    file : Path
        UTF-8 (with or without a mark), comma, semicolon or tab; columns lat, lon, street and
        housenumber are needed, `OPTIONAL` ones are used, others ignored.
    area : BBox
        Around the drivable roads.

    Raises
    ------
    BadAddressFile
        When the file cannot be read, or no row of it can be used.
    """
    reading = Reading()
    rows = swapped = 0
    for line, row in _rows(file):
        rows += 1
        door, why = _door(line, row, area)
        if door is not None:
            reading.doors.append(door)
            continue
        reading.leave_out(why, _example(line, row))
        swapped += why in {"outside-the-area", "out-of-range"} and _is_inside_when_swapped(row, area)
    _refuse_a_useless_file(file, reading, rows, swapped)
    return reading


def _refuse_a_useless_file(file: Path, reading: Reading, rows: int, swapped: int) -> None:
    if not rows:
        raise BadAddressFile(file=file.name, why=because("csv-no-rows"))
    if swapped > _FEW_SWAPPED * rows:
        raise BadAddressFile(file=file.name, why=because("csv-swapped"))
    if reading.doors:
        return
    code = "csv-nothing-near" if reading.unused["outside-the-area"] == rows else "csv-nothing-usable"
    why, examples = next(iter(reading.examples.items()))
    raise BadAddressFile(file=file.name, why=because(code, rows=rows, example=f"{why}: {examples[0]}"))


def _rows(file: Path) -> Iterator[tuple[int, dict[str, str]]]:
    text = _text(file)
    first = text.partition("\n")[0]
    mark = max(",;\t", key=first.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=mark, restval="", restkey="")
    names = [name.strip().lower() for name in reader.fieldnames or []]
    missing = [name for name in NEEDED if name not in names]
    if missing:
        said = because("csv-columns", needed=", ".join(NEEDED), missing=", ".join(missing), found=first.strip()[:120])
        raise BadAddressFile(file=file.name, why=said)
    reader.fieldnames = names
    try:
        for row in reader:
            yield reader.line_num, {k: str(v).strip() for k, v in row.items() if k}
    except csv.Error as error:
        raise BadAddressFile(
            file=file.name, why=because("csv-broken", line=reader.line_num, detail=str(error))
        ) from error


def _text(file: Path) -> str:
    if not file.is_file():
        raise BadAddressFile(file=file.name, why=because("no-file"))
    raw = file.read_bytes()
    if not raw.strip():
        raise BadAddressFile(file=file.name, why=because("empty"))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise BadAddressFile(file=file.name, why=because("not-utf-8", line=line)) from error


def _door(line: int, row: dict[str, str], area: BBox) -> tuple[Door | None, str]:
    try:
        lat, lon = float(row["lat"]), float(row["lon"])
    except ValueError:
        return None, "not-a-number"
    if (why := why_not_a_place(lat, lon)) is not None:
        return None, why
    if not area.holds(lat, lon, OUTSIDE_DEGREES):
        return None, "outside-the-area"
    door = Door(
        ref=row.get("id") or f"line/{line}",
        lat=lat,
        lon=lon,
        street=row["street"][:200],
        number=row["housenumber"][:60],
        name=row.get("name", "")[:200],
        place=row.get("place", "")[:200],
        city=row.get("city", "")[:200],
        postcode=row.get("postcode", "")[:20],
        country=row.get("country", "")[:2].upper(),
        accuracy=INTERPOLATED if "interpolated" in f"{row.get('kind')} {row.get('filled')}" else ROOFTOP,
        filled="" if "interpolated" in row.get("filled", "") else row.get("filled", "")[:60],
    )
    if not (door.street or door.place or door.name):
        return None, "no-street"
    return (door, "") if door.number or door.name else (None, "no-number")


def _is_inside_when_swapped(row: dict[str, str], area: BBox) -> bool:
    return area.holds(float(row["lon"]), float(row["lat"]), OUTSIDE_DEGREES)


def _example(line: int, row: dict[str, str]) -> str:
    return f"line {line}: {row['lat']}, {row['lon']}, {row['street']} {row['housenumber']}".strip()[:120]
