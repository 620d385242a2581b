from django.db import migrations, models

from accounts.triggers import Guard

COLUMN = "ALTER TABLE standards_clause ADD COLUMN checked_by varchar(100) NOT NULL DEFAULT ''"


def add(apps, schema_editor):
    schema_editor.execute(COLUMN)


def remove(apps, schema_editor):
    schema_editor.execute("ALTER TABLE standards_clause DROP COLUMN checked_by")


class Migration(migrations.Migration):
    """By one statement on both engines: SQLite would build the table anew, and the triggers would be gone."""

    dependencies = [("standards", "0002_issued_editions_fixed")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[Guard(add, remove)],
            state_operations=[
                migrations.AddField(
                    "clause",
                    "checked_by",
                    models.CharField(blank=True, max_length=100, verbose_name="checking unit"),
                )
            ],
        )
    ]
