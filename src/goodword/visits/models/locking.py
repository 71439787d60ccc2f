"""Taking hold of visits: no two actions change one at once, and none waits for another in a circle."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models

from goodword.visits import errors

if TYPE_CHECKING:
    from goodword.visits.models.visit import Visit


class Visits(models.Manager["Visit"]):
    def locked(self, visit_id: UUID) -> "Visit":
        """The visit, locked until the transaction ends; refuses an id that is not there."""
        visit = (
            self.select_for_update(of=("self",))
            .select_related("order__site", "order__work_type", "order__customer")
            .filter(pk=visit_id)
            .first()
        )
        if visit is None:
            raise errors.NoSuchVisit
        return visit

    def lock_in_order(self, rows: models.Q) -> None:
        """Lock several before anything else is locked, always in one order: then no two wait for each other."""
        list(self.select_for_update(of=("self",)).filter(rows).order_by("id").values_list("id", flat=True))
