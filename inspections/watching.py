"""Keeping an eye on it: chase, set apart as long-term, remark."""

from collections.abc import Iterable
from datetime import datetime

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from branches.models import Evidence
from branches.scope import Actor
from inspections import telling
from inspections.issuing import refuse_empty
from inspections.logging import due_text
from inspections.models import Finding
from inspections.moving import step


class Channel(models.TextChoices):
    MESSAGE = "message", _("Message in the system")
    PHONE = "phone", _("By phone")
    DOCUMENT = "document", _("By document")


@transaction.atomic
def chase(
    actor: Actor,
    finding: Finding,
    *,
    now: datetime,
    channel: str = Channel.MESSAGE,
    note: str = "",
    client_key=None,
) -> bool:
    """催办, written down whichever way it went; only a message is sent by the system."""
    params = {"channel": channel}
    done = step(actor, finding, "chase", now=now, client_key=client_key, note=note, params=params)
    if done and channel == Channel.MESSAGE:
        people = telling.people_of_unit(finding, today=actor.today)
        telling.announce(actor, people, "finding.chased", finding, now=now, due=due_text(finding))
    return done


def hold_open(actor: Actor, finding: Finding, *, now: datetime, note: str, client_key=None) -> bool:
    """长期坚持: never overdue, but asked about; with the reason."""
    refuse_empty(note)
    return step(
        actor, finding, "hold_open", now=now, client_key=client_key, note=note, is_long_term=True
    )


def end_long_term(
    actor: Actor, finding: Finding, *, now: datetime, note: str = "", client_key=None
) -> bool:
    return step(
        actor,
        finding,
        "end_long_term",
        now=now,
        client_key=client_key,
        note=note,
        is_long_term=False,
    )


def comment(
    actor: Actor,
    finding: Finding,
    *,
    now: datetime,
    note: str,
    client_key=None,
    evidence: Iterable[Evidence] = (),
) -> bool:
    """补充说明: words and files are added, never changed."""
    refuse_empty(note)
    return step(
        actor, finding, "comment", now=now, client_key=client_key, note=note, evidence=evidence
    )
