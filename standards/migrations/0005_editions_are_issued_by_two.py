from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

from accounts.triggers import refuse_where

earlier = import_module("standards.migrations.0004_editions_state_their_composition")
PAIR = "(submitted_at IS NULL) = (submitted_by_id IS NULL)"
ANOTHER = "submitted_by_id IS NULL OR issued_by_id IS NULL OR issued_by_id <> submitted_by_id"
USER = "bigint NULL REFERENCES accounts_user (id) DEFERRABLE INITIALLY DEFERRED"
TABLE = "ALTER TABLE standards_edition"
FORWARD = {
    "postgresql": [
        f"{TABLE} ADD COLUMN submitted_at timestamp with time zone NULL",
        f"{TABLE} ADD COLUMN submitted_by_id {USER}",
        f"{TABLE} ADD COLUMN return_reason text NOT NULL DEFAULT ''",
        f"{TABLE} ADD CONSTRAINT edition_submitted_pair CHECK ({PAIR})",
        f"{TABLE} ADD CONSTRAINT edition_issued_by_another CHECK ({ANOTHER})",
        "CREATE INDEX standards_edition_submitted_by_id ON standards_edition (submitted_by_id)",
    ],
    "sqlite": [
        f"{TABLE} ADD COLUMN submitted_at datetime NULL",
        f"{TABLE} ADD COLUMN submitted_by_id {USER} CONSTRAINT edition_submitted_pair CHECK ({PAIR})"
        f" CONSTRAINT edition_issued_by_another CHECK ({ANOTHER})",
        f"{TABLE} ADD COLUMN return_reason text NOT NULL DEFAULT ''",
        "CREATE INDEX standards_edition_submitted_by_id ON standards_edition (submitted_by_id)",
    ],
}
BACKWARD = [
    "DROP INDEX standards_edition_submitted_by_id",
    *(
        f"{TABLE} DROP COLUMN {name}"
        for name in ("return_reason", "submitted_by_id", "submitted_at")
    ),
]


def fixed(names, nullable):
    """Once issued only issued -> superseded, with everything else as it was."""
    same = [f"NEW.{name} = OLD.{name}" for name in names]
    same += [
        f"(NEW.{name} = OLD.{name} OR NEW.{name} IS NULL AND OLD.{name} IS NULL)"
        for name in nullable
    ]
    steps_down = f"OLD.state = 'issued' AND NEW.state = 'superseded' AND {' AND '.join(same)}"
    return {"UPDATE": f"(OLD.state <> 'draft' AND NOT ({steps_down}))"}


KEPT = [*earlier.BEFORE, "composition", "return_reason"]
NEW = refuse_where("standards_edition", conditions=fixed(KEPT, ["submitted_at", "submitted_by_id"]))


def add(apps, schema_editor):
    """Plain ADD COLUMN, since a table rebuilt on SQLite loses the guard of issued editions."""
    earlier.NEW[1](apps, schema_editor)
    for statement in FORWARD[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)
    NEW[0](apps, schema_editor)


def drop(apps, schema_editor):
    NEW[1](apps, schema_editor)
    for statement in BACKWARD:
        schema_editor.execute(statement, params=None)
    earlier.NEW[0](apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [
        ("standards", "0004_editions_state_their_composition"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(add, drop)],
            state_operations=[
                migrations.AddField("edition", "submitted_at", models.DateTimeField(null=True)),
                migrations.AddField(
                    "edition",
                    "submitted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    "edition", "return_reason", models.TextField(blank=True, default="")
                ),
                migrations.AddConstraint(
                    "edition",
                    models.CheckConstraint(
                        condition=Q(submitted_at=None, submitted_by=None)
                        | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                        name="edition_submitted_pair",
                    ),
                ),
                migrations.AddConstraint(
                    "edition",
                    models.CheckConstraint(
                        condition=Q(submitted_by=None)
                        | Q(issued_by=None)
                        | ~Q(issued_by=F("submitted_by")),
                        name="edition_issued_by_another",
                    ),
                ),
            ],
        )
    ]
