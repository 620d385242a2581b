"""Points by arithmetic, for lines with more values than a table holds: 64-bit whole numbers, never a float.

Every number is a whole number over one known denominator; before a product its size is checked. What
would not fit, a share taken in proportion, and entries from a table of awards raise `Unfit`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from fractions import Fraction
from math import lcm

import numpy as np

from scoring.packing import MICRO, NONE, UNPACK
from scoring.program import Program, Slot
from scoring.vector_tables import OPEN, Found, gate_bits
from standards.rules.amounts import to_centi
from standards.rules.shapes import (
    AnyStep,
    Band,
    Bands,
    Binary,
    Gate,
    Judged,
    Parts,
    Rule,
    Step,
    When,
    ZeroIf,
)

LIMIT = 1 << 62


class Unfit(Exception):
    """Not for this arithmetic: the pure evaluator takes the line."""


def times(numbers: np.ndarray, factor: int) -> np.ndarray:
    if biggest(numbers) * abs(factor) >= LIMIT:
        raise Unfit
    return numbers * factor


def plus(one: np.ndarray, other: np.ndarray | int) -> np.ndarray:
    if biggest(one) + biggest(np.asarray(other)) >= LIMIT:
        raise Unfit
    return one + other


def biggest(numbers: np.ndarray) -> int:
    return max(int(numbers.max()), -int(numbers.min())) if numbers.size else 0


@dataclass
class Seen:
    """A measure on every row: `number` over `base` (a ratio's base is its own whole on each row)."""

    known: np.ndarray
    number: np.ndarray
    base: np.ndarray | int = 1


@dataclass
class Case:
    rule: Rule
    top: Fraction
    options: object
    seen: dict[str, Seen]
    rows: int


@dataclass
class Part:
    """`number` over `base`: what one step does. `waits`: rows on which a person's points are wanted."""

    number: np.ndarray
    base: int
    waits: np.ndarray | None = None
    sets: bool = False


# What this file says of each part of a rule; a part that has learnt more goes to the pure evaluator.
FAMILIAR: dict[type, set[str]] = {
    Rule: {"start", "measures", "steps", "over", "under"},
    When: {"test", "value", "op"},
    Binary: {"measure", "points", "fault"},
    Step: {
        "measure", "unit", "free", "target", "direction", "each", "rounding", "both_ways", "cap", "credit",
    },
    Bands: {"measure", "bands", "mode", "judge"},
    Band: {"low", "high", "lower", "grade"},
    Parts: {"measure", "credits", "missing"},
    Judged: {"measure", "low", "high"},
    ZeroIf: {"measure", "when"},
    Gate: {"measure", "when", "effect", "tier", "chapter", "label", "label_en"},
}  # fmt: skip


def familiar(part: object) -> bool:
    """Of a kind listed above, and all it says beyond is left at its default."""
    known = FAMILIAR.get(type(part))
    return known is not None and all(
        getattr(part, field.name) == field.default
        for field in fields(part)
        if field.name not in known
    )


def parts_of(rule: Rule) -> Iterator[object]:
    yield rule
    for step in rule.steps:
        yield step
        yield from getattr(step, "bands", ())
        if isinstance(step, ZeroIf | Gate):
            yield step.when


def worked_out(program: Program, line: int, vectors: np.ndarray) -> Found:
    """Raises Unfit."""
    if not all(familiar(part) for part in parts_of(program.lines[line].rule)):
        raise Unfit
    case = case_of(program, line, vectors)
    steps = case.rule.steps
    gates, bits = np.zeros(case.rows, np.int64), gate_bits(program, line)
    missing, zero = np.zeros(case.rows, bool), np.zeros(case.rows, bool)
    parts = []
    for place, step in enumerate(steps):
        seen = case.seen[step.measure]
        missing |= ~seen.known
        if isinstance(step, Gate):
            gates |= np.where(true(case, step), bits[place], 0)
        elif isinstance(step, ZeroIf):
            zero |= true(case, step)
        else:
            parts.append(part_of(case, step))
    for part in parts:
        missing |= part.waits if part.waits is not None else False
    points = np.where(zero, 0, np.where(missing, OPEN, clamped(case, parts)))
    return Found(points, np.where(points == OPEN, 0, gates))


def case_of(program: Program, line: int, vectors: np.ndarray) -> Case:
    own = program.lines[line]
    seen = {
        slot.measure.name: seen_of(own.rule, slot, vectors) for slot in program.layout.of_line[line]
    }
    return Case(own.rule, Fraction(own.maximum, 100), program.options, seen, len(vectors))


def seen_of(rule: Rule, slot: Slot, vectors: np.ndarray) -> Seen:
    first = vectors[slot.names[0]]
    kind = slot.measure.kind
    # Marks and ballots have no place in a layout: whatever stands there, nothing was observed.
    known = (first != NONE[slot.types[0]]) & (kind in UNPACK)
    number = np.where(known, first, 0).astype(np.int64)
    if kind == "ratio":
        whole = vectors[slot.names[1]].astype(np.int64)
        known &= whole > 0
        return Seen(known, np.where(known, number * 100, 0), np.where(known, whole, 1))
    if kind == "points":
        known &= in_range(rule, slot.measure.name, number)
    return Seen(known, number, MICRO if kind in ("value", "points") else 1)


def in_range(rule: Rule, name: str, number: np.ndarray) -> np.ndarray:
    """Points outside every range the rule has for them are not observed."""
    ranges = [(s.low, s.high) for s in rule.steps if isinstance(s, Judged) and s.measure == name]
    banded = [s for s in rule.steps if isinstance(s, Bands) and s.judge == name]
    ranges += [(b.low, b.high) for s in banded for b in s.bands if b.high is not None]
    inside = np.full(len(number), not ranges)
    for low, high in ranges:
        inside |= between(number, low, high)
    return inside


def between(number: np.ndarray, low: Fraction, high: Fraction) -> np.ndarray:
    return (number >= fit(low * MICRO)) & (number <= fit(high * MICRO))


def compared(seen: Seen, bound: Fraction) -> np.ndarray:
    """-1, 0 or 1 as the measure is below, at or above the bound."""
    left = times(seen.number, bound.denominator)
    base = np.asarray(seen.base, np.int64)
    return np.sign(plus(left, -times(base, bound.numerator)))


SIGNS = {">": (1,), ">=": (0, 1), "<": (-1,), "<=": (-1, 0), "=": (0,)}


def true(case: Case, step: ZeroIf | Gate) -> np.ndarray:
    seen = case.seen[step.measure]
    return seen.known & holds(step.when, case.rule.measure(step.measure).keys, seen)


def holds(when: When, keys: tuple[str, ...], seen: Seen) -> np.ndarray:
    if when.test == "op":
        return np.isin(compared(seen, Fraction(when.value)), SIGNS[when.op])
    if when.test == "missing":
        return ~ticked(seen, keys.index(when.value))
    if when.test == "missing_count":
        return len(keys) - np.bitwise_count(seen.number).astype(np.int64) >= when.value
    place = int(when.value) if isinstance(when.value, bool) else keys.index(when.value)
    return seen.number == place


def ticked(seen: Seen, bit: int) -> np.ndarray:
    return (seen.number >> bit & 1).astype(bool)


def part_of(case: Case, step: AnyStep) -> Part:
    return PARTS[type(step)](case, step, case.seen[step.measure])


def constant(case: Case, amounts: dict[int, Fraction], index: np.ndarray) -> Part:
    """An amount for each index, over the denominator they share."""
    base = lcm(*(amount.denominator for amount in amounts.values()))
    number = np.zeros(case.rows, np.int64)
    for place, amount in amounts.items():
        number[index == place] = fit(amount * base)
    return Part(number, base)


def fit(number: Fraction) -> int:
    if abs(number) >= LIMIT:
        raise Unfit
    return int(number)


def binary(case: Case, step: Binary, seen: Seen) -> Part:
    points = case.top if step.points is None else step.points
    full = case.rule.start == "full"
    bad, good = (-points, Fraction(0)) if full else (Fraction(0), points)
    amounts = {int(step.fault): bad, int(not step.fault): good}
    return constant(case, amounts, seen.number)


def stepped(case: Case, step: Step, seen: Seen) -> Part:
    distance, base = distance_of(step, seen)
    rounding = step.rounding or case.options.rounding
    each, unit = step.each, step.unit
    over = times(base, each.numerator)
    taken = times(np.abs(distance), each.denominator)
    if rounding == "exact":
        if np.ndim(over):
            raise Unfit
        steps, under = taken, int(over)
    else:
        steps, under = (taken // over if rounding == "floor" else -(-taken // over)), 1
    number, bottom = times(steps, unit.numerator), unit.denominator * under
    if step.cap is not None:
        shared = lcm(bottom, step.cap.denominator)
        number = np.minimum(times(number, shared // bottom), fit(step.cap * shared))
        bottom = shared
    sign = np.where(distance >= 0, 1, -1) * (1 if step.credit else -1)
    return Part(number * sign, bottom)


def distance_of(step: Step, seen: Seen) -> tuple[np.ndarray, np.ndarray]:
    """How far the measure is from what is free or aimed at, over the base returned with it."""
    mark = step.free if step.target is None else step.target
    base = times(np.asarray(seen.base, np.int64), mark.denominator)
    away = plus(
        times(seen.number, mark.denominator),
        -times(np.asarray(seen.base, np.int64), mark.numerator),
    )
    if step.target is not None and step.direction == "below":
        away = -away
    both = step.both_ways and step.target is not None
    return (away if both else np.maximum(away, 0)), base


def banded(case: Case, step: Bands, seen: Seen) -> Part:
    index = np.full(case.rows, -1)
    keys = case.rule.measure(step.measure).keys
    for place, band in reversed(list(enumerate(step.bands))):
        hit = (
            seen.number == keys.index(band.grade)
            if band.lower is None
            else compared(seen, band.lower) >= 0
        )
        index = np.where(hit, place, index)
    fixed = {n: band.low for n, band in enumerate(step.bands) if band.high is None}
    part = constant(case, {-1: Fraction(0)} | fixed, index)
    part.sets = step.mode == "set"
    waiting = [(n, band) for n, band in enumerate(step.bands) if band.high is not None]
    return judged_bands(case, step, part, index, waiting) if waiting else part


def judged_bands(case: Case, step: Bands, part: Part, index: np.ndarray, waiting: list) -> Part:
    """On bands with a range the points a person gave count; where there are none the line waits."""
    given = case.seen[step.judge]
    base = lcm(part.base, MICRO)
    number, waits = times(part.number, base // part.base), np.zeros(case.rows, bool)
    for place, band in waiting:
        here = index == place
        inside = between(given.number, band.low, band.high)
        number = np.where(here, times(given.number, base // MICRO), number)
        waits |= here & ~(given.known & inside)
    return Part(number, base, waits, part.sets)


def parted(case: Case, step: Parts, seen: Seen) -> Part:
    keys = case.rule.measure(step.measure).keys
    full = case.rule.start == "full"
    worths = [step.worth(key) for key in keys]
    base = lcm(1, *(worth.denominator for worth in worths))
    number = np.zeros(case.rows, np.int64)
    for bit, worth in enumerate(worths):
        number += np.where(ticked(seen, bit) != full, fit(worth * base), 0)
    return Part(-number if full else number, base)


def judged(case: Case, step: Judged, seen: Seen) -> Part:
    return Part(seen.number, MICRO, ~between(seen.number, step.low, step.high))


PARTS = {Binary: binary, Step: stepped, Bands: banded, Parts: parted, Judged: judged}


def clamped(case: Case, parts: list[Part]) -> np.ndarray:
    """The sum of the parts between its bounds, rounded once, in centi-points."""
    rule = case.rule
    step = Fraction(case.options.clause_step)
    under = case.top if case.options.below_zero else Fraction(0)
    lowest, highest = -(rule.under if rule.under is not None else under), case.top + rule.above
    start = case.top if rule.start == "full" else Fraction(0)
    base = lcm(start.denominator, lowest.denominator, highest.denominator, *(p.base for p in parts))
    total = np.full(case.rows, fit(start * base))
    setter = next((part for part in parts if part.sets), None)
    if setter is not None:
        total = times(setter.number, base // setter.base)
    for part in parts:
        if not part.sets:
            total = plus(total, times(part.number, base // part.base))
    total = np.minimum(np.maximum(total, fit(lowest * base)), fit(highest * base))
    steps = half_up(times(total, step.denominator), fit(Fraction(base * step.numerator)))
    rounded = times(steps, int(100 * step))
    return np.minimum(np.maximum(rounded, to_centi(lowest)), to_centi(highest))


def half_up(number: np.ndarray, base: int) -> np.ndarray:
    """number / base to the nearest whole number, halves away from zero."""
    size = plus(times(np.abs(number), 2), base) // fit(Fraction(2 * base))
    return np.sign(number) * size
