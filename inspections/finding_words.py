"""What screens, prints and messages call a finding's stage and time. Pure but for the loaded relations."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inspections.models import Finding, FindingStage
from inspections.phases import WEEKDAYS
from inspections.powers import parent_closes
from standards.language import reader

TONES = {
    FindingStage.DRAFT: "muted",
    FindingStage.CONFIRMED: "info",
    FindingStage.ISSUED: "warn",
    FindingStage.OBJECTED: "warn",
    FindingStage.IN_PROGRESS: "info",
    FindingStage.SUBMITTED: "info",
    FindingStage.VERIFIED: "info",
    FindingStage.CLOSED: "ok",
    FindingStage.WITHDRAWN: "muted",
}
RUNNING = (FindingStage.ISSUED, FindingStage.IN_PROGRESS)
SOON_DAYS = 7
COUNTY = gettext_lazy("the county")


def stage_word(finding: Finding, *, stage: str = "") -> str:
    """待柳湾镇党委核查, 待县销号: who is awaited is named as the committee it is."""
    stage = stage or finding.stage
    if stage == FindingStage.SUBMITTED:
        return _("Awaiting verification by %(unit)s") % {"unit": parent_name(finding)}
    if stage == FindingStage.VERIFIED:
        closer = parent_name(finding) if parent_closes(finding) else COUNTY
        return _("Awaiting close-out by %(unit)s") % {"unit": closer}
    return str(FindingStage(stage).label)


def parent_name(finding: Finding) -> str:
    """The committee above; the county and what has nobody above it is called 县."""
    parent = finding.unit.parent
    return parent.office_name if parent and parent.pk != finding.owner_id else str(COUNTY)


def tone(finding: Finding, *, today: date) -> str:
    return "overdue" if is_overdue(finding, today=today) else TONES[finding.stage]


def is_overdue(finding: Finding, *, today: date) -> bool:
    """The one-row form of FindingQuerySet.overdue."""
    runs = finding.stage in RUNNING and finding.due_on is not None
    return runs and finding.due_on < today and not finding.is_long_term


def due_word(finding: Finding, *, today: date) -> str:
    """▲逾期1天 or 剩4天; empty when no clock runs."""
    if finding.stage not in RUNNING or finding.due_on is None:
        return ""
    if finding.is_long_term:
        return _("Long-term")
    days = (finding.due_on - today).days
    if days < 0:
        return _("▲%(n)d days late") % {"n": -days}
    return _("%(n)d days left") % {"n": days} if days else _("Due today")


def weekday(day: date | None) -> str:
    """2026-11-27 周五"""
    if day is None:
        return ""
    name = f"周{WEEKDAYS[day.weekday()]}" if reader() == "zh" else f"{day:%a}"
    return f"{day:%Y-%m-%d} {name}"


def written(day: date) -> str:
    """As documents write a date, without leading zeros: 2026年11月1日."""
    if reader() == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {day:%B} {day.year}"


def due_tone(finding: Finding, *, today: date) -> str:
    if finding.stage not in RUNNING or finding.due_on is None or finding.is_long_term:
        return ""
    days = (finding.due_on - today).days
    return "late" if days < 0 else "soon" if days <= SOON_DAYS else ""
