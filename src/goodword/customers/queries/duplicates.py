"""A hint while somebody is being added: who has this number or address already?"""

from collections.abc import Iterable

from goodword.crew.queries import Viewer, company
from goodword.customers.models import Channel, Customer, Site
from goodword.customers.queries.reading import listed, open_sites
from goodword.customers.rules import read_email, read_phone, word_list
from goodword.kit.refusals import BadInput

MOST = 50  # ours: of one name


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


def perhaps_same(
    viewer: Viewer, name: str, channels: Iterable[tuple[str, str]], address: str, limit: int = 5
) -> list[Customer]:
    """Visible customers who may be the one that is being added: by phone or e-mail, or by name and address together."""
    found = {row.id: row for row in alike(viewer, channels, limit)}
    typed, said = set(word_list(address)), set(word_list(name))
    if typed and said:
        named = listed(viewer).filter(name__iexact=name.strip())[:MOST]
        for site in open_sites(row.id for row in named):
            if _same_house(typed, site):
                found.setdefault(site.customer_id, site.customer)
    return list(found.values())[:limit]


def _same_house(typed: set[str], site: Site) -> bool:
    """Street and number of the one stand in the other, however they are written."""
    house = set(word_list(site.street, site.house_number))
    return bool(house) and (house <= typed or typed <= house)
