"""When to try again, what can be sent at all, and what every message has. Pure."""

from datetime import timedelta
from typing import Final

from django.utils.translation import gettext as _
from email_validator import EmailNotValidError, validate_email

from goodword.kit.refusals import BadInput

# Ours; no setting yet. Together about ten hours, then a person calls instead.
WAITS: Final = tuple(timedelta(minutes=m) for m in (1, 2, 5, 15, 30, 60, 120, 360))
LEASE: Final = timedelta(seconds=180)
ATTACHMENT_LIMIT: Final = 64_000  # ours: characters; a calendar file has about 1,000
SENDS: Final = frozenset({"email"})


def wait_before(attempt: int) -> timedelta | None:
    """How long to wait before trying again.

    Parameters
    ----------
    attempt
        How many times it was tried, from 1.

    Returns
    -------
    timedelta or None
        None: enough; it failed.
    """
    return WAITS[attempt - 1] if attempt <= len(WAITS) else None


def why_unsendable(kind: str, address: str) -> str:
    """A code for what is wrong with an address, or an empty text when it can be written to.

    The syntax only: whether the other side takes it is found out by sending. Addresses with a non-ASCII part before the
    ``@`` are refused, because few servers carry them.
    """
    if not kind or not address:
        return "nobody-to-write-to"
    if kind not in SENDS:
        return "no-way-to-send"
    try:
        validate_email(address, check_deliverability=False, allow_smtputf8=False, strict=True)
    except EmailNotValidError:
        return "bad-address"
    return ""


def lint(body: str, name: str) -> str:
    """The body, when it speaks to its reader by name (S3-16).

    Parameters
    ----------
    body
        The whole text as it will be read.
    name
        How the reader likes to be called.

    Raises
    ------
    BadInput
        There is no name, or the text does not hold it.
    """
    if not name.strip() or name not in body:
        raise BadInput("body", _("A message to a customer speaks to them by name. Add the name."))
    return body
