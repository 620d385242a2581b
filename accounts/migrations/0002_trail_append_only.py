from django.db import migrations

from accounts.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunPython(*append_only("accounts_deed"))]
