from django.db import migrations, models

ADD = "ALTER TABLE standards_clause ADD COLUMN {} text NOT NULL DEFAULT ''"
DROP = "ALTER TABLE standards_clause DROP COLUMN {}"


def column(name, label):
    """A plain ADD COLUMN: AddField would rebuild SQLite's table without its triggers."""
    return migrations.SeparateDatabaseAndState(
        database_operations=[migrations.RunSQL(ADD.format(name), DROP.format(name))],
        state_operations=[
            migrations.AddField(
                "clause",
                name,
                models.TextField(blank=True, default="", verbose_name=label),
                preserve_default=False,
            )
        ],
    )


class Migration(migrations.Migration):
    dependencies = [("standards", "0006_sheets_for_committees")]
    operations = [column("work_steps", "work steps"), column("blank_form", "blank form")]
