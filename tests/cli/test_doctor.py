"""Every finding of the doctor: what it says and what it tells to do."""

import http.server
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from goodword.config.home import Home, read_home
from goodword.crew.actions import found_company
from goodword.faces.cli.doctor import data, machine
from goodword.faces.cli.doctor.finding import Level
from goodword.faces.cli.main import main
from goodword.kit.actors import SYSTEM
from goodword.kit.clock import company_now
from goodword.kit.ids import uuid7


@pytest.fixture
def home(tmp_path, monkeypatch) -> Home:
    monkeypatch.setenv("GOODWORD_HOME", str(tmp_path / "home"))
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "GOODWORD_PORT", "GOODWORD_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    return read_home()


@pytest.mark.parametrize(
    ("free", "level", "code"),
    [
        (5_000_000_000, Level.FINE, "disk"),
        (2_999_999_999, Level.WATCH, "disk-nearly-full"),
        (499_999_999, Level.WRONG, "disk-full"),
    ],
)
def test_a_disk_that_fills_is_told_before_it_is_full(free, level, code):
    found = machine.disk_of(free, Path("/house"))

    assert (found.level, found.code) == (level, code)


@pytest.fixture
def stranger() -> Iterator[int]:
    """Another program's web server; its port."""
    server = http.server.HTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def test_a_port_that_a_stranger_holds_is_wrong(home, stranger):
    found = machine.port(home.keep(port=stranger))

    assert (found.level, found.code) == (Level.WRONG, "port-taken")
    assert "--port" in found.do


def test_no_chromium_is_worth_watching_only(monkeypatch):
    monkeypatch.setattr(machine.shutil, "which", lambda name: None)

    found = machine.browser()

    assert (found.level, found.code) == (Level.WATCH, "no-chromium")
    assert "apt-get install chromium" in found.do


def test_settings_that_others_can_read_are_wrong(home):
    home.keep(port=1)
    home.path("settings.json").chmod(0o644)

    found = machine.settings_file(home)

    assert (found.level, found.code) == (Level.WRONG, "settings-open")


@pytest.mark.parametrize(
    ("number", "level", "code"),
    [
        (180006, Level.FINE, "version"),
        (180003, Level.WATCH, "old-minor"),
        (150020, Level.FINE, "version"),
        (140011, Level.WRONG, "postgres-too-old"),
        (190000, Level.FINE, "version"),
    ],
)
def test_an_old_postgres_is_told(number, level, code):
    found = data.version(number)

    assert (found.level, found.code) == (level, code)


@pytest.mark.parametrize(
    ("seconds", "level"), [(2, Level.FINE), (-2, Level.FINE), (3, Level.WRONG), (-90, Level.WRONG)]
)
def test_a_clock_that_is_off_is_told(seconds, level):
    assert data.clock_finding(timedelta(seconds=seconds)).level is level


def test_a_folder_of_another_major_is_wrong(home):
    folder = home.path("postgres", "data")
    folder.mkdir(parents=True)
    (folder / "PG_VERSION").write_text("13\n")

    found = data.data_folder(home)

    assert (found.level, found.code) == (Level.WRONG, "other-major")
    assert "GOODWORD_PG_BIN" in found.do


def test_a_database_that_does_not_answer_is_wrong(home, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://a:b@127.0.0.1:1/none")

    assert [f.code for f in data.look(home)] == ["database-silent"]


@pytest.mark.parametrize(
    ("marked", "company", "values", "codes"),
    [
        (True, "Wend & Daughters", {"profile": "demo"}, ["demo"]),
        (True, "Wend & Daughters", {"profile": "production"}, ["demo-mark"]),
        (True, "Real Heating Ltd", {"profile": "demo"}, ["demo-mark"]),
        (True, "", {"founded": True}, ["demo-mark"]),
        (False, "Real Heating Ltd", {"profile": "production"}, []),
    ],
)
def test_a_demo_mark_on_a_companys_own_data_is_wrong(committed_db, tmp_path, marked, company, values, codes):
    if company:
        found_company(company, by=SYSTEM, at=company_now(), command=uuid7())
    with committed_db.as_owner() as owner:
        owner.execute("UPDATE kit_clock SET demo = %s", [marked])

    with psycopg.connect(committed_db.addresses.app) as connection:
        found = list(data.demo_mark(Home(tmp_path, values), connection))

    assert [f.code for f in found] == codes


def test_the_test_database_itself_is_healthy(committed_db):
    with psycopg.connect(committed_db.addresses.app) as connection:
        found = list(data.look_inside(Home(Path("/nowhere"), {"profile": "test"}), connection))

    assert [f for f in found if f.level is Level.WRONG] == []


def test_it_exits_with_1_when_something_is_wrong_and_says_what_to_do(home, capsys):
    home.keep(port=8700)
    home.path("settings.json").chmod(0o666)

    assert main(["doctor", "--quiet"]) == 1

    said = capsys.readouterr().out
    assert "WRONG" in said
    assert f"chmod 600 {home.path('settings.json')}" in said


def test_in_a_clone_with_only_a_demo_the_demo_is_meant(home, capsys):
    Home(home.path("demo"), {}).keep(port=8700, profile="demo")

    main(["doctor"])

    assert f"Looking at {home.path('demo')}" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("values", "codes"),
    [
        ({}, {"mail-not-set", "address"}),
        ({"smtp_url": "smtp://post.example"}, {"mail-not-set", "address"}),
        (
            {"smtp_url": "smtp://post.example", "email_from": "a@b.example", "public_url": "https://x.example"},
            {"mail", "address"},
        ),
        ({"public_url": "http://x.example"}, {"mail-not-set", "plain-http"}),
        ({"public_url": "http://localhost:8700"}, {"mail-not-set", "address"}),
    ],
)
def test_a_company_that_cannot_write_or_is_open_to_listeners_is_told(tmp_path, values, codes):
    home = Home(tmp_path, values)

    assert {machine.mail(home).code, machine.https(home).code} == codes
