"""A territory is added as a whole or not at all."""

import json
import shutil
from types import SimpleNamespace

import pytest

from goodword.kit.doors import opened
from goodword.territory.actions import add, add_territory, build, folders, rebuild_if_out_of_date, roads
from goodword.territory.errors import (
    BadAddressFile,
    BadRoadFile,
    BuildBusy,
    BuildFailed,
    DiskNearlyFull,
    NoTerritory,
    TerritoryFilesGone,
    TerritoryOutOfDate,
)
from goodword.territory.models import Address, Dataset, Street
from goodword.territory.queries import current, find_addresses, map_file, matrix, provider
from goodword.territory.queries.travel import CROW
from goodword.territory.rules.geo import Point

pytestmark = pytest.mark.django_db
CORNERS = [Point(53.4, 1.9), Point(53.408, 1.912)]


def added(file, **more):
    return add_territory(file, with_map=False, **more)


def in_folder(root):
    return sorted(p.name for p in root.iterdir() if not p.name.startswith(".")) if root.exists() else []


def test_one_file_gives_roads_streets_and_addresses(root, drawn):
    report = added(drawn())

    seconds, metres = matrix(CORNERS)
    assert report.counts | {"filled": 3} == report.counts
    assert (report.counts["roads"], report.counts["addresses"], report.counts["streets"]) == (4, 3, 4)
    assert 100 < seconds[0, 1] < 400 and 1_500 < metres[0, 1] < 1_800
    assert find_addresses("south side 2")["features"][0]["properties"]["city"] == "Little Square"
    assert any("Little Square" in line or "village" in line for line in report.lines())


def test_progress_goes_forward_to_the_end(root, drawn):
    steps = []

    added(drawn(), progress=lambda step, done: steps.append((step, done)))

    done = [share for _, share in steps]
    assert done == sorted(done) and done[-1] == 1.0
    assert all(step for step, _ in steps)


def test_the_same_file_again_is_not_prepared_again(root, drawn, monkeypatch):
    first = added(drawn())
    monkeypatch.setattr(add, "build", lambda *_: pytest.fail("prepared again"))

    again = added(drawn())

    assert again.unchanged and not first.unchanged
    assert again.dataset_hash == first.dataset_hash
    assert Address.objects.count() == 3


def test_another_file_takes_the_place_of_the_first(root, drawn):
    added(drawn(doors=3))

    report = added(drawn("larger", doors=5))

    assert Address.objects.count() == 5
    assert Dataset.objects.get(active=True).hash == report.dataset_hash
    assert len(in_folder(root)) == 2, "the one before is kept for processes that still read it"
    added(drawn("largest", doors=6))
    assert len(in_folder(root)) == 2


def test_another_engine_prepares_the_kept_file_anew(root, drawn, monkeypatch):
    before = added(drawn(), name="Square")
    assert rebuild_if_out_of_date() is None
    for module in (build, add):
        monkeypatch.setattr(module, "engine_version", lambda: "99.0")

    after = rebuild_if_out_of_date()

    assert after is not None and after.dataset_hash != before.dataset_hash
    assert current().engine == "99.0" and current().name == "Square"


def test_roads_of_another_engine_are_not_read(root, drawn, monkeypatch):
    added(drawn())
    monkeypatch.setattr("goodword.territory.queries.travel.engine_version", lambda: "99.0")

    with pytest.raises(TerritoryOutOfDate, match=r"goodword territory add village\.osm\.pbf"):
        provider()


def test_a_folder_that_is_gone_is_said_to_be_gone(root, drawn):
    report = added(drawn())
    shutil.rmtree(root / report.dataset_hash)

    with pytest.raises(TerritoryFilesGone, match="goodword territory add"):
        matrix(CORNERS)


def test_an_empty_database_is_filled_from_the_prepared_folder(root, drawn, monkeypatch):
    added(drawn())
    with monkeypatch.context() as context:
        context.setattr(add, "build", lambda *_: pytest.fail("prepared again"))
        forget_all()

        added(drawn())

    assert Address.objects.count() == 3


def forget_all():
    from django.db import connection

    with opened("test"), connection.cursor() as cursor:
        for model in (Address, Street, Dataset):
            cursor.execute(f"DELETE FROM {model._meta.db_table}")


