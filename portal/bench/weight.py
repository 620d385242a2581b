"""What a judgement weighs on disk, indexes and all, against its packed vector."""

from django.db import connection

from inspections.models import Answer, Sheet
from portal.bench.ground import Ground
from scoring.models import Detail, Result
from scoring.program import compile_field


def told(ground: Ground, judgements: int) -> str:
    packed = sum(size_of(ground, field) for _pk, field in ground.branches) / judgements
    parts = [(name, on_disk(model) / judgements) for name, model in WEIGHED]
    said = sum(size for name, size in parts if name in ("sheets", "answers"))
    listed = ", ".join(f"{name} {size:.1f}" for name, size in parts)
    return (
        f"bytes per judgement: {listed}; packed alone {packed:.1f}; "
        f"answers with their sheets {said / packed:.1f} times packed"
    )


WEIGHED = (
    ("sheets", Sheet),
    ("answers", Answer),
    ("results", Result),
    ("what they were made of", Detail),
)


def size_of(ground: Ground, field: str) -> int:
    return compile_field(ground.cycle.edition, field).layout.dtype.itemsize


def on_disk(model) -> int:
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_total_relation_size(%s)", [table])
        else:
            cursor.execute(
                "SELECT sum(pgsize) FROM dbstat WHERE name IN (SELECT name FROM sqlite_master WHERE tbl_name = %s)",
                [table],
            )
        return cursor.fetchone()[0]
