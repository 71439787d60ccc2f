from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("customers", "0001_start")]
    operations = [migrations.RemoveIndex(model_name="searchentry", name="search_serials")]
