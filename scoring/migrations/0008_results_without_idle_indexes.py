from django.conf import settings
from django.db import migrations, models
from django.db.models import PROTECT

PEOPLE = {"null": True, "on_delete": PROTECT, "related_name": "+", "db_index": False}
FIELDS = {
    "cycle": models.ForeignKey(
        "inspections.cycle", PROTECT, related_name="results", db_index=False
    ),
    "decided_by": models.ForeignKey(settings.AUTH_USER_MODEL, **PEOPLE),
    "published_by": models.ForeignKey(settings.AUTH_USER_MODEL, **PEOPLE),
}
# As the first migration named them.
INDEXES = {
    "cycle_id": "scoring_result_cycle_id_3f54b15b",
    "decided_by_id": "scoring_result_decided_by_id_9a722c7e",
    "published_by_id": "scoring_result_published_by_id_368ea8a9",
}


class Migration(migrations.Migration):
    """Plain DROP INDEX, since a table rebuilt on SQLite loses the guard of published results."""

    dependencies = [
        ("scoring", "0007_runs_sealed"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    f"DROP INDEX IF EXISTS {index}",
                    f"CREATE INDEX {index} ON scoring_result ({column})",
                )
                for column, index in INDEXES.items()
            ],
            state_operations=[
                migrations.AlterField("result", name, field) for name, field in FIELDS.items()
            ],
        )
    ]
