from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("visits", "0003_script_and_steps")]

    operations = [
        migrations.AddField(
            model_name="interimadvice",
            name="taken_back",
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
