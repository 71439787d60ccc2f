"""Every read of this room that a face or a room above may do. Reads go through the family of ids (G-11)."""

from goodword.customers.queries.duplicates import alike, perhaps_same
from goodword.customers.queries.reading import (
    Card,
    card,
    contacts_of,
    customer,
    family,
    listed,
    open_sites,
    roots,
    seen_by,
    site,
    sites_of,
    visible_to,
)
from goodword.customers.queries.search import Hit, search
from goodword.customers.queries.within import channels_visible_in, contacts_visible_in, sites_visible_in
from goodword.customers.queries.writing import consents_of, contact, contact_to_write, may_write, name_to_use

__all__ = [
    "Card",
    "Hit",
    "alike",
    "card",
    "channels_visible_in",
    "consents_of",
    "contact",
    "contact_to_write",
    "contacts_of",
    "contacts_visible_in",
    "customer",
    "family",
    "listed",
    "may_write",
    "name_to_use",
    "open_sites",
    "perhaps_same",
    "roots",
    "search",
    "seen_by",
    "site",
    "sites_of",
    "sites_visible_in",
    "visible_to",
]
