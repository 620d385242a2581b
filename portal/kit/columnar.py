"""Columns of numbers between PostgreSQL and numpy by binary COPY: no row of them becomes an object of Python.

Every column has one width in all rows: whole numbers as they stand (`>i8`, `>i4`, `>i2`), a moment as `>i8`
(microseconds since 2000), bytes as `S` and their number. A row with a NULL or of another width is refused.
"""

import io
from collections.abc import Sequence

import numpy as np
from django.db import connection

HEAD = b"PGCOPY\n\xff\r\n\0" + bytes(8)
END = b"\xff\xff"
Columns = Sequence[tuple[str, str]]


def read(query: str, params: Sequence[object], columns: Columns) -> np.ndarray:
    """The rows of the query, a field for each column. Raises ValueError."""
    out = io.BytesIO()
    with connection.cursor() as cursor:
        asked = cursor.mogrify(query, params).decode()
        cursor.copy_expert(f"COPY ({asked}) TO STDOUT (FORMAT binary)", out)
    raw, shape = out.getbuffer()[len(HEAD) : -len(END)], framed(columns)
    if len(raw) % shape.itemsize:
        raise ValueError("rows of another width")
    rows = np.frombuffer(raw, shape)
    if not all((rows[f"{name} is"] == shape[name].itemsize).all() for name, _type in columns):
        raise ValueError("a value of another width")
    return rows


def write(table: str, rows: np.ndarray, columns: Columns) -> None:
    """Into a table with just these columns, in this order."""
    found = np.zeros(len(rows), framed(columns))
    found["columns"] = len(columns)
    for name, _type in columns:
        found[f"{name} is"], found[name] = found.dtype[name].itemsize, rows[name]
    with connection.cursor() as cursor:
        cursor.copy_expert(
            f"COPY {connection.ops.quote_name(table)} FROM STDIN (FORMAT binary)",
            io.BytesIO(HEAD + found.tobytes() + END),
        )


def framed(columns: Columns) -> np.dtype:
    """A row of the format: how many columns, then before each its length."""
    parts = [part for name, kind in columns for part in ((f"{name} is", ">i4"), (name, kind))]
    return np.dtype([("columns", ">i2"), *parts])
