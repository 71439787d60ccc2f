"""Every write of this room, by noun."""

from goodword.customers.actions.channels import add_channel, bounce_channel, end_channel, set_consent
from goodword.customers.actions.contacts import add_contact, change_contact, end_contact
from goodword.customers.actions.customers import add_customer, change_customer, erase_customer
from goodword.customers.actions.finding import index_words, rebuild_search
from goodword.customers.actions.merging import merge, unmerge
from goodword.customers.actions.sites import add_site, change_site, end_site, set_site_facts

__all__ = [
    "add_channel",
    "add_contact",
    "add_customer",
    "add_site",
    "bounce_channel",
    "change_contact",
    "change_customer",
    "change_site",
    "end_channel",
    "end_contact",
    "end_site",
    "erase_customer",
    "index_words",
    "merge",
    "rebuild_search",
    "set_consent",
    "set_site_facts",
    "unmerge",
]
