"""Who can say how long a drive takes: one protocol, one file per engine."""

from goodword.territory.providers.base import Info, Leg, Provider, Snap
from goodword.territory.providers.crow_flight import CrowFlight
from goodword.territory.providers.osrm_embedded import OsrmEmbedded

__all__ = ["CrowFlight", "Info", "Leg", "OsrmEmbedded", "Provider", "Snap"]
