"""What one tap of 符合 means for each measure of a rule: the best value, or the harmless one.

Measures that only feed zero_if, gate or adjust default to "nothing of the kind happened".
"""

from fractions import Fraction
from typing import Any

from standards.rules.amounts import write_amount
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
    whens_of,
)


def conforming(rule: Rule) -> dict[str, Any]:
    """A value for every measure that nobody derives, in the clean JSON form of observe.check_value."""
    return {m.name: best(rule, m) for m in rule.measures if m.derive is None}


def best(rule: Rule, measure: Measure) -> Any:
    """The conforming value of one measure, derived ones included (a recheck restores those too)."""
    for step in rule.steps:
        if isinstance(step, Bands) and step.judge == measure.name:
            # Where the best band has its points fixed, nobody gives any.
            high = top_band(step).high
            return None if high is None else points(high)
        if step.measure == measure.name and not isinstance(step, ZeroIf | Gate):
            return BEST[type(step)](rule, step, measure)
    guards = (when for step in rule.steps for when in whens_of(step, measure.name))
    return harmless(measure, next(guards, None))


def of_binary(rule: Rule, step: Binary, measure: Measure) -> bool:
    return not step.fault


def of_step(rule: Rule, step: Step, measure: Measure) -> Any:
    return number(measure, step.target if step.target is not None else Fraction(0))


def of_bands(rule: Rule, step: Bands, measure: Measure) -> Any:
    band = top_band(step)
    return band.grade if measure.kind == "grade" else number(measure, band.lower)


def of_escalating(rule: Rule, step: Escalating, measure: Measure) -> Any:
    return number(measure, Fraction(0))


def of_curve(rule: Rule, step: Curve, measure: Measure) -> Any:
    return number(measure, max(step.knots, key=lambda knot: knot.points).at)


def of_parts(rule: Rule, step: Parts, measure: Measure) -> list[str]:
    return list(measure.keys)


def of_judged(rule: Rule, step: Judged, measure: Measure) -> dict[str, str]:
    return points(step.high if rule.start == "zero" else max(step.low, min(step.high, Fraction(0))))


def of_adjust(rule: Rule, step: Adjust, measure: Measure) -> list:
    return []


BEST = {
    Binary: of_binary,
    Step: of_step,
    Bands: of_bands,
    Parts: of_parts,
    Judged: of_judged,
    Adjust: of_adjust,
    Escalating: of_escalating,
    Curve: of_curve,
}


def top_band(step: Bands):
    return max(step.bands, key=lambda band: band.high if band.high is not None else band.low)


def points(amount: Fraction) -> dict[str, str]:
    return {"points": write_amount(amount), "reason": "符合"}


def number(measure: Measure, amount: Fraction) -> Any:
    """`amount` in the form of the measure's kind; a ratio is written over a whole of 10,000."""
    if measure.kind == "ratio":
        return {"part": int(amount * 100), "whole": 10_000}
    if measure.kind == "count":
        return -(-amount.numerator // amount.denominator)
    if measure.kind == "marks":
        return {panel.key: [write_amount(amount)] for panel in measure.classes}
    if measure.kind == "ballots":
        return {panel.key: {_grade_near(measure, amount): 1} for panel in measure.classes}
    return write_amount(amount)


def _grade_near(measure: Measure, amount: Fraction) -> str:
    """The lowest grade of a ballot that still scores so much, else its best."""
    enough = [choice for choice in measure.choices if choice.score >= amount]
    scored = enough or [max(measure.choices, key=lambda choice: choice.score)]
    return min(scored, key=lambda choice: choice.score).key


def harmless(measure: Measure, when: When | None) -> Any:
    """A value for which the condition does not hold."""
    if measure.kind == "flag":
        return not when.value if when else False
    if measure.kind == "grade":
        return next((key for key in measure.keys if when is None or key != when.value), None)
    if measure.kind == "parts":
        return list(measure.keys)
    if measure.kind == "events":
        return []
    return number(measure, clear_of(when))


def clear_of(when: When | None) -> Fraction:
    """A number outside the condition: zero where that is outside, else just beyond the bound."""
    if when is None or when.op in (">", ">=") and when.value > 0:
        return Fraction(0)
    if when.op == ">":
        return when.value
    if when.op == "=":
        return Fraction(0) if when.value != 0 else Fraction(1)
    return {">=": when.value - 1, "<": when.value, "<=": when.value + 1}[when.op]
