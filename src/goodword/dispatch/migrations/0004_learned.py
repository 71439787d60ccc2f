import django.db.models.deletion
from django.db import migrations, models

import goodword.kit.ids


class Migration(migrations.Migration):
    dependencies = [
        ("crew", "0001_start"),
        ("dispatch", "0003_day_plans"),
    ]

    operations = [
        migrations.CreateModel(
            name="LearnedVersion",
            fields=[
                (
                    "id",
                    models.UUIDField(default=goodword.kit.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("as_of", models.DateTimeField()),
                ("since", models.DateTimeField()),
                ("made_at", models.DateTimeField()),
                ("version", models.CharField(max_length=80)),
                ("visits", models.PositiveIntegerField()),
                ("found", models.JSONField(default=dict)),
                (
                    "branch",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="crew.branch"),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("branch", "as_of"), name="one_version_of_a_moment")],
            },
        ),
    ]