def bad_files(tmp_path, drawn):
    good = drawn("good").read_bytes()
    return {
        "absent": None,
        "empty": b"",
        "text": b"<osm version='0.6'></osm>" * 50,
        "no-pbf": bytes(range(256)) * 20,
        "cut-off": good[: len(good) * 2 // 3],
        "damaged": good[:200] + b"\0" * 40 + good[240:],
        "only-paths": drawn("paths", kind="footway").read_bytes(),
    }


@pytest.mark.parametrize("which", ["absent", "empty", "text", "no-pbf", "cut-off", "damaged", "only-paths"])
def test_a_bad_road_file_is_refused_and_nothing_changes(root, drawn, tmp_path, which):
    before = added(drawn())
    file = tmp_path / f"{which}.osm.pbf"
    if (content := bad_files(tmp_path, drawn)[which]) is not None:
        file.write_bytes(content)

    with pytest.raises(BadRoadFile, match="Nothing was changed") as refused:
        added(file)

    assert file.name in str(refused.value)
    assert current().dataset_hash == before.dataset_hash
    assert in_folder(root) == [before.dataset_hash]
    assert Address.objects.count() == 3


HEAD = "lat,lon,street,housenumber,postcode,city\n"
BAD_TABLES = {
    "empty": (b"", "empty"),
    "no rows": (HEAD.encode(), "no rows"),
    "other columns": (b"latitude,longitude,road,no\n53.4,1.9,Mill Row,1\n", "lat, lon, street, housenumber is missing"),
    "latin-1": (HEAD.encode() + "53.4,1.9,Café Row,1,,\n".encode("latin-1"), "line 2 is not UTF-8"),
    "swapped": ((HEAD + "1.9,53.4,Mill Row,1,,\n1.901,53.401,Mill Row,2,,\n").encode(), "swapped"),
    "null island": ((HEAD + "0,0,Mill Row,1,,\n0.0,0.0,Mill Row,2,,\n").encode(), "can be used"),
    "no numbers": ((HEAD + "nan,nan,Mill Row,1,,\nx,y,Mill Row,2,,\n").encode(), "can be used"),
    "elsewhere": ((HEAD + "47.1,9.5,Mill Row,1,,\n").encode(), "another region"),
    "a picture": (bytes(range(256)), "not UTF-8"),
}


@pytest.mark.parametrize("which", BAD_TABLES)
def test_a_bad_address_file_is_refused_and_nothing_changes(root, drawn, tmp_path, which):
    before = added(drawn())
    content, words = BAD_TABLES[which]
    table = tmp_path / "addresses.csv"
    table.write_bytes(content)

    with pytest.raises(BadAddressFile, match=words):
        added(drawn(), addresses_csv=table)

    assert current().dataset_hash == before.dataset_hash
    assert in_folder(root) == [before.dataset_hash]


def test_rows_that_cannot_be_used_are_counted_by_reason_and_the_others_are_used(root, drawn, tmp_path):
    table = tmp_path / "addresses.csv"
    table.write_text(
        "\ufeffLat;Lon;Street;Housenumber;Postcode;City\n"
        "53.4002;1.905;East Side;12 a;QA1 1AA;Little Square\n"
        "0;0;East Side;1;;\n"
        "nan;1.9;East Side;2;;\n"
        "47.0;9.5;East Side;3;;\n"
        "53.4002;1.9052;;4;;\n"
        "53.4002;1.9052;East Side;;;\n"
        "95;1.9;East Side;5;;\n",
        encoding="utf-8",
    )

    report = added(drawn(), addresses_csv=table)

    reasons = ["not-a-number", "null-island", "no-number", "no-street", "out-of-range", "outside-the-area"]
    assert sorted(report.unused) == sorted(reasons)
    assert all(count == 1 for count in report.unused.values())
    assert find_addresses("12a East Side")["features"][0]["properties"]["housenumber"] == "12 a"
    assert "\n".join(report.lines()).count("Not used:") == 6


def test_a_build_that_dies_leaves_the_old_territory(root, drawn, monkeypatch):
    before = added(drawn())
    monkeypatch.setattr(roads, "_arguments", lambda *_: ["--no-such-option"])

    with pytest.raises(BuildFailed, match="extract"):
        added(drawn("larger", doors=5))

    assert in_folder(root) == [before.dataset_hash]
    assert find_addresses("south side 2")["features"]


def test_what_a_killed_build_left_is_swept_away(root, drawn):
    left = root / ".building-half"
    left.mkdir(parents=True)
    (left / "roads.osrm.edges").write_bytes(b"half")

    added(drawn())

    assert not left.exists()


def test_a_folder_without_its_manifest_was_never_finished(root, drawn):
    report = added(drawn())
    (root / report.dataset_hash / folders.MANIFEST).unlink()
    forget_all()

    added(drawn())

    assert json.loads((root / report.dataset_hash / folders.MANIFEST).read_text())["facts"]["profile"] == "car"


def test_two_builds_at_once_do_not_disturb_each_other(root, drawn):
    with folders.only_one_build(root), pytest.raises(BuildBusy):
        added(drawn())


def test_a_build_is_refused_before_it_fills_the_disk(root, drawn, monkeypatch):
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=1_000_000))

    with pytest.raises(DiskNearlyFull, match="1 MB are free"):
        added(drawn())


def test_without_a_territory_roads_are_refused_and_an_estimate_only_on_request(root):
    with pytest.raises(NoTerritory, match="goodword territory add"):
        matrix(CORNERS)

    estimate = matrix(CORNERS, by=CROW)
    assert estimate.estimated and estimate.seconds_s[0, 1] > 0
    assert find_addresses("mill row 1")["features"] == []


def test_a_file_of_ours_thanks_nobody_else(root, drawn):
    assert added(drawn()).attribution == "© OpenStreetMap contributors"
    assert "Goodword" in added(drawn("ours", generator="goodword-county")).attribution


def test_the_map_is_one_file_that_can_be_read_from_any_place(root, drawn):
    add_territory(drawn())

    file = map_file()
    assert file is not None and file.read_bytes()[:7] == b"PMTiles"
