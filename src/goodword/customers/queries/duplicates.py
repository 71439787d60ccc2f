"""A hint while somebody is being added: who has this number or address already?"""

from collections.abc import Iterable

from goodword.crew.queries import Viewer, company
from goodword.customers.models import Channel, Customer
from goodword.customers.queries.reading import listed
from goodword.customers.rules import read_email, read_phone
from goodword.kit.refusals import BadInput


def alike(viewer: Viewer, channels: Iterable[tuple[str, str]], limit: int = 5) -> list[Customer]:
    """Visible customers who share a phone or an e-mail address (kind, as typed). A hint only: families share phones."""
    values = [v for kind, typed in channels if (v := _value(kind, typed)) is not None]
    rows = Channel.objects.filter(value__in=values, ended_at=None, contact__ended_at=None)
    return list(listed(viewer).filter(id__in=rows.values("contact__customer_id"))[:limit])


def _value(kind: str, typed: str) -> str | None:
    try:
        if kind == Channel.Kind.PHONE:
            return read_phone(typed, company().phone_region).value
        return read_email(typed) if kind == Channel.Kind.EMAIL else None
    except BadInput:
        return None
