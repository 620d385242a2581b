"""A simulation as it is read: counts that open their lists, sentences per branch, columns, clause by clause."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.kit import points
from portal.kit.table import Column
from scoring.simulating import Difference, Simulation
from scoring.summands import reasons_of
from scoring.verdicts import tier_labels
from standards.language import reader
from standards.models import Edition
from standards.sheets import Line, edition_composition, sheet, sheets

NARROW: dict[str, Callable[[Difference], bool]] = {
    "tier": lambda each: each.is_moved,
    "up": lambda each: each.moved == 1,
    "down": lambda each: each.moved == -1,
    "points": lambda each: bool(each.step) and not each.is_moved,
    "same": lambda each: not each.step and not each.is_moved,
    "again": lambda each: bool(each.again),
    "all": lambda each: True,
}
WORDS = {
    "tier": gettext_lazy("Would change tier"),
    "up": gettext_lazy("Would rise"),
    "down": gettext_lazy("Would fall"),
    "points": gettext_lazy("Other points, same tier"),
    "same": gettext_lazy("Nothing would change"),
    "again": gettext_lazy("Would be asked again"),
    "all": gettext_lazy("All reckoned"),
}
SHORT = 24


def counts(found: Simulation) -> dict[str, int]:
    return {name: sum(map(test, found.rows)) for name, test in NARROW.items()}


def narrowed(found: Simulation, *, show: str, clause: str) -> list[Difference]:
    """The rows behind one number: of a count, or of a clause that counts otherwise or is asked again."""
    rows = [each for each in found.rows if NARROW[show](each)]
    if not clause:
        return rows
    return [each for each in rows if clause in each.clauses or clause in each.again]


@dataclass(frozen=True)
class TierSum:
    """How many have the tier now and would have it then."""

    label: str
    before: int
    after: int

    @property
    def step(self) -> str:
        return f"{self.after - self.before:+d}" if self.after != self.before else "—"


def by_tier(found: Simulation) -> list[TierSum]:
    """The tiers of the new edition, then what only the old one has, then who has none; empty ones are left out."""
    old, new = tier_labels(found.old), tier_labels(found.new)
    before = Counter(old.get(each.old.tier, "") for each in found.rows)
    after = Counter(new.get(each.new.tier, "") for each in found.rows)
    rows = [
        TierSum(label or _("No tier yet"), before[label], after[label])
        for label in dict.fromkeys([*new.values(), *old.values(), ""])
    ]
    return [row for row in rows if row.before or row.after]


@dataclass(frozen=True)
class ClauseSum:
    """How many branches one clause concerns."""

    key: str
    code: str
    text: str
    word: str
    branches: int
    again: int


def by_clause(found: Simulation) -> list[ClauseSum]:
    """Clauses that change something, in the order of the new edition, removed ones last."""
    again = Counter(key for each in found.rows for key in each.again)
    both = Counter(key for each in found.rows for key in {*each.clauses, *each.again})
    before, after = lines_of(found.old), lines_of(found.new)
    ordered = [key for key in {**after, **before} if both[key]]
    return [
        ClauseSum(
            key=key,
            code=(after.get(key) or before[key]).code,
            text=(after.get(key) or before[key]).wording(reader()),
            word=kind_word(before.get(key), after.get(key)),
            branches=both[key],
            again=again[key],
        )
        for key in ordered
    ]


def lines_of(edition: Edition) -> dict[str, Line]:
    """A line of every clause in the order of the edition, whichever field has it."""
    any_field = {line.key: line for lines in sheets(edition).values() for line in lines}
    order = edition.clauses.order_by("position", "pk").values_list("key", flat=True)
    return {key: any_field[key] for key in order if key in any_field}


def kind_word(old: Line | None, new: Line | None) -> str:
    if old is None:
        return _("Added")
    if new is None:
        return _("Removed")
    if old.rule != new.rule and old.maximum != new.maximum:
        return _("Points and rule changed")
    if old.maximum != new.maximum:
        return _("Points changed")
    return _("Rule changed") if old.rule != new.rule else _("Applies otherwise")


def sentences(found: Simulation, each: Difference) -> list[str]:
    """Why the branch comes out otherwise, a sentence for each gate, clause and floor that differs; what weighs most first."""
    return (
        gates(each) + clause_sentences(found, each) + floors(found, each) + summing_up(found, each)
    )


def clause_sentences(found: Simulation, each: Difference) -> list[str]:
    """The greatest difference first, equal ones in the order of the edition."""
    field = each.row.branch.field
    before, after = found.old_lines(field), found.new_lines(field)
    concerned = {*each.clauses, *each.again}
    keys = [key for key in {**after, **before} if key in concerned]
    keys.sort(
        key=lambda key: -abs((each.new.points.get(key) or 0) - (each.old.points.get(key) or 0))
    )
    return [clause_sentence(key, each, before.get(key), after.get(key)) for key in keys]


def gates(each: Difference) -> list[str]:
    return [
        _("Newly triggers: %(gate)s.") % {"gate": gate}
        for gate in each.new.gates
        if gate not in each.old.gates
    ] + [
        _("No longer triggers: %(gate)s.") % {"gate": gate}
        for gate in each.old.gates
        if gate not in each.new.gates
    ]


def summing_up(found: Simulation, each: Difference) -> list[str]:
    """What the composition of either edition makes of it: quotas, conditions, weights."""
    field, (old, new) = each.row.branch.field, found.namers
    before = list(reasons_of(each.old.sums, old, sheet(found.old, field)))
    after = list(reasons_of(each.new.sums, new, sheet(found.new, field)))
    said = [reason for reason in after if reason not in before]
    said += [
        _("No longer: %(reason)s") % {"reason": reason} for reason in before if reason not in after
    ]
    by_clauses = sum(each.new.points.values()) - sum(each.old.points.values())
    if not said and (each.old.sums or each.new.sums) and each.step != by_clauses:
        said.append(_("The points of the clauses are summed up by the composition."))
    return said


def clause_sentence(key: str, each: Difference, old: Line | None, new: Line | None) -> str:
    line = new or old
    words = {
        "clause": f"{line.code} {shortened(line.wording(reader()))}",
        "old": points.show(each.old.points.get(key)),
        "new": points.show(each.new.points.get(key)),
    }
    if old is None and key in each.again:
        return _("%(clause)s: new, to be answered; counted as conforming, %(new)s points.") % words
    if old is None:
        return _("%(clause)s: new, %(new)s points from records.") % words
    if new is None:
        return _("%(clause)s: dropped, had %(old)s points.") % words
    if key in each.again and words["old"] == words["new"]:
        return _("%(clause)s: has to be answered again; counted as conforming.") % words
    if key in each.again:
        return (
            _(
                "%(clause)s: has to be answered again; counted as conforming, %(old)s → %(new)s points."
            )
            % words
        )
    if old.maximum != new.maximum:
        words |= {"before": points.show(old.maximum), "after": points.show(new.maximum)}
        return (
            _(
                "%(clause)s: %(old)s → %(new)s points, as its full points go from %(before)s to %(after)s."
            )
            % words
        )
    return _("%(clause)s: %(old)s → %(new)s points under the changed rule.") % words


def shortened(text: str) -> str:
    line = text.splitlines()[0].rstrip("。.") if text else ""
    return line if len(line) <= SHORT else f"{line[:SHORT]}…"


def floors(found: Simulation, each: Difference) -> list[str]:
    """Only said where it moved the branch: the lowest points of the tier it leaves or reaches."""
    if not each.moved:
        return []
    old = {tier["key"]: tier["floor"] for tier in found.old.tiers}
    labels = tier_labels(found.new)
    return [
        _("Tier “%(tier)s” begins at %(after)s points, before at %(before)s.")
        % {"tier": labels[tier["key"]], "before": old[tier["key"]], "after": tier["floor"]}
        for tier in found.new.tiers
        if tier["key"] in (each.old.tier, each.new.tier)
        and tier["key"] in old
        and old[tier["key"]] != tier["floor"]
    ]


def columns_for(found: Simulation) -> list[Column]:
    """The list on screen and in the workbook."""
    old, new = tier_labels(found.old), tier_labels(found.new)
    return [
        Column(key="branch", header=gettext_lazy("Party organization"), width=24,
               value=lambda each: each.row.branch.short_name),
        Column(key="unit", header=gettext_lazy("Parent unit"), width=14, value=unit_of),
        Column(key="old_total", header=gettext_lazy("Points now"), kind="points", width=9,
               value=lambda each: total_of(each.old)),
        Column(key="old_tier", header=gettext_lazy("Tier now"), width=11,
               value=lambda each: old.get(each.old.tier, "")),
        Column(key="new_total", header=gettext_lazy("Points then"), kind="points", width=9,
               value=lambda each: total_of(each.new)),
        Column(key="new_tier", header=gettext_lazy("Tier then"), width=11,
               value=lambda each: new.get(each.new.tier, "")),
        Column(key="why", header=gettext_lazy("What makes the difference"), kind="lines", width=60,
               value=lambda each: "\n".join(sentences(found, each))),
    ]  # fmt: skip


def unit_of(each: Difference) -> str:
    parent = each.row.branch.parent
    return parent.short_name if parent else ""


def total_of(mark) -> int | None:
    """The sum of a sheet that is not judged to its end is no result."""
    return None if mark.is_open else mark.total


def screen(found: Simulation, rows, columns: list[Column]) -> list[dict]:
    """Rows for the table: name, unit, points and tier before and after, and the reasons."""
    named: Mapping[str, Column] = {column.key: column for column in columns}
    return [
        {
            "each": each,
            "name": named["branch"].value(each),
            "unit": named["unit"].value(each),
            "old_total": points.show(named["old_total"].value(each)),
            "old_tier": named["old_tier"].value(each) or "—",
            "new_total": points.show(named["new_total"].value(each)),
            "new_tier": named["new_tier"].value(each) or "—",
            "step": change_of(each),
            "reasons": (reasons := sentences(found, each)),
            "more": len(reasons) - 1,
        }
        for each in rows
    ]


def change_of(each: Difference) -> str:
    """The difference in points with its sign; none where one of the sums is open."""
    known = total_of(each.old) is not None and total_of(each.new) is not None
    return points.signed(each.step) if known else ""


def headline(found: Simulation) -> str:
    """The one sentence the county asks for; committees are told beside the branches, not among them."""
    moved = [each.row.branch.is_branch for each in found.rows if each.is_moved]
    branches, committees = sum(moved), len(moved) - sum(moved)
    said = ngettext(
        "If it were in force today, %(n)s branch would change tier.",
        "If it were in force today, %(n)s branches would change tier.",
        branches,
    ) % {"n": branches}
    if not committees:
        return said
    return said + ngettext(
        " So would %(n)s committee or party group.",
        " So would %(n)s committees and party groups.",
        committees,
    ) % {"n": committees}


def reserve(found: Simulation) -> str:
    """What who has not filed may still change for the others: places and comparisons count all of them."""
    if not found.silent or not edition_composition(found.new).compares_peers:
        return ""
    return _(
        "Places and comparisons are reckoned among those who have filed; the rest may still change them."
    )


def definition(found: Simulation) -> str:
    """口径: what the numbers of this page are."""
    return _(
        "the answers and records of %(cycle)s as they stand today, reckoned under “%(old)s” and under “%(new)s”; clauses to be answered (again) count as conforming; branches that have not filed are left out; nothing is stored"
    ) % {"cycle": found.cycle.name, "old": found.old.name, "new": found.new.name}
