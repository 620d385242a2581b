"""Stages, reasons, judgements and records of an assessment in the reader's words."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from branches.models import MeetingKind
from branches.signing import Signers
from inspections.models import Assessment, Stage
from inspections.sheets import REST, SINGLE
from inspections.standing import RECORDS, Standing
from inspections.worklist import (
    CHANGED,
    COUNTED,
    FAILED,
    FOUND,
    NEW,
    PHOTO,
    RETURNED,
    UNFINISHED,
    Item,
)
from standards import conform
from standards.language import reader
from standards.rules.evaluate import Outcome, evaluate
from standards.rules.explain import account, told
from standards.rules.options import Options
from standards.rules.shapes import Measure, MeetingCount
from standards.sheets import Line

WHY = {
    NEW: gettext_lazy("New clause"),
    CHANGED: gettext_lazy("Rule changed"),
    FAILED: gettext_lazy("Fell short last time"),
    COUNTED: gettext_lazy("Filled in each period"),
    RETURNED: gettext_lazy("Returned"),
    FOUND: gettext_lazy("Has an open problem"),
    UNFINISHED: gettext_lazy("Not filled in completely"),
    PHOTO: gettext_lazy("Photo wanted"),
}
TONES = {
    Stage.NOT_BEGUN: "muted",
    Stage.DRAFTING: "info",
    Stage.SUBMITTED: "warn",
    Stage.RETURNED: "overdue",
    Stage.PASSED: "warn",
    Stage.CONFIRMED: "ok",
}
MOVES = {
    "submit": gettext_lazy("Submitted"),
    "withdraw": gettext_lazy("Taken back"),
    "return": gettext_lazy("Returned for changes"),
    "recall": gettext_lazy("Returned by the county"),
    "pass": gettext_lazy("First check passed"),
    "confirm": gettext_lazy("Confirmed with the published result"),
}


def stage_word(assessment: Assessment) -> str:
    """The filing states as offices call them; the reviewer's own committee is named, never a fixed 镇."""
    if assessment.stage == Stage.SUBMITTED and assessment.branch.parent:
        return _("Waiting for %(unit)s") % {"unit": assessment.branch.parent.office_name}
    return stage_label(assessment.stage)


def passing_word(assessment: Assessment) -> str:
    """Which committee passed the filing, who there and when; "" before."""
    if assessment.passed_at is None:
        return ""
    on = timezone.localdate(assessment.passed_at)
    signers = Signers([assessment.passed_by_id])
    signer = signers.signed(assessment.passed_by_id, assessment.passed_by.name, on)
    return _("Checked and passed by %(signer)s on %(on)s") % {"signer": signer, "on": on}


def stage_label(stage: str, *, reviewer: bool = False) -> str:
    """The same without a unit, for counts over many. reviewer: all that is filed waits for the reader's own unit."""
    if stage == Stage.SUBMITTED and reviewer:
        return _("Waiting for our review")
    if stage == Stage.SUBMITTED:
        return _("Waiting for the parent unit")
    if stage == Stage.PASSED:
        return _("Waiting for the county")
    return _("Filing confirmed") if stage == Stage.CONFIRMED else str(Stage(stage).label)


def outcome_of(line: Line, values: Mapping[str, Any], *, options: Options) -> Outcome:
    return evaluate(line.rule, maximum=line.maximum, values=values, options=options)


def said(line: Line, standing: Standing | None, *, options: Options) -> str:
    """One judgement in words: 符合, 不适用（理由）, or why points are lost."""
    if standing is None:
        return _("Not judged")
    if not standing.applicable:
        return bracketed(_("Not applicable"), standing.remark)
    if not standing.is_exception and standing.source != RECORDS:
        return _("Conforms")
    return why_words(line, standing.values, options=options)


def said_last(item: Item, *, options: Options) -> str:
    """The judgement of the cycle before, by the rule it was given under."""
    if item.past is None:
        return said(item.line, item.last, options=options)
    return said(item.past.line, item.past.standing, options=item.past.options)


def why_words(line: Line, values: Mapping[str, Any], *, options: Options) -> str:
    """What costs points or sets off a gate, without the sum; 符合 where nothing does."""
    known = conform.conforming(line.rule) | dict(values)
    outcome = outcome_of(line, known, options=options)
    sentences = account(line.rule, outcome, maximum=line.maximum, values=known, lang=reader())
    after = len(outcome.gates) + len(outcome.adjustments)
    heard = sentences[: len(told(line.rule, outcome))] + (sentences[-after:] if after else [])
    if not outcome.lost and not after and outcome.points is not None:
        return _("Conforms")
    return _("; ").join(each.rstrip("。.") for each in heard)


def bracketed(word: str, remark: str) -> str:
    return (
        f"{word}（{remark}）"
        if remark and reader() == "zh"
        else f"{word} ({remark})"
        if remark
        else word
    )


def answered(item: Item, *, options: Options) -> str:
    """What the self-assessment says of the clause now."""
    answer = item.answer
    if item.how not in (SINGLE, REST) and answer is None:
        return said(item.line, item.last, options=options) if item.how else _("Not judged")
    if answer is None or (answer.applicable and not answer.measures):
        return _("Conforms")
    if not answer.applicable:
        return bracketed(_("Not applicable"), answer.remark)
    derived = dict(item.now.values) if item.now else {}
    return why_words(item.line, derived | answer.measures, options=options)


def records(item: Item) -> list[dict[str, Any]]:
    """What records say, measure by measure: 支委会会议记录 8/10. kind tells which page corrects it."""
    if item.now is None:
        return []
    known = item.now.values
    derived = [m for m in item.line.rule.measures if m.derive is not None]
    return [record_of(m, known.get(m.name), item.owed.get(m.name)) for m in derived]


def record_of(measure: Measure, value: Any, owed: Any) -> dict[str, Any]:
    if isinstance(measure.derive, MeetingCount):
        label = str(MeetingKind(measure.derive.kind).label)
        done = owed - value
        if not owed:
            return {"kind": "meetings", "label": label, "text": _("not due yet"), "is_short": False}
        return {"kind": "meetings", "label": label, "text": f"{done}/{owed}", "is_short": value > 0}
    label = (measure.label_en if reader() == "en" else "") or measure.label
    return {"kind": "facts", "label": label, "text": plain(value), "is_short": value is None}


def plain(value: Any) -> str:
    if value is None:
        return _("not on file")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value)


def records_fall_short(item: Item, *, options: Options) -> bool:
    if item.now is None:
        return False
    known = conform.conforming(item.line.rule) | dict(item.now.values)
    outcome = outcome_of(item.line, known, options=options)
    return outcome.points is None or bool(outcome.lost) or bool(outcome.gates)
