from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from goodword.crew.queries import company
from goodword.customers.actions.finding import reindex
from goodword.customers.errors import ChannelKnown, CustomerErased, NoSuchChannel
from goodword.customers.models import Channel, Consent, Contact
from goodword.customers.rules import read_email, read_phone
from goodword.kit.actions import action
from goodword.kit.actors import Actor
from goodword.kit.events import record
from goodword.kit.refusals import BadInput
from goodword.kit.text import clean


@action("channel.add")
def add_channel(
    contact_id: UUID,
    kind: str,
    value: str,
    label: str = "",
    service: bool = True,
    *,
    by: Actor,
    at: datetime,
    command: UUID,
) -> Channel:
    """A way to reach a contact. ``service``: they gave it so that we write to them about their own matters.

    A number that somebody else had before starts without any consent: consent belongs to this row, not to the digits.
    """
    contact = Contact.objects.locked(contact_id)
    if contact.customer.erased_at is not None:
        raise CustomerErased
    known, line = _read(kind, value)
    channel = Channel(
        contact=contact,
        kind=kind,
        raw=clean(value, "value", limit=320),
        value=known,
        line=line,
        label=clean(label, "label", limit=60),
    )
    try:
        with transaction.atomic():
            channel.save(force_insert=True)
    except IntegrityError as error:
        raise ChannelKnown(name=contact.name, value=channel.raw) from error
    _record("contact.channel_added", channel, {"kind": kind, "line": line}, by=by, at=at, command=command)
    if service:
        _consent(channel, Consent.Purpose.SERVICE, True, "given with the contact", by=by, at=at, command=command)
    reindex(contact.customer)
    return channel


def _read(kind: str, value: str) -> tuple[str, str]:
    """What is dialled or sent to, and the kind of line."""
    if kind == Channel.Kind.PHONE:
        phone = read_phone(value, company().phone_region)
        return phone.value, phone.line
    if kind == Channel.Kind.EMAIL:
        return read_email(value), ""
    if kind == Channel.Kind.POST:
        return clean(value, "value", limit=320, needed=True), ""
    raise BadInput("kind", _("A way to reach somebody is a phone, an e-mail address or post."))


def _record(name: str, channel: Channel, facts: dict[str, Any], **door: Any) -> None:
    customer = channel.contact.customer
    facts = {"contact": str(channel.contact_id), "customer": str(customer.id)} | facts
    record(name, about=channel, scope=customer.branch_id, facts=facts, **door)


def _consent(channel: Channel, purpose: str, given: bool, source: str, **door: Any) -> None:
    by: Actor = door["by"]
    Consent.objects.create(
        channel=channel,
        purpose=purpose,
        given=given,
        source=clean(source, "source", limit=60, needed=True),
        at=door["at"],
        by_kind=by.kind,
        by_id=by.id,
    )
    _record("consent.given" if given else "consent.withdrawn", channel, {"purpose": purpose}, **door)


def _locked(channel_id: UUID) -> Channel:
    rows = Channel.objects.select_for_update(no_key=True, of=("self",)).select_related("contact__customer")
    channel = rows.filter(id=channel_id).first()
    if channel is None:
        raise NoSuchChannel
    return channel


@action("consent.set")
def set_consent(
    channel_id: UUID, purpose: str, given: bool, source: str, *, by: Actor, at: datetime, command: UUID
) -> Channel:
    """What a person said about being written to. Every answer is kept; the latest counts."""
    if purpose not in Consent.Purpose.values:
        raise BadInput("purpose", _("Choose what for: service, marketing or survey."))
    channel = _locked(channel_id)
    _consent(channel, purpose, given, source, by=by, at=at, command=command)
    return channel


@action("channel.end")
def end_channel(channel_id: UUID, *, by: Actor, at: datetime, command: UUID) -> Channel:
    """It is not theirs any more. Its consents end with it."""
    channel = _locked(channel_id)
    channel.ended_at = channel.ended_at or at
    channel.save(update_fields=["ended_at"])
    reindex(channel.contact.customer)
    _record("contact.channel_ended", channel, {"kind": channel.kind}, by=by, at=at, command=command)
    return channel


@action("channel.bounce")
def bounce_channel(channel_id: UUID, bounced: bool = True, *, by: Actor, at: datetime, command: UUID) -> Channel:
    """Mail to it came back for good (or, with ``bounced`` False, it works again). It is passed over until then."""
    channel = _locked(channel_id)
    channel.bounced_at = at if bounced else None
    channel.save(update_fields=["bounced_at"])
    name = "contact.channel_bounced" if bounced else "contact.channel_works"
    _record(name, channel, {"kind": channel.kind}, by=by, at=at, command=command)
    return channel
