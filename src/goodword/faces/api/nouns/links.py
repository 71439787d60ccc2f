"""A customer's secret link to one visit: made, shown once, revoked."""

import base64
import hmac
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from ninja import Schema, Status

from goodword.crew.queries import links_visible_to
from goodword.crew.rules import Verb
from goodword.customers.queries import contacts_visible_in
from goodword.faces.api.auth import Asked
from goodword.faces.api.doorway import customers_seen, door, found, must, who
from goodword.faces.api.inputs import Cursor, Id, Instant, Limit, Write
from goodword.faces.api.pages import By, Page, page
from goodword.faces.api.router import Noun
from goodword.kit.clock import company_now
from goodword.kit.links import make_link, revoke_link, url_of
from goodword.kit.refusals import BadInput
from goodword.visits.queries import visible_to

router = Noun("links")
NEWEST = By("made_at", datetime, down=True)


class LinkOut(Schema):
    id: UUID
    purpose: str
    about_kind: str
    about_id: UUID
    holder_id: UUID | None
    scope: UUID | None
    made_at: datetime
    expires_at: datetime
    revoked_at: datetime | None


class MadeOut(LinkOut):
    """With its address, which is kept nowhere: it is shown in the answer to this one command only."""

    url: str


class LinkIn(Write):
    visit_id: Id
    contact_id: Id | None = None
    expires_at: Instant


@router.get("/links", response=Page[LinkOut])
def list_links(request: Asked, visit: Id | None = None, after: Cursor = None, limit: Limit = 50) -> Any:
    rows = links_visible_to(who(request))
    return page(rows.filter(about_id=visit) if visit else rows, NEWEST, after, limit)


@router.post("/links", response={201: MadeOut})
def new_link(request: Asked, body: LinkIn) -> Any:
    visit = found(visible_to(who(request)), body.visit_id)
    must(request, Verb.BOOK, visit.branch_id)
    if body.contact_id is not None:
        found(contacts_visible_in(customers_seen(request)).filter(customer=visit.order.customer_id), body.contact_id)
    if body.expires_at <= company_now():
        raise BadInput("expires_at", _("This time is past. Choose a later one."))
    token = _token(who(request).person.id, body.command)
    link = make_link(token, "visit", visit, body.contact_id, visit.branch_id, body.expires_at, **door(request, body))
    shown = {f: getattr(link, f) for f in LinkOut.model_fields}
    return Status(201, shown | {"url": url_of(token)})


def _token(person_id: UUID, command: UUID) -> str:
    """256 bits; the same command again shows the same address, which is therefore drawn from the house's own key."""
    drawn = hmac.digest(settings.SECRET_KEY.encode(), f"goodword.link:{person_id}:{command}".encode(), "sha256")
    return base64.b32encode(drawn).decode().rstrip("=").lower()


@router.post("/links/{uuid:link_id}/revocation", response=LinkOut)
def revocation(request: Asked, link_id: UUID, body: Write) -> Any:
    """From now on it says that it has ended."""
    there = found(links_visible_to(who(request)), link_id)
    must(request, Verb.BOOK, there.scope)
    return revoke_link(there.id, **door(request, body))
