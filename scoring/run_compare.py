"""Two runs side by side: who rose, who fell, and by which clauses. Both as they were frozen."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from branches.models import Organization
from branches.order import tree_order
from portal.kit import points
from portal.kit.table import Column
from scoring.models import Run, RunResult
from scoring.simulated import shortened
from scoring.verdicts import tier_labels
from standards.language import reader
from standards.models import Edition
from standards.sheets import Line, sheet


@dataclass(frozen=True)
class Shift:
    """A branch in two runs; None where it is not in one of them. `steps`: (clause, before, after)."""

    old: RunResult | None
    new: RunResult | None
    steps: tuple[tuple[str, int, int], ...] = ()

    @property
    def row(self) -> RunResult:
        return self.new or self.old

    @property
    def step(self) -> int | None:
        return self.new.total - self.old.total if self.old and self.new else None

    @property
    def is_other_tier(self) -> bool:
        return bool(self.old and self.new) and tier_of(self.old) != tier_of(self.new)

    @property
    def rest(self) -> int:
        """What no single clause explains: weights, limits, comparisons with others."""
        return (self.step or 0) - sum(after - before for _key, before, after in self.steps)


NARROW: dict[str, Callable[[Shift], bool]] = {
    "up": lambda each: (each.step or 0) > 0,
    "down": lambda each: (each.step or 0) < 0,
    "tier": lambda each: each.is_other_tier,
    "same": lambda each: each.step == 0 and not each.is_other_tier,
    "joined": lambda each: each.old is None,
    "left": lambda each: each.new is None,
    "all": lambda each: True,
}
WORDS = {
    "up": gettext_lazy("Risen"),
    "down": gettext_lazy("Fallen"),
    "tier": gettext_lazy("Other tier"),
    "same": gettext_lazy("Unchanged"),
    "joined": gettext_lazy("Only in the later run"),
    "left": gettext_lazy("Only in the earlier run"),
    "all": gettext_lazy("All"),
}


def tier_of(row: RunResult) -> str:
    return row.decided_tier or row.tier


def shifts(old: Run, new: Run) -> list[Shift]:
    """In protocol order; a constant number of queries."""
    before, after = rows_of(old), rows_of(new)
    ids = Organization.objects.filter(pk__in=[*before, *after]).order_by(*tree_order())
    return [shift(before.get(pk), after.get(pk)) for pk in ids.values_list("pk", flat=True)]


def rows_of(run: Run) -> dict[int, RunResult]:
    return {row.branch_id: row for row in run.results.defer("sums", "gates", "sources")}


def shift(old: RunResult | None, new: RunResult | None) -> Shift:
    if old is None or new is None:
        return Shift(old, new)
    before, after = points_of(old), points_of(new)
    keys = dict.fromkeys([*after, *before])
    moved = [(key, before.get(key, 0), after.get(key, 0)) for key in keys]
    return Shift(old, new, tuple(each for each in moved if each[1] != each[2]))


def points_of(row: RunResult) -> dict[str, int]:
    return {line["key"]: line["points"] for line in row.told}


def counts(found: Iterable[Shift]) -> dict[str, int]:
    rows = list(found)
    return {name: sum(map(test, rows)) for name, test in NARROW.items()}


def sentences(each: Shift, old: Run, new: Run) -> list[str]:
    """Why: a sentence for each clause, and one for what the clauses do not explain."""
    if each.step is None:
        return []
    lines = lines_of(old.edition, each.old.field) | lines_of(new.edition, each.new.field)
    said = [clause_sentence(lines.get(key), key, *moved) for key, *moved in each.steps]
    if each.rest:
        amount = points.signed(each.rest)
        said.append(
            _("Weights, limits or comparison with others: %(points)s points.") % {"points": amount}
        )
    return said


def clause_sentence(line: Line | None, key: str, before: int, after: int) -> str:
    named = f"{line.code} {shortened(line.wording(reader())).rstrip('。.')}" if line else key
    words = {"clause": named, "old": points.show(before), "new": points.show(after)}
    return _("%(clause)s: %(old)s → %(new)s points.") % words


def lines_of(edition: Edition, field: str) -> Mapping[str, Line]:
    return {line.key: line for line in sheet(edition, field)}


def columns_for(old: Run, new: Run) -> list[Column]:
    """The list on screen and in the workbook."""
    before, after = tier_labels(old.edition), tier_labels(new.edition)
    return [
        Column(key="branch", header=gettext_lazy("Party organization"), width=24,
               value=lambda each: each.row.name),
        Column(key="unit", header=gettext_lazy("Parent unit"), width=14,
               value=lambda each: each.row.unit_name),
        Column(key="old", header=gettext_lazy("Points before"), kind="points", width=9,
               value=lambda each: each.old.total if each.old else None),
        Column(key="old_tier", header=gettext_lazy("Tier before"), width=11,
               value=lambda each: before.get(tier_of(each.old), "") if each.old else ""),
        Column(key="new", header=gettext_lazy("Points after"), kind="points", width=9,
               value=lambda each: each.new.total if each.new else None),
        Column(key="new_tier", header=gettext_lazy("Tier after"), width=11,
               value=lambda each: after.get(tier_of(each.new), "") if each.new else ""),
        Column(key="step", header=gettext_lazy("Change in points"), kind="points", width=9,
               value=lambda each: each.step),
        Column(key="why", header=gettext_lazy("What makes the difference"), kind="lines", width=60,
               value=lambda each: "\n".join(sentences(each, old, new))),
    ]  # fmt: skip
