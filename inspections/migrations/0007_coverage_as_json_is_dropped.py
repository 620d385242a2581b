from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("inspections", "0006_coverage_is_packed")]
    operations = [
        migrations.RemoveField("sheet", "coverage"),
        migrations.RenameField("sheet", "packed", "coverage"),
    ]
