"""Lines -> chapters -> total -> gates -> tier. Pure, in centi-points (100 = 1 point).

`proposed` only: software says 拟达标, the county decides.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from math import ceil, floor

from standards.rules.amounts import round_half_up
from standards.rules.options import DEFAULTS, Options
from standards.rules.outcome import Adjustment, GateHit, Outcome


@dataclass(frozen=True)
class Chapter:
    key: str
    maximum: int


@dataclass(frozen=True)
class Tier:
    """`floor` is the inclusive lower bound; a sheet lists its tiers best first."""

    key: str
    floor: int
    passes: bool


@dataclass(frozen=True)
class Line:
    """`outcome` None: nobody judged it. `not_applicable` overrides the edition for this clause."""

    chapter: str
    key: str
    maximum: int
    outcome: Outcome | None
    applicable: bool = True
    problem: str | None = None
    not_applicable: str | None = None


@dataclass(frozen=True)
class Sheet:
    """`chapters` may be left out: then each is worth the sum of its lines."""

    lines: tuple[Line, ...]
    chapters: tuple[Chapter, ...] = ()
    tiers: tuple[Tier, ...] = ()
    ceiling: int | None = None
    options: Options = DEFAULTS


@dataclass(frozen=True)
class LineSum:
    """What a line counts in its chapter before scaling.

    `state`: judged, unjudged, restored (one problem, loss counted elsewhere), full, zero or
    left_out (the three ways of not applying).
    """

    chapter: str
    key: str
    maximum: int
    points: int
    state: str

    @property
    def lost(self) -> int:
        return max(0, self.maximum - self.points) if self.state == "judged" else 0


@dataclass(frozen=True)
class ChapterSum:
    key: str
    maximum: int
    points: int
    scaled: bool
    zeroed: bool
    unjudged: int


@dataclass(frozen=True)
class Composed:
    """`passes` None: open (something is not judged) or not graded; `tier` is a key or None."""

    chapters: tuple[ChapterSum, ...]
    total: int
    tier: str | None
    passes: bool | None
    gates: tuple[GateHit, ...]
    adjustments: tuple[Adjustment, ...]
    unjudged: tuple[str, ...]
    lines: tuple[LineSum, ...]

    def chapter(self, key: str) -> ChapterSum:
        return next(chapter for chapter in self.chapters if chapter.key == key)


def compose(sheet: Sheet) -> Composed:
    judged = [line for line in sheet.lines if line.applicable and line.outcome is not None]
    gates = tuple(gate for line in judged for gate in line.outcome.gates)
    adjustments = _once(judged)
    lines = _sums(sheet)
    chapters = tuple(_chapter(chapter, lines, gates) for chapter in _chapters(sheet))
    total = sum(chapter.points for chapter in chapters) + sum(entry.amount for entry in adjustments)
    total = max(0, total if sheet.ceiling is None else min(total, sheet.ceiling))
    unjudged = tuple(line.key for line in lines if line.state == "unjudged")
    tier, passes = _verdict(sheet, total, gates, is_open=bool(unjudged))
    return Composed(chapters, total, tier, passes, gates, adjustments, unjudged, lines)


def _once(judged: Sequence[Line]) -> tuple[Adjustment, ...]:
    """An event entered on several lines counts on the one where it weighs most."""
    heaviest: dict[str, tuple[int, str]] = {}
    for line in judged:
        for key in {entry.key for entry in line.outcome.adjustments}:
            weight = abs(
                sum(entry.amount for entry in line.outcome.adjustments if entry.key == key)
            )
            if key not in heaviest or weight > heaviest[key][0]:
                heaviest[key] = (weight, line.key)
    return tuple(
        entry
        for line in judged
        for entry in line.outcome.adjustments
        if heaviest[entry.key][1] == line.key
    )


def _sums(sheet: Sheet) -> tuple[LineSum, ...]:
    sums = [_line(line, sheet.options) for line in sheet.lines]
    if sheet.options.one_problem == "twice":
        return tuple(sums)
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for index, line in enumerate(sheet.lines):
        if line.problem and sums[index].lost:
            groups[line.problem].append(index)
    for group in groups.values():
        kept = max(group, key=lambda index: sums[index].lost)
        for index in group:
            if index != kept:
                sums[index] = replace(sums[index], points=sums[index].maximum, state="restored")
    return tuple(sums)


def _line(line: Line, options: Options) -> LineSum:
    if not line.applicable:
        way = line.not_applicable or options.not_applicable
        points, state = {"full": (line.maximum, "full"), "zero": (0, "zero")}.get(
            way, (0, "left_out")
        )
    elif line.outcome is None or line.outcome.points is None:
        points, state = 0, "unjudged"
    else:
        points, state = line.outcome.points, "judged"
    return LineSum(line.chapter, line.key, line.maximum, points, state)


def _chapters(sheet: Sheet) -> tuple[Chapter, ...]:
    sums: dict[str, int] = {}
    for line in sheet.lines:
        sums[line.chapter] = sums.get(line.chapter, 0) + line.maximum
    return sheet.chapters or tuple(Chapter(key, maximum) for key, maximum in sums.items())


def _chapter(chapter: Chapter, lines: Iterable[LineSum], gates: Iterable[GateHit]) -> ChapterSum:
    own = [line for line in lines if line.chapter == chapter.key]
    counted = [line for line in own if line.state != "left_out"]
    zeroed = any(gate.effect == "zero_group" and gate.chapter == chapter.key for gate in gates)
    points = 0 if zeroed else _scaled(chapter.maximum, own, counted)
    unjudged = sum(line.state == "unjudged" for line in own)
    return ChapterSum(
        chapter.key, chapter.maximum, points, len(counted) < len(own), zeroed, unjudged
    )


def _scaled(maximum: int, own: Sequence[LineSum], counted: Sequence[LineSum]) -> int:
    """Left-out lines give their weight to the others; a chapter of nothing else is full."""
    points = sum(line.points for line in counted)
    weight = sum(line.maximum for line in counted)
    if len(counted) == len(own):
        return points
    return round_half_up(Fraction(maximum * points, weight)) if weight else maximum + points


def tier_of(total: int, *, tiers: Sequence[Tier], options: Options) -> Tier | None:
    """The best tier whose floor the total reaches; whole points are compared under option c."""
    if options.tier_rounding == "integer":
        total = 100 * round_half_up(Fraction(total, 100))
    return next((tier for tier in tiers if total >= tier.floor), None)


def _verdict(
    sheet: Sheet, total: int, gates: Collection[GateHit], *, is_open: bool
) -> tuple[str | None, bool | None]:
    """Not graded beats fail beats an open line beats force beats cap beats grant."""
    effects = {gate.effect for gate in gates}
    if "not_graded" in effects:
        return None, None
    if "fail" in effects:
        failing = [tier.key for tier in sheet.tiers if not tier.passes]
        return (failing[-1] if failing else None), False
    if is_open or not sheet.tiers:
        return None, None
    place = _place(sheet, total, gates)
    tier = sheet.tiers[place] if place < len(sheet.tiers) else None
    return (tier.key, tier.passes) if tier else (None, False)


def _place(sheet: Sheet, total: int, gates: Iterable[GateHit]) -> int:
    """Index of the tier, best 0; below every floor it is one past the last."""
    order = {tier.key: index for index, tier in enumerate(sheet.tiers)}
    named: defaultdict[str, list[int]] = defaultdict(list)
    for gate in gates:
        if gate.tier in order:
            named[gate.effect].append(order[gate.tier])
    reached = tier_of(total, tiers=sheet.tiers, options=sheet.options)
    place = order[reached.key] if reached else len(sheet.tiers)
    place = min([place, *named["grant_tier"]])
    place = max([place, *named["cap_tier"]])
    return max(named["force_tier"], default=place)


@dataclass(frozen=True)
class Gap:
    """A line of the 达标差距清单: `gain` is what the full line would add to its chapter."""

    chapter: str
    key: str
    lost: int
    gain: int
    mandatory: bool


def distance(composed: Composed, *, mandatory: Collection[str] = ()) -> list[Gap]:
    """Lines with lost points, mandatory ones first, then the largest gain. No bonus, no open lines."""
    gaps = [
        Gap(line.chapter, line.key, line.lost, _gain(composed, line), line.key in mandatory)
        for line in composed.lines
        if line.lost
    ]
    return sorted(gaps, key=lambda gap: (not gap.mandatory, -gap.gain))


def _gain(composed: Composed, line: LineSum) -> int:
    chapter = composed.chapter(line.chapter)
    if not chapter.scaled:
        return line.lost
    weight = sum(
        other.maximum
        for other in composed.lines
        if other.chapter == line.chapter and other.state != "left_out"
    )
    return round_half_up(Fraction(line.lost * chapter.maximum, weight))


def places(share: Fraction | str, base: int, rounding: str) -> int:
    """How many of `base` a share allows: "0.3" or Fraction(3, 10); rounding down, half_up or up."""
    exact = Fraction(share) * base
    return {"down": floor, "half_up": round_half_up, "up": ceil}[rounding](exact)


def restored(
    before: int, after: int, *, closed_on: date | None, cutoff: date, options: Options
) -> int:
    """Points that count after rectification: the new ones only if closed by the cut-off (option i)."""
    in_time = closed_on is not None and closed_on <= cutoff
    return after if in_time and options.restore else before
