"""How long a territory takes to prepare, and how much memory: the invented county and, where it lies, a real country.

    python bench/territory.py [--repeat 3]

Each file is prepared as `goodword territory add` does it (roads, snapping, streets, map, database), in a process of its
own; the best of the repeats is shown, since the machine may be busy. Also: the second time with nothing to do, the
size on disk, a matrix of 60 places cold and warm, a copy of the roads with some of them closed. Ends with one line
of JSON.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import shutil
from pathlib import Path
from time import perf_counter

from fresh_house import fresh_house

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
REAL = {
    "liechtenstein": (DATA / "liechtenstein-20240303.osm.pbf", None),
    "autauga": (DATA / "autauga-county-al-20201227.osm.pbf", DATA / "addresses_autauga.csv"),
}


def main() -> None:
    """Measure every file that is there."""
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument("--repeat", type=int, default=3)
    repeat = wanted.parse_args().repeat
    result: dict[str, object] = {"bench": "territory"}
    with fresh_house() as house:
        files: dict[str, tuple[Path, Path | None]] = {"county": (draw(house, result), None)}
        for name, (file, table) in REAL.items():
            if file.is_file():
                files[name] = (file, table)
            else:
                print(f"{name}: {file.name} is not in ../shared/data, not measured")
        for name, (file, table) in files.items():
            runs = [in_a_process(house, file, table) for _ in range(repeat)]
            result[name] = min(runs, key=lambda run: run["seconds"])
            print(f"{name}: {result[name]}")
    print(json.dumps(result))


def draw(house: Path, result: dict[str, object]) -> Path:
    """Draw the county, once."""
    from goodword.worlds.county import write_county

    began = perf_counter()
    county = write_county(house / "aldermere.osm.pbf")
    result["draw_s"] = round(perf_counter() - began, 2)
    print(f"county drawn in {result['draw_s']} s, {len(county.houses)} houses")
    return house / "aldermere.osm.pbf"


def in_a_process(house: Path, file: Path, table: Path | None) -> dict[str, float]:
    """One preparation from nothing, by a process of its own, so that its memory can be told."""
    shutil.rmtree(house / "territory", ignore_errors=True)
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(measure, (file, table))


def measure(file: Path, table: Path | None) -> dict[str, float]:
    """Prepare, prepare again, ask for a matrix twice."""
    import django

    django.setup()
    from django.conf import settings

    from goodword.territory.actions import add_territory
    from goodword.territory.models import Address
    from goodword.territory.queries import provider
    from goodword.territory.rules.geo import Point

    before = peak_mb()
    began = perf_counter()
    report = add_territory(file, addresses_csv=table)
    seconds = perf_counter() - began
    built = peak_mb()
    began = perf_counter()
    add_territory(file, addresses_csv=table)
    again = perf_counter() - began
    doors = list(Address.objects.order_by("source").values_list("lat", "lon"))
    places = [Point(*door) for door in doors[:: len(doors) // 60][:60]]
    cold, warm = (timed(lambda: provider().matrix(places)) for _ in range(2))
    closed = close_around(places[0])
    size = sum(f.stat().st_size for f in Path(settings.TERRITORY_FOLDER).rglob("*") if f.is_file())
    return {
        "seconds": round(seconds, 2),
        **{f"{part} s": s for part, s in report.seconds.items()},
        "addresses": report.counts["addresses"],
        "again_s": round(again, 3),
        "process_mb": built,
        "process_before_mb": before,
        "largest_tool_at_most_mb": round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024),
        "disk_mb": round(size / 1e6, 1),
        "map_mb": round(report.map_bytes / 1e6, 2),
        "matrix_60_cold_ms": cold,
        "matrix_60_warm_ms": warm,
        "closed_copy_s": closed,
    }


def close_around(place: tuple[float, float]) -> float:
    """Seconds to prepare the roads without those within 200 m of a place, as the worker does it."""
    from tempfile import TemporaryDirectory

    from goodword.territory.actions.roads import close_stretches
    from goodword.territory.queries.current import current
    from goodword.territory.queries.travel import open_roads
    from goodword.territory.rules.geo import Point

    began = perf_counter()
    with TemporaryDirectory() as folder:
        close_stretches(current().open_roads, Path(folder), open_roads().stretches(Point(*place), 200))
    return round(perf_counter() - began, 2)


def timed(work: object) -> float:
    """Milliseconds."""
    began = perf_counter()
    work()  # type: ignore[operator]
    return round(1000 * (perf_counter() - began), 1)


def peak_mb() -> int:
    """The largest resident memory of this process so far (what rusage tells begins with the parent's)."""
    (line,) = [said for said in Path("/proc/self/status").read_text().splitlines() if said.startswith("VmHWM")]
    return round(int(line.split()[1]) / 1024)


if __name__ == "__main__":
    main()
