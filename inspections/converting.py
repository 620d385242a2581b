"""Every sheet of a cycle put under another edition: what stays said, and what has to be answered again.

Words, paper references and files stay where a clause is reopened; only measures the new rule cannot
take are cleared. What nobody asks any more stays written and counts for nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from inspections.models import Answer, Assessment, Sheet, Source, Stage
from inspections.standing import FILED
from standards.carrying import carried
from standards.models import Edition
from standards.sheets import Line, edition_options, sheet

BATCH = 500


@dataclass
class Converted:
    """One assessment: clauses that stay said, by any source, and what the branch has to answer."""

    assessment: Assessment
    kept: int = 0
    again: list[str] = field(default_factory=list)

    @property
    def is_filed(self) -> bool:
        return self.assessment.stage in FILED

    @property
    def reopens(self) -> bool:
        """A filing on its way comes back with these clauses; one being typed simply has them to do."""
        return self.is_filed and bool(self.again)


@dataclass
class Plan:
    """`sheets` and `answers` as they would be saved."""

    rows: list[Converted]
    sheets: list[Sheet]
    answers: list[Answer]

    @property
    def counts(self) -> dict[str, int]:
        return {
            "assessments": len(self.rows),
            "filed": sum(row.is_filed for row in self.rows),
            "kept": sum(row.kept for row in self.rows),
            "again": sum(len(row.again) for row in self.rows),
            "concerned": sum(bool(row.again) for row in self.rows),
            "reopened": sum(row.reopens for row in self.rows),
        }


def plan(assessments: Iterable[Assessment], *, old: Edition, new: Edition) -> Plan:
    """In memory: nothing is saved. assessments need `branch` loaded."""
    rows = {row.pk: Converted(row) for row in assessments}
    found = Sheet.objects.filter(assessment__in=list(rows)).prefetch_related("answers")
    converter = Converter(old, new)
    made = Plan(list(rows.values()), [], [])
    for each in found.order_by("pk"):
        converter.convert(each, rows[each.assessment_id], made)
    for row in made.rows:
        row.again += converter.fresh(row)
    return made


def save(made: Plan) -> None:
    Sheet.objects.bulk_update(made.sheets, ["coverage"], batch_size=BATCH)
    Answer.objects.bulk_update(made.answers, ["measures"], batch_size=BATCH)


class Converter:
    def __init__(self, old: Edition, new: Edition):
        self.old, self.new = old, new
        self.options = edition_options(new)
        self.known: dict[tuple, dict[str, Any] | None] = {}

    def convert(self, each: Sheet, row: Converted, made: Plan) -> None:
        before, after = self.lines(self.old, row), self.lines(self.new, row)
        answers = {answer.clause_key: answer for answer in each.answers.all()}
        coverage = dict(each.coverage)
        for key in [key for key in each.coverage if key in after]:
            answer = answers.get(key)
            if answer is not None and not answer.applicable:
                row.kept += 1
                continue
            written = answer.measures if answer is not None else {}
            found = self.carry(row, before.get(key), after[key], written)
            if found is None:
                del coverage[key]
                if each.source == Source.SELF:
                    row.again.append(key)
            else:
                row.kept += 1
            if answer is not None and answer.measures != (found or {}):
                answer.measures = found or {}
                made.answers.append(answer)
        if coverage != each.coverage:
            each.coverage = coverage
            made.sheets.append(each)

    def carry(self, row: Converted, old: Line | None, new: Line, written) -> dict[str, Any] | None:
        key = (row.assessment.branch.field, new.key, repr(written))
        if key not in self.known:
            self.known[key] = carried(old, new, written, options=self.options)
        return self.known[key]

    def fresh(self, row: Converted) -> list[str]:
        """Clauses the branch never saw; one that has not begun is asked them anyway."""
        if row.assessment.stage == Stage.NOT_BEGUN:
            return []
        before = self.lines(self.old, row)
        return [
            line.key
            for line in self.lines(self.new, row).values()
            if line.key not in before and not line.from_records
        ]

    def lines(self, edition: Edition, row: Converted) -> dict[str, Line]:
        return {line.key: line for line in sheet(edition, row.assessment.branch.field)}
