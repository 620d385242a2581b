"""The assessments of a cycle, so many at a time."""

from collections.abc import Iterable, Iterator, Sequence, Sized
from itertools import islice

from inspections.models import Assessment, Cycle

BATCH = 2_000


def rows_of(cycle: Cycle, branch_ids: Iterable[int] | None):
    rows = Assessment.objects.filter(cycle=cycle).select_related("branch__parent")
    return rows if branch_ids is None else rows.filter(branch_id__in=list(branch_ids))


def groups(cycle: Cycle, branch_ids: Iterable[int] | None) -> Iterator[list[Assessment]]:
    """Lists of at most BATCH assessments in stable order, all with the one cycle in memory."""
    found = rows_of(cycle, branch_ids).order_by("pk")
    # A cursor on the server costs more than one branch itself.
    rows = iter(found) if is_few(branch_ids) else found.iterator(chunk_size=BATCH)
    while group := list(islice(rows, BATCH)):
        for row in group:
            row.cycle = cycle
        yield group


def is_few(branch_ids: Iterable[int] | None) -> bool:
    return isinstance(branch_ids, Sized) and len(branch_ids) <= BATCH


def sliced(rows: Sequence) -> Iterator[Sequence]:
    return (rows[at : at + BATCH] for at in range(0, len(rows), BATCH))


def by_field(rows: Iterable[Assessment]) -> dict[str, list[Assessment]]:
    fields: dict[str, list[Assessment]] = {}
    for row in rows:
        fields.setdefault(row.branch.field, []).append(row)
    return fields
