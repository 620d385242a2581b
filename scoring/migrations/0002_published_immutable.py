from django.db import migrations

from accounts.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("scoring", "0001_initial"), ("accounts", "0002_trail_append_only")]
    operations = [
        migrations.RunPython(*append_only("scoring_result", when="OLD.published_at IS NOT NULL"))
    ]
