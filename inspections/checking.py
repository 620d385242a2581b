"""The parent's side: sparse corrections over the self-assessment, pass, or return with marks."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.refusal import Refused
from branches.permits import require
from branches.scope import Actor
from inspections import announcing
from inspections.models import Answer, Assessment, Mark, Source, Stage
from inspections.permits_filing import TABLE
from inspections.sheets import Judgement, forget, judge, reopen
from inspections.stepping import hold, move_on, repeats
from standards.sheets import sheet


@transaction.atomic
def correct(actor: Actor, assessment: Assessment, judgement: Judgement, *, now: datetime) -> None:
    """One clause judged otherwise than the branch did; every other clause stays the branch's word."""
    hold(assessment)
    refuse_unless(actor, assessment, "assessment.correct")
    if not judgement.remark:
        raise Refused(_("Say in a few words why this clause is corrected."), field="remark")
    judge(assessment, Source.FIRST_CHECK, judgement, by=actor.user, now=now, on=actor.today)


@transaction.atomic
def take_correction_back(
    actor: Actor, assessment: Assessment, clause_key: str, *, now: datetime
) -> None:
    hold(assessment)
    refuse_unless(actor, assessment, "assessment.correct")
    forget(assessment, Source.FIRST_CHECK, [clause_key], now=now)


@transaction.atomic
def accept(actor: Actor, assessment: Assessment, *, now: datetime, client_key: uuid.UUID) -> None:
    """通过: the self-assessment with the corrections becomes the first check's word."""
    hold(assessment)
    if repeats(assessment, "pass", client_key):
        return
    refuse_unless(actor, assessment, "assessment.pass")
    move_on(
        actor,
        assessment,
        "pass",
        to=Stage.PASSED,
        now=now,
        client_key=client_key,
        passed_at=now,
        passed_by=actor.user,
    )


@transaction.atomic
def accept_plain(
    actor: Actor, assessments: Iterable[Assessment], *, now: datetime, client_key: uuid.UUID
) -> list[Assessment]:
    """批量通过: those that admit nothing and that the actor may pass. Returns the ones passed."""
    rows = [a for a in assessments if TABLE["assessment.pass"].allows(actor, a)]
    speaking = with_exceptions(rows)
    plain = [a for a in rows if a.pk not in speaking]
    for each in plain:
        accept(actor, each, now=now, client_key=uuid.uuid5(client_key, f"{each.pk}:{each.round}"))
    return plain


def with_exceptions(assessments: Iterable[Assessment]) -> set[int]:
    """Those whose self-assessment admits a shortfall or leaves a clause out (one query)."""
    rows = Answer.objects.filter(sheet__assessment__in=assessments, sheet__source=Source.SELF)
    said = rows.values_list("sheet__assessment_id", "measures", "applicable")
    return {pk for pk, measures, applicable in said if measures or not applicable}


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
    """退回修改: needs a reason and the clauses marked; only those reopen."""
    hold(assessment)
    if repeats(assessment, "return", client_key):
        return
    refuse_unless(actor, assessment, "assessment.return")
    give_back(
        actor, assessment, "return", reason=reason, marks=marks, now=now, client_key=client_key
    )


@transaction.atomic
def recall(
    actor: Actor,
    assessment: Assessment,
    *,
    reason: str,
    marks: Mapping[str, str],
    now: datetime,
    client_key: uuid.UUID,
) -> None:
    """The county gives back what the parent has passed already."""
    hold(assessment)
    if repeats(assessment, "recall", client_key):
        return
    refuse_unless(actor, assessment, "assessment.recall")
    give_back(
        actor, assessment, "recall", reason=reason, marks=marks, now=now, client_key=client_key
    )


def give_back(
    actor: Actor, assessment: Assessment, move: str, *, reason, marks, now, client_key
) -> None:
    refuse_thin_return(assessment, reason, marks)
    filer_id, turn = assessment.submitted_by_id, assessment.round + 1
    move_on(
        actor,
        assessment,
        move,
        to=Stage.RETURNED,
        now=now,
        client_key=client_key,
        note=reason,
        round=turn,
        submitted_at=None,
        submitted_by=None,
        passed_at=None,
        passed_by=None,
    )
    Mark.objects.bulk_create(
        Mark(assessment=assessment, clause_key=key, round=turn, reason=(why or reason)[:300])
        for key, why in marks.items()
    )
    reopen(assessment, Source.SELF, marks, now=now)
    forget(assessment, Source.FIRST_CHECK, marks, now=now)
    announcing.returned(actor, assessment, filer_id, reason=reason, now=now)


def refuse_unless(actor: Actor, assessment: Assessment, verb: str) -> None:
    sentence = _("It is not waiting for your check: it was filed by you or has been processed.")
    require(TABLE, actor, verb, assessment, sentence)


def refuse_thin_return(assessment: Assessment, reason: str, marks: Mapping[str, str]) -> None:
    if not reason.strip():
        raise Refused(_("A return needs a reason."), field="reason")
    known = {line.key for line in sheet(assessment.cycle.edition, assessment.branch.field)}
    if not known & set(marks):
        raise Refused(_("Mark the clauses that have to be changed."), field="marks")
    if set(marks) - known:
        raise Refused(_("A marked clause is not on this sheet. Reload the page."), field="marks")


def settle(actor: Actor, assessment: Assessment, *, now: datetime) -> None:
    """已确认: its result has been published, so a passed filing rests. Others stay as they are."""
    if assessment.stage != Stage.PASSED:
        return
    key = uuid.uuid5(uuid.NAMESPACE_URL, f"settle:{assessment.pk}:{assessment.round}")
    move_on(actor, assessment, "confirm", to=Stage.CONFIRMED, now=now, client_key=key)
