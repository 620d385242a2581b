from django.db import migrations, models

from accounts.triggers import refuse_where

COLUMN = {
    "postgresql": "jsonb NOT NULL DEFAULT '{}'::jsonb",
    "sqlite": "text NOT NULL DEFAULT '{}' CHECK (JSON_VALID(composition))",
}
BEFORE = [
    "id",
    "owner_id",
    "name",
    "year",
    "issuer",
    "document_number",
    "approving_authority",
    "approving_number",
    "note",
    "options",
    "tiers",
    "ceiling",
    "base",
    "digest",
    "created_at",
    "issued_at",
    "issued_by_id",
    "client_key",
]


def fixed(names):
    """Once issued only issued -> superseded, with everything else as it was."""
    same = " AND ".join(f"NEW.{name} = OLD.{name}" for name in names)
    steps_down = f"OLD.state = 'issued' AND NEW.state = 'superseded' AND {same}"
    return {"UPDATE": f"(OLD.state <> 'draft' AND NOT ({steps_down}))"}


OLD = refuse_where("standards_edition", conditions=fixed(BEFORE))
NEW = refuse_where("standards_edition", conditions=fixed([*BEFORE, "composition"]))


def add(apps, schema_editor):
    """A plain ADD COLUMN on both engines; then the guard of issued editions covers it too."""
    vendor = schema_editor.connection.vendor
    OLD[1](apps, schema_editor)
    schema_editor.execute(
        f"ALTER TABLE standards_edition ADD COLUMN composition {COLUMN[vendor]}", params=None
    )
    NEW[0](apps, schema_editor)


def drop(apps, schema_editor):
    NEW[1](apps, schema_editor)
    schema_editor.execute("ALTER TABLE standards_edition DROP COLUMN composition")
    OLD[0](apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("standards", "0003_clauses_show_a_filled_example")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(add, drop)],
            state_operations=[
                migrations.AddField("edition", "composition", models.JSONField(default=dict)),
            ],
        )
    ]
