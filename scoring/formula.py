"""Lines -> chapters -> total -> gates -> tier. Pure, in centi-points (100 = 1 point).

`proposed` only: software says 拟达标, the county decides.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from scoring.quotas import places
from scoring.sums import (
    Chapter,
    ChapterSum,
    Composed,
    Known,
    Last,
    Line,
    LineSum,
    Sheet,
    Subtotals,
    Term,
    Tier,
)
from scoring.tiering import Sums, stars, tier_of, verdict
from scoring.weighing import basis, bonuses, held_within
from standards.rules.amounts import round_half_up, to_centi
from standards.rules.options import Options
from standards.rules.outcome import Adjustment, GateHit

__all__ = [
    "Chapter",
    "ChapterSum",
    "Composed",
    "Known",
    "Last",
    "Line",
    "LineSum",
    "Sheet",
    "Subtotals",
    "Term",
    "Tier",
    "compose",
    "completed",
    "places",
    "restored",
    "subtotals",
    "tier_of",
]


def compose(sheet: Sheet) -> Composed:
    return completed(sheet, subtotals(sheet))


def subtotals(sheet: Sheet) -> Subtotals:
    """What the lines come to in their chapters; of what is known beside the sheet only `unsolved` counts here."""
    judged = judged_of(sheet)
    gates = tuple(gate for line in judged for gate in line.outcome.gates)
    lines = _sums(sheet)
    return Subtotals(
        lines=lines,
        chapters=tuple(_chapter(chapter, lines, gates, sheet) for chapter in _chapters(sheet)),
        gates=gates,
        unjudged=tuple(line.key for line in lines if line.state == "unjudged"),
        entries=entries_of(judged),
    )


def completed(sheet: Sheet, sub: Subtotals) -> Composed:
    """Total, tier and verdict; `sheet` lends all but its lines and chapters."""
    terms, waiting = basis(sheet, sub.chapters)
    base = sum(term.points for term in terms)
    added, withheld = bonuses(sheet, [(key, entry.amount) for key, entry in sub.entries], base)
    terms = (*terms, *added)
    terms = (*terms, *held_within(sheet, sum(term.points for term in terms)))
    total = sum(term.points for term in terms)
    sums = Sums(total, sub.chapters, sub.lines, terms)
    found = verdict(sheet, sums, sub.gates, is_open=bool(sub.unjudged or waiting))
    return Composed(
        chapters=sub.chapters,
        total=total,
        tier=found.tier,
        passes=found.passes,
        gates=sub.gates,
        adjustments=tuple(entry for _, entry in sub.entries),
        unjudged=sub.unjudged,
        lines=sub.lines,
        terms=terms,
        by_points=found.by_points,
        unmet=found.unmet,
        held=found.held,
        waiting=waiting,
        stars=stars(sheet.composition, sub.chapters) if sheet.composition.stars else None,
        withheld=withheld,
    )


def judged_of(sheet: Sheet) -> list[Line]:
    return [line for line in sheet.lines if line.applicable and line.outcome is not None]


def entries_of(judged: Sequence[Line]) -> tuple[tuple[str, Adjustment], ...]:
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
        (line.key, entry)
        for line in judged
        for entry in line.outcome.adjustments
        if heaviest[entry.key][1] == line.key
    )


def _sums(sheet: Sheet) -> tuple[LineSum, ...]:
    sums = [_repeated(_line(line, sheet.options), sheet) for line in sheet.lines]
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


def _repeated(line: LineSum, sheet: Sheet) -> LineSum:
    """A loss whose problem of an earlier cycle is still open weighs more, down to the line's own floor."""
    factor = sheet.composition.history.unsolved
    if factor is None or not line.lost or line.key not in sheet.known.unsolved:
        return line
    lowest = -line.maximum if sheet.options.below_zero else min(0, line.points)
    points = max(lowest, round_half_up(line.maximum - factor * line.lost))
    return replace(line, points=points, doubled=points < line.points)


def _chapters(sheet: Sheet) -> tuple[Chapter, ...]:
    sums: dict[str, int] = {}
    for line in sheet.lines:
        sums[line.chapter] = sums.get(line.chapter, 0) + line.maximum
    return sheet.chapters or tuple(Chapter(key, maximum) for key, maximum in sums.items())


def _chapter(
    chapter: Chapter, lines: Iterable[LineSum], gates: Iterable[GateHit], sheet: Sheet
) -> ChapterSum:
    own = [line for line in lines if line.chapter == chapter.key]
    counted = [line for line in own if line.state != "left_out"]
    zeroed = any(gate.effect == "zero_group" and gate.chapter == chapter.key for gate in gates)
    earned = scaled(chapter.maximum, own, counted)
    points = 0 if zeroed else clamped(chapter.key, earned, sheet)
    return ChapterSum(
        key=chapter.key,
        maximum=chapter.maximum,
        points=points,
        scaled=len(counted) < len(own),
        zeroed=zeroed,
        unjudged=sum(line.state == "unjudged" for line in own),
        clamped=0 if zeroed else points - earned,
    )


def clamped(key: str, points: int, sheet: Sheet) -> int:
    for clamp in sheet.composition.clamps:
        if clamp.chapter == key:
            points = points if clamp.floor is None else max(points, to_centi(clamp.floor))
            points = points if clamp.ceiling is None else min(points, to_centi(clamp.ceiling))
    return points


def scaled(maximum: int, own: Sequence[LineSum], counted: Sequence[LineSum]) -> int:
    """Left-out lines give their weight to the others; a chapter of nothing else is full."""
    points = sum(line.points for line in counted)
    weight = sum(line.maximum for line in counted)
    if len(counted) == len(own):
        return points
    return round_half_up(Fraction(maximum * points, weight)) if weight else maximum + points


def restored(
    before: int, after: int, *, closed_on: date | None, cutoff: date, options: Options
) -> int:
    """Points that count after rectification: the new ones only if closed by the cut-off (option i)."""
    in_time = closed_on is not None and closed_on <= cutoff
    return after if in_time and options.restore else before
