"""Packed results of a cycle as columns, and their new figures back into the rows they came from.

By binary COPY on PostgreSQL; elsewhere row by row, to the same effect.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from django.db import connection
from django.db.models import TextField
from django.db.models.functions import Cast

from inspections.models import Cycle
from portal.kit import columnar, copying
from scoring.columns import PROPOSALS, tier_keys
from scoring.models import Result
from scoring.program import Program
from scoring.record import MARK, shape_of
from scoring.tallies import program_hash

CHUNK = 20_000
# Places in lists begin at 1, as the database counts them; 0: not in the list.
WRITTEN = (("id", ">i8"), ("at", ">i8"), ("total", ">i4"), ("unjudged", ">i2"), ("tier", ">i2"), ("proposal", ">i2"))  # fmt: skip
READ = (*WRITTEN, ("field", ">i2"), ("decided", ">i2"), ("is_current", ">i2"))
RESULTS = """
    SELECT id, computed_at, total, unjudged, {places}, (decided_pass IS NOT NULL)::int::int2, {is_current}
    FROM scoring_result WHERE cycle_id = %s AND published_at IS NULL AND id > %s AND (%s OR program_hash <> %s)
    ORDER BY id LIMIT %s
"""
# Beside the results and not joined to them: the join would cost more than both.
RECORDS = """
    SELECT result_id, octet_length(packed), substring(packed || decode(repeat('00', %s), 'hex') FROM 1 FOR %s)
    FROM scoring_detail WHERE packed IS NOT NULL AND result_id BETWEEN %s AND %s ORDER BY result_id
"""
INCOMING = (
    "id bigint, at timestamptz, total int, unjudged smallint, tier smallint, proposal smallint"
)
CHANGE = """
    UPDATE scoring_result r SET total = i.total, unjudged = i.unjudged, program_hash = %s,
        tier = (%s::text[])[i.tier], proposal = (%s::text[])[i.proposal]
    FROM incoming i WHERE r.id = i.id AND r.computed_at = i.at AND r.published_at IS NULL
        AND r.id BETWEEN %s AND %s
