"""The trail: one row per deed, written in the transaction of the change it tells of."""

from datetime import datetime

from accounts.models import Deed


def record(
    user, verb: str, target=None, *, now: datetime, path: str = "", address=None, **params
) -> None:
    """Add a deed. `params` are plain JSON values, never secrets."""
    Deed.objects.create(
        at=now,
        by=user,
        by_name=user.name if user else "",
        verb=verb,
        object_type=target._meta.label_lower if target is not None else "",
        object_id=str(target.pk) if target is not None else "",
        object_name=str(target)[:200] if target is not None else "",
        path=path,
        params=params,
        address=address,
    )
