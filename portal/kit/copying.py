"""Many rows into one table: COPY on PostgreSQL, INSERT elsewhere. Both leave the same rows behind.

No signal, no default, no auto_now: each row says every column that may not be empty. JSON is given as
its text, so that a caller who has the text already need not build it twice.
"""

import io
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models

BATCH = 5_000
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def insert(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """`names` are attributes (`branch_id`), `rows` their values in that order. Returns how many."""
    columns = [model._meta.get_field(name).column for name in names]
    write = copied if connection.vendor == "postgresql" else inserted
    done, rows = 0, iter(rows)
    while batch := list(islice(rows, BATCH)):
        write(model._meta.db_table, columns, batch)
        done += len(batch)
    return done


def copied(table: str, columns: list[str], rows: list[Sequence[Any]]) -> None:
    lines = ("\t".join([copy_text(value) for value in row]) for row in rows)
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {into(table, columns)} FROM STDIN", io.StringIO("\n".join(lines)))


def inserted(table: str, columns: list[str], rows: list[Sequence[Any]]) -> None:
    marks = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {into(table, columns)} VALUES ({marks})",  # noqa: S608  names of our own models
            [[plain(value) for value in row] for row in rows],
        )


def into(table: str, columns: list[str]) -> str:
    quote = connection.ops.quote_name
    return f"{quote(table)} ({', '.join(quote(column) for column in columns)})"


def copy_text(value: Any) -> str:
    """The value as COPY reads it; what is no text of its own comes as a string."""
    encode = COPY.get(type(value))
    return encode(value) if encode else str(value).translate(ESCAPES)


COPY: dict[type, Callable[[Any], str]] = {
    type(None): lambda value: "\\N",
    bool: lambda value: "t" if value else "f",
    int: str,
    bytes: lambda value: "\\\\x" + value.hex(),
    datetime: datetime.isoformat,
    date: date.isoformat,
}


def plain(value: Any) -> Any:
    """The value as the driver takes it: a moment in the zone of the database, a day as text."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return value.isoformat() if isinstance(value, date) else value


def restart_counters(*given: type[models.Model]) -> None:
    """After rows came with keys of their own: the next key follows the highest."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), given):
            cursor.execute(statement)
