"""The same ids and secrets every time: laying again, after a crash or for a second start, changes nothing."""

import hashlib
import hmac
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings

_OURS = uuid5(NAMESPACE_URL, "goodword:worlds")


def command_id(*parts: object) -> UUID:
    """The id of a command, from what it does: ``command_id("monday", "beaumont", "book")``."""
    return uuid5(_OURS, "/".join(map(str, parts)))


def secret_of(name: str) -> str:
    """The secret of a device in this installation. It follows from the installation's own key and is kept nowhere."""
    return hmac.new(settings.SECRET_KEY.encode(), f"goodword.worlds/{name}".encode(), hashlib.sha256).hexdigest()
