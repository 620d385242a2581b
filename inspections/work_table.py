"""The work table of a cycle: a row per branch, where its assessment stands and what waits for an answer."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from branches.find import matching
from branches.models import Organization, OrgKind
from branches.order import tree_order
from branches.scope import Actor
from branches.signing import Signers
from branches.tree import STEP
from inspections.checking import with_exceptions
from inspections.filing_words import TONES, WHY, stage_label, stage_word
from inspections.models import Assessment, Cycle, Stage
from inspections.permits_filing import EDITABLE, TABLE
from inspections.prior_results import prior_results
from inspections.worklist import COUNTED, Item, worklists
from portal.kit.table import Column


@dataclass(frozen=True)
class WorkRow:
    """waiting: clauses without an answer. why: [(reason, count)]. plain: filed without any exception."""

    assessment: Assessment
    waiting: int = 0
    why: Sequence[tuple[str, int]] = ()
    prior: str = ""
    by: str = ""  # who submitted, with the body
    only_counted: bool = False
    plain: bool = False
    may: frozenset[str] = field(default_factory=frozenset)

    @property
    def branch(self) -> Organization:
        return self.assessment.branch

    @property
    def stage(self) -> str:
        return stage_word(self.assessment)

    @property
    def tone(self) -> str:
        return TONES[self.assessment.stage]

    @property
    def is_editable(self) -> bool:
        return self.assessment.stage in EDITABLE

    @property
    def is_unchanged(self) -> bool:
        return self.is_editable and not self.waiting

    @property
    def reasons(self) -> str:
        return _(", ").join(f"{word} {count}" for word, count in self.why)


COLUMNS = (
    Column(key="branch", header=gettext_lazy("Branch"), width=30, value=lambda r: r.branch.name),
    Column(
        key="parent",
        header=gettext_lazy("Parent unit"),
        width=14,
        value=lambda r: r.branch.parent.short_name,
    ),
    Column(
        key="field",
        header=gettext_lazy("Field"),
        width=10,
        value=lambda r: r.branch.get_field_display(),
    ),
    Column(key="stage", header=gettext_lazy("Filing stage"), width=14, value=lambda r: r.stage),
    Column(
        key="waiting",
        header=gettext_lazy("Clauses to look at"),
        kind="integer",
        width=9,
        value=lambda r: r.waiting if r.is_editable else None,
    ),
    Column(key="why", header=gettext_lazy("Why"), width=26, value=lambda r: r.reasons),
    Column(key="prior", header=gettext_lazy("Last result"), width=14, value=lambda r: r.prior),
    Column(
        key="discussed_on",
        header=gettext_lazy("Discussed on"),
        kind="date",
        width=12,
        value=lambda r: r.assessment.discussed_on,
    ),
    Column(
        key="submitted_on",
        header=gettext_lazy("Submitted on"),
        kind="date",
        width=12,
        value=lambda r: day_of(r.assessment.submitted_at),
    ),
    Column(key="by", header=gettext_lazy("Submitted by"), width=18, value=lambda r: r.by or None),
    Column(
        key="late",
        header=gettext_lazy("Late"),
        width=7,
        value=lambda r: _("Late") if r.assessment.is_late else None,
    ),
)


def day_of(moment) -> date | None:
    return timezone.localtime(moment).date() if moment else None


# Branches and committees are asked by other sheets, so a number is of the ones or of the others.
BRANCHES, COMMITTEES, ALL = "branches", "committees", "all"
OF = {
    BRANCHES: Q(branch__kind=OrgKind.BRANCH),
    COMMITTEES: ~Q(branch__kind=OrgKind.BRANCH),
    ALL: Q(),
}
OF_WORDS = {
    BRANCHES: gettext_lazy("Branches"),
    COMMITTEES: gettext_lazy("Committees and party groups"),
    ALL: gettext_lazy("All"),
}


def assessments_of(actor: Actor, cycle: Cycle, *, unit=None, stage="", q="", of=ALL) -> QuerySet:
    """The actor's assessments of the cycle in protocol order, narrowed as the address says."""
    rows = Assessment.objects.visible_to(actor).filter(OF[of], cycle=cycle)
    if unit is not None:
        rows = rows.filter(branch__path__gte=unit.path, branch__path__lt=unit.path + "~")
    if stage in Stage.values:
        rows = rows.filter(stage=stage)
    if q:
        found = Organization.objects.filter(matching(q)).values("pk")
        rows = rows.filter(branch__in=found)
    return rows.select_related(
        "branch__parent", "cycle__edition", "cycle__prior", "cycle__owner", "submitted_by"
    ).order_by(*tree_order("branch__"))


