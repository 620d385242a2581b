"""The worker's side of a large roster. It may run twice, be killed, or find the work done."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from accounts.inbox import tell
from accounts.outbox import HANDLERS
from accounts.refusal import Refused
from branches.models import RosterImport
from branches.rosters.imports import JOB, write
from branches.scope import act_as
from portal.kit.refusal import Refusal

GONE = gettext_noop("The uploaded file is no longer there. Upload it again.")
NOT_YOURS = gettext_noop("Only county officers import rosters.")
State = RosterImport.State


def write_owed(payload: dict[str, Any], *, now: datetime) -> int:
    """payload: {"import": id}. Who was killed after the writing has not told yet: the next run does, under the same key.

    Returns how many were told.
    """
    waiting = RosterImport.objects.filter(pk=payload["import"], state=State.ASKED)
    # A committed mark: the page says that the worker has it, while the writing itself is one transaction.
    began = waiting.update(begun_at=now)
    known = RosterImport.objects.select_related("owner", "asked_by").defer("rows")
    item = known.get(pk=payload["import"])
    if not began:
        return tell_end(item, now=now)
    actor = act_as(item.asked_by, today=timezone.localdate(now))
    try:
        done = write(actor, item, now=now)
    except (Refusal, FileNotFoundError):
        return give_back(item, GONE, now=now)
    except Refused:
        return give_back(item, NOT_YOURS, now=now)
    return tell_end(done, now=now)


def tell_end(item: RosterImport, *, now: datetime) -> int:
    return say(item, "roster.written" if item.state == State.CONFIRMED else "roster.stale", now=now)


def give_back(item: RosterImport, fault: str, *, now: datetime) -> int:
    counts = item.counts | {"fault": fault}
    RosterImport.objects.filter(pk=item.pk, state=State.ASKED).update(
        state=State.PREVIEW, counts=counts
    )
    return say(item, "roster.stale", now=now)


def say(item: RosterImport, code: str, *, now: datetime) -> int:
    return tell(
        [item.asked_by_id],
        code,
        key=f"{JOB}:{item.pk}:{item.asked_at.timestamp():.0f}",
        now=now,
        url=reverse("branches:import", args=[item.pk]),
        name=item.name,
        new=item.counts.get("new", 0),
        changed=item.counts.get("changed", 0),
    )


HANDLERS[JOB] = write_owed
