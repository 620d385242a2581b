"""The workbench of a parent committee: this cycle's filing, rectification, what came back."""

from collections import Counter

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from accounts.models import Notice
from accounts.roles import PARENT, Role
from accounts.wording import render as worded
from branches.exports import home_of
from branches.holidays import working_calendar
from branches.scope import Actor
from inspections import cycles
from inspections.filing_words import TONES as STAGE_TONES
from inspections.filing_words import stage_label, stage_word
from inspections.ledger_filter import listed
from inspections.ledger_rows import shown
from inspections.models import Assessment, Cycle, FindingStage, Stage
from inspections.permits_filing import EDITABLE, TABLE
from inspections.phases import filing_phase, phase_bar
from inspections.work_table import ALL, BRANCHES, assessments_of, work_rows
from portal import board_links as links
from portal.board_findings import Findings, findings_of
from portal.board_parts import Card, Link
from scoring.models import Result
from scoring.summaries import of_branches

FEW = 5
RESULTS = "scoring:results"
RECENT = 5


def unit_board(actor: Actor) -> dict:
    home = home_of(actor)
    cycle = cycles.running(actor)
    rows = list(assessments_of(actor, cycle)) if cycle else []
    work = work_rows(actor, [row for row in rows if row.stage in EDITABLE])
    found = findings_of(actor)
    return {
        "template": "portal/home_unit.html",
        "home": home,
        "unit": home,
        "cycle": cycle,
        "filing": filing(actor, cycle) if cycle else None,
        "stages": stages(rows, cycle, home=actor.home_id) if cycle else [],
        "unchanged": [row for row in work if row.is_unchanged],
        "to_look_at": [
            row for row in work if row.waiting and row.assessment.stage != Stage.RETURNED
        ],
        "to_check": [row for row in rows if TABLE["assessment.pass"].allows(actor, row)],
        "returned": [row for row in work if row.assessment.stage == Stage.RETURNED],
        "filed": [filed(row) for row in rows if row.stage not in EDITABLE],
        "cards": cards(actor, found),
        "first": first_due(actor),
        "last": last_published(actor),
        "recent": recent(actor),
        "is_parent": actor.has(*PARENT),
    }


def filing(actor: Actor, cycle: Cycle):
    """The last day of the self-assessment, and how many working days are left."""
    return filing_phase(phase_bar(cycle, today=actor.today, calendar=working_calendar()))


def filed(row: Assessment) -> dict:
    return {"assessment": row, "stage": stage_word(row), "tone": STAGE_TONES[row.stage]}


def stages(rows: list[Assessment], cycle: Cycle, *, home: int | None) -> list[Link]:
    """Every stage a branch is in, with its list; for a unit without branches its own."""
    branches = [row for row in rows if row.branch.is_branch]
    of = BRANCHES if branches else ALL
    counts = Counter(row.stage for row in branches or rows)
    filed = [row for row in branches or rows if row.stage == Stage.SUBMITTED]
    own = all(row.branch.parent_id == home for row in filed)
    return [
        Link(
            stage_label(stage, reviewer=own),
            counts[stage],
            links.assessments(cycle, of=of, stage=stage),
        )
        for stage in Stage.values
        if counts[stage]
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


def last_published(actor: Actor) -> dict | None:
    """How its branches came out last, or without any itself: the newest cycle with published results."""
    branches, everything = of_branches(actor), Result.objects.visible_to(actor)
    of, rows = ("branches", branches) if branches.exists() else ("committees", everything)
    sums = (
        rows.exclude(published_at=None)
        .values("cycle_id", "cycle__name")
        .annotate(total=Count("pk"), passed=Count("pk", filter=Q(decided_pass=True)))
    )
    newest = sums.order_by("-cycle__ends_on", "-cycle_id").first()
    if newest is None:
        return None
    where = {"cycle": newest["cycle_id"], "of": of}
    return {
        "cycle": newest["cycle__name"],
        "passed": Link("", newest["passed"], links.to(RESULTS, **where, verdict="pass")),
        "total": Link("", newest["total"], links.to(RESULTS, **where)),
    }


def recent(actor: Actor) -> list:
    rows = Notice.objects.visible_to(actor).order_by("-pk")[:RECENT]
    return [(row, worded(row.code, row.params)) for row in rows]
