"""From a total to a tier: floors, sheets or stars, then conditions, climbing and gates. Pure."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from scoring.sums import ChapterSum, LineSum, Sheet, Term, Tier
from standards.composing.shapes import Composition, Condition
from standards.rules.amounts import round_half_up, to_centi
from standards.rules.conditions import applies
from standards.rules.options import Options
from standards.rules.outcome import GateHit


@dataclass(frozen=True)
class Sums:
    """What a tier is decided on."""

    total: int
    chapters: Sequence[ChapterSum]
    lines: Sequence[LineSum]
    terms: Sequence[Term]


@dataclass(frozen=True)
class Verdict:
    """`held`: the tier that climbing one step at a time did not let pass."""

    tier: str | None = None
    passes: bool | None = None
    by_points: str | None = None
    unmet: tuple[str, ...] = ()
    held: str = ""


def verdict(sheet: Sheet, sums: Sums, gates: Collection[GateHit], *, is_open: bool) -> Verdict:
    """Not graded beats fail beats an open line beats force beats cap beats grant."""
    effects = {gate.effect for gate in gates}
    if "not_graded" in effects:
        return Verdict()
    if "fail" in effects:
        failing = [tier.key for tier in sheet.tiers if not tier.passes]
        return Verdict(failing[-1] if failing else None, False)
    if is_open or not sheet.tiers:
        return Verdict()
    earned = by_points(sheet, sums)
    allowed, unmet = demoted(sheet, sums, earned)
    climbed = max(allowed, climbing_limit(sheet))
    place = gated(sheet, climbed, gates)
    tier = sheet.tiers[place] if place < len(sheet.tiers) else None
    return Verdict(
        tier=tier.key if tier else None,
        passes=tier.passes if tier else False,
        by_points=sheet.tiers[earned].key if earned < len(sheet.tiers) else None,
        unmet=unmet,
        held=sheet.tiers[allowed].key if climbed > allowed else "",
    )


def tier_of(total: int, *, tiers: Sequence[Tier], options: Options) -> Tier | None:
    """The best tier whose floor the total reaches; whole points are compared under option c."""
    compared = compared_total(total, options)
    return next((tier for tier in tiers if compared >= tier.floor), None)


def compared_total(total: int, options: Options) -> int:
    if options.tier_rounding == "integer":
        return 100 * round_half_up(Fraction(total, 100))
    return total


def by_points(sheet: Sheet, sums: Sums) -> int:
    """Index of the tier, best 0; below every tier it is one past the last."""
    plan = sheet.composition
    if plan.sheets:
        named = {tier for each in plan.sheets for tier in each.tiers}
        failed = {tier for each in plan.sheets if not _passed(each, sums) for tier in each.tiers}
        return _first(sheet, named, named - failed)
    if plan.stars:
        won = stars(plan, sums.chapters)
        named = {row.tier for row in plan.stars.tiers}
        return _first(sheet, named, {row.tier for row in plan.stars.tiers if won >= row.stars})
    compared = compared_total(sums.total, sheet.options)
    places = (place for place, tier in enumerate(sheet.tiers) if compared >= tier.floor)
    return next(places, len(sheet.tiers))


def _passed(each, sums: Sums) -> bool:
    points = sum(chapter.points for chapter in sums.chapters if chapter.key in each.chapters)
    return points >= to_centi(each.least)


def _first(sheet: Sheet, named: Collection[str], reached: Collection[str]) -> int:
    """The best tier reached; a tier nobody named is open to all, but only below every named one."""
    last = max((i for i, tier in enumerate(sheet.tiers) if tier.key in named), default=-1)
    for place, tier in enumerate(sheet.tiers):
        if tier.key in reached or (tier.key not in named and place > last):
            return place
    return len(sheet.tiers)


def stars(plan: Composition, chapters: Iterable[ChapterSum]) -> int:
    return sum(has_star(plan, chapter) for chapter in chapters)


def has_star(plan: Composition, chapter: ChapterSum) -> bool:
    if plan.stars.chapters and chapter.key not in plan.stars.chapters:
        return False
    return chapter.maximum > 0 and 100 * chapter.points >= plan.stars.line * chapter.maximum


def demoted(sheet: Sheet, sums: Sums, place: int) -> tuple[int, tuple[str, ...]]:
    """The best tier from `place` down whose conditions hold, and those passed over."""
    unmet = []
    while place < len(sheet.tiers):
        key = sheet.tiers[place].key
        if all(met(row, sheet, sums) for row in sheet.composition.conditions if row.tier == key):
            break
        unmet.append(key)
        place += 1
    return place, tuple(unmet)


def met(row: Condition, sheet: Sheet, sums: Sums) -> bool:
    """What is not known does not meet a condition; a clause that does not apply bars nobody."""
    if row.kind == "fact":
        wanted = {"fact": row.fact, "op": row.op, "value": row.value}
        return applies([wanted], sheet.known.facts)
    if row.kind == "clause":
        return _clause_met(row, sums.lines)
    value = _value(row, sheet, sums)
    return value is not None and value >= 100 * row.least


def _clause_met(row: Condition, lines: Iterable[LineSum]) -> bool:
    line = next((line for line in lines if line.key == row.clause), None)
    if line is None or line.state in ("left_out", "full", "zero"):
        return True
    least = line.maximum if row.least is None else to_centi(row.least)
    return line.state != "unjudged" and line.points >= least


def _value(row: Condition, sheet: Sheet, sums: Sums) -> int | Fraction | None:
    """In centi-points, None when not known."""
    if row.kind == "total":
        return sheet.known.totals.get(row.source)
    if row.kind == "figure":
        figure = sheet.known.figures.get(row.figure)
        return None if figure is None else 100 * figure
    if row.kind == "chapter":
        return next((c.points for c in sums.chapters if c.key == row.chapter), None)
    terms = (t.points for t in sums.terms if t.kind == "component" and t.key == row.component)
    return next(terms, None)


def climbing_limit(sheet: Sheet) -> int:
    """The best place that climbing allows: so many tiers above the last one, or the entry tier."""
    history, order = sheet.composition.history, places_of(sheet)
    if history.climb is None:
        return 0
    last = sheet.known.last
    if last is None or last.tier not in order:
        return order.get(history.first, 0)
    return max(0, order[last.tier] - history.climb)


def gated(sheet: Sheet, place: int, gates: Iterable[GateHit]) -> int:
    order = places_of(sheet)
    named: defaultdict[str, list[int]] = defaultdict(list)
    for gate in gates:
        if gate.tier in order:
            named[gate.effect].append(order[gate.tier])
    place = min([place, *named["grant_tier"]])
    place = max([place, *named["cap_tier"]])
    return max(named["force_tier"], default=place)


def places_of(sheet: Sheet) -> Mapping[str, int]:
    return {tier.key: index for index, tier in enumerate(sheet.tiers)}
