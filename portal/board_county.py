"""The county's workbench: what is to be done today, how the county stands, where to look."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.roles import Role
from branches.exports import home_of
from branches.holidays import working_calendar
from branches.models import Organization
from branches.scope import Actor
from branches.trees import Node, step_down
from inspections import cycles
from inspections.models import Cycle, FindingStage, Stage
from inspections.work_table import ALL, BRANCHES, assessments_of, stage_counts
from portal import board_links as links
from portal.board_findings import Findings, findings_of
from portal.board_parts import Card, Link, Stat, rate, step_of
from portal.board_second import second_cards
from portal.kit import charts
from scoring.models import Proposal
from scoring.summaries import Grid, Sum, grid

AHEAD = 14
WEEKDAYS = [
    gettext_lazy("Mo"), gettext_lazy("Tu"), gettext_lazy("We"), gettext_lazy("Th"),
    gettext_lazy("Fr"), gettext_lazy("Sa"), gettext_lazy("Su"),
]  # fmt: skip
FILED = (Stage.SUBMITTED, Stage.PASSED, Stage.CONFIRMED)


@dataclass(frozen=True)
class Row:
    """One unit below the county."""

    unit: Organization
    branches: int
    sum: Sum
    open: int
    overdue: int
    trend: SafeString


def county_board(actor: Actor) -> dict:
    """The queries do not grow with the rows: the numbers are counted from a few lists."""
    home = home_of(actor)
    cycle = cycles.running(actor)
    found = findings_of(actor, trend=True)
    sums = grid(actor, top=home)
    nodes = step_down(actor, home)
    decided = decided_cycle(sums, cycle)
    return {
        "template": "portal/home_county.html",
        "home": home,
        "unit": home,
        "cycle": cycle,
        "decided": decided,
        "cards": [
            *cards(actor, found, cycle=cycle),
            *second_cards(actor, [each for each in (cycle, decided) if each]),
        ],
        "stats": stats(actor, found, sums, cycle=cycle, decided=decided),
        "rows": [row(node, found, sums, cycle or decided) for node in nodes],
        "categories": [
            Link(word, n, links.ledger(category=word, show="open")) for word, n in found.categories
        ],
        "load": load(actor, found),
        "trend": trend(sums, decided, name=home.short_name),
        "pictures": rates(nodes, sums, decided),
        "is_officer": actor.has(Role.COUNTY_OFFICER),
    }


def decided_cycle(sums: Grid, running: Cycle | None) -> Cycle | None:
    """The newest cycle with results besides the running one: what the county has said last."""
    others = [c for c in sums.cycles if c.pk in sums.cells and c != running]
    return others[-1] if others else None


def cards(actor: Actor, found: Findings, *, cycle: Cycle | None) -> list[Card]:
    stages = found.stages
    late = len(found.overdue)
    rows = [
        Card(
            _("Waiting for close-out"),
            stages[FindingStage.VERIFIED],
            links.ledger(stage="verified"),
            "check2-square",
        ),
        Card(
            _("Waiting for verification"),
            stages[FindingStage.SUBMITTED],
            links.ledger(stage="submitted"),
            "search",
        ),
        Card(
            _("Extension asked"),
            found.asked,
            links.ledger(due="extension"),
            "calendar-plus",
            "warn",
        ),
        Card(
            _("Overdue without an answer"),
            late,
            links.ledger(due="overdue"),
            "exclamation-triangle",
            "overdue",
            _("▲ longest %(n)s days") % {"n": found.longest_overdue} if late else "",
        ),
    ]
    more = [
        (_("Waiting for issue"), FindingStage.CONFIRMED, "send"),
        (_("Objected"), FindingStage.OBJECTED, "chat-left-dots"),
    ]
    rows += [
        Card(label, stages[stage], links.ledger(stage=stage.value), icon, "warn")
        for label, stage, icon in more
        if stages[stage]
    ]
    return rows + returned(actor, cycle)


def returned(actor: Actor, cycle: Cycle | None) -> list[Card]:
    if cycle is None:
        return []
    count = assessments_of(actor, cycle, stage=Stage.RETURNED).order_by().count()
    url = links.assessments(cycle, of=ALL, stage=Stage.RETURNED.value)
    return [Card(_("Returned self-assessments"), count, url, "arrow-return-left", "warn")]


def stats(
    actor: Actor, found: Findings, sums: Grid, *, cycle: Cycle | None, decided: Cycle | None
) -> list[Stat]:
    rows = [decided_stat(sums, decided)] if decided else []
    if cycle:
        rows += [proposed_stat(sums, cycle), filing_stat(actor, cycle)]
    return [*rows, rectified_stat(found)]


def decided_stat(sums: Grid, decided: Cycle) -> Stat:
    """达标 50/60 83.3% +11.7个百分点: the last cycle decided, against the one before it."""
    now = sums.sum_of(decided)
    at = sums.cycles.index(decided)
    before = sums.sum_of(sums.cycles[at - 1]) if at else Sum()
    step, is_up = step_of(now.rate, before.rate)
    return Stat(
        _("Up to standard, %(year)s") % {"year": decided.ends_on.year},
        now.passed,
        links.results(decided, verdict=Proposal.PASS.value),
        now.total,
        rate(now.passed, now.total),
        step,
        is_up,
    )


def proposed_stat(sums: Grid, cycle: Cycle) -> Stat:
    now = sums.sum_of(cycle)
    return Stat(
        _("Proposed up to standard, this cycle"),
        now.passed,
        links.results(cycle, verdict=Proposal.PASS.value),
        now.total,
        parts=[
            Link(_("not yet judged"), now.open, links.results(cycle, verdict=Proposal.OPEN.value)),
            Link(_("falling short"), now.failed, links.results(cycle, verdict=Proposal.FAIL.value)),
        ],
    )


def filing_stat(actor: Actor, cycle: Cycle) -> Stat:
    counts = stage_counts(assessments_of(actor, cycle, of=BRANCHES))
    filed = [each for each in counts if each["stage"] in FILED]
    return Stat(
        _("Self-assessments filed"),
        sum(each["count"] for each in filed),
        of=sum(each["count"] for each in counts),
        parts=[
            Link(
                str(each["label"]),
                each["count"],
                links.assessments(cycle, of=BRANCHES, stage=str(each["stage"])),
            )
            for each in counts
            if each["count"]
        ],
    )


def rectified_stat(found: Findings) -> Stat:
    done, still = found.closed_in_all, len(found.rows)
    return Stat(
        _("Problems closed out"),
        done,
        links.ledger(stage=FindingStage.CLOSED.value),
        more=_("rectification rate %(rate)s") % {"rate": rate(done, done + still)},
        parts=[Link(_("still open"), still, links.ledger(show="open"))],
    )


def row(node: Node, found: Findings, sums: Grid, cycle: Cycle | None) -> Row:
    mine = found.under(node.unit.path)
    return Row(
        unit=node.unit,
        branches=node.count,
        sum=sums.at(cycle, node.unit.path),
        open=len(mine.rows),
        overdue=len(mine.overdue),
        trend=charts.spark(
            mine.by_week,
            title=_("%(unit)s: open problems, last weeks") % {"unit": node.unit.short_name},
            tone="info",
        ),
    )


def load(actor: Actor, found: Findings) -> SafeString:
    """What falls due in the next two weeks, day by day, rest days shaded."""
    calendar = working_calendar()
    days = [actor.today + timedelta(days=n) for n in range(AHEAD)]
    rows = [
        charts.Upright(
            f"{day.day}\n{WEEKDAYS[day.weekday()]}",
            count,
            links.due_on(day) if count else "",
            "warn" if n <= 3 else "info",
            not calendar.is_workday(day),
        )
        for n, (day, count) in enumerate(found.due_on(days))
    ]
    return charts.columns(rows, title=_("Falling due in the next 14 days"))


def trend(sums: Grid, decided: Cycle | None, *, name: str) -> SafeString | str:
    """Pass rates over the decided cycles: the whole, and each group of peers as one line."""
    last = sums.cycles.index(decided) + 1 if decided else 0
    shown = [cycle for cycle in sums.cycles[:last] if cycle.pk in sums.cells]
    if len(shown) < 2:
        return ""
    others = {path for cell in sums.cells.values() for path in cell} - sums.villages
    series = [(name, [sums.sum_of(c).rate for c in shown])]
    series += [
        (label, [sums.sum_of(c, sorted(paths)).rate for c in shown])
        for label, paths in (
            (_("Towns and streets"), sums.villages),
            (_("Organs, schools and enterprises"), others),
        )
        if paths
    ]
    labels = [str(cycle.ends_on.year) for cycle in shown]
    return charts.lines(series, labels, title=_("Pass rate over the cycles"), unit="%")


def rates(nodes: list[Node], sums: Grid, decided: Cycle | None) -> list[dict]:
    """Bars in protocol order, towns among towns and committees among committees: no ranking."""
    if decided is None:
        return []
    groups = [
        (_("Towns and streets"), [n.unit for n in nodes if n.unit.path in sums.villages]),
        (
            _("Organs, schools and enterprises"),
            [n.unit for n in nodes if n.unit.path not in sums.villages],
        ),
    ]
    return [
        {"title": title, "svg": bars(units, sums, decided, title=title)}
        for title, units in groups
        if units
    ]


def bars(units: list[Organization], sums: Grid, decided: Cycle, *, title: str) -> SafeString:
    rows = [
        charts.Bar(
            unit.short_name,
            each.passed,
            each.total,
            links.results(decided, unit=unit.pk, verdict=Proposal.PASS.value),
        )
        for unit in units
        if (each := sums.at(decided, unit.path)).total
    ]
    return charts.bars(rows, title=title, tone="ok")
