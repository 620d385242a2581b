"""When a rectification falls due. The day of issue is not counted; a deadline once told is never shortened."""

from dataclasses import dataclass
from datetime import date

from branches.holidays import working_calendar
from inspections.models import Finding

UNITS = ("workdays", "days", "months")


@dataclass(frozen=True)
class Deadline:
    """on: the last day, until 24:00. is_provisional: its year's holidays are not published yet."""

    on: date
    is_provisional: bool


def deadline(start: date, *, days: int, unit: str) -> Deadline:
    calendar = working_calendar()
    due = calendar.due(start, days, unit)
    return Deadline(due, calendar.provisional(due))


def deadline_of(finding: Finding, *, start: date) -> Deadline:
    return deadline(start, days=finding.due_days, unit=finding.due_unit)


def running(finding: Finding, *, start: date) -> dict:
    """The fields of a finding whose clock starts on `start`."""
    found = deadline_of(finding, start=start)
    return {"issued_on": start, "due_on": found.on, "is_provisional": found.is_provisional}


def how_counted(finding: Finding, *, lang: str) -> str:
    """9月30日下发，5个工作日（跳过国庆假期，含10月10日调休），10月13日到期; "" once the date was moved by hand."""
    if not finding.issued_on or not finding.due_on:
        return ""
    calendar = working_calendar()
    counted = (finding.issued_on, finding.due_days, finding.due_unit)
    if calendar.due(*counted) != finding.due_on:
        return ""
    return calendar.sentence(*counted, finding.due_on, lang=lang)
