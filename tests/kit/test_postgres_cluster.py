"""A private cluster: laid, started, killed, started again; and what it refuses."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from goodword.kit.postgres import Cluster, Server, make_database
from goodword.kit.postgres.pidfile import postmaster
from goodword.kit.postgres.service_user import service_user
from goodword.kit.postgres.troubles import DidNotStart, OtherMajor


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """In a folder that only we may enter, as a clone under root's home is."""
    tmp_path.chmod(0o700)
    cluster = Cluster(tmp_path / "postgres", tmp_path / "logs" / "postgres.log")
    yield cluster
    cluster.stop()


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One for the tests that only look."""
    folder = tmp_path_factory.mktemp("standing")
    cluster = Cluster(folder / "postgres", folder / "postgres.log")
    yield cluster.start()
    cluster.stop()


def until(holds: Callable[[], bool], limit_s: float = 30) -> bool:
    end = time.monotonic() + limit_s
    while not holds():
        if time.monotonic() > end:
            return False
        os.sched_yield()
    return True


def one(address: str, query: str) -> object:
    with psycopg.connect(address, autocommit=True) as connection:
        row = connection.execute(query.encode()).fetchone()
    assert row is not None
    return row[0]


def test_it_is_laid_once_and_found_running_the_second_time(cluster):
    first = cluster.start()
    second = cluster.start()

    assert (first.started, second.started) == (True, False)
    assert first.port == second.port
    assert one(second.url(), "SELECT 1") == 1
    assert (cluster.folder / "superuser").stat().st_mode & 0o777 == 0o600

    cluster.stop()
    assert cluster.running() is None
    cluster.stop()  # harmless


def test_it_is_laid_safely(standing):
    assert one(standing.url(), "SHOW data_checksums") == "on"
    assert one(standing.url(), "SHOW fsync") == "on"
    assert one(standing.url(), "SHOW listen_addresses") == "127.0.0.1"
    rules = "SELECT array_agg(DISTINCT auth_method) FROM pg_hba_file_rules"
    assert one(standing.url(), rules) == ["scram-sha-256"]
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(standing.url(password="wrong"))


def test_letters_are_the_same_whatever_the_machine(standing):
    assert one(standing.url(), "SELECT 'ÄNGSTRÖM' ILIKE 'ängström'") is True


def test_no_folder_above_is_opened_to_anybody(cluster, tmp_path):
    modes = {p: p.stat().st_mode for p in tmp_path.parents}

    cluster.start()

    assert {p: p.stat().st_mode for p in tmp_path.parents} == modes
    assert tmp_path.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("hold", [False, True])
def test_what_was_committed_survives_a_kill_9_of_everything(cluster, hold):
    server = cluster.start(hold=hold)
    with psycopg.connect(server.url(), autocommit=True) as connection:
        connection.execute("CREATE TABLE said (n int)")
        connection.execute("INSERT INTO said SELECT generate_series(1, 500)")
    half = psycopg.connect(server.url())
    half.execute("INSERT INTO said VALUES (501)")
    found = postmaster(cluster.data)
    assert found is not None
    backends = Path(f"/proc/{found.pid}/task/{found.pid}/children").read_text().split()

    for pid in [found.pid, *map(int, backends)]:
        os.kill(pid, signal.SIGKILL)
    half.close()
    again = cluster.start(hold=hold)

    assert again.started
    assert one(again.url(), "SELECT count(*) FROM said") == 500
    cluster.stop(again)


def test_a_held_server_ends_when_its_holder_is_killed(cluster, tmp_path):
    code = (
        "import sys, signal; from pathlib import Path; from goodword.kit.postgres import Cluster;"
        f"Cluster(Path({str(cluster.folder)!r}), Path({str(cluster.log)!r})).start(hold=True);"
        "print('up', flush=True); signal.pause()"
    )
    holder = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "up\n"
    assert cluster.running() is not None

    holder.kill()
    holder.wait()

    assert until(lambda: postmaster(cluster.data) is None)


def test_a_lock_file_that_names_a_living_stranger_does_not_stop_it(cluster):
    cluster.start()
    cluster.stop()
    user = service_user(cluster.data)
    drop = {"user": user.uid, "group": user.gid, "extra_groups": []} if user else {}
    stranger = subprocess.Popen(["sleep", "300"], cwd="/", **drop)
    (cluster.data / "postmaster.pid").write_text(f"{stranger.pid}\n{cluster.data}\n1\n5432\n.\n127.0.0.1\n\nready\n")
    if user:
        os.chown(cluster.data / "postmaster.pid", user.uid, user.gid)

    assert cluster.running() is None
    assert cluster.start().started
    assert stranger.poll() is None

    stranger.kill()
    stranger.wait()


def test_the_folder_of_another_major_is_refused_and_not_touched(cluster):
    cluster.start()
    cluster.stop()
    (cluster.data / "PG_VERSION").write_text("13\n")
    before = sorted(p.name for p in cluster.data.iterdir())

    with pytest.raises(OtherMajor, match=r"made by PostgreSQL 13; this is PostgreSQL"):
        cluster.start()

    assert sorted(p.name for p in cluster.data.iterdir()) == before
    assert (cluster.data / "PG_VERSION").read_text() == "13\n"


def test_a_half_laid_folder_is_laid_anew(cluster):
    (cluster.folder / "data.new").mkdir(parents=True)
    (cluster.folder / "data.new" / "PG_VERSION").write_text("18\n")

    assert cluster.start().started


def test_a_port_that_was_taken_meanwhile_is_given_up(cluster):
    import socket

    first = cluster.start()
    cluster.stop()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", first.port))
        taken.listen()

        assert cluster.start().port != first.port


def test_many_starters_at_once_get_one_server(cluster):
    code = (
        "from pathlib import Path; from goodword.kit.postgres import Cluster;"
        f"s = Cluster(Path({str(cluster.folder)!r}), Path({str(cluster.log)!r})).start(); print(s.port, s.started)"
    )
    starters = [subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) for _ in range(3)]
    said = [s.communicate(timeout=60)[0].split() for s in starters]

    assert len({port for port, _ in said}) == 1
    assert sorted(started for _, started in said) == ["False", "False", "True"]


def test_a_server_that_cannot_start_says_why(cluster):
    with pytest.raises(DidNotStart, match="shared_buffers"):
        cluster.start(options={"shared_buffers": "nonsense"})


def test_the_roles_get_what_they_need_and_nothing_more(standing):
    addresses = make_database(standing, "goodword")
    again = make_database(standing, "goodword", known=addresses)

    assert again == addresses
    with psycopg.connect(addresses.owner) as owner:
        for extension in ("btree_gist", "pg_trgm", "unaccent"):
            owner.execute(f"CREATE EXTENSION {extension}".encode())
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            owner.execute("CREATE ROLE mine SUPERUSER")
    for forbidden in ("CREATE TABLE mine (id int)", "CREATE DATABASE mine", "CREATE ROLE mine"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            one(addresses.app, forbidden)
