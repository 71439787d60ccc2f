"""Every read that the rooms above may do: the territory in use, travel times, addresses, the map."""

from goodword.territory.queries.addresses import AddressAnswer, find_addresses
from goodword.territory.queries.closures import closures
from goodword.territory.queries.current import Territory, current, map_file
from goodword.territory.queries.travel import matrix, nearest, open_matrix, provider, route

__all__ = [
    "AddressAnswer",
    "Territory",
    "closures",
    "current",
    "find_addresses",
    "map_file",
    "matrix",
    "nearest",
    "open_matrix",
    "provider",
    "route",
]
