from goodword.customers.models.finding import SearchEntry, SearchWord
from goodword.customers.models.parties import Channel, Consent, Contact, Customer
from goodword.customers.models.places import Site

__all__ = ["Channel", "Consent", "Contact", "Customer", "SearchEntry", "SearchWord", "Site"]
