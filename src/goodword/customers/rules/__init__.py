"""Pure functions on what people type: phones, e-mail addresses, places, and the words to find them by."""

from goodword.customers.rules.emails import read_email
from goodword.customers.rules.finding import Asked, number_key, one_slip_away, read_query, slips_of, word_list
from goodword.customers.rules.phones import Phone, can_be_dialled, read_phone
from goodword.customers.rules.places import check_point, distance_m, read_areas, read_country

__all__ = [
    "Asked",
    "Phone",
    "can_be_dialled",
    "check_point",
    "distance_m",
    "number_key",
    "one_slip_away",
    "read_areas",
    "read_country",
    "read_email",
    "read_phone",
    "read_query",
    "slips_of",
    "word_list",
]
