import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("crew", "0001_start"),
        ("dispatch", "0001_start"),
    ]

    operations = [
        migrations.CreateModel(
            name="Proposal",
            fields=[
                (
                    "branch",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="proposal",
                        serialize=False,
                        to="crew.branch",
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("broken_before", models.FloatField()),
                ("label", models.CharField(blank=True, max_length=200)),
                ("ways", models.JSONField(default=list)),
            ],
        ),
    ]
