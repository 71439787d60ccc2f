"""A mail server in a process of its own. The file it writes is the truth about what was taken.

``python -m tests.messaging.server PORT FILE``: one fsynced line for each message before its answer. What it does is
said by the local part of the recipient: ``temporary`` 451, ``refused`` 550, ``toobig`` 552 after DATA, ``silent``
writes its line and never answers, ``slow`` waits before it answers.
"""

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any


class Handler:
    def __init__(self, path: Path) -> None:
        self._path = path

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        answers = {"temporary": "451 try later", "refused": "550 no such mailbox"}
        if no := answers.get(address.partition("@")[0]):
            return no
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        local = envelope.rcpt_tos[0].partition("@")[0]
        if local == "toobig":
            return "552 too big"
        self._keep(envelope)
        if local == "silent":
            await asyncio.sleep(60)
        if local == "slow":
            await asyncio.sleep(0.5)
        return "250 taken as X1"

    def _keep(self, envelope: Any) -> None:
        said = {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "data": envelope.content.decode("utf-8", "replace"),
        }
        with self._path.open("a") as file:
            file.write(json.dumps(said) + "\n")
            file.flush()
            os.fsync(file.fileno())


async def serve(port: int, path: Path) -> None:
    from aiosmtpd.smtp import SMTP

    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(Handler(path)), "127.0.0.1", port)
    print(server.sockets[0].getsockname()[1], flush=True)  # noqa: T201
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), Path(sys.argv[2])))
