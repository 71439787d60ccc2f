"""A body over the address's limit gets 413 and what to do, and is not read: asked of the server as it runs."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from goodword.config.bodies import FILES_AT_ONCE
from goodword.kit.files import CHUNK
from goodword.kit.postgres.ports import free_port

HOUSE = Path(__file__).resolve().parents[2]
PIECE = f"/api/v1/files/{'0' * 64}/chunks/0"
FORM = "/files/on/visit/01a00000-0000-7000-8000-000000000000/"
PATIENCE = 60.0


@pytest.fixture(scope="module")
def port(test_database: Any, tmp_path_factory: Any) -> Iterator[int]:
    """The web server as ``goodword serve`` starts it."""
    database, home, port = test_database, tmp_path_factory.mktemp("home"), free_port()
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "goodword.config.settings",
        "GOODWORD_PROFILE": "demo",
        "GOODWORD_HOME": str(home),
        "DATABASE_URL": database.addresses.app,
        "DATABASE_OWNER_URL": database.addresses.owner,
    }
    command = [sys.executable, "-m", "granian", "--interface", "asginl", "--port", str(port), "--no-ws"]
    process = subprocess.Popen([*command, "goodword.config.asgi:application"], env=env, cwd=HOUSE)
    end = time.monotonic() + PATIENCE
    while socket.socket().connect_ex(("127.0.0.1", port)):
        assert process.poll() is None and time.monotonic() < end, "the server does not answer"
        time.sleep(0.05)
    yield port
    process.terminate()
    process.wait(10)


def said(port: int, method: str, path: str, headers: str, body: bytes = b"", more: int = 0) -> tuple[int, str, int]:
    """The status, the answer, and how many of ``more`` further pieces of ``body`` it took before."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
        connection.sendall(f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{headers}\r\n".encode() + body)
        taken = 0
        with suppress(OSError):  # it hangs up on a body that is too long: how much it took is what is asked
            for _n in range(more):
                connection.sendall(body)
                taken += 1
        answer = b""
        with suppress(OSError):  # and what it had said by then is the answer; none at all fails below
            while piece := connection.recv(65_536):
                answer += piece
                if b"\r\n\r\n" in answer and answer.rstrip().endswith((b"}", b"</html>", b"\r\n0")):
                    break
    return int(answer.split()[1]), answer.decode(errors="replace"), taken


@pytest.mark.parametrize(
    ("method", "path", "size", "status"),
    [
        ("PUT", PIECE, CHUNK + 1, 413),
        ("POST", "/api/v1/commands", 2_500_001, 413),
        ("POST", "/sign-in/", 5_000_000_000, 413),
        ("POST", FORM, FILES_AT_ONCE + 1, 413),
    ],
)
def test_a_body_that_says_it_is_too_long_is_answered_before_it_is_sent(
    port: int, method: str, path: str, size: int, status: int
) -> None:
    """Not one byte of it comes: whoever read it would wait for it."""
    got, answer, _taken = said(port, method, path, f"Content-Length: {size}\r\nContent-Type: application/json\r\n")

    assert got == status
    assert "Send it in smaller parts, or fewer files at a time." in answer
    assert (b"application/problem+json" in answer.encode()) == path.startswith("/api/")


def test_a_body_that_does_not_say_how_long_it_is_is_read_up_to_the_limit_only(port: int) -> None:
    piece = b"%x\r\n" % CHUNK + bytes(CHUNK) + b"\r\n"

    got, answer, taken = said(port, "POST", "/sign-in/", "Transfer-Encoding: chunked\r\n", piece, 400)

    assert (got, "2.5 MB" in answer) == (413, True)
    assert taken < 100


def test_what_an_address_takes_goes_through(port: int) -> None:
    """Nobody is signed in here: each says so, and none that it is too much."""
    for method, path, size in (("PUT", PIECE, CHUNK), ("POST", FORM, 3_000_000)):
        got, _answer, _taken = said(port, method, path, f"Content-Length: {size}\r\n", bytes(size))
        assert got in {401, 403}
