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
READ = (*WRITTEN, ("decided", ">i2"), ("is_current", ">i2"), ("field", ">i2"), ("size", ">i4"))
COLUMNS = """
    r.id, r.computed_at, r.total, r.unjudged,
    coalesce(array_position(%s::text[], r.tier::text), 0)::int2,
    coalesce(array_position(%s::text[], r.proposal::text), 0)::int2,
    (r.decided_pass IS NOT NULL)::int::int2, (r.program_hash = %s)::int::int2,
    array_position(%s::text[], r.field::text)::int2, octet_length(d.packed),
    substring(d.packed || decode(repeat('00', %s), 'hex') FROM 1 FOR %s)
"""
NEXT = f"""
    SELECT {COLUMNS} FROM scoring_result r JOIN scoring_detail d ON d.result_id = r.id
    WHERE r.cycle_id = %s AND r.published_at IS NULL AND d.packed IS NOT NULL
        AND r.field = ANY(%s) AND r.id > %s AND (%s OR r.program_hash <> %s)
    ORDER BY r.id LIMIT %s
"""  # noqa: S608
INCOMING = (
    "id bigint, at timestamptz, total int, unjudged smallint, tier smallint, proposal smallint"
)
CHANGE = """
    UPDATE scoring_result r SET total = i.total, unjudged = i.unjudged, program_hash = %s,
        tier = (%s::text[])[i.tier], proposal = (%s::text[])[i.proposal]
    FROM incoming i WHERE r.id = i.id AND r.computed_at = i.at AND r.published_at IS NULL
"""


@dataclass(frozen=True)
class Names:
    """The lists that the places in the columns point into."""

    tiers: list[str]
    fields: list[str]
    width: int


def names_of(programs: Sequence[Program]) -> Names:
    """Of programs of one edition."""
    width = max(MARK + shape_of(program).itemsize for program in programs)
    return Names(tier_keys(programs[0]), [program.field for program in programs], width)


def chunks(cycle: Cycle, names: Names, *, everything: bool) -> Iterator[np.ndarray]:
    """Unpublished packed results, by key; only those of an older program unless `everything`."""
    after = 0
    while len(rows := following(cycle, names, after, everything=everything)):
        yield rows
        after = int(rows["id"][-1])


def following(cycle: Cycle, names: Names, after: int, *, everything: bool) -> np.ndarray:
    if connection.vendor != "postgresql":
        return by_rows(cycle, names, after, everything=everything)
    current = program_hash()
    asked = (names.tiers, list(PROPOSALS), current, names.fields, names.width, names.width)
    which = (cycle.pk, names.fields, after, everything, current, CHUNK)
    return columnar.read(NEXT, (*asked, *which), (*READ, ("packed", f"S{names.width}")))


def by_rows(cycle: Cycle, names: Names, after: int, *, everything: bool) -> np.ndarray:
    rows = Result.objects.filter(
        cycle=cycle, published_at=None, detail__packed__isnull=False, field__in=names.fields, pk__gt=after
    )  # fmt: skip
    rows = rows if everything else rows.exclude(program_hash=program_hash())
    found = rows.order_by("pk").values_list(
        "pk", Cast("computed_at", TextField()), "total", "unjudged", "tier", "proposal",
        "decided_pass", "program_hash", "field", "detail__packed",
    )  # fmt: skip
    shape = [("id", "i8"), ("at", "U40"), *READ[2:], ("packed", f"S{names.width}")]
    told = [row_of(row, names) for row in found[:CHUNK]]
    return np.array(told, np.dtype(shape))


def row_of(row: tuple, names: Names) -> tuple:
    pk, at, total, unjudged, tier, proposal, decided, current, field, packed = row
    places = (place(names.tiers, tier), place(PROPOSALS, proposal), decided is not None)
    rest = (current == program_hash(), place(names.fields, field), len(packed), bytes(packed))
    return (pk, at, total, unjudged, *places, *rest)


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
        cursor.execute(CHANGE, [program_hash(), names.tiers, list(PROPOSALS)])
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
