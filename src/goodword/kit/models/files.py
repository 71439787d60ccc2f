from django.db import models


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
