"""Bonus and penalty entries from a table."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from standards.rules.amounts import to_centi
from standards.rules.outcome import Adjustment
from standards.rules.shapes import Adjust


def adjust(
    step: Adjust, events: Sequence[Mapping[str, object]]
) -> tuple[tuple[Adjustment, ...], Fraction]:
    """The entries that count, in the order of the events, and their exact sum."""
    worths = [(event, _worth(step, event)) for event in events]
    if step.dedupe is not False:
        worths = _once(worths)
    if step.take == "largest" and worths:
        worths = [max(worths, key=lambda pair: abs(pair[1]))]
    worths, total = _capped(worths, step.cap)
    return tuple(
        Adjustment(to_centi(worth), event["key"], event["level"]) for event, worth in worths
    ), total


def _worth(step: Adjust, event: Mapping[str, object]) -> Fraction:
    number = event.get("count", 1) if step.per == "person" else 1
    return dict(step.table)[event["level"]] * step.multiplier * number


def _once(worths: list) -> list:
    """Of entries about one event the largest stays, in the place of the first."""
    best: dict[str, tuple] = {}
    for event, worth in worths:
        if event["key"] not in best or abs(worth) > abs(best[event["key"]][1]):
            best[event["key"]] = (event, worth)
    return list(best.values())


def _capped(worths: list, cap: Fraction | None) -> tuple[list, Fraction]:
    """The cap limits the size of the sum; the entry that passes it is cut, later ones fall away."""
    kept, total = [], Fraction(0)
    for event, worth in worths:
        reached = total + worth if cap is None else min(max(total + worth, -cap), cap)
        if reached != total or not worth:
            kept.append((event, reached - total))
        total = reached
    return kept, total
