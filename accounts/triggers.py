"""Database triggers that keep a table append-only, on PostgreSQL and SQLite alike."""


def append_only(table, *, when=""):
    """(forward, reverse) for RunPython: UPDATE and DELETE on the table fail; `when` narrows to rows, as SQL over OLD."""

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
        return (
            f"CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger AS $body$ "
            f"BEGIN RAISE EXCEPTION '{table} is append-only'; END $body$ LANGUAGE plpgsql; "
            f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW {guard} "
            f"EXECUTE FUNCTION {table}_refuse()"
        )
    return (
        f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW {guard} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )


TABLES = (
    "accounts_deed",
    "inspections_entry",
    "inspections_step",
    "scoring_result",
)
