"""领导专报: one page about one town, every figure from the rows the reader may see."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from branches.filters import election_due, term_due
from branches.models import Field, Organization
from branches.order import tree_order
from branches.scope import Actor
from inspections.finding_words import RUNNING, written
from inspections.models import Cycle, Finding
from portal.kit import points
from scoring.models import Proposal, Result
from scoring.record import gates_of, lines_of, ready
from scoring.summaries import Sum
from scoring.verdicts import verdict_of
from standards.language import reader
from standards.sheets import sheet

MOST_LINES = 8
# Rows of the two tables together that still leave the brief on one A4 page.
ROOM = 8
NAMES = 18
ELECTIONS = 6
# Characters of a clause that name it in a table cell.
NAME = 12


@dataclass(frozen=True)
class Failing:
    """A branch that does not pass, and why in a few words."""

    result: Result
    why: str


@dataclass(frozen=True)
class Brief:
    unit: Organization
    fields: list[tuple[str, int]]
    sum: Sum
    passing: list[Result]
    failing: list[Failing]
    open: list[Result]
    findings: list[Finding]
    overdue: list[Finding]
    common: list[tuple[str, int]]
    elections: list[Organization]

    @property
    def branches(self) -> int:
        return sum(n for _field, n in self.fields)

    @property
    def first(self) -> list[Finding]:
        """What the page has room for: the overdue ones stand first by their deadline."""
        return self.findings[: ROOM - len(self.first_failing)]

    @property
    def first_passing(self) -> list[Result]:
        return self.passing[:NAMES]

    @property
    def first_elections(self) -> list[Organization]:
        return self.elections[:ELECTIONS]

    @property
    def first_failing(self) -> list[Failing]:
        return self.failing[: ROOM // 2]

    @property
    def is_decided(self) -> bool:
        """Nothing is left to the county's decision: the words lose their 拟."""
        rows = [*self.passing, *(each.result for each in self.failing), *self.open]
        return all(row.decided_pass is not None for row in rows)

    @property
    def overdue_ids(self) -> set[int]:
        return {finding.pk for finding in self.overdue}


def brief_of(actor: Actor, unit: Organization, *, cycle: Cycle | None) -> Brief:
    branches = list(branches_of(actor, unit))
    rows = list(results_of(actor, unit, cycle)) if cycle else []
    failing = ready(r for r in rows if verdict_of(r) == Proposal.FAIL)
    findings = list(open_findings(actor, unit))
    late = {
        f.pk for f in Finding.objects.overdue(actor.today).filter(pk__in=[f.pk for f in findings])
    }
    return Brief(
        unit=unit,
        fields=by_field(branches),
        sum=summed(rows),
        passing=[r for r in rows if verdict_of(r) == Proposal.PASS],
        failing=[Failing(r, why(r)) for r in failing],
        open=[r for r in rows if verdict_of(r) in (Proposal.OPEN, Proposal.NOT_GRADED)],
        findings=findings,
        overdue=[f for f in findings if f.pk in late],
        common=Counter(f.category for f in findings if f.category).most_common(5),
        elections=[b for b in branches if b.is_due],
    )


def branches_of(actor: Actor, unit: Organization):
    due = election_due(actor.today) | term_due("overdue", today=actor.today)
    rows = Organization.objects.visible_to(actor).within(unit).branches().open(actor.today)
    soon = set(rows.filter(due).values_list("pk", flat=True))
    for branch in rows.select_related("profile").order_by(*tree_order()):
        branch.is_due = branch.pk in soon
        yield branch


def results_of(actor: Actor, unit: Organization, cycle: Cycle):
    rows = Result.objects.visible_to(actor).filter(cycle=cycle, branch__in=unit_rows(unit))
    return rows.select_related("cycle__edition", "branch", "detail").order_by(
        *tree_order("branch__")
    )


def unit_rows(unit: Organization):
    return Organization.objects.within(unit).values("pk")


def open_findings(actor: Actor, unit: Organization):
    rows = Finding.objects.visible_to(actor).open().within(unit)
    return rows.select_related("branch", "unit__parent", "owner").order_by("due_on", "number")


def by_field(branches: list[Organization]) -> list[tuple[str, int]]:
    counts = Counter(branch.field for branch in branches)
    return [(str(field.label), counts[field.value]) for field in Field if counts[field.value]]


def summed(rows: list[Result]) -> Sum:
    total = Sum()
    for row in rows:
        total.add(verdict_of(row))
    return total


def why(result: Result) -> str:
    """The gate that bars it, else the points, and the clauses that cost most."""
    said = [gate["label"] for gate in gates_of(result)]
    said += [] if said else [_("%(points)s points") % {"points": points.show(result.total)}]
    lost = [
        row
        for row in lines_of(result)
        if row["state"] == "judged" and row["points"] < row["maximum"]
    ]
    lost.sort(key=lambda row: (not row["mandatory"], row["points"] - row["maximum"]))
    names = {line.key: line.wording(reader()) for line in sheet_of(result)}
    cost = [
        _("%(clause)s −%(points)s")
        % {
            "clause": f"{row['code']} {names.get(row['key'], '')[:NAME]}".strip(),
            "points": points.show(row["maximum"] - row["points"]),
        }
        for row in lost[:3]
    ]
    return _("; ").join([*said, *([_(", ").join(cost)] if cost else [])])


def sheet_of(result: Result):
    return sheet(result.cycle.edition, result.field)


def reminder(brief: Brief, *, today: date) -> str:
    """Plain words for the group chat: branches and problems, nobody by name."""
    lines = [
        _("%(unit)s, as of %(day)s:") % {"unit": brief.unit.short_name, "day": f"{today:%Y-%m-%d}"}
    ]
    asked = [f for f in brief.findings if f.stage in RUNNING and f.due_on]
    for finding in asked[:MOST_LINES]:
        lines.append(reminder_line(finding, today=today))
    if not brief.findings:
        lines.append(_("no problem is open."))
    for branch in brief.elections:
        lines.append(_("%(branch)s: prepare the election.") % {"branch": branch.short_name})
    return "\n".join(lines)


def reminder_line(finding: Finding, *, today: date) -> str:
    words = {
        "branch": finding.branch.short_name,
        "text": finding.text[:30],
        "day": written(finding.due_on),
    }
    if finding.due_on < today:
        return _("%(branch)s: %(text)s; the deadline was %(day)s") % words
    return _("%(branch)s: %(text)s; the deadline is %(day)s") % words
