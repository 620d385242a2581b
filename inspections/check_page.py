"""The reviewer's page: what the branch admits or records show first, each with the reviewer's correction."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from branches.scope import Actor
from inspections import filing_page
from inspections.answers_form import NO, NONE, REMARK, VERDICT, Fields, Row, first, read_all, row
from inspections.filing_page import Shown, first_check
from inspections.filing_words import stage_word
from inspections.models import Assessment, Stage
from inspections.permits_filing import TABLE
from inspections.sheets import DRAFT, SINGLE, Judgement
from inspections.worklist import ANSWERED, LEFT_OUT, Item
from standards.sheets import sheet


@dataclass(frozen=True)
class Checked:
    """A clause with the branch's word and the inputs of a correction."""

    shown: Shown
    correction: Row
    mark: bool = False
    why: str = ""

    @property
    def is_first(self) -> bool:
        """An exception, or something the reviewer has touched."""
        item = self.shown.row.item
        told = item.last is not None and item.last.is_exception
        return self.shown.is_problem or bool(self.correction.verdict) or self.mark or told


def page(
    actor: Actor,
    assessment: Assessment,
    *,
    posted: Mapping[str, Fields] | None = None,
    errors: Mapping[str, Mapping[str, str]] | None = None,
    marks: Mapping[str, str] | None = None,
    **given: Any,
) -> dict[str, Any]:
    context = filing_page.page(actor, assessment, **given)
    corrections = {item.line.key: item for item in correction_items(assessment)}
    posted, errors, marks = posted or {}, errors or {}, marks or {}
    checked = [
        Checked(
            shown=line,
            correction=row(
                corrections[key := line.row.line.key],
                fields=posted.get(key),
                errors=errors.get(key, {}),
            ),
            mark=key in marks,
            why=marks.get(key, ""),
        )
        for line in context["lines"]
        if line.row.item.state != LEFT_OUT
    ]
    may_check = TABLE["assessment.pass"].allows(actor, assessment)
    return context | {
        "may_check": may_check,
        "may_recall": TABLE["assessment.recall"].allows(actor, assessment),
        "why_not": "" if may_check else why_not(actor, assessment),
        "first": [each for each in checked if each.is_first],
        "others": [each for each in checked if not each.is_first],
        "corrected": sum(bool(each.correction.verdict) for each in checked),
    }


def why_not(actor: Actor, assessment: Assessment) -> str:
    if assessment.stage == Stage.PASSED:
        return _(
            "The first check has passed it; it counts as confirmed once the county publishes the result."
        )
    if assessment.stage != Stage.SUBMITTED:
        return _("It is not waiting for a review: %(stage)s.") % {"stage": stage_word(assessment)}
    if assessment.submitted_by_id == actor.user.pk:
        return _("You filed it yourself, so somebody else has to review it.")
    return _("The review is the parent secretary's; where there is nobody else, the county's.")


def correction_items(assessment: Assessment) -> list[Item]:
    """A correction is typed like an answer: the same inputs over the reviewer's own sheet."""
    coverage, answers = first_check(assessment)
    return [
        Item(
            line=line,
            state=ANSWERED,
            answer=answers.get(line.key),
            how=SINGLE if line.key in coverage else "",
        )
        for line in sheet(assessment.cycle.edition, assessment.branch.field)
    ]


def read_corrections(
    assessment: Assessment, given: Mapping[str, Fields]
) -> tuple[dict[str, Judgement | None], dict[str, dict[str, str]]]:
    """{clause: judgement, or None to take the correction back}, and errors by clause."""
    entries, errors = read_all(correction_items(assessment), given)
    found: dict[str, Judgement | None] = {}
    for entry in entries:
        key = entry.clause_key
        verdict = first(given[key], f"{key}:{VERDICT}")
        said = None if verdict == NONE else entry.judgement
        bad = shortcomings(verdict, entry.how, said)
        if bad:
            errors[key] = bad
        else:
            found[key] = said
    return found, errors


def shortcomings(verdict: str, how: str | None, said: Judgement | None) -> dict[str, str]:
    if said is None:
        return {}
    if not said.remark:
        return {REMARK: _("Say in a few words why this clause is corrected.")}
    if verdict == NO and how == DRAFT:
        return {VERDICT: _("Say how far it falls short.")}
    return {}
