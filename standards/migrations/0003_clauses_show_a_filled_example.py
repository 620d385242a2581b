from django.db import migrations, models


class Migration(migrations.Migration):
    """A plain ADD COLUMN on both engines.

    On SQLite AddField rebuilds the table, and the triggers that keep issued editions fixed go with
    the old one.
    """

    dependencies = [("standards", "0002_issued_editions_fixed")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE standards_clause ADD COLUMN good_example text NOT NULL DEFAULT ''",
                    "ALTER TABLE standards_clause DROP COLUMN good_example",
                )
            ],
            state_operations=[
                migrations.AddField(
                    "clause",
                    "good_example",
                    models.TextField(blank=True, default="", verbose_name="filled example"),
                    preserve_default=False,
                )
            ],
        )
    ]
