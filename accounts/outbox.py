"""Work owed after a commit: the row is the truth, the message only a doorbell.

`owe` writes a row with a unique key in the business transaction; `knock` rings after the commit and may be lost;
`drain` claims due rows by lease, one at a time, so that a poisonous row can only hurt itself. A handler may run
twice (a killed worker, a lease run out): it takes ids and asks "due and not yet told", or writes under a key.
It must end within a lease; a row whose worker dies eight times is given up like one that fails eight times.
"""

import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from celery import current_app
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import F, Min, Q

from accounts.models import Outbox

logger = logging.getLogger(__name__)

Handler = Callable[..., Any]
# kind -> handler(payload, now=...). Other apps add theirs in their own module, imported from apps.py ready().
HANDLERS: dict[str, Handler] = {}

LEASE = timedelta(seconds=settings.OUTBOX_LEASE_SECONDS)
BACKOFF_MINUTES = (1, 2, 4, 8, 16, 32, 60)
MOST_ATTEMPTS = 8
RING_SECONDS = 0.25
REST_SECONDS = 10
KILLED = "the worker died while it did this"


class Later(Exception):
    """Raised by a handler that may not act yet: nothing failed, the row comes back at `due_at`."""

    def __init__(self, due_at: datetime):
        super().__init__(due_at)
        self.due_at = due_at


def owe(
    kind: str,
    *,
    key: str,
    payload: dict[str, Any],
    now: datetime,
    due_at: datetime | None = None,
) -> bool:
    """Owe one piece of work; a repeat of the key is the same work. Returns whether it is new."""
    fresh = {"kind": kind, "payload": payload, "created_at": now, "due_at": due_at or now}
    _row, created = Outbox.objects.get_or_create(key=key, defaults=fresh)
    return created


def owe_many(
    kind: str, payloads: dict[str, dict[str, Any]], *, now: datetime, due_at: datetime
) -> int:
    """`owe` for many keys in two queries. Returns how many are new."""
    known = set(Outbox.objects.filter(key__in=payloads).values_list("key", flat=True))
    fresh = {key: payloads[key] for key in sorted(payloads) if key not in known}
    rows = [
        Outbox(kind=kind, key=key, payload=payload, created_at=now, due_at=due_at)
        for key, payload in fresh.items()
    ]
    try:
        with transaction.atomic():
            return len(Outbox.objects.bulk_create(rows))
    except IntegrityError:  # somebody owed one of them just now
        return sum(owe(kind, key=k, payload=p, now=now, due_at=due_at) for k, p in fresh.items())


def drain(*, now: datetime, limit: int = 200) -> int:
    """Do what is due, oldest first. Returns how many rows were done; failures wait for their next try."""
    begun = time.monotonic()
    done = 0
    bury(now=now)
    for _turn in range(limit):
        # A lease counts from when the row is taken, not from when a long drain began.
        row = claim(now=now + timedelta(seconds=time.monotonic() - begun))
        if row is None:
            break
        done += attempt(row, now=now)
    return done


def attempt(row: Outbox, *, now: datetime) -> bool:
    try:
        HANDLERS[row.kind](row.payload, now=now)
    except Later as later:
        finish(row, due_at=later.due_at)
        return False
    except Exception as fault:
        logger.exception("outbox row %s (%s) failed", row.pk, row.kind)
        put_off(row, fault, now=now)
        return False
    return finish(row, done_at=now)


def finish(row: Outbox, **fields: Any) -> bool:
    """Only the holder of the present lease may write; `attempts` is its token."""
    held = Outbox.objects.filter(pk=row.pk, attempts=row.attempts, done_at=None, dead_at=None)
    return bool(held.update(lease_until=None, **fields))


def put_off(row: Outbox, fault: Exception, *, now: datetime) -> None:
    words = f"{type(fault).__name__}: {fault}"[:300].replace("\x00", "")
    if row.attempts >= MOST_ATTEMPTS:
        finish(row, dead_at=now, last_error=words)
        return
    wait = BACKOFF_MINUTES[min(row.attempts, len(BACKOFF_MINUTES)) - 1]
    finish(row, due_at=now + timedelta(minutes=wait), last_error=words)


def bury(*, now: datetime) -> int:
    """Give up what kills its worker every time: no exception was left to say so."""
    spent = Outbox.objects.filter(done_at=None, dead_at=None, attempts__gte=MOST_ATTEMPTS)
    return spent.filter(lease_until__lte=now).update(
        lease_until=None, dead_at=now, last_error=KILLED
    )


# ---- claiming ----


def claim(*, now: datetime) -> Outbox | None:
    """The oldest due row nobody holds, leased to the caller."""
    if connection.features.has_select_for_update_skip_locked:
        return claim_skipping_locks(now=now)
    return claim_by_condition(now=now)


def claim_skipping_locks(*, now: datetime) -> Outbox | None:
    with transaction.atomic():
        row = free(now=now).select_for_update(skip_locked=True).first()
        return row if row is not None and lease(row, now=now) else None


def claim_by_condition(*, now: datetime) -> Outbox | None:
    """The portable way: whoever's conditional update counts has the row; the others look again."""
    while (row := free(now=now).first()) is not None:
        if lease(row, now=now):
            return row
    return None


def free(*, now: datetime):
    waiting = Outbox.objects.filter(
        done_at=None, dead_at=None, due_at__lte=now, attempts__lt=MOST_ATTEMPTS
    )
    return waiting.filter(Q(lease_until=None) | Q(lease_until__lte=now)).order_by("due_at", "pk")


def lease(row: Outbox, *, now: datetime) -> bool:
    """Take the row as it was read; a lost race counts nothing."""
    same = Outbox.objects.filter(
        pk=row.pk, attempts=row.attempts, lease_until=row.lease_until, done_at=None, dead_at=None
    )
    if not same.update(lease_until=now + LEASE, attempts=F("attempts") + 1):
        return False
    row.attempts += 1
    return True


def oldest_due(*, now: datetime) -> datetime | None:
    """Since when the oldest unfinished row is due: the watchdog's question."""
    rows = Outbox.objects.filter(done_at=None, dead_at=None, due_at__lte=now)
    return rows.aggregate(oldest=Min("due_at"))["oldest"]


# ---- the doorbell ----


class Doorbell:
    """Rings the worker from a thread, so that a hanging broker costs a request a quarter of a second, once in a while."""

    def __init__(self, ring: Callable[[], None]):
        self.ring = ring
        self.busy = threading.Lock()
        self.rest_until = 0.0

    def press(self) -> None:
        """Ring, unless a ring hangs already or the last one failed just now: the beat drains anyway."""
        if time.monotonic() < self.rest_until or not self.busy.acquire(blocking=False):
            return
        thread = threading.Thread(target=self.work, name="doorbell", daemon=True)
        thread.start()
        thread.join(RING_SECONDS)

    def work(self) -> None:
        try:
            self.ring()
        except Exception:
            self.rest_until = time.monotonic() + REST_SECONDS
            logger.warning(
                "the doorbell did not ring; the next drain will find the work", exc_info=True
            )
        finally:
            self.busy.release()


def send_drain() -> None:
    current_app.send_task("accounts.tasks.drain", retry=False, ignore_result=True)


DOORBELL = Doorbell(send_drain)


def knock() -> None:
    """Ring once the transaction is committed. Never fails and never waits longer than RING_SECONDS."""
    transaction.on_commit(DOORBELL.press)
