"""The branch's side of an assessment: type, submit, take back. One batch files unchanged branches."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.refusal import Refused
from branches.permits import require
from branches.scope import Actor
from inspections import announcing
from inspections.cycles import phase_of
from inspections.models import Assessment, PhaseKind, Source, Stage
from inspections.permits_filing import TABLE
from inspections.self_findings import log_admitted, retract_admitted
from inspections.sheets import (
    CARRIED,
    SINGLE,
    Judgement,
    cite,
    forget,
    judge,
    judge_rest,
)
from inspections.stepping import hold, hold_all, move_on, repeats
from inspections.worklist import CARRIED as RESTING
from inspections.worklist import COUNTED, NEW, PHOTO, Item, unchanged, worklists


@dataclass(frozen=True)
class Entry:
    """One clause as typed. how: SINGLE, or DRAFT while the measure is missing; None keeps the words only.

    judgement None takes the answer back.
    """

    clause_key: str
    judgement: Judgement | None
    how: str | None = SINGLE


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
    save(actor, assessment, [Entry(judgement.clause_key, judgement)], now=now)
    if evidence:
        cite_files(actor, assessment, judgement.clause_key, evidence, now=now)


@transaction.atomic
def save(actor: Actor, assessment: Assessment, entries: Iterable[Entry], *, now: datetime) -> None:
    """Save clauses as typed, and no others."""
    entries = list(entries)
    hold(assessment)
    refuse_untypable(actor, assessment)
    refuse_closed_clauses(assessment, {entry.clause_key for entry in entries})
    for entry in entries:
        if entry.judgement is None:
            forget(assessment, Source.SELF, [entry.clause_key], now=now)
        else:
            judge(
                assessment,
                Source.SELF,
                entry.judgement,
                by=actor.user,
                now=now,
                on=actor.today,
                how=entry.how,
            )
    begin(assessment)


def take_answer_back(
    actor: Actor, assessment: Assessment, clause_key: str, *, now: datetime
) -> None:
    save(actor, assessment, [Entry(clause_key, None)], now=now)


@transaction.atomic
def cite_files(
    actor: Actor, assessment: Assessment, clause_key: str, evidence: Iterable, *, now: datetime
) -> None:
    """These files stand behind the clause; the answer itself stays as it is."""
    hold(assessment)
    refuse_untypable(actor, assessment)
    refuse_closed_clauses(assessment, {clause_key})
    cite(assessment, Source.SELF, clause_key, evidence, by=actor.user, now=now, on=actor.today)
    begin(assessment)


@transaction.atomic
def answer_rest(actor: Actor, assessment: Assessment, *, now: datetime) -> int:
    """其余均符合: cover what still waits and is no old failure as conforming. Returns how many."""
    hold(assessment)
    refuse_untypable(actor, assessment)
    items = worklists([assessment], today=actor.today)[assessment.pk]
    plain = [i.line.key for i in items if i.waits and i.why in (NEW, COUNTED) and i.is_open]
    begin(assessment)
    return judge_rest(assessment, Source.SELF, plain, now=now)


@transaction.atomic
def note_discussion(actor: Actor, assessment: Assessment, on: date | None) -> None:
    """The day the branch committee discussed the sheet, while it is still being typed."""
    hold(assessment)
    refuse_untypable(actor, assessment)
    refuse_future(on, today=actor.today)
    Assessment.objects.filter(pk=assessment.pk).update(discussed_on=on)
    assessment.discussed_on = on


def refuse_untypable(actor: Actor, assessment: Assessment) -> None:
    sentence = _("This assessment is not open for filing now.")
    require(TABLE, actor, "assessment.type", assessment, sentence)


def refuse_future(on: date | None, *, today: date) -> None:
    if on and on > today:
        sentence = _("The committee's discussion cannot lie in the future.")
        raise Refused(sentence, field="discussed_on")


def refuse_closed_clauses(assessment: Assessment, keys: set[str]) -> None:
    """After a return only the marked clauses are open, and those nobody answered yet."""
    if assessment.stage != Stage.RETURNED:
        return
    marks = assessment.marks.filter(round=assessment.round)
    marked = set(marks.values_list("clause_key", flat=True))
    covered = {
        key
        for coverage in assessment.sheets.filter(source=Source.SELF).values_list(
            "coverage", flat=True
        )
        for key in coverage
    }
    if keys & covered - marked:
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
    hold(assessment)
    if repeats(assessment, "submit", client_key):
        return assessment
    sentence = _("This assessment has already been filed.")
    require(TABLE, actor, "assessment.submit", assessment, sentence)
    refuse_future(discussed_on, today=actor.today)
    items = worklists([assessment], today=actor.today)[assessment.pk]
    refuse_waiting(items)
    file(actor, assessment, items, discussed_on=discussed_on, now=now, client_key=client_key)
    announcing.submitted(actor, [assessment], now=now)
    return assessment


def refuse_waiting(items: list[Item]) -> None:
    waiting = [item for item in items if item.waits and item.is_open]
    unanswered = [item.line.code for item in waiting if item.why != PHOTO]
    if unanswered:
        sentence = _("These clauses still wait for an answer: %(codes)s.")
        raise Refused(sentence % {"codes": _(", ").join(unanswered[:8])})
    if waiting:
        codes = _(", ").join(item.line.code for item in waiting[:8])
        raise Refused(_("These clauses need a photo: %(codes)s.") % {"codes": codes})


@transaction.atomic
def submit_unchanged(
    actor: Actor,
    assessments: Iterable[Assessment],
    *,
    discussed_on: date | None,
    now: datetime,
    client_key: uuid.UUID | None = None,
) -> list[Assessment]:
    """批量提交(支部已核对): file every branch in which nothing waits. Returns those filed."""
    refuse_future(discussed_on, today=actor.today)
    rows = list(assessments)
    hold_all(rows)
    open_ones = [a for a in rows if TABLE["assessment.submit"].allows(actor, a)]
    lists = worklists(open_ones, today=actor.today)
    ready = [a for a in open_ones if unchanged(lists[a.pk])]
    for assessment in ready:
        key = uuid.uuid5(client_key or uuid.uuid4(), f"{assessment.pk}:{assessment.round}")
        file(
            actor,
            assessment,
            lists[assessment.pk],
            discussed_on=discussed_on,
            now=now,
            client_key=key,
        )
    announcing.submitted(actor, ready, now=now)
    return ready


def file(actor: Actor, assessment: Assessment, items, *, discussed_on, now, client_key) -> None:
    adopt(actor, assessment, items, now=now)
    move_on(
        actor,
        assessment,
        "submit",
        to=Stage.SUBMITTED,
        now=now,
        client_key=client_key,
        submitted_at=now,
        submitted_by=actor.user,
        discussed_on=discussed_on,
        is_late=is_late(assessment, actor.today),
    )
    log_admitted(actor, assessment, items, now=now, client_key=client_key)


def adopt(actor: Actor, assessment: Assessment, items: list[Item], *, now: datetime) -> None:
    """Carried clauses are said again as they stood; what did not apply still does not."""
    resting = [i for i in items if i.state == RESTING and not i.how]
    for each in resting:
        if not each.last.applicable:
            again = Judgement(each.line.key, applicable=False, remark=each.last.remark)
            judge(
                assessment,
                Source.SELF,
                again,
                by=actor.user,
                now=now,
                on=actor.today,
                how=CARRIED,
            )
    judge_rest(assessment, Source.SELF, [i.line.key for i in resting], now=now, how=CARRIED)


def is_late(assessment: Assessment, today: date) -> bool:
    """After a return what counts is the day it was first filed."""
    if assessment.stage == Stage.RETURNED:
        return assessment.is_late
    phase = phase_of(assessment.cycle, PhaseKind.SELF)
    return bool(phase) and today > phase.ends_on


@transaction.atomic
def withdraw(actor: Actor, assessment: Assessment, *, now: datetime, client_key: uuid.UUID) -> None:
    """撤回: take a filing back while nobody has processed it, and what it put into the ledger with it.

    After a return only the marked clauses reopen.
    """
    hold(assessment)
    if repeats(assessment, "withdraw", client_key):
        return
    sentence = _("It has been processed and cannot be taken back.")
    require(TABLE, actor, "assessment.withdraw", assessment, sentence)
    was_returned = assessment.marks.filter(round=assessment.round).exists()
    move_on(
        actor,
        assessment,
        "withdraw",
        to=Stage.RETURNED if was_returned else Stage.DRAFTING,
        now=now,
        client_key=client_key,
        submitted_at=None,
        submitted_by=None,
    )
    retract_admitted(actor, assessment, now=now)
