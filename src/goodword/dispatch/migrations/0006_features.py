from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dispatch", "0005_weights"),
    ]

    operations = [
        migrations.AddField(
            model_name="option",
            name="features",
            field=models.JSONField(default=dict),
        ),
    ]
