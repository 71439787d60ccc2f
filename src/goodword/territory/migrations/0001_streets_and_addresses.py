"""Streets and addresses of the territory, with the extensions that their search needs."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations, models

import goodword.kit.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        TrigramExtension(),
        UnaccentExtension(),
        migrations.CreateModel(
            name="Dataset",
            fields=[
                (
                    "id",
                    models.UUIDField(default=goodword.kit.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("hash", models.CharField(max_length=64, unique=True)),
                ("name", models.CharField(max_length=200)),
                ("attribution", models.CharField(max_length=300)),
                ("facts", models.JSONField(default=dict)),
                ("active", models.BooleanField(default=False)),
                ("added_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("active", True)), fields=("active",), name="territory_one_active"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Street",
            fields=[
                (
                    "id",
                    models.UUIDField(default=goodword.kit.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("street", "Street"), ("place", "Place"), ("town", "Town")], max_length=6
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("city", models.CharField(blank=True, max_length=200)),
                ("postcode", models.CharField(blank=True, max_length=20)),
                ("norm_key", models.CharField(max_length=200)),
                ("city_key", models.CharField(blank=True, max_length=200)),
                ("lat", models.FloatField()),
                ("lon", models.FloatField()),
                ("weight", models.IntegerField(default=0)),
                ("doc", django.contrib.postgres.search.SearchVectorField()),
                (
                    "dataset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="streets", to="territory.dataset"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Address",
            fields=[
                (
                    "id",
                    models.UUIDField(default=goodword.kit.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("number", models.CharField(blank=True, max_length=60)),
                ("number_norm", models.CharField(blank=True, max_length=60)),
                (
                    "number_keys",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list),
                ),
                ("name", models.CharField(blank=True, max_length=200)),
                ("name_key", models.CharField(blank=True, max_length=200)),
                ("postcode", models.CharField(blank=True, max_length=20)),
                ("country", models.CharField(blank=True, max_length=2)),
                ("lat", models.FloatField()),
                ("lon", models.FloatField()),
                ("snap_m", models.FloatField(null=True)),
                ("source", models.CharField(max_length=80)),
                ("accuracy", models.CharField(max_length=12)),
                ("filled", models.CharField(blank=True, max_length=60)),
                ("doc", django.contrib.postgres.search.SearchVectorField(null=True)),
                (
                    "street",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="addresses", to="territory.street"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="street",
            index=django.contrib.postgres.indexes.GinIndex(
                fastupdate=False, fields=["doc"], name="territory_street_doc"
            ),
        ),
        migrations.AddIndex(
            model_name="street",
            index=django.contrib.postgres.indexes.GinIndex(
                fastupdate=False, fields=["norm_key"], name="territory_street_trgm", opclasses=["gin_trgm_ops"]
            ),
        ),
        migrations.AddIndex(
            model_name="address",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("doc__isnull", False)),
                fastupdate=False,
                fields=["doc"],
                name="territory_address_doc",
            ),
        ),
        migrations.AddIndex(
            model_name="address",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("doc__isnull", False)),
                fastupdate=False,
                fields=["name_key"],
                name="territory_address_trgm",
                opclasses=["gin_trgm_ops"],
            ),
        ),
    ]
