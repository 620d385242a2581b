"""Units among peers and their gaps as they are read: columns of the screen and of the workbook."""

from collections.abc import Iterable
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext_lazy

from portal.kit import points
from portal.kit.table import Column
from scoring.comparing_units import Group, Unit
from scoring.gapping import Difference
from scoring.models import ComparisonRule, Proposal
from scoring.verdicts import tier_labels
from standards.models import Edition


def columns_for(edition: Edition, rule: ComparisonRule) -> list[Column]:
    rank = Column(key="rank", header=gettext_lazy("Rank among peers"), width=8,
                  value=lambda each: each.rank)  # fmt: skip
    return [
        Column(key="unit", header=gettext_lazy("Unit"), width=16,
               value=lambda each: each.unit.short_name),
        Column(key="branches", header=gettext_lazy("Branches"), kind="integer", width=8,
               value=lambda each: each.sum.total),
        Column(key="graded", header=gettext_lazy("Graded"), kind="integer", width=8,
               value=lambda each: each.graded),
        Column(key="passed", header=gettext_lazy("Passed in all"), kind="integer", width=8,
               value=lambda each: each.sum.passed),
        Column(key="share", header=gettext_lazy("Pass rate of graded branches"), width=10,
               value=lambda each: percent(each.share)),
        Column(key="step", header=gettext_lazy("Against the last cycle"), width=10,
               value=lambda each: signed_percent(each.step)),
        Column(key="average", header=gettext_lazy("Average points"), kind="points", width=9,
               value=lambda each: each.average),
        *(tier_column(key, label) for key, label in tier_labels(edition).items()),
        *([rank] if rule.shows_ranks else []),
        Column(key="note", header=gettext_lazy("Remark on the unit"), width=14, value=note),
    ]  # fmt: skip


def tier_column(key: str, label: str) -> Column:
    value = partial(in_tier, key=key)
    return Column(key=f"tier.{key}", header=label, kind="integer", width=8, value=value)


def in_tier(each: Unit, *, key: str) -> int:
    return each.tiers[key]


def group_column(groups: Iterable[Group]) -> Column:
    titles = {unit.unit.pk: group.title for group in groups for unit in group.units}
    return Column(
        key="group",
        header=gettext_lazy("Peers"),
        width=14,
        value=lambda each: titles[each.unit.pk],
    )


def percent(share) -> str:
    return "" if share is None else f"{float(share):.1f}"


def signed_percent(step) -> str:
    if step is None:
        return ""
    return f"{float(step):+.1f}" if step else "0.0"


def note(each: Unit) -> str:
    return str(gettext_lazy("Few branches, not ranked")) if each.is_small else ""


def screen(units: Iterable[Unit], cycle) -> list[dict]:
    """Each unit with the addresses of the lists behind its numbers."""
    base = f"{reverse('scoring:results')}?cycle={cycle.pk}"
    labels = tier_labels(cycle.edition)
    return [
        {
            "unit": each,
            "share": percent(each.share) or "—",
            "step": signed_percent(each.step) or "—",
            "average": points.show(each.average),
            "all_url": f"{base}&unit={each.unit.pk}",
            "passed_url": f"{base}&unit={each.unit.pk}&verdict={Proposal.PASS.value}",
            "tiers": [
                (label, each.tiers[key], f"{base}&unit={each.unit.pk}&tier={key}")
                for key, label in labels.items()
            ],
            "note": note(each),
        }
        for each in units
    ]


def gap_columns(clause: str) -> list[Column]:
    """Of whole sheets, or of one clause."""
    said, seen, gap = (
        (lambda each: each.said.get(clause), lambda each: each.seen.get(clause),
         lambda each: each.above(clause))
        if clause
        else (said_of, seen_of, lambda each: each.gap)
    )  # fmt: skip
    return [
        Column(key="branch", header=gettext_lazy("Branch"), width=24,
               value=lambda each: each.row.branch.short_name),
        Column(key="unit", header=gettext_lazy("Parent unit"), width=14,
               value=lambda each: each.row.branch.parent.short_name),
        Column(key="clauses", header=gettext_lazy("Clauses looked at"), kind="integer", width=9,
               value=lambda each: len(each.seen)),
        Column(key="said", header=gettext_lazy("Self-assessment"), kind="points", width=10,
               value=said),
        Column(key="seen", header=gettext_lazy("Found on site"), kind="points", width=10,
               value=seen),
        Column(key="gap", header=gettext_lazy("Points apart"), kind="points", width=10, value=gap),
    ]  # fmt: skip


def said_of(each: Difference) -> int:
    return sum(each.said.values())


def seen_of(each: Difference) -> int:
    return sum(each.seen.values())
