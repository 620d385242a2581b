from django.db import migrations

from accounts.triggers import Guard, append_only


class Migration(migrations.Migration):
    # The last of the old ones: a database that stopped before it fails here and does not go on half-made.
    replaces = [("inspections", "0008_answers_without_idle_indexes")]
    dependencies = [("inspections", "0001_initial"), ("accounts", "0002_trail_append_only")]
    operations = [
        Guard(*append_only("inspections_entry")),
        Guard(*append_only("inspections_step")),
    ]
