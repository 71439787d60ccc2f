from django.db import models

from goodword.crew.models import Person
from goodword.kit.ids import uuid7
from goodword.visits.models.visit import Visit


class Handover(models.Model):
    """One technician offers a visit under way, another accepts: accountability passes in one instant."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="handovers")
    from_person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    to_person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.UUIDField(null=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["visit"], condition=models.Q(accepted_at=None), name="one_open_handover_per_visit"
            ),
        ]
