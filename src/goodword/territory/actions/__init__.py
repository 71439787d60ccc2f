"""Every write of this room: prepare a territory from its files, and put its addresses into the database."""

from goodword.territory.actions.add import add_territory, rebuild_if_out_of_date
from goodword.territory.actions.roads import Progress
from goodword.territory.rules.report import Report

__all__ = ["Progress", "Report", "add_territory", "rebuild_if_out_of_date"]
