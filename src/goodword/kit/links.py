"""Secret links for people without an account: 256 bits, kept hashed, scoped, expiring, revocable, uses logged."""

import base64
import hashlib
import secrets
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import models, transaction
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from goodword.kit.actions import action
from goodword.kit.actors import Actor
from goodword.kit.clock import company_now, machine_now
from goodword.kit.doors import machinery
from goodword.kit.events import record
from goodword.kit.ids import uuid7
from goodword.kit.models import Link, LinkUse
from goodword.kit.refusals import Refusal


class NoSuchLink(Refusal):
    code = "no-such-link"
    says = _("This address does not lead anywhere. It may have been cut off when it was copied.")
    status = 404


class LinkEnded(Refusal):
    code = "link-ended"
    says = _("This address is no longer in use.")
    status = 410

    def __init__(self, link: Link) -> None:
        self.link = link
        super().__init__()


def new_token() -> str:
    """256 random bits in lower-case base 32: survives capitals, wrapped lines and trailing punctuation."""
    return base64.b32encode(secrets.token_bytes(32)).decode().rstrip("=").lower()


def read_token(typed: str) -> str:
    """What is left of a token after a mail program has had it."""
    return "".join(c for c in typed.lower() if c in "abcdefghijklmnopqrstuvwxyz234567")


def _sha256(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def url_of(token: str) -> str:
    return f"{settings.PUBLIC_URL}/v/{token}"


@action("link.make")
def make_link(
    token: str,
    purpose: str,
    about: models.Model,
    holder_id: UUID | None,
    scope: UUID | None,
    expires_at: datetime,
    *,
    by: Actor,
    at: datetime,
    command: UUID,
) -> Link:
    """Keep the hash of a token made by :func:`new_token`; the token itself goes to its holder only."""
    link = Link.objects.create(
        token_sha256=_sha256(token),
        purpose=purpose,
        about_kind=about._meta.model_name or "",
        about_id=about.pk,
        holder_id=holder_id,
        scope=scope,
        made_at=at,
        expires_at=expires_at,
    )
    record("link.made", about=link, by=by, at=at, command=command, scope=scope, facts={"purpose": purpose})
    return link


@action("link.revoke")
def revoke_link(link_id: UUID, *, by: Actor, at: datetime, command: UUID) -> Link:
    link = Link.objects.select_for_update().get(id=link_id)
    link.revoked_at = link.revoked_at or at
    link.save(update_fields=["revoked_at"])
    record("link.revoked", about=link, by=by, at=at, command=command, scope=link.scope)
    return link


def find_link(typed: str) -> Link | None:
    """The link behind a token as it was typed, ended or not. No use of it is logged."""
    return Link.objects.filter(token_sha256=_sha256(read_token(typed))).first()


def open_link(typed: str, method: str) -> Link:
    """The link behind a token, with its use logged; its first opening is an event.

    An ended link says so and still names what it was about.
    """
    return _opened(find_link(typed), method)


def pass_of(link: Link) -> str:
    """What a browser keeps in place of the secret: bound to the link, worth nothing without this house's key."""
    return _sealed(link, settings.SECRET_KEY)


def _sealed(link: Link, key: str) -> str:
    return salted_hmac("goodword.link", f"{link.id}:{link.token_sha256}", secret=key, algorithm="sha256").hexdigest()


def holds_pass(link: Link, kept: str) -> bool:
    """Whether this is the link's pass, also one that was given under an earlier key."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return any(constant_time_compare(kept, _sealed(link, key)) for key in keys)


def open_by_pass(link_id: UUID, kept: str, method: str) -> Link:
    """The link of which somebody holds the pass; without it there is no such link."""
    link = Link.objects.filter(id=link_id).first()
    return _opened(link if link is not None and holds_pass(link, kept) else None, method)


@machinery("kit.link-use")
def _opened(link: Link | None, method: str) -> Link:
    if link is None:
        raise NoSuchLink
    ended = is_over(link)
    with transaction.atomic():
        outcome = "ended" if ended else "looked" if method == "HEAD" else "opened"
        first = outcome == "opened" and not link.uses.filter(outcome="opened").exists()
        LinkUse.objects.create(link=link, at=machine_now(), method=method[:8], outcome=outcome)
        if first:
            holder, facts = Actor("link", link.id), {"purpose": link.purpose}
            record(
                "link.opened", about=link, by=holder, at=company_now(), command=uuid7(), scope=link.scope, facts=facts
            )
    if ended:
        raise LinkEnded(link)
    return link


def is_over(link: Link) -> bool:
    """Revoked, or its time is up."""
    return link.revoked_at is not None or link.expires_at <= company_now()
