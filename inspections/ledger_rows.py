"""Rows of the ledger as the screen shows them: status, deadline and its tone in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from inspections.finding_words import due_tone, due_word, is_overdue, stage_word, tone, weekday
from inspections.models import Finding


@dataclass(frozen=True)
class Row:
    finding: Finding
    stage: str
    tone: str
    due: str
    due_day: str
    due_tone: str
    is_overdue: bool


def shown(findings: Iterable[Finding], *, today: date) -> list[Row]:
    return [
        Row(
            finding=finding,
            stage=stage_word(finding),
            tone=tone(finding, today=today),
            due=due_word(finding, today=today),
            due_day=weekday(finding.due_on),
            due_tone=due_tone(finding, today=today),
            is_overdue=is_overdue(finding, today=today),
        )
        for finding in findings
    ]
