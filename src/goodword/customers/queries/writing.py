"""Whom to write to, on which channel, for which purpose, and by which name."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from goodword.customers.errors import NoSuchContact
from goodword.customers.models import Channel, Contact
from goodword.customers.queries.reading import contacts_of

ORDER = ("email", "phone", "post")
TEXTABLE = {"mobile", "either"}


def contact(contact_id: UUID) -> Contact:
    there = Contact.objects.select_related("customer").filter(id=contact_id).first()
    if there is None:
        raise NoSuchContact
    return there


def name_to_use(contact: Contact) -> str:
    """How they like to be called."""
    return contact.preferred_name or contact.name


def consents_of(channel: Channel) -> dict[str, bool]:
    """What counts now, by purpose: the latest word on each; without a word there is no consent."""
    return {row.purpose: row.given for row in sorted(channel.consents.all(), key=lambda row: (row.at, row.id))}


def may_write(channel_id: UUID, purpose: str) -> bool:
    """Asked again by whoever sends, right before sending (I10)."""
    channel = Channel.objects.filter(id=channel_id, ended_at=None, bounced_at=None).first()
    return channel is not None and consents_of(channel).get(purpose, False)


def contact_to_write(
    customer_id: UUID, purpose: str, contact_id: UUID | None = None, kinds: Sequence[str] = ORDER
) -> tuple[Contact | None, Channel | None]:
    """Who is written to and where.

    The contact asked for comes first, then the customer's others as they were added; the first allowed channel in the
    order of ``kinds`` counts (P-53). Without any the first contact comes alone: a call task for a person (P-54).
    """
    there = sorted(contacts_of(customer_id), key=lambda c: c.id != contact_id)
    for person in there:
        if (channel := _allowed(person.channels.all(), purpose, kinds)) is not None:
            return person, channel
    return (there[0] if there else None), None


def _allowed(channels: Iterable[Channel], purpose: str, kinds: Sequence[str]) -> Channel | None:
    usable = [c for c in channels if c.kind in kinds and _works(c) and consents_of(c).get(purpose, False)]
    return min(usable, key=lambda c: kinds.index(c.kind), default=None)


def _works(channel: Channel) -> bool:
    """Mail that came back is passed over, and so is a landline: it shows no text."""
    if channel.bounced_at is not None:
        return False
    return channel.kind != Channel.Kind.PHONE or channel.line in TEXTABLE
