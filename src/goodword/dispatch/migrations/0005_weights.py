import django.db.models.deletion
from django.db import migrations, models

import goodword.kit.ids


class Migration(migrations.Migration):
    dependencies = [
        ("crew", "0001_start"),
        ("dispatch", "0004_learned"),
    ]

    operations = [
        migrations.CreateModel(
            name="WeightsTrial",
            fields=[
                (
                    "id",
                    models.UUIDField(default=goodword.kit.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("chosen", models.JSONField(default=dict)),
                ("day", models.DateField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("working", "being worked out"),
                            ("done", "done"),
                            ("failed", "failed"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("asked_by", models.UUIDField(null=True)),
                ("lease_until", models.DateTimeField(null=True)),
                ("token", models.PositiveIntegerField(default=0)),
                ("found", models.JSONField(default=dict)),
                (
                    "branch",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="crew.branch"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["branch", "asked_at"], name="dispatch_we_branch__0cb337_idx"),
                    models.Index(
                        condition=models.Q(("status__in", ["waiting", "working"])),
                        fields=["asked_at"],
                        name="trial_to_do",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WeightsVersion",
            fields=[
                (
                    "id",
                    models.UUIDField(default=goodword.kit.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("since", models.DateTimeField()),
                ("set_by", models.UUIDField(null=True)),
                ("chosen", models.JSONField(default=dict)),
                (
                    "branch",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="crew.branch"),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["branch", "since"], name="dispatch_we_branch__dd9a74_idx")],
            },
        ),
    ]
