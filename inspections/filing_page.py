"""What the page of one assessment shows: the clauses that ask, those that rest, what records say, the way so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from branches.scope import Actor
from branches.signing import Signers
from inspections import filing_words
from inspections.answers_form import NA, REMARK, VERDICT, Row, rows, verdict_of
from inspections.filing_words import MOVES, WHY, stage_word
from inspections.models import Answer, Assessment, Sheet, Source, Stage, Step
from inspections.permits_filing import TABLE
from inspections.sheets import SINGLE
from inspections.standing import CHECKED
from inspections.worklist import (
    ANSWERED,
    CARRIED,
    LEFT_OUT,
    PHOTO,
    RECORDS,
    UNFINISHED,
    Item,
    worklists,
)
from standards.language import reader
from standards.rules.options import Options
from standards.sheets import edition_options

SECONDS = {"look": 40, "answer": 20}
VERBS = ("assessment.type", "assessment.withdraw", "assessment.pass", "assessment.recall")


@dataclass(frozen=True)
class Shown:
    """A clause in words. is_problem: something is admitted, or records fall short."""

    row: Row
    text: str
    last: str
    said: str
    records: Sequence[Mapping[str, Any]]
    why: str = ""
    is_problem: bool = False
    remark: str = ""
    by_name: str = ""
    check: str = ""


def page(actor: Actor, assessment: Assessment, **given: Any) -> dict[str, Any]:
    """given: posted and errors of a form shown again, complain=True to name what still waits."""
    items = worklists([assessment], today=actor.today)[assessment.pk]
    options = edition_options(assessment.cycle.edition)
    errors = complaints(items) if given.pop("complain", False) else {}
    errors |= given.pop("errors", {})
    checks = corrections(assessment, items, options=options)
    lines = [
        shown(row, options=options, check=checks.get(row.line.key, ""))
        for row in rows(items, posted=given.pop("posted", None), errors=errors)
    ]
    waiting = [each for each in items if each.waits and each.is_open]
    return {
        "assessment": assessment,
        "branch": assessment.branch,
        "cycle": assessment.cycle,
        "stage": stage_word(assessment),
        "tone": filing_words.TONES[assessment.stage],
        "waiting": waiting,
        "total": len(items),
        "minutes": minutes(len(waiting)),
        "verbs": {verb for verb in VERBS if TABLE[verb].allows(actor, assessment)},
        "steps": (steps := way(assessment)),
        "filed": next((each for each in reversed(steps) if each["move"] == "submit"), None),
        "returned": last_return(assessment),
        "marked": [each for each in lines if each.row.item.mark],
        "client_key": given.pop("client_key", None),
        "wrong": [each for each in lines if each.row.errors],
        "with_check": assessment.stage in CHECKED,
        **sections(lines),
        **given,
    }


def sections(lines: Sequence[Shown]) -> dict[str, list[Shown]]:
    """attention: to be looked at; resting: taken over; told: known from records; shut: not reopened."""
    named: dict[str, list[Shown]] = {
        name: [] for name in ("attention", "resting", "told", "shut", "left_out")
    }
    for each in lines:
        named[section_of(each.row.item)].append(each)
    return named | {"lines": list(lines)}


def section_of(item: Item) -> str:
    if item.state == LEFT_OUT:
        return "left_out"
    if item.state == RECORDS:
        return "told"
    if not item.is_open:
        return "shut"
    if item.state == CARRIED:
        return "resting"
    return "attention"


def corrections(
    assessment: Assessment, items: Sequence[Item], *, options: Options
) -> dict[str, str]:
    """What the parent judged otherwise, in words, once the assessment has passed."""
    if assessment.stage not in CHECKED:
        return {}
    coverage, answers = first_check(assessment)
    lines = {item.line.key: item for item in items if item.line.key in coverage}
    return {
        key: filing_words.answered(
            replace(item, answer=answers.get(key), how=SINGLE), options=options
        )
        for key, item in lines.items()
    }


def first_check(assessment: Assessment) -> tuple[dict[str, str], dict[str, Answer]]:
    """Coverage and answers of the parent's corrections."""
    sheets = Sheet.objects.filter(assessment=assessment, source=Source.FIRST_CHECK)
    found = sheets.prefetch_related("answers__evidence", "answers__by").first()
    if found is None:
        return {}, {}
    return found.coverage, {answer.clause_key: answer for answer in found.answers.all()}


def shown(row: Row, *, options: Options, check: str = "") -> Shown:
    item = row.item
    answer = item.answer if item.state == ANSWERED else None
    return Shown(
        row=row,
        text=item.line.wording(reader()),
        last=filing_words.said_last(item, options=options),
        said=said_now(item, options=options),
        records=filing_words.records(item),
        why=str(WHY[item.why]) if item.why else "",
        is_problem=bool(answer and (answer.measures or not answer.applicable))
        or (item.state == RECORDS and filing_words.records_fall_short(item, options=options)),
        remark=answer.remark if answer else "",
        by_name=answer.by.name if answer else "",
        check=check,
    )


def said_now(item: Item, *, options: Options) -> str:
    if item.state == LEFT_OUT:
        return _("Does not apply to this branch")
    if item.state == RECORDS:
        return _("From the records")
    if item.state == CARRIED and not item.how:
        return filing_words.said(item.line, item.last, options=options)
    return filing_words.answered(item, options=options)


def complaints(items: Sequence[Item]) -> dict[str, dict[str, str]]:
    """What to do about each clause that still waits."""
    return {i.line.key: complaint(i) for i in items if i.waits and i.is_open}


def complaint(item: Item) -> dict[str, str]:
    if item.why == PHOTO:
        return {VERDICT: _("This clause needs a photo. Attach it below, under “Records”.")}
    if item.why != UNFINISHED:
        return {VERDICT: _("Choose an answer.")}
    if verdict_of(item) == NA:
        return {REMARK: _("Say why it does not apply.")}
    return {VERDICT: _("Say how far it falls short.")}


def minutes(waiting: int) -> int:
    """Estimated from 40 seconds to look through and 20 for each answer."""
    return max(1, round((SECONDS["look"] + SECONDS["answer"] * waiting) / 60))


def way(assessment: Assessment) -> list[dict[str, Any]]:
    """The steps so far, each with who and when."""
    rows = Step.objects.filter(assessment=assessment)
    signers = Signers(rows.values("by"))
    steps = rows.select_related("by").order_by("pk")
    return [
        {
            "move": step.move,
            "word": str(MOVES.get(step.move, step.move)),
            "by": signers.signed(step.by_id, step.by.name, timezone.localdate(step.at)),
            "at": step.at,
            "note": step.note,
            "is_back": step.to_stage == Stage.RETURNED,
        }
        for step in steps
    ]


def last_return(assessment: Assessment) -> Step | None:
    """Who returned it, when and why, as long as it is not handed in again."""
    if assessment.stage != Stage.RETURNED:
        return None
    steps = assessment.steps.filter(move__in=("return", "recall"))
    return steps.select_related("by").order_by("-pk").first()
