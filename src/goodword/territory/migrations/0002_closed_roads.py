"""Closed roads, and which copy of the roads travel is asked of."""

from django.db import migrations, models

import goodword.kit.ids


class Migration(migrations.Migration):
    dependencies = [("territory", "0001_streets_and_addresses")]

    operations = [
        migrations.AddField("Dataset", "closed_key", models.CharField(blank=True, default="", max_length=16)),
        migrations.CreateModel(
            name="Closure",
            fields=[
                (
                    "id",
                    models.UUIDField(default=goodword.kit.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("name", models.CharField(max_length=200)),
                ("lat", models.FloatField()),
                ("lon", models.FloatField()),
                ("radius_m", models.PositiveIntegerField()),
                ("road", models.CharField(blank=True, max_length=200)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("closed_at", models.DateTimeField()),
                ("closed_by", models.UUIDField(null=True)),
                ("counts_from", models.DateTimeField(null=True)),
                ("opened_at", models.DateTimeField(null=True)),
                ("opened_by", models.UUIDField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at", None), ("ends_at__gt", models.F("starts_at")), _connector="OR"),
                        name="territory_closure_ends_after_it_starts",
                    )
                ],
            },
        ),
    ]
