"""What both languages need to word a rule."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from standards.rules import shapes
from standards.rules.observe import exact


@dataclass(frozen=True)
class Clause:
    """`names` words the keys of tiers, chapters and levels; a key without a name prints itself."""

    rule: shapes.Rule
    top: Fraction
    values: Mapping[str, object] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def full(self) -> bool:
        return self.rule.start == "full"

    def measure(self, step: shapes.AnyStep) -> shapes.Measure:
        return self.rule.measure(step.measure)

    def name(self, key: str) -> str:
        return self.names.get(key, key)

    def whole_steps(self, step: shapes.Step) -> bool:
        """Counted one by one nothing is left over, so rounding needs no word."""
        bounds = (step.each, step.free, step.target or Fraction(0))
        return (
            self.measure(step).kind == "count"
            and step.each == 1
            and all(bound.denominator == 1 for bound in bounds)
        )


def answered(
    step: shapes.ZeroIf | shapes.Gate, clause: Clause
) -> list[tuple[shapes.Measure, object]]:
    """The measures the condition is about that were observed, with what was; a panel without marks was not."""
    measures = [clause.rule.measure(name) for name in shapes.measures_of(step)]
    said = [(measure, clause.values.get(measure.name)) for measure in measures]
    return [(measure, value) for measure, value in said if exact(measure, value) is not None]


def spans(step: shapes.Bands) -> list[tuple[shapes.Band, Fraction, Fraction | None]]:
    """Each band over a number with the bound below which it ends; unreachable ones are left out."""
    found, upper = [], None
    for band in step.bands:
        if upper is None or band.lower < upper:
            found.append((band, band.lower, upper))
            upper = band.lower
    return found
