"""Every write of this room: prepare a territory, put its addresses into the database, close and open roads."""

from goodword.territory.actions.add import add_territory, rebuild_if_out_of_date
from goodword.territory.actions.closures import close_road, open_road
from goodword.territory.actions.following import follow_closures
from goodword.territory.actions.roads import Progress
from goodword.territory.rules.report import Report

__all__ = [
    "Progress",
    "Report",
    "add_territory",
    "close_road",
    "follow_closures",
    "open_road",
    "rebuild_if_out_of_date",
]
