"""How much may be sent to an address. More is refused before it is read: the framework would keep all of it on disk."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from django.conf import settings

from goodword.kit.files import CHUNK

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]

FILES_AT_ONCE = 200_000_000  # ours: a form without a script sends its files whole
LIMITS: Final[list[tuple[re.Pattern[str], int]]] = [
    (re.compile(r"/api/v1/files/[0-9a-f]{64}/chunks/\d+"), CHUNK),
    (re.compile(r"/files/on/[^/]+/[^/]+/"), FILES_AT_ONCE),
]
OVER = "goodword.over_limit"  # in the scope: how much would have been taken


class _TooMuch(Exception):
    """More has come than the address takes."""


def limit_of(path: str) -> int:
    """How many bytes an address takes."""
    return next((n for pattern, n in LIMITS if pattern.fullmatch(path)), settings.DATA_UPLOAD_MAX_MEMORY_SIZE)


class BodyLimits:
    """Around the application: what says that it is too long is not read at all, what turns out so no further."""

    def __init__(self, application: Callable[[Scope, Receive, Send], Awaitable[None]]) -> None:
        self.application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.application(scope, receive, send)
        limit, taken = limit_of(scope["path"]), 0

        async def counted() -> Mapping[str, Any]:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > limit:
                raise _TooMuch
            return message

        if _said_length(scope) > limit:
            return await self._refuse(scope, limit, send)
        try:
            await self.application(scope, counted, send)
        except _TooMuch:
            await self._refuse(scope, limit, send)

    async def _refuse(self, scope: Scope, limit: int, send: Send) -> None:
        """The application says no in its own words (`RefusalsAsAnswers`), as to an empty body."""
        headers = [(k, v) for k, v in scope["headers"] if k.lower() not in {b"content-length", b"transfer-encoding"}]
        given = False

        async def nothing() -> Mapping[str, Any]:
            nonlocal given
            if given:
                await asyncio.Event().wait()  # what else comes is not for us; whoever waits here is cancelled
            given = True
            return {"type": "http.request", "body": b"", "more_body": False}

        await self.application(scope | {"headers": headers, OVER: limit}, nothing, send)


def _said_length(scope: Scope) -> int:
    said = next((v for k, v in scope["headers"] if k.lower() == b"content-length"), b"0")
    return int(said) if said.isdigit() else 0
