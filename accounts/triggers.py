"""Database triggers that keep a table append-only, on PostgreSQL and SQLite alike."""

from django.db.migrations import RunPython


class Guard(RunPython):
    """RunPython for statements alone: the models, which take longest to make ready, are not handed over."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        self.code(None, schema_editor)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        self.reverse_code(None, schema_editor)


def append_only(table, *, when=""):
    """(forward, reverse) for Guard: UPDATE and DELETE on the table fail; `when` narrows to rows, as SQL over OLD."""

    def forward(apps, schema_editor):
        for verb in ("UPDATE", "DELETE"):
            schema_editor.execute(statement(schema_editor.connection.vendor, table, verb, when))

    def reverse(apps, schema_editor):
        on = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
        for verb in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}{on}")

    return forward, reverse


def statement(vendor, table, verb, when):
    name = f"{table}_no_{verb.lower()}"
    guard = f"WHEN ({when})" if when else ""
    if vendor == "postgresql":
        # AFTER: before an update every row that may pass would be locked by itself and written to the log once more.
        return (
            f"CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger AS $body$ "
            f"BEGIN RAISE EXCEPTION '{table} is append-only'; END $body$ LANGUAGE plpgsql; "
            f"CREATE TRIGGER {name} AFTER {verb} ON {table} FOR EACH ROW {guard} "
            f"EXECUTE FUNCTION {table}_refuse()"
        )
    return (
        f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW {guard} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )


def refuse_where(table, *, conditions):
    """(forward, reverse) for Guard: each verb of `conditions` fails on rows where its SQL over OLD and NEW holds.

    Subqueries are allowed: PostgreSQL takes none in WHEN, so there the function asks.
    """

    def forward(apps, schema_editor):
        for verb, condition in conditions.items():
            schema_editor.execute(
                refusal(schema_editor.connection.vendor, table, verb, " ".join(condition.split()))
            )

    def reverse(apps, schema_editor):
        on = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
        for verb in conditions:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_fixed_{verb.lower()}{on}")

    return forward, reverse


def refusal(vendor, table, verb, condition):
    name = f"{table}_fixed_{verb.lower()}"
    if vendor == "postgresql":
        row = "OLD" if verb == "DELETE" else "NEW"
        return (
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $body$ "
            f"BEGIN IF {condition} THEN RAISE EXCEPTION '{table} is fixed'; END IF; "
            f"RETURN {row}; END $body$ LANGUAGE plpgsql; "
            f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
        )
    return (
        f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW WHEN {condition} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is fixed'); END"
    )


TABLES = (
    "accounts_deed",
    "inspections_entry",
    "inspections_step",
    "scoring_result",
    "scoring_run",
    "scoring_runresult",
    "scoring_comparisonrule",
)