def work_rows(actor: Actor, assessments: Iterable[Assessment]) -> list[WorkRow]:
    """Constant queries for any number of rows of one cycle."""
    rows = list(assessments)
    if not rows:
        return []
    editable = [row for row in rows if row.stage in EDITABLE]
    lists = worklists(editable, today=actor.today)
    filed = [row for row in rows if row.stage == Stage.SUBMITTED]
    speaking = with_exceptions(filed)
    signers = Signers({row.submitted_by_id for row in rows if row.submitted_by_id})
    prior = prior_results(rows[0].cycle.prior, [row.branch_id for row in rows])
    return [
        WorkRow(
            assessment=row,
            prior=prior.get(row.branch_id, ""),
            by=submitter(row, signers),
            plain=row.stage == Stage.SUBMITTED and row.pk not in speaking,
            may=frozenset(verb for verb in VERBS if TABLE[verb].allows(actor, row)),
            **waiting_of(lists.get(row.pk, [])),
        )
        for row in rows
    ]


def submitter(row: Assessment, signers: Signers) -> str:
    if row.submitted_by is None:
        return ""
    day = day_of(row.submitted_at)
    return signers.signed(row.submitted_by_id, row.submitted_by.name, day)


VERBS = ("assessment.type", "assessment.pass", "assessment.chase")


def waiting_of(items: list[Item]) -> dict[str, Any]:
    whys = Counter(item.why for item in items if item.waits and item.is_open)
    return {
        "waiting": sum(whys.values()),
        "why": [(str(WHY[why]), count) for why, count in whys.items()],
        "only_counted": bool(whys) and set(whys) == {COUNTED},
    }


@dataclass(frozen=True)
class UnitRow:
    """One unit below the county with its branches by stage."""

    unit: Organization
    total: int
    counts: Sequence[tuple[str, int]]
    late: int
    pending: int


def unit_rows(actor: Actor, cycle: Cycle) -> list[UnitRow]:
    """The units right below the cycle's owner, in protocol order (two queries)."""
    width = len(cycle.owner.path) + STEP
    rows = Assessment.objects.visible_to(actor).filter(OF[BRANCHES], cycle=cycle)
    tallies: dict[str, Counter] = {}
    for path, stage, late in rows.values_list("branch__path", "stage", "is_late"):
        tally = tallies.setdefault(path[:width], Counter())
        tally[stage] += 1
        tally["late"] += late
    units = Organization.objects.filter(path__in=tallies).in_protocol_order()
    return [unit_row(unit, tallies[unit.path]) for unit in units]


def unit_row(unit: Organization, tally: Counter) -> UnitRow:
    counts = [(stage, tally[stage]) for stage in Stage.values]
    pending = tally[Stage.NOT_BEGUN] + tally[Stage.DRAFTING] + tally[Stage.RETURNED]
    return UnitRow(unit, sum(n for _s, n in counts), counts, tally["late"], pending)


def kind_counts(rows: QuerySet) -> dict[str, int]:
    return rows.order_by().aggregate(**{of: Count("pk", filter=test) for of, test in OF.items()})


def stage_counts(rows: QuerySet, *, home: int | None = None) -> list[dict[str, Any]]:
    """Every stage with its number, none left out, so that the strip never jumps. home: the reader's own unit."""
    ours = Count("pk", filter=Q(stage=Stage.SUBMITTED, branch__parent=home))
    totals = rows.order_by().aggregate(
        ours=ours, **{stage: Count("pk", filter=Q(stage=stage)) for stage in Stage.values}
    )
    own = 0 < totals["ours"] == totals[Stage.SUBMITTED]
    return [
        {
            "stage": stage,
            "label": stage_label(stage, reviewer=own),
            "count": totals[stage],
            "tone": TONES[stage],
        }
        for stage in Stage.values
    ]
