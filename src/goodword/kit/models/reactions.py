from django.db import models

from goodword.kit.ids import uuid7


class Reacted(models.Model):
    """A room has reacted to an event: the reaction is not run again."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    event_id = models.UUIDField()
    reaction = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event_id", "reaction"], name="one_reaction_per_event")]


class Clock(models.Model):
    """The company clock: one row. Only a demo may run at another hour or speed."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    base_company = models.DateTimeField()
    base_machine = models.DateTimeField()
    rate = models.DecimalField(max_digits=8, decimal_places=3, default=1)
    demo = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="one_clock"),
            models.CheckConstraint(condition=models.Q(rate__gte=0), name="time_never_runs_back"),
            models.CheckConstraint(
                condition=models.Q(demo=True) | models.Q(rate=1, base_company=models.F("base_machine")),
                name="only_a_demo_bends_time",
            ),
        ]
