"""Which windows can we offer, how sure are we, and why not the others."""

from goodword.engine.offers.held import check
from goodword.engine.offers.people import objections_to
from goodword.engine.offers.search import offers

__all__ = ["check", "objections_to", "offers"]
