from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("visits", "0004_advice_taken_back")]
    operations = [
        migrations.AddField(
            model_name="leaving", name="works", field=models.BooleanField(db_default=True, default=True)
        ),
    ]
