from django.db import migrations, models

JSON = {
    "postgresql": "jsonb NOT NULL DEFAULT '{}'::jsonb",
    "sqlite": "text NOT NULL DEFAULT '{}' CHECK (JSON_VALID(sums))",
}


def add(apps, schema_editor):
    """Plain ADD COLUMNs: on SQLite AddField would rebuild the table and lose the guard of published rows."""
    vendor = schema_editor.connection.vendor
    schema_editor.execute(f"ALTER TABLE scoring_result ADD COLUMN sums {JSON[vendor]}", params=None)
    schema_editor.execute(
        "ALTER TABLE scoring_result ADD COLUMN decided_tier varchar(40) NOT NULL DEFAULT ''"
    )


def drop(apps, schema_editor):
    schema_editor.execute("ALTER TABLE scoring_result DROP COLUMN decided_tier")
    schema_editor.execute("ALTER TABLE scoring_result DROP COLUMN sums")


class Migration(migrations.Migration):
    dependencies = [("scoring", "0002_published_immutable")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(add, drop)],
            state_operations=[
                migrations.AddField("result", "sums", models.JSONField(default=dict)),
                migrations.AddField(
                    "result",
                    "decided_tier",
                    models.CharField(blank=True, default="", max_length=40),
                    preserve_default=False,
                ),
            ],
        )
    ]
