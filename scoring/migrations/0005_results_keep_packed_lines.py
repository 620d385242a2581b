from django.db import migrations, models


class Migration(migrations.Migration):
    """Two nullable columns, which SQLite adds in place: a rebuilt table would lose the guard of published rows.

    The rows told in full keep their column; only the attribute is called otherwise.
    """

    dependencies = [("scoring", "0004_figures_from_outside")]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RenameField("result", "lines", "told"),
                migrations.AlterField(
                    "result", "told", models.JSONField(db_column="lines", default=list)
                ),
            ]
        ),
        migrations.AddField("result", "packed", models.BinaryField(null=True)),
        migrations.AddField("result", "notes", models.JSONField(null=True)),
    ]
