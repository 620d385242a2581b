"""Many voices to one number, exactly: marks of judges or periods, ballots of classes of voters. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from standards.rules.shapes import Measure


def aggregate(measure: Measure, value: Mapping[str, object]) -> Fraction | None:
    """Each class by itself, then the classes by weight. None while a class has said nothing."""
    one = _marked if measure.kind == "marks" else _voted
    found = [(panel.weight, one(measure, value.get(panel.key))) for panel in measure.classes]
    if any(mean is None for _, mean in found):
        return None
    return sum(weight * mean for weight, mean in found) / sum(weight for weight, _ in found)


def _marked(measure: Measure, marks: Sequence[str] | None) -> Fraction | None:
    kept = kept_of(marks or (), drop=measure.drop)
    return sum(kept, Fraction(0)) / len(kept) if kept else None


def kept_of(marks: Iterable[str], *, drop: int) -> list[Fraction]:
    """Without the highest and lowest ones, unless nothing would be left."""
    ordered = sorted(Fraction(mark) for mark in marks)
    return ordered[drop : len(ordered) - drop] if len(ordered) > 2 * drop else ordered


def has_dropped(measure: Measure, value: Mapping[str, object]) -> bool:
    """Some class had marks enough for its highest and lowest to be left out."""
    return measure.drop > 0 and any(len(marks) > 2 * measure.drop for marks in value.values())


def _voted(measure: Measure, votes: Mapping[str, int] | None) -> Fraction | None:
    votes = votes or {}
    cast = sum(votes.values())
    scores = sum(measure.choice(key).score * count for key, count in votes.items())
    return Fraction(scores) / cast if cast else None
