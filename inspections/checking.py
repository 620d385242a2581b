"""The parent's side: sparse corrections over the self-assessment, pass, or return with marks."""

import uuid
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.inbox import tell
from accounts.refusal import Refused
from accounts.roles import FILERS
from branches.people import holders, nearest_holders
from branches.permits import require
from branches.scope import Actor
from inspections.filing import stepped
from inspections.models import Assessment, Mark, Source, Stage
from inspections.permits_filing import TABLE
from inspections.sheets import Judgement, forget, judge

NOT_WAITING = "It is not waiting for your check: it was filed by you or has been processed."


@transaction.atomic
def correct(actor: Actor, assessment: Assessment, judgement: Judgement, *, now: datetime) -> None:
    """One clause judged otherwise than the branch did; every other clause stays the branch's word."""
    require(TABLE, actor, "assessment.correct", assessment, _(NOT_WAITING))
    if not judgement.remark:
        raise Refused(_("Say in a few words why this clause is corrected."), field="remark")
    judge(assessment, Source.FIRST_CHECK, judgement, by=actor.user, now=now, on=actor.today)


@transaction.atomic
def take_correction_back(
    actor: Actor, assessment: Assessment, clause_key: str, *, now: datetime
) -> None:
    require(TABLE, actor, "assessment.correct", assessment, _(NOT_WAITING))
    forget(assessment, Source.FIRST_CHECK, [clause_key], now=now)


@transaction.atomic
def accept(actor: Actor, assessment: Assessment, *, now: datetime, client_key: uuid.UUID) -> None:
    """通过: the self-assessment with the corrections becomes the first check's word."""
    require(TABLE, actor, "assessment.pass", assessment, _(NOT_WAITING))
    taken = Assessment.objects.filter(pk=assessment.pk, stage=Stage.SUBMITTED).update(
        stage=Stage.PASSED, passed_at=now, passed_by=actor.user
    )
    if not taken:
        raise Refused(_("Somebody else has just moved this assessment on."))
    assessment.stage, assessment.passed_at, assessment.passed_by = Stage.PASSED, now, actor.user
    stepped(actor, assessment, "pass", was=Stage.SUBMITTED, now=now, client_key=client_key)


@transaction.atomic
def send_back(
    actor: Actor,
    assessment: Assessment,
    *,
    reason: str,
    marks: Mapping[str, str],
    now: datetime,
    client_key: uuid.UUID,
) -> None:
    """退回修改: needs a reason and the clauses marked; only those reopen (A9)."""
    require(TABLE, actor, "assessment.return", assessment, _(NOT_WAITING))
    refuse_thin_return(reason, marks)
    taken = Assessment.objects.filter(pk=assessment.pk, stage=Stage.SUBMITTED).update(
        stage=Stage.RETURNED, round=assessment.round + 1, submitted_at=None, submitted_by=None
    )
    if not taken:
        raise Refused(_("Somebody else has just moved this assessment on."))
    filer_id = assessment.submitted_by_id
    assessment.refresh_from_db(fields=["stage", "round", "submitted_at", "submitted_by"])
    Mark.objects.bulk_create(
        Mark(assessment=assessment, clause_key=key, round=assessment.round, reason=why or reason)
        for key, why in marks.items()
    )
    stepped(
        actor,
        assessment,
        "return",
        was=Stage.SUBMITTED,
        now=now,
        client_key=client_key,
        note=reason,
    )
    tell_filers(actor, assessment, filer_id, reason=reason, now=now)


def refuse_thin_return(reason: str, marks: Mapping[str, str]) -> None:
    if not reason.strip():
        raise Refused(_("A return needs a reason."), field="reason")
    if not marks:
        raise Refused(_("Mark the clauses that have to be changed."), field="marks")


def tell_filers(
    actor: Actor, assessment: Assessment, filer_id: int, *, reason: str, now: datetime
) -> None:
    unit = holders(assessment.branch, *FILERS, today=actor.today)
    above = nearest_holders(assessment.branch.parent, *FILERS, today=actor.today)
    tell(
        {filer_id, *(unit or above)} - {actor.user.pk, None},
        "assessment.returned",
        key=f"assessment:{assessment.pk}:{assessment.round}:returned",
        now=now,
        url=f"/inspections/assessments/{assessment.pk}/",
        branch=assessment.branch.short_name,
        reason=reason[:120],
    )
