"""Putting lines into inboxes: at once, in the transaction of the deed, once per key."""

from collections.abc import Iterable
from datetime import datetime

from accounts.models import Notice


def tell(
    user_ids: Iterable[int], code: str, *, key: str, now: datetime, url: str = "", **params
) -> int:
    """One notice per person; a repeat of the key is silently the same notice. Returns how many are new."""
    wanted = {f"{key}:{pk}": pk for pk in set(user_ids)}
    known = set(Notice.objects.filter(key__in=wanted).values_list("key", flat=True))
    fresh = [
        Notice(user_id=pk, key=k, code=code, params=params, url=url, created_at=now)
        for k, pk in wanted.items()
        if k not in known
    ]
    Notice.objects.bulk_create(fresh)
    return len(fresh)
