"""Sending over SMTP, one connection for each letter.

The moment that matters is the final dot of DATA: before it nothing was taken; after it, without an answer, nobody
knows.
"""

import smtplib
import ssl
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from goodword.messaging.providers.mail import as_mail
from goodword.messaging.providers.protocol import Letter, NotSent, PerhapsSent

TIMEOUT_S = 15.0  # ours, for each step; all steps of one letter stay below the lease


@dataclass(frozen=True)
class Smtp:
    """A mail server. ``security``: "tls" from the first byte, "starttls" (refused when not offered), or "none"."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = ""
    security: str = "none"
    timeout_s: float = TIMEOUT_S
    name: str = "smtp"

    def send(self, letter: Letter) -> str:
        mail = as_mail(letter, self.sender)
        try:
            server = self._connected()
        except (OSError, smtplib.SMTPException) as error:
            raise NotSent(_code(error, "no-server"), permanent=False) from error
        try:
            return self._deliver(server, letter, mail.as_bytes())
        finally:
            _leave(server)

    def _connected(self) -> smtplib.SMTP:
        if self.security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port, timeout=self.timeout_s, context=ssl.create_default_context()
            )
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=self.timeout_s)
        try:
            if self.security == "starttls":
                server.starttls(context=ssl.create_default_context())
            if self.user:
                server.login(self.user, self.password)
            server.ehlo_or_helo_if_needed()
        except BaseException:
            server.close()
            raise
        return server

    def _deliver(self, server: smtplib.SMTP, letter: Letter, content: bytes) -> str:
        try:
            _expect(server.mail(self.sender), 250)
            _expect(server.rcpt(letter.to_address), 250, 251)
            _expect(server.docmd("DATA"), 354)
            server.send(_quoted(content))
        except (OSError, smtplib.SMTPException) as error:
            raise NotSent(_code(error, "cut-off"), permanent=False) from error
        try:
            code, words = server.getreply()
        except (OSError, smtplib.SMTPException) as error:
            raise PerhapsSent("no-answer") from error
        if not 100 <= code <= 599:
            raise PerhapsSent("no-answer")
        _expect((code, words), 250)
        return words.decode("ascii", "replace")[:200]


def smtp_from(url: str, sender: str) -> Smtp:
    """The server behind ``smtp://user:password@host:587?starttls=1`` or ``smtps://host``."""
    parts = urlsplit(url)
    asked = parse_qs(parts.query)
    starttls = asked.get("starttls", ["0"])[0].lower() in {"1", "yes", "true"}
    security = "tls" if parts.scheme == "smtps" else "starttls" if starttls else "none"
    port = parts.port or {"tls": 465, "starttls": 587, "none": 25}[security]
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Smtp(parts.hostname or "127.0.0.1", port, sender, user, password, security)


def _expect(reply: tuple[int, bytes], *good: int) -> None:
    """4xx and nonsense may pass later; 5xx will not."""
    code, _ = reply
    if code not in good:
        raise NotSent(f"smtp-{code}", permanent=500 <= code <= 599)


def _quoted(content: bytes) -> bytes:
    """RFC 5321 4.5.2: CRLF line ends, dots at the start of a line doubled, and the final dot."""
    lines = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n").rstrip(b"\n").split(b"\n")
    return b"\r\n".join(b"." + line if line.startswith(b".") else line for line in lines) + b"\r\n.\r\n"


def _code(error: Exception, otherwise: str) -> str:
    """A refused sign-in or greeting is the house's trouble, not the letter's: never permanent."""
    return f"smtp-{error.smtp_code}" if isinstance(error, smtplib.SMTPResponseException) else otherwise


def _leave(server: smtplib.SMTP) -> None:
    try:
        server.quit()
    except (OSError, smtplib.SMTPException):
        server.close()
