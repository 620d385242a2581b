"""The steps as `manage.py read_rule` prints them."""

from fractions import Fraction

from standards.reading.parts import Part

_INNER = (
    "start",
    "verb",
    "bare",
    "bound",
    "of_what",
    "unnamed",
    "met",
    "subject",
    "only_in_sum",
    "span",
    "head",
    "whole",
    "both",
    "all",
    "case",
    "each",
    "spell",
    "more",
    "repeats",
    "due",
    "or_else",
    "deed",
    "listed",
    "fell",
)


def printed(part: Part) -> dict:
    values = {key: _plain(value) for key, value in part.values.items() if key not in _INNER}
    if part.shape == "adjust" and values.get("inside") is False:
        del values["inside"]
    measure = {"measure": part.what} if part.what and part.shape not in ("gate", "zero_if") else {}
    return {"shape": part.shape, **values, **measure}


def _plain(value: object) -> object:
    if isinstance(value, Fraction):
        return int(value) if value.denominator == 1 else float(value)
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
