"""The Monday of the dispatch tests: a company clock at 9:40 and two technicians on shift."""

from tests.dispatch.conftest import cast, monday, site

__all__ = ["cast", "monday", "site"]
