from django.db import migrations

RANGE_SAFE = 'ALTER TABLE branches_organization ALTER COLUMN path TYPE varchar(150) COLLATE "C"'


def compare_bytes(apps, schema_editor):
    """A subtree is a range of paths; only byte order makes that range right (SQLite compares so already)."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(RANGE_SAFE)


class Migration(migrations.Migration):
    dependencies = [("branches", "0001_initial")]
    operations = [migrations.RunPython(compare_bytes, migrations.RunPython.noop)]
