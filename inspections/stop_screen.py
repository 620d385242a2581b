"""What the template of a stop's page is given: rows narrowed and reopened, counts, and the answer to one tap."""

import uuid
from dataclasses import replace
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from inspections.models import Finding, FindingStage, Stop
from inspections.stop_rows import Page, Row
from inspections.wording_visits import STOP_TONES, due_choices
from standards.models import Severity

SHOWS = {
    "all": lambda row: True,
    "open": lambda row: row.is_open,
    "must": lambda row: row.line.mandatory,
}


def shown(page: Page, *, show: str, wrong: tuple[str, Any, dict] | None) -> Page:
    """Rows the filter leaves out are hidden, not dropped: counts and the script need them all."""
    keeps = SHOWS.get(show, SHOWS["all"])
    rows = tuple(replace(row, is_hidden=not keeps(row)) for row in page.rows)
    if wrong:
        clause, post, errors = wrong
        given = {name: post.getlist(name) for name in post}
        rows = tuple(
            replace(row, given=given, errors=errors, is_hidden=False) if row.key == clause else row
            for row in rows
        )
    return Page(rows, page.assessment)


def screen(stop: Stop, page: Page, *, today: date) -> dict[str, Any]:
    findings = stop.branch.findings.exclude(stage=FindingStage.WITHDRAWN).exclude(stop=stop)
    profile = getattr(stop.branch, "profile", None)
    return {
        "stop": stop,
        "views": [
            ("open", _("Not yet judged")),
            ("all", _("Every clause")),
            ("must", _("Must check")),
        ],
        "tone": STOP_TONES[stop.state],
        "page": page,
        "page_key": uuid.uuid4(),
        "earlier_open": findings.filter(pk__in=Finding.objects.open()).count(),
        "loose_findings": stop.findings.filter(clause_key="")
        .exclude(stage=FindingStage.WITHDRAWN)
        .prefetch_related("evidence"),
        "severities": Severity.choices,
        "dues": due_choices(None),
        "responsible": profile.secretary if profile else "",
        "is_early": today < stop.visit.starts_on,
    }


def answered(row: Row, stop: Stop) -> dict[str, Any]:
    """One clause as the phone shows it after the server has taken a tap."""
    html = render_to_string("inspections/stop_state.html", {"row": row, "stop": stop})
    return {"clause": row.key, "state": row.state, "html": html}
