"""Somebody at the desk: a signed-in client, and forms sent as a browser sends them."""

import re
from html import unescape
from typing import Any
from uuid import uuid4

from django.test import Client
from tests.faces.signing_in import as_

at_the_desk = as_


def sent(client: Client, url: str, /, **facts: Any) -> Any:
    """Post a form with a command id of its own, unless one is given; ``follow`` goes on where it leads."""
    follow = facts.pop("follow", False)
    return client.post(url, {"command": str(uuid4()), **facts}, follow=follow)


def text_of(answer: Any) -> str:
    """The page as one reads it, on one line."""
    body = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", answer.content.decode(), flags=re.S)
    words = re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", body)))
    return re.sub(r" ([.,;:–])", r"\1", words)
