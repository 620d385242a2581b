"""The sheet of one assessment with its points: 自评、初验、验收 side by side, on paper and as a workbook."""

import io
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.access_log import note_access
from accounts.roles import COUNTY, Role
from branches.scope import Actor
from inspections.filing_words import outcome_of, said
from inspections.models import Assessment, Source
from inspections.standing import RECORDS, Standing, Standings, standings
from inspections.worklist import ANSWERED, CARRIED, LEFT_OUT, Item, worklists
from portal.kit import points
from standards import conform
from standards.rules.options import Options
from standards.score_sheet import Filled, paper, paper_rows, write_rows
from standards.sheets import Line, edition_options, sheet

BY_COLUMN = {
    "self_points": (Source.SELF,),
    "check_points": (Source.FIRST_CHECK, Source.SELF),
    "acceptance_points": (Source.ACCEPTANCE,),
}


def filled_sheet(actor: Actor, assessment: Assessment) -> dict[str, Any]:
    """What `standards/score_sheet.html` needs, with the sums of each column."""
    known = filled(actor, assessment)
    edition, branch = assessment.cycle.edition, assessment.branch
    label = branch.get_field_display()
    return paper(edition, field=branch.field, label=label, filled=known) | sums(known.values())


def write_filled(out: io.IOBase, actor: Actor, assessment: Assessment, *, now: datetime) -> int:
    edition, branch = assessment.cycle.edition, assessment.branch
    known = filled(actor, assessment)
    lines = sheet(edition, branch.field)
    rows = paper_rows(edition, lines=lines, filled=known)
    label = branch.get_field_display()
    count = write_rows(out, edition, label=label, rows=rows, branch=branch.name)
    note_access(actor.user, "assessment.exported", assessment, rows=count, now=now)
    return count


def filled(actor: Actor, assessment: Assessment) -> dict[str, Filled]:
    """Points and remarks by clause. A branch sees what the county found on site once that is published."""
    options = edition_options(assessment.cycle.edition)
    columns = columns_for(actor, assessment)
    told = {name: column(assessment, name, today=actor.today) for name in columns}
    lines = sheet(assessment.cycle.edition, assessment.branch.field)
    return {
        line.key: Filled(
            **{name: worth(line, said_by.get(line.key), options) for name, said_by in told.items()},
            remark=remark(line, told, options),
        )
        for line in lines
    }


def columns_for(actor: Actor, assessment: Assessment) -> list[str]:
    sees_all = actor.roles_at(assessment.branch.path) & (COUNTY | {Role.INSPECTOR})
    hidden = set() if sees_all else {"acceptance_points"}
    checked = assessment.passed_at is not None
    return [
        name for name in BY_COLUMN if name not in hidden and (name != "check_points" or checked)
    ]


def column(assessment: Assessment, name: str, *, today: date) -> Standings:
    if name == "self_points" and assessment.submitted_at is None:
        return typed_so_far(assessment, today=today)
    said_by = standings([assessment], today=today, sources=BY_COLUMN[name])[assessment.pk]
    if name == "acceptance_points":
        return {key: each for key, each in said_by.items() if each.source == Source.ACCEPTANCE}
    return said_by


def typed_so_far(assessment: Assessment, *, today: date) -> Standings:
    """What the sheet would say if it were filed now: for the copy the committee signs beforehand."""
    items = worklists([assessment], today=today)[assessment.pk]
    found = {item.line.key: as_typed(item) for item in items}
    return {key: standing for key, standing in found.items() if standing is not None}


def as_typed(item: Item) -> Standing | None:
    if item.state == LEFT_OUT:
        return Standing(RECORDS, RECORDS, False, {})
    if item.state == CARRIED:
        return item.last
    if item.state != ANSWERED:
        return item.now if item.line.from_records else None
    answer, derived = item.answer, dict(item.now.values) if item.now else {}
    if answer is None:
        return Standing(Source.SELF, item.how, True, conform.conforming(item.line.rule) | derived)
    values = conform.conforming(item.line.rule) | derived | answer.measures
    is_exception = bool(answer.measures) or not answer.applicable
    return Standing(
        Source.SELF, item.how, answer.applicable, values, answer.remark, is_exception=is_exception
    )


def worth(line: Line, standing: Standing | None, options: Options) -> int | None:
    if standing is None or not standing.applicable:
        return None
    return outcome_of(line, standing.values, options=options).points


def remark(line: Line, told: dict[str, Standings], options: Options) -> str:
    """Why the last word about the clause costs points; nothing where it simply conforms."""
    heard = [by_key[line.key] for by_key in told.values() if line.key in by_key]
    if not heard:
        return ""
    last = heard[-1]
    if not last.applicable:
        return said(line, last, options=options)
    outcome = outcome_of(line, last.values, options=options)
    words = said(line, last, options=options) if outcome.lost or last.is_exception else ""
    return _("; ").join(filter(None, (words, last.remark if last.is_exception else "")))


def sums(known: Iterable[Filled]) -> dict[str, str]:
    rows = list(known)
    totals = {name: [getattr(row, name) for row in rows] for name in BY_COLUMN}
    return {
        name.replace("points", "total"): points.show(sum(a for a in amounts if a is not None))
        if any(a is not None for a in amounts)
        else ""
        for name, amounts in totals.items()
    }
