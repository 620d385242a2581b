from django.db import migrations

from accounts.triggers import Guard, append_only


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [Guard(*append_only("accounts_deed"))]
