"""A letter as an e-mail. Headers cannot be injected: Python's own policy refuses a line break in any of them."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from uuid import UUID

from goodword.messaging.providers.protocol import Letter, NotSent


def message_id(letter_id: UUID, sender: str) -> str:
    """One Message-ID per logical message: the same at every try, so that a second copy can be told."""
    return f"<{letter_id}@{sender.rpartition('@')[2]}>"


def as_mail(letter: Letter, sender: str) -> EmailMessage:
    """Build the e-mail; a letter that cannot be one is refused for good."""
    try:
        return _as_mail(letter, sender)
    except (ValueError, LookupError) as error:
        raise NotSent("bad-letter", permanent=True) from error


def _as_mail(letter: Letter, sender: str) -> EmailMessage:
    mail = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    mail["From"] = sender
    mail["To"] = Address(letter.to_name, addr_spec=letter.to_address)
    mail["Subject"] = letter.subject
    mail["Date"] = format_datetime(letter.made_at)
    mail["Message-ID"] = message_id(letter.id, sender)
    mail["Auto-Submitted"] = "auto-generated"
    if letter.language:
        mail["Content-Language"] = letter.language
    mail.set_content(letter.body)
    for item in letter.attachments:
        main, _, sub = item.type.partition("/")
        if main != "text" or not sub:
            raise ValueError(item.type)
        mail.add_attachment(item.text, subtype=sub, filename=item.name)
    return mail
