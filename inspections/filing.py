"""The branch's side of an assessment: type, submit, take back. One batch files unchanged branches."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.inbox import tell
from accounts.refusal import Refused
from accounts.roles import Role
from accounts.trail import record
from branches.people import nearest_holders
from branches.permits import require
from branches.scope import Actor
from inspections.cycles import phase_of
from inspections.models import Assessment, PhaseKind, Source, Stage, Step
from inspections.permits_filing import TABLE
from inspections.sheets import CARRIED, Judgement, forget, judge, judge_rest
from inspections.worklist import ASK, Item, unchanged, worklists


@transaction.atomic
def answer(
    actor: Actor,
    assessment: Assessment,
    judgement: Judgement,
    *,
    now: datetime,
    evidence: Iterable = (),
) -> None:
    """Save one clause as typed; the first answer turns "not filed" into "filing"."""
    require(
        TABLE,
        actor,
        "assessment.type",
        assessment,
        _("This assessment is not open for filing now."),
    )
    refuse_closed_clause(assessment, judgement.clause_key)
    judge(
        assessment,
        Source.SELF,
        judgement,
        by=actor.user,
        now=now,
        on=actor.today,
        evidence=evidence,
    )
    begin(assessment)


@transaction.atomic
def take_answer_back(
    actor: Actor, assessment: Assessment, clause_key: str, *, now: datetime
) -> None:
    require(
        TABLE,
        actor,
        "assessment.type",
        assessment,
        _("This assessment is not open for filing now."),
    )
    refuse_closed_clause(assessment, clause_key)
    forget(assessment, Source.SELF, [clause_key], now=now)


@transaction.atomic
def answer_rest(actor: Actor, assessment: Assessment, *, now: datetime) -> int:
    """其余均符合: cover what still waits and is no old failure as conforming. Returns how many."""
    require(
        TABLE,
        actor,
        "assessment.type",
        assessment,
        _("This assessment is not open for filing now."),
    )
    items = worklists([assessment], today=actor.today)[assessment.pk]
    plain = [
        i.line.key for i in items if i.state == ASK and i.why in ("new", "counted") and i.is_open
    ]
    begin(assessment)
    return judge_rest(assessment, Source.SELF, plain, now=now)


def refuse_closed_clause(assessment: Assessment, clause_key: str) -> None:
    """After a return only the marked clauses are open (A9)."""
    if assessment.stage != Stage.RETURNED:
        return
    if not assessment.marks.filter(round=assessment.round, clause_key=clause_key).exists():
        raise Refused(_("Only the clauses marked in the return can be changed."))


def begin(assessment: Assessment) -> None:
    Assessment.objects.filter(pk=assessment.pk, stage=Stage.NOT_BEGUN).update(stage=Stage.DRAFTING)
    if assessment.stage == Stage.NOT_BEGUN:
        assessment.stage = Stage.DRAFTING


@transaction.atomic
def submit(
    actor: Actor,
    assessment: Assessment,
    *,
    discussed_on: date | None,
    now: datetime,
    client_key: uuid.UUID,
) -> Assessment:
    """File the self-assessment. Carried clauses are adopted as last confirmed."""
    if Step.objects.filter(client_key=client_key, assessment=assessment).exists():
        return assessment
    require(
        TABLE, actor, "assessment.submit", assessment, _("This assessment has already been filed.")
    )
    if discussed_on and discussed_on > actor.today:
        raise Refused(
            _("The committee's discussion cannot lie in the future."), field="discussed_on"
        )
    items = worklists([assessment], today=actor.today)[assessment.pk]
    refuse_waiting(items)
    file(actor, assessment, items, discussed_on=discussed_on, now=now, client_key=client_key)
    return assessment


def refuse_waiting(items: list[Item]) -> None:
    waiting = [i.line.code for i in items if i.waits and i.is_open]
    if waiting:
        codes = _(", ").join(waiting[:8])
        raise Refused(_("These clauses still wait for an answer: %(codes)s.") % {"codes": codes})


@transaction.atomic
def submit_unchanged(
    actor: Actor, assessments: Iterable[Assessment], *, discussed_on: date | None, now: datetime
) -> list[Assessment]:
    """批量提交(支部已核对): file every branch in which nothing waits. Returns those filed."""
    open_ones = [a for a in assessments if TABLE["assessment.submit"].allows(actor, a)]
    lists = worklists(open_ones, today=actor.today)
    ready = [a for a in open_ones if unchanged(lists[a.pk])]
    for assessment in ready:
        key = uuid.uuid5(
            uuid.NAMESPACE_URL, f"batch:{assessment.pk}:{assessment.round}:{now.isoformat()}"
        )
        file(
            actor,
            assessment,
            lists[assessment.pk],
            discussed_on=discussed_on,
            now=now,
            client_key=key,
        )
    return ready


def file(actor: Actor, assessment: Assessment, items, *, discussed_on, now, client_key) -> None:
    was = assessment.stage
    carried = [i.line.key for i in items if i.state == "carried"]
    judge_rest(assessment, Source.SELF, carried, now=now, how=CARRIED)
    fields = {
        "stage": Stage.SUBMITTED,
        "submitted_at": now,
        "submitted_by": actor.user,
        "discussed_on": discussed_on,
        "is_late": is_late(assessment, actor.today),
    }
    taken = Assessment.objects.filter(pk=assessment.pk, stage=was).update(**fields)
    if not taken:
        raise Refused(_("Somebody else has just moved this assessment on."))
    for name, value in fields.items():
        setattr(assessment, name, value)
    stepped(actor, assessment, "submit", was=was, now=now, client_key=client_key)
    announce(actor, assessment, now=now)


def is_late(assessment: Assessment, today: date) -> bool:
    phase = phase_of(assessment.cycle, PhaseKind.SELF)
    return bool(phase) and today > phase.ends_on


def announce(actor: Actor, assessment: Assessment, *, now: datetime) -> None:
    parent = assessment.branch.parent
    reviewers = nearest_holders(parent, Role.SECRETARY, today=actor.today) if parent else []
    tell(
        [pk for pk in reviewers if pk != actor.user.pk],
        "assessment.submitted",
        key=f"assessment:{assessment.pk}:{assessment.round}:submitted",
        now=now,
        url=f"/inspections/assessments/{assessment.pk}/check/",
        branch=assessment.branch.short_name,
        cycle=assessment.cycle.name,
    )


@transaction.atomic
def withdraw(actor: Actor, assessment: Assessment, *, now: datetime, client_key: uuid.UUID) -> None:
    """撤回: take a filing back while nobody has processed it."""
    require(
        TABLE,
        actor,
        "assessment.withdraw",
        assessment,
        _("It has been processed and cannot be taken back."),
    )
    taken = Assessment.objects.filter(pk=assessment.pk, stage=Stage.SUBMITTED).update(
        stage=Stage.DRAFTING, submitted_at=None, submitted_by=None
    )
    if not taken:
        raise Refused(_("It has been processed and cannot be taken back."))
    assessment.stage, assessment.submitted_at, assessment.submitted_by = Stage.DRAFTING, None, None
    stepped(actor, assessment, "withdraw", was=Stage.SUBMITTED, now=now, client_key=client_key)


def stepped(
    actor: Actor, assessment: Assessment, move: str, *, was: str, now, client_key, note=""
) -> None:
    Step.objects.create(
        assessment=assessment,
        move=move,
        from_stage=was,
        to_stage=assessment.stage,
        note=note,
        at=now,
        by=actor.user,
        client_key=client_key,
    )
    record(
        actor.user, f"assessment.{move}", assessment.branch, now=now, path=assessment.branch.path
    )
