from django.db import migrations

from accounts.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("inspections", "0001_initial"), ("accounts", "0002_trail_append_only")]
    operations = [
        migrations.RunPython(*append_only("inspections_entry")),
        migrations.RunPython(*append_only("inspections_step")),
    ]
