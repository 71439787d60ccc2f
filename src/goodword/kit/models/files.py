from django.db import models

from goodword.kit.ids import uuid7


class File(models.Model):
    """A file named by its SHA-256. Its bytes lie in the files folder; whoever refers to it says what it is."""

    sha256 = models.CharField(primary_key=True, max_length=64)
    size = models.BigIntegerField()
    kind = models.CharField(max_length=80)
    scope = models.UUIDField(null=True)
    begun_at = models.DateTimeField()
    stored_at = models.DateTimeField(null=True)


class FileChunk(models.Model):
    """A part of a file that has arrived (1 MB each, but the last)."""

    id = models.BigAutoField(primary_key=True)
    file = models.ForeignKey(File, on_delete=models.CASCADE, related_name="chunks")
    number = models.PositiveIntegerField()
    size = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "number"], name="one_chunk_per_number")]


class Attachment(models.Model):
    """A file on a row of any room. The file stays as it came, for the office; ``view`` and ``thumb`` are made from it.

    ``name`` and ``words`` may be erased. Withdrawn is hidden, and can be taken back.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="attached")
    view = models.ForeignKey(File, on_delete=models.PROTECT, null=True, related_name="+")
    thumb = models.ForeignKey(File, on_delete=models.PROTECT, null=True, related_name="+")
    about_kind = models.CharField(max_length=40)
    about_id = models.UUIDField()
    scope = models.UUIDField(null=True)
    name = models.CharField(max_length=200, blank=True)
    words = models.CharField(max_length=200, blank=True)
    for_customer = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    added_by = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["about_kind", "about_id"], name="attachment_about")]
        constraints = [
            models.UniqueConstraint(
                fields=["file", "about_kind", "about_id"], condition=models.Q(withdrawn_at=None), name="attached_once"
            ),
            models.CheckConstraint(
                condition=models.Q(for_customer=False) | models.Q(view__isnull=False), name="customers_see_views_only"
            ),
        ]
