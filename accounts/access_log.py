"""Downloads and exports: who took what, how many rows, under which filter."""

from datetime import datetime

from accounts.models import AccessLog


def note_access(
    user, what: str, obj=None, *, rows: int = 0, query: str = "", now: datetime
) -> None:
    """`what`: a code such as "ledger.exported". The only thing a GET may write."""
    AccessLog.objects.create(
        at=now,
        user=user,
        what=what,
        object_type=obj._meta.label_lower if obj is not None else "",
        object_id=str(obj.pk) if obj is not None else "",
        rows=rows,
        query=query[:500],
    )
