"""A small client of the API, with two ways to reach it: over HTTP, or inside this process when no server runs."""

import http.client
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlencode, urlsplit

from django.test import Client as DjangoClient

PREFIX = "/api/v1"
PATIENCE_S = 30
BATCH = 50


class Unexpected(Exception):
    """The API answered what a script cannot go on with."""


class Transport(Protocol):
    """Carries one request to the API; answers status and body."""

    def send(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> tuple[int, bytes]: ...


class OverHttp:
    """To a running server, on one connection that is opened again when it was closed.

    A request that was cut off is sent once more: every change carries its own id and happens once.
    """

    def __init__(self, base_url: str) -> None:
        parts = urlsplit(base_url)
        self._server = http.client.HTTPConnection(parts.hostname or "127.0.0.1", parts.port or 80, timeout=PATIENCE_S)

    def send(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> tuple[int, bytes]:
        try:
            return self._once(method, path, body, headers)
        except (http.client.HTTPException, ConnectionError):
            self._server.close()
            return self._once(method, path, body, headers)

    def _once(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> tuple[int, bytes]:
        self._server.request(method, path, body, dict(headers))
        answer = self._server.getresponse()
        return answer.status, answer.read()


class InProcess:
    """Through every layer of the web server but the socket."""

    def __init__(self) -> None:
        self._browser = DjangoClient(raise_request_exception=False, SERVER_NAME="127.0.0.1")

    def send(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> tuple[int, bytes]:
        more = {k: v for k, v in headers.items() if k != "Content-Type"}
        answer = self._browser.generic(method, path, body or b"", headers.get("Content-Type", ""), headers=more)
        return answer.status_code, answer.content


def way_to(base_url: str | None) -> Transport:
    """To the server at this address when one answers there, else inside this process."""
    if base_url:
        over = OverHttp(base_url)
        with suppress(OSError, http.client.HTTPException):
            over.send("GET", "/", None, {})
            return over
    return InProcess()


@dataclass(frozen=True)
class Answer:
    status: int
    body: Any

    def or_raise(self) -> Any:
        """The body of a success."""
        if self.status >= 300:
            raise Unexpected(f"{self.status}: {self.body}")
        return self.body


class Client:
    """Somebody who speaks to the API with the secret of a device or program."""

    def __init__(self, transport: Transport, secret: str) -> None:
        self._transport = transport
        self._headers = {"Authorization": f"Bearer {secret}", "Accept": "application/json"}

    def get(self, path: str, **query: Any) -> Any:
        """The answer to a question; raises Unexpected for every refusal."""
        asked = {k: str(v) for k, v in query.items() if v is not None}
        return self._send("GET", f"{path}?{urlencode(asked)}" if asked else path, None).or_raise()

    def all(self, path: str, **query: Any) -> list[Any]:
        """Every row of a list, page by page."""
        rows, after = [], None
        while True:
            page = self.get(path, after=after, **query)
            rows += page["items"]
            if (after := page["next"]) is None:
                return rows

    def post(self, path: str, **body: Any) -> Any:
        """Change something; raises Unexpected when it is refused."""
        return self.try_post(path, **body).or_raise()

    def try_post(self, path: str, **body: Any) -> Answer:
        """Change something, or hear why not."""
        return self._send("POST", path, body)

    def commands(self, commands: list[dict[str, Any]], *, online: bool = False) -> list[dict[str, Any]]:
        """Deliver what a phone recorded, in batches; one answer for each."""
        answers: list[dict[str, Any]] = []
        for start in range(0, len(commands), BATCH):
            sent = self.post("/commands", online=online, commands=commands[start : start + BATCH])
            answers += sent["answers"]
        return answers

    def _send(self, method: str, path: str, body: Any) -> Answer:
        sent = json.dumps(body, default=_plain).encode() if body is not None else None
        headers = self._headers | ({"Content-Type": "application/json"} if sent is not None else {})
        status, got = self._transport.send(method, PREFIX + path, sent, headers)
        try:
            return Answer(status, json.loads(got) if got else None)
        except ValueError as error:
            raise Unexpected(f"{status}: {got[:200]!r}") from error


def _plain(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