"""


@dataclass(frozen=True)
class Names:
    """The lists that the places in the columns point into."""

    tiers: list[str]
    fields: list[str]
    width: int

    @property
    def of_column(self) -> dict[str, Sequence[str]]:
        return {"tier": self.tiers, "proposal": PROPOSALS, "field": self.fields}


@dataclass(frozen=True)
class Chunk:
    """`rows`: the figures as they stand. Beside each its record, zeros behind it, and how long it is; 0: it has none."""

    rows: np.ndarray
    sizes: np.ndarray
    records: np.ndarray


def names_of(programs: Sequence[Program]) -> Names:
    """Of programs of one edition."""
    width = max(MARK + shape_of(program).itemsize for program in programs)
    return Names(tier_keys(programs[0]), [program.field for program in programs], width)


def chunks(
    cycle: Cycle, names: Names, at_once: int = CHUNK, *, everything: bool, after: int = 0
) -> Iterator[Chunk]:
    """Unpublished results, by key; only those of an older program unless `everything`."""
    read = by_copy if connection.vendor == "postgresql" else by_rows
    while len((chunk := read(cycle, names, after, at_once, everything=everything)).rows):
        yield chunk
        after = int(chunk.rows["id"][-1])


def by_copy(cycle: Cycle, names: Names, after: int, at_once: int, *, everything: bool) -> Chunk:
    """A result computed again between the two questions is not written: its time is another by then."""
    current = program_hash()
    asked = [place_in(column, words) for column, words in names.of_column.items()]
    is_current, known = place_in("program_hash", [current])
    query = RESULTS.format(places=", ".join(sql for sql, _w in asked), is_current=is_current)
    words = [word for _sql, words in asked for word in words]
    rows = columnar.read(
        query, (*words, *known, cycle.pk, after, everything, current, at_once), READ
    )
    if not len(rows):
        return Chunk(rows, np.zeros(0, int), np.zeros((0, names.width), np.uint8))
    ends = int(rows["id"][0]), int(rows["id"][-1])
    shape = (("id", ">i8"), ("size", ">i4"), ("packed", f"V{names.width}"))
    return beside(rows, columnar.read(RECORDS, (names.width, names.width, *ends), shape), names)


def place_in(column: str, names: Sequence[str]) -> tuple[str, list[str]]:
    """(SQL for the place of a column's word in a list, what it asks for)"""
    cases = [f"WHEN %s THEN {place}::int2" for place, _name in enumerate(names, 1)]
    return f"CASE {column} {' '.join(cases)} ELSE 0::int2 END", list(names)


def beside(rows: np.ndarray, found: np.ndarray, names: Names) -> Chunk:
    """Both are in the order of their keys; a result without a record keeps nothing beside it."""
    place = np.searchsorted(found["id"], rows["id"])
    there = np.flatnonzero(np.isin(rows["id"], found["id"], assume_unique=True))
    sizes = np.zeros(len(rows), int)
    sizes[there] = found["size"][place[there]]
    records = np.zeros((len(rows), names.width), np.uint8)
    records[there] = as_bytes(found["packed"], names)[place[there]]
    return Chunk(rows, sizes, records)


def as_bytes(packed: np.ndarray, names: Names) -> np.ndarray:
    return np.ascontiguousarray(packed).view(np.uint8).reshape(-1, names.width)


def by_rows(cycle: Cycle, names: Names, after: int, at_once: int, *, everything: bool) -> Chunk:
    rows = Result.objects.filter(cycle=cycle, published_at=None, pk__gt=after)
    rows = rows if everything else rows.exclude(program_hash=program_hash())
    found = rows.order_by("pk").values_list(
        "pk", Cast("computed_at", TextField()), "total", "unjudged", "tier", "proposal",
        "field", "decided_pass", "program_hash", "detail__packed",
    )[:at_once]  # fmt: skip
    told = list(found)
    shape = np.dtype([("id", "i8"), ("at", "U40"), *READ[2:]])
    packed = [bytes(row[-1] or b"") for row in told]
    records = np.array(packed, f"S{names.width}") if packed else np.zeros(0, f"S{names.width}")
    figures = np.array([figures_of(row, names) for row in told], shape)
    return Chunk(figures, np.array([len(each) for each in packed], int), as_bytes(records, names))


def figures_of(row: tuple, names: Names) -> tuple:
    pk, at, total, unjudged, tier, proposal, field, decided, current, _packed = row
    words = zip((tier, proposal, field), names.of_column.values(), strict=True)
    places = (place(listed, word) for word, listed in words)
    return (pk, at, total, unjudged, *places, decided is not None, current == program_hash())


def place(names: Sequence[str], name: str) -> int:
    return names.index(name) + 1 if name in names else 0


def change(rows: np.ndarray, names: Names) -> None:
    """Write these figures. A row computed or published since it was read stays as it is. Call it in a transaction."""
    if connection.vendor != "postgresql":
        change_by_rows(rows, names)
        return
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE incoming ({INCOMING})")
        columnar.write("incoming", rows, WRITTEN)
        # The ends spare a nation's table the search for a chunk's rows.
        ends = int(rows["id"].min()), int(rows["id"].max())
        cursor.execute(CHANGE, [program_hash(), names.tiers, list(PROPOSALS), *ends])
        cursor.execute("DROP TABLE incoming")


def change_by_rows(rows: np.ndarray, names: Names) -> None:
    copying.update(
        Result,
        ("total", "unjudged", "tier", "proposal", "program_hash"),
        (
            (pk, at, None, total, unjudged, names.tiers[tier - 1], PROPOSALS[proposal - 1], program_hash())
            for pk, at, total, unjudged, tier, proposal in rows[[n for n, _t in WRITTEN]].tolist()
        ),
        same=("computed_at", "published_at"),
    )  # fmt: skip
