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
    """payload: {"import": id}. Returns how many imports ended: none when an earlier run wrote it."""
    waiting = RosterImport.objects.filter(pk=payload["import"], state=State.ASKED)
    # A committed mark: the page says that the worker has it, while the writing itself is one transaction.
    if not waiting.update(begun_at=now):
        return 0
    item = RosterImport.objects.select_related("owner", "asked_by").get(pk=payload["import"])
    actor = act_as(item.asked_by, today=timezone.localdate(now))
    try:
        done = write(actor, item, now=now)
    except (Refusal, FileNotFoundError):
        return give_back(item, GONE, now=now)
    except Refused:
        return give_back(item, NOT_YOURS, now=now)
    say(done, "roster.written" if done.state == State.CONFIRMED else "roster.stale", now=now)
    return 1


def give_back(item: RosterImport, fault: str, *, now: datetime) -> int:
    counts = item.counts | {"fault": fault}
    RosterImport.objects.filter(pk=item.pk, state=State.ASKED).update(
        state=State.PREVIEW, counts=counts
    )
    say(item, "roster.stale", now=now)
    return 1


def say(item: RosterImport, code: str, *, now: datetime) -> None:
    tell(
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
