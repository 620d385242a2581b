"""One observed value as whole numbers in a packed vector, and back. What does not fit is told, never bent.

flag 0/1, grade its place, parts a bit each, count itself, ratio part and whole, value and points in
millionths (amounts have six decimals at most), events only "none of them". NONE: not observed.
"""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from standards.rules.amounts import read_amount, write_amount
from standards.rules.shapes import Measure

MICRO = 10**6
MOST_PARTS = 30
NONE = {"<i1": -(2**7), "<i4": -(2**31), "<i8": -(2**63)}


class Unpackable(Exception):
    """The value has no place in the layout: the pure evaluator takes the branch."""


def types_of(measure: Measure) -> tuple[str, ...]:
    """The numbers a measure takes in the vector."""
    if measure.kind == "ratio":
        return ("<i4", "<i4")
    if measure.kind in ("value", "points"):
        return ("<i8",)
    return ("<i1",) if measure.kind in ("flag", "events") else ("<i4",)


def pack(measure: Measure, value: Any) -> tuple[int, ...]:
    """Raises Unpackable."""
    types = types_of(measure)
    if value is None:
        return tuple(NONE[type] for type in types)
    try:
        packed = PACK[measure.kind](measure, value)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Unpackable(measure.name) from None
    if not all(abs(number) < -NONE[type] for number, type in zip(packed, types, strict=True)):
        raise Unpackable(measure.name)
    return packed


def unpack(measure: Measure, packed: tuple[int, ...]) -> Any:
    """The clean value; a judged one has lost its reason, events are only ever none, and what has no place is unknown."""
    if measure.kind not in UNPACK or packed[0] == NONE[types_of(measure)[0]]:
        return None
    return UNPACK[measure.kind](measure, *packed)


def whole(value: Any) -> int:
    if type(value) is not int:
        raise TypeError
    return value


def pack_flag(measure: Measure, value: Any) -> tuple[int, ...]:
    if type(value) is not bool:
        raise TypeError
    return (int(value),)


def pack_count(measure: Measure, value: Any) -> tuple[int, ...]:
    return (whole(value),)


def pack_ratio(measure: Measure, value: Any) -> tuple[int, ...]:
    return (whole(value["part"]), whole(value["whole"]))


def pack_value(measure: Measure, value: Any) -> tuple[int, ...]:
    amount = read_amount(value)
    if amount is None:
        raise TypeError
    return (int(amount * MICRO),)


def pack_grade(measure: Measure, value: Any) -> tuple[int, ...]:
    return (measure.keys.index(value),)


def pack_parts(measure: Measure, value: Any) -> tuple[int, ...]:
    keys = measure.keys
    if len(keys) > MOST_PARTS:
        raise ValueError
    return (sum({1 << keys.index(key) for key in value}),)


def pack_points(measure: Measure, value: Any) -> tuple[int, ...]:
    return pack_value(measure, value["points"])


def pack_events(measure: Measure, value: Any) -> tuple[int, ...]:
    if value != []:
        raise ValueError
    return (0,)


def amount(micro: int) -> str:
    return write_amount(Fraction(micro, MICRO))


Pack = Callable[[Measure, Any], tuple[int, ...]]
PACK: dict[str, Pack] = {
    "flag": pack_flag,
    "count": pack_count,
    "ratio": pack_ratio,
    "value": pack_value,
    "grade": pack_grade,
    "parts": pack_parts,
    "points": pack_points,
    "events": pack_events,
}
UNPACK: dict[str, Callable[..., Any]] = {
    "flag": lambda measure, n: bool(n),
    "count": lambda measure, n: n,
    "ratio": lambda measure, part, whole: {"part": part, "whole": whole},
    "value": lambda measure, n: amount(n),
    "grade": lambda measure, n: measure.keys[n],
    "parts": lambda measure, n: [key for bit, key in enumerate(measure.keys) if n >> bit & 1],
    "points": lambda measure, n: {"points": amount(n), "reason": ""},
    "events": lambda measure, n: [],
}
