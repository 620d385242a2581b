"""When the worker and the beat last answered: one row each."""

from datetime import datetime, timedelta

from accounts.models import Pulse

BEAT = "beat"
WORKER = "worker"
SILENT = timedelta(seconds=60)


def answer(by: str = BEAT, *, now: datetime) -> int:
    """A pulse sent by the beat proves both; one sent by hand (by="up") proves only the worker."""
    names = (BEAT, WORKER) if by == BEAT else (WORKER,)
    for name in names:
        Pulse.objects.update_or_create(name=name, defaults={"beat_at": now})
    return len(names)


def silent(*, now: datetime, after: timedelta = SILENT) -> list[str]:
    """Which of the two have not answered lately."""
    heard = dict(Pulse.objects.values_list("name", "beat_at"))
    return [name for name in (WORKER, BEAT) if name not in heard or now - heard[name] > after]
