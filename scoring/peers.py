"""Lines that only the peers together decide: rank points, proportion of the best, distance from the
average; and the share of a figure of one's own. Computed after all peers are known, never typed in."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from scoring.quotas import grouped
from standards.composing.shapes import Extra
from standards.rules.amounts import round_half_up, to_centi
from standards.rules.options import Options


@dataclass(frozen=True)
class Figure:
    """What a peer brings to the comparison; `value` None: not known."""

    key: Hashable
    value: Fraction | None
    committee: Hashable = ""
    field: str = ""


@dataclass(frozen=True)
class Compared:
    """`points` in centi-points; `bound` is the best or the average it was held against, `rank` its place."""

    points: int
    value: Fraction
    bound: Fraction | None = None
    rank: int | None = None
    peers: int = 1


def earned(
    extra: Extra, figures: Iterable[Figure], options: Options
) -> dict[Hashable, Compared | None]:
    """Every peer's points on the line; None for one without a figure, who takes nobody's rank."""
    found: dict[Hashable, Compared | None] = {}
    for group in grouped(figures, extra.within):
        known = {peer.key: peer.value for peer in group if peer.value is not None}
        found |= {peer.key: None for peer in group}
        found |= FORMS[extra.form](extra, known, options)
    return found


def _ranked(
    extra: Extra, known: Mapping[Hashable, Fraction], options: Options
) -> dict[Hashable, Compared]:
    return {
        key: Compared(
            to_centi(max(extra.least, extra.points - extra.step * (place - 1))),
            known[key],
            rank=place,
            peers=len(known),
        )
        for key, place in ranks(known, order=extra.order).items()
    }


def ranks(known: Mapping[Hashable, Fraction], *, order: str = "high") -> dict[Hashable, int]:
    """1, 2, 2, 4: equals share a rank and the next one skips."""
    ordered = sorted(known.values(), reverse=order == "high")
    first: dict[Fraction, int] = {}
    for place, value in enumerate(ordered, start=1):
        first.setdefault(value, place)
    return {key: first[value] for key, value in known.items()}


def _best(
    extra: Extra, known: Mapping[Hashable, Fraction], options: Options
) -> dict[Hashable, Compared]:
    best = (max if extra.order == "high" else min)(known.values(), default=None)
    return {
        key: Compared(
            _part(extra.points, _of_best(value, best, extra.order)),
            value,
            best,
            peers=len(known),
        )
        for key, value in known.items()
    }


def _of_best(value: Fraction, best: Fraction, order: str) -> Fraction:
    if order == "low":
        return Fraction(1) if value == best else best / value if value > 0 else Fraction(0)
    return value / best if best > 0 else Fraction(0)


def _part(points: Fraction, share: Fraction) -> int:
    return round_half_up(100 * points * min(max(share, Fraction(0)), Fraction(1)))


def _averaged(
    extra: Extra, known: Mapping[Hashable, Fraction], options: Options
) -> dict[Hashable, Compared]:
    if not known:
        return {}
    average = sum(known.values(), Fraction(0)) / len(known)
    return {
        key: Compared(
            _below(extra, average - value if extra.order == "high" else value - average, options),
            value,
            average,
            peers=len(known),
        )
        for key, value in known.items()
    }


def _below(extra: Extra, short: Fraction, options: Options) -> int:
    steps = max(short, Fraction(0)) / extra.each
    steps = {"floor": floor, "ceil": ceil, "exact": Fraction}[options.rounding](steps)
    return to_centi(max(extra.least, extra.points - extra.unit * steps))


def _shared(
    extra: Extra, known: Mapping[Hashable, Fraction], options: Options
) -> dict[Hashable, Compared]:
    return {key: Compared(_part(extra.points, value / 100), value) for key, value in known.items()}


FORMS = {"rank": _ranked, "best": _best, "average": _averaged, "share": _shared}


def average(totals: Sequence[int]) -> Fraction | None:
    """The mean of totals in points: what a committee's branches come to."""
    return Fraction(sum(totals), 100 * len(totals)) if totals else None


def passing(verdicts: Sequence[bool]) -> Fraction | None:
    """Per cent of the branches that pass."""
    return Fraction(100 * sum(verdicts), len(verdicts)) if verdicts else None
