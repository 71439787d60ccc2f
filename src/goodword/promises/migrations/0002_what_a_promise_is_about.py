import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("crew", "0001_start"),
        ("customers", "0001_start"),
        ("promises", "0001_start"),
        ("visits", "0001_start"),
    ]

    operations = [
        migrations.AddField(
            model_name="promise",
            name="request",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="promises", to="visits.request"
            ),
        ),
        migrations.AddField(
            model_name="promise",
            name="site",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="promises", to="customers.site"
            ),
        ),
        migrations.AddField(
            model_name="promise",
            name="successor_of",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="successor", to="promises.promise"
            ),
        ),
        migrations.AddField(
            model_name="promise",
            name="visit",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="promises", to="visits.visit"
            ),
        ),
        migrations.AddField(
            model_name="mark",
            name="promise",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="marks", to="promises.promise"
            ),
        ),
        migrations.AddField(
            model_name="verdict",
            name="branch",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="crew.branch"),
        ),
        migrations.AddIndex(
            model_name="promise",
            index=models.Index(fields=["customer", "made_at"], name="promises_pr_custome_f6a1ee_idx"),
        ),
        migrations.AddIndex(
            model_name="promise",
            index=models.Index(fields=["branch", "closes_at"], name="promises_pr_branch__7e04db_idx"),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("type", "arrival_window"), _negated=True),
                    models.Q(
                        ("opens_at__isnull", False), ("visit__isnull", False), ("closes_at__gt", models.F("opens_at"))
                    ),
                    _connector="OR",
                ),
                name="a_window_has_two_ends_and_a_visit",
            ),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.UniqueConstraint(
                condition=models.Q(("type", "arrival_window")), fields=("visit",), name="one_window_promise_per_visit"
            ),
        ),
        migrations.AddConstraint(
            model_name="mark",
            constraint=models.UniqueConstraint(fields=("promise", "kind"), name="first_crossing_only"),
        ),
        migrations.AddIndex(
            model_name="verdict",
            index=models.Index(fields=["branch", "state", "closes_at"], name="promises_ve_branch__8d039a_idx"),
        ),
        migrations.AddIndex(
            model_name="verdict",
            index=models.Index(condition=models.Q(("state", "open")), fields=["closes_at"], name="verdict_still_open"),
        ),
    ]
