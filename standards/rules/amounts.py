"""Exact amounts: decimal strings outside, Fraction inside, integer centi-points at the end."""

import re
from fractions import Fraction

# Twelve digits and six decimals are more than any scoring table needs; a limit keeps
# a hostile cell from costing time.
_DECIMAL = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?\Z")


def read_amount(value: object) -> Fraction | None:
    """An int or a plain decimal string; None for anything else (floats, 1e3, NaN, full-width)."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        value = str(value) if abs(value) < 10**12 else ""
    if isinstance(value, str) and _DECIMAL.match(value):
        return Fraction(value)
    return None


def write_amount(amount: Fraction) -> str:
    """The shortest decimal string of an amount that `read_amount` gave."""
    scaled = abs(amount) * 10**6
    digits = f"{scaled.numerator // scaled.denominator:07d}"
    text = f"{digits[:-6]}.{digits[-6:]}".rstrip("0").rstrip(".")
    return f"-{text}" if amount < 0 else text


def round_half_up(amount: Fraction) -> int:
    """四舍五入, by size: 0.5 -> 1 and -0.5 -> -1."""
    part, whole = amount.numerator, amount.denominator
    size = (2 * abs(part) + whole) // (2 * whole)
    return -size if part < 0 else size


def to_centi(amount: Fraction) -> int:
    return round_half_up(amount * 100)


def show(amount: Fraction) -> str:
    """For sentences: at most two decimals, no trailing zeros."""
    return write_amount(Fraction(to_centi(amount), 100))


def show_small(size: Fraction) -> str:
    """As `show`, but what is not nothing never shows as 0."""
    text = show(size)
    return "0.01" if text == "0" and size else text


def show_centi(centi: int) -> str:
    return write_amount(Fraction(centi, 100))
