from django.db import models

from goodword.kit.ids import uuid7
from goodword.visits.models.visit import Visit


class Note(models.Model):
    """Words that somebody wrote about a visit. They can be erased; the event that they were written cannot."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="notes")
    words = models.TextField()
    at = models.DateTimeField()
    by_id = models.UUIDField(null=True)
