"""The natural exceptions of a rule, mildest first, and what each costs. Pure.

`conform.py` says what one tap of 符合 means; here is the other tap, 有问题.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import ceil, floor
from typing import Any

from standards import conform
from standards.rules.evaluate import evaluate
from standards.rules.observe import exact
from standards.rules.options import DEFAULTS, Options
from standards.rules.shapes import (
    Adjust,
    Bands,
    Binary,
    Curve,
    Escalating,
    Gate,
    Judged,
    Measure,
    Parts,
    Rule,
    Step,
    When,
    ZeroIf,
    measures_of,
    whens_of,
)
from standards.sheets import Line

GUARDS = (ZeroIf, Gate, Adjust)
OFFERED = 3
REASON = "见问题记录"
HALF = Fraction(1, 2)


def is_guard(rule: Rule, measure: Measure) -> bool:
    """The measure describes harm (or an award) of its own, not how well the demand is met."""
    steps = [step for step in rule.steps if measure.name in measures_of(step)]
    return bool(steps) and all(
        isinstance(step, GUARDS) or (isinstance(step, Binary) and step.fault) for step in steps
    )


def is_award(line: Line) -> bool:
    """Every case of it adds points: what is seen there is no problem."""
    return bool(line.typed) and all(
        isinstance(step, Adjust) and all(worth > 0 for _level, worth in step.table)
        for step in line.rule.steps
    )


def points_ranges(rule: Rule, name: str) -> list[tuple[Fraction, Fraction]]:
    """The ranges in which a person may give points under this measure."""
    judged = [(s.low, s.high) for s in rule.steps if isinstance(s, Judged) and s.measure == name]
    banded = [s for s in rule.steps if isinstance(s, Bands) and s.judge == name]
    return judged + [(b.low, b.high) for s in banded for b in s.bands if b.high is not None]


def exceptions(rule: Rule, measure: Measure) -> list[Any]:
    """Clean values that fall short, mildest first, none twice, never the conforming one."""
    steps = sorted(
        (step for step in rule.steps if measure.name in measures_of(step)),
        key=lambda step: isinstance(step, GUARDS),
    )
    found: list[Any] = []
    for step in steps:
        for value in EXCEPTIONS[type(step)](rule, step, measure):
            if value not in found and value != conform.best(rule, measure):
                found.append(value)
    return found


def cost(line: Line, values: Mapping[str, Any], *, options: Options = DEFAULTS) -> int | None:
    """Centi-points lost against a conforming line when only `values` differ; None while unjudged."""
    best = {m.name: conform.best(line.rule, m) for m in line.rule.measures}
    full, short = (
        evaluate(line.rule, maximum=line.maximum, values=seen, options=options).points
        for seen in (best, best | values)
    )
    return None if None in (full, short) else full - short


def default_shortfall(line: Line, *, options: Options = DEFAULTS) -> dict[str, Any]:
    """Values for every typed measure: all conforming but the one exception that costs least.

    Guards are taken only where nothing else can fall short. No typed measure: empty.
    """
    plain = conform.conforming(line.rule)
    offers = [
        (is_guard(line.rule, measure), *_weighed(line, measure, value, options))
        for measure in line.typed
        for value in exceptions(line.rule, measure)[:1]
    ]
    if not offers:
        return plain
    mildest = min(range(len(offers)), key=lambda index: (*offers[index][:2], index))
    return plain | offers[mildest][2]


def _weighed(
    line: Line, measure: Measure, value: Any, options: Options
) -> tuple[float, dict[str, Any]]:
    values = {measure.name: value, **judged_with(line.rule, measure, value)}
    lost = cost(line, values, options=options)
    return (lost if lost and lost > 0 else float("inf"), values)


def judged_with(rule: Rule, measure: Measure, value: Any) -> dict[str, Any]:
    """Where a band leaves the points to a person: the most that band allows."""
    for step in rule.steps:
        if isinstance(step, Bands) and step.measure == measure.name and step.judge:
            band = band_of(step, measure, value)
            if band is not None and band.high is not None:
                return {step.judge: points(band.high)}
    return {}


def band_of(step: Bands, measure: Measure, value: Any) -> Any:
    """The band a clean value falls into; None when it falls below all of them or is not observed."""
    if value is None:
        return None
    if measure.kind == "grade":
        return next((band for band in step.bands if band.grade == value), None)
    amount = exact(measure, value)
    if amount is None:
        return None
    return next((band for band in step.bands if amount >= band.lower), None)


def points(amount: Fraction) -> dict[str, str]:
    return conform.points(amount) | {"reason": REASON}


def _of_binary(rule: Rule, step: Binary, measure: Measure) -> Iterator[Any]:
    yield step.fault


def _of_step(rule: Rule, step: Step, measure: Measure) -> Iterator[Any]:
    falls = step.target is not None and step.direction == "below"
    start = step.free if step.target is None else step.target
    for number in range(1, OFFERED + 1):
        amount = start - number * step.each if falls else start + number * step.each
        if step.credit or amount < 0:
            return
        yield _number(measure, amount, down=falls)


def _of_bands(rule: Rule, step: Bands, measure: Measure) -> Iterator[Any]:
    worth = sorted(step.bands, key=lambda band: -(band.low if band.high is None else band.high))
    for band in worth:
        yield (
            band.grade
            if measure.kind == "grade"
            else _number(measure, max(Fraction(0), band.lower), down=False)
        )
    if measure.kind == "grade":
        yield from (key for key in measure.keys if key not in {b.grade for b in step.bands})
    elif min(band.lower for band in step.bands) > 0:
        lowest = min(band.lower for band in step.bands)
        yield _number(measure, max(Fraction(0), lowest - 1), down=True)


def _of_escalating(rule: Rule, step: Escalating, measure: Measure) -> Iterator[Any]:
    for number in range(1, OFFERED + 1):
        if step.credit:
            return
        yield _number(measure, step.free + number, down=False)


def _of_curve(rule: Rule, step: Curve, measure: Measure) -> Iterator[Any]:
    for knot in sorted(step.knots, key=lambda knot: -knot.points):
        yield _number(measure, max(Fraction(0), knot.at), down=False)


def _of_parts(rule: Rule, step: Parts, measure: Measure) -> Iterator[Any]:
    for missing in sorted(measure.keys, key=step.worth):
        yield [key for key in measure.keys if key != missing]


def _of_judged(rule: Rule, step: Judged, measure: Measure) -> Iterator[Any]:
    best = Fraction(conform.best(rule, measure)["points"])
    yield points(max(step.low, best - HALF))


def _of_guard(rule: Rule, step: ZeroIf | Gate, measure: Measure) -> Iterator[Any]:
    for when in whens_of(step, measure.name):
        yield from _of_when(when, measure)


def _of_when(when: When, measure: Measure) -> Iterator[Any]:
    if when.test == "is":
        yield when.value
    elif when.test == "missing":
        yield [key for key in measure.keys if key != when.value]
    elif when.test == "missing_count":
        yield list(measure.keys)[when.value :]
    elif (amount := _inside(when)) >= 0:
        yield _number(measure, amount, down=when.op in ("<", "<="))


def _inside(when: When) -> Fraction:
    """A number for which the condition holds, near its bound."""
    if when.op == ">":
        return Fraction(floor(when.value) + 1)
    if when.op == "<":
        return Fraction(ceil(when.value) - 1)
    return when.value


def _of_adjust(rule: Rule, step: Adjust, measure: Measure) -> Iterator[Any]:
    taken = sorted(((-worth, level) for level, worth in step.table if worth < 0))
    for _, level in taken:
        yield [{"key": REASON, "level": level, "count": 1}]


def _number(measure: Measure, amount: Fraction, *, down: bool) -> Any:
    if measure.kind == "count":
        return floor(amount) if down else ceil(amount)
    return conform.number(measure, amount)


EXCEPTIONS = {
    Binary: _of_binary,
    Step: _of_step,
    Bands: _of_bands,
    Parts: _of_parts,
    Judged: _of_judged,
    ZeroIf: _of_guard,
    Gate: _of_guard,
    Adjust: _of_adjust,
    Escalating: _of_escalating,
    Curve: _of_curve,
}
