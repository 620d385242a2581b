"""The workbench of a parent committee: this cycle's filing, rectification, what came back."""

from django.utils.translation import gettext as _

from accounts.models import Notice
from accounts.roles import PARENT, Role
from accounts.wording import render as worded
from branches.exports import home_of
from branches.holidays import working_calendar
from branches.models import Organization
from branches.scope import Actor
from inspections import cycles
from inspections.ledger_filter import listed
from inspections.ledger_rows import shown
from inspections.models import Cycle, FindingStage, Stage
from inspections.phases import filing_phase, phase_bar
from inspections.work_table import WorkRow, assessments_of, work_rows
from portal import board_links as links
from portal.board_findings import Findings, findings_of
from portal.board_parts import Card, Link
from scoring.models import Result

FEW = 5
RECENT = 5


def unit_board(actor: Actor) -> dict:
    home = home_of(actor)
    cycle = cycles.running(actor)
    rows = work_rows(actor, assessments_of(actor, cycle)) if cycle else []
    found = findings_of(actor)
    return {
        "template": "portal/home_unit.html",
        "home": home,
        "cycle": cycle,
        "filing": filing(actor, cycle) if cycle else None,
        "stages": stages(rows, cycle) if cycle else [],
        "unchanged": [row for row in rows if row.is_unchanged],
        "to_look_at": [row for row in rows if row.is_editable and row.waiting],
        "to_check": [row for row in rows if "assessment.pass" in row.may],
        "returned": [row for row in rows if row.assessment.stage == Stage.RETURNED],
        "cards": cards(actor, found),
        "first": first_due(actor),
        "last": last_published(actor, home),
        "recent": recent(actor),
        "is_parent": actor.has(*PARENT),
    }


def filing(actor: Actor, cycle: Cycle):
    """The last day of the self-assessment, and how many working days are left."""
    return filing_phase(phase_bar(cycle, today=actor.today, calendar=working_calendar()))


def stages(rows: list[WorkRow], cycle: Cycle) -> list[Link]:
    """Every stage somebody is in, with its list."""
    counts = {stage: [r for r in rows if r.assessment.stage == stage] for stage in Stage.values}
    return [
        Link(there[0].stage, len(there), links.assessments(cycle, stage=stage))
        for stage, there in counts.items()
        if there
    ]


def cards(actor: Actor, found: Findings) -> list[Card]:
    late = len(found.overdue)
    rows = [
        Card(
            _("Overdue without an answer"),
            late,
            links.ledger(due="overdue"),
            "exclamation-triangle",
            "overdue",
            _("▲ longest %(n)s days") % {"n": found.longest_overdue} if late else "",
        ),
        Card(
            _("Due within 7 days"), found.due_within(7), links.ledger(due="due7"), "clock", "warn"
        ),
        Card(
            _("To acknowledge"),
            found.stages[FindingStage.ISSUED],
            links.ledger(stage=FindingStage.ISSUED.value),
            "envelope-open",
        ),
    ]
    if actor.has(Role.SECRETARY, Role.CLERK):
        rows.append(
            Card(
                _("Waiting for verification"),
                found.stages[FindingStage.SUBMITTED],
                links.ledger(stage=FindingStage.SUBMITTED.value),
                "search",
            )
        )
    return rows


def first_due(actor: Actor) -> list:
    """The few findings whose clock runs out first, as the ledger shows them."""
    running = (FindingStage.ISSUED, FindingStage.IN_PROGRESS)
    rows = listed(actor, {}).filter(stage__in=running, is_long_term=False)
    return shown(rows.prefetch_related("owner__close_rules")[:FEW], today=actor.today)


def last_published(actor: Actor, home: Organization | None) -> dict | None:
    """How the unit came out last: the newest cycle with published results."""
    rows = Result.objects.visible_to(actor).exclude(published_at=None)
    newest = rows.select_related("cycle").order_by("-cycle__ends_on", "-pk").first()
    if newest is None:
        return None
    there = rows.filter(cycle=newest.cycle)
    passed, total = there.filter(decided_pass=True).count(), there.count()
    return {
        "cycle": newest.cycle,
        "passed": Link("", passed, links.results(newest.cycle, verdict="pass")),
        "total": Link("", total, links.results(newest.cycle)),
        "home": home,
    }


def recent(actor: Actor) -> list:
    rows = Notice.objects.visible_to(actor).order_by("-pk")[:RECENT]
    return [(row, worded(row.code, row.params)) for row in rows]
