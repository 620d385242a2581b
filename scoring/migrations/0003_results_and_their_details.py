import django.db.models.deletion
from django.db import migrations, models

from accounts.triggers import Guard, refuse_where

MOVED = "lines, chapters, gates, packed, notes, sources, sums"
PUBLISHED = "(SELECT published_at FROM scoring_result WHERE id = OLD.result_id) IS NOT NULL"


def on_postgres(statement):
    def run(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(statement)

    return run


class Migration(migrations.Migration):
    """A result is what lists read; its detail is what it was made of.

    A packed record no longer holds points, so what is not published is computed again: it counts as very old.
    """

    dependencies = [("scoring", "0002_published_and_sealed")]
    operations = [
        migrations.CreateModel(
            name="Detail",
            fields=[
                (
                    "result",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="detail",
                        serialize=False,
                        to="scoring.result",
                    ),
                ),
                ("told", models.JSONField(db_column="lines", default=list)),
                ("chapters", models.JSONField(default=dict)),
                ("gates", models.JSONField(default=list)),
                ("packed", models.BinaryField(null=True)),
                ("notes", models.JSONField(null=True)),
                ("sources", models.JSONField(default=dict)),
                ("sums", models.JSONField(default=dict)),
            ],
            options={"verbose_name": "what a result was made of"},
        ),
        Guard(
            *refuse_where("scoring_detail", conditions=dict.fromkeys(("UPDATE", "DELETE"), PUBLISHED))
        ),
        migrations.RunSQL(
            f"INSERT INTO scoring_detail (result_id, {MOVED}) SELECT id, {MOVED} FROM scoring_result"
        ),
        migrations.RunSQL(
            "UPDATE scoring_result SET computed_at = '2000-01-01 00:00:00' WHERE published_at IS NULL"
        ),
        Guard(on_postgres("SET CONSTRAINTS ALL IMMEDIATE"), lambda *_: None),
        *(
            migrations.RemoveField(model_name="result", name=name)
            for name in ("facts", "told", "chapters", "gates", "packed", "notes", "sources", "sums")
        ),
        # Room for the new version of a row beside the old one: no index is touched when points change.
        Guard(
            on_postgres("ALTER TABLE scoring_result SET (fillfactor = 50)"),
            on_postgres("ALTER TABLE scoring_result RESET (fillfactor)"),
        ),
    ]
