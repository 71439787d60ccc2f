"""Which way out this installation has."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from goodword.messaging.providers.folder import Folder
from goodword.messaging.providers.protocol import Provider
from goodword.messaging.providers.smtp import smtp_from


def provider_for(url: str, sender: str) -> Provider | None:
    """The provider of ``smtp://…``, ``smtps://…`` or ``file:///folder``; None when nothing is set up yet."""
    scheme = urlsplit(url).scheme
    if scheme == "file":
        return Folder(Path(unquote(urlsplit(url).path)), sender)
    if scheme in {"smtp", "smtps"}:
        return smtp_from(url, sender)
    if url:
        raise ValueError(f"smtp_url must begin with smtp://, smtps:// or file://, not {scheme!r}")
    return None
