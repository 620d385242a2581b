"""Numbers as tables write them: 0.5, 二十, 零点五, 半, 百分之六十, 六成."""

from dataclasses import dataclass
from fractions import Fraction

ARABIC = r"[0-9]{1,9}(?:\.[0-9]{1,6})?"
CHINESE = r"(?:[零一二两三四五六七八九十百千]+(?:点[零一二三四五六七八九]+)?|半)"
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}


@dataclass(frozen=True, slots=True)
class Size:
    """So many of something: 2次, 10个百分点; `unit` is the counter."""

    number: Fraction
    unit: str


def number(text: str) -> Fraction | None:
    """The value of ARABIC or CHINESE text; None for what only looks like a number (三四)."""
    if text[:1].isdigit() and text.isascii():
        return Fraction(text)
    if text == "半":
        return Fraction(1, 2)
    whole, point, decimals = text.partition("点")
    value = _whole(whole)
    if value is None or (point and any(char not in _DIGITS for char in decimals)):
        return None
    digits = "".join(str(_DIGITS[char]) for char in decimals)
    return Fraction(f"{value}.{digits}" if digits else value)


def _whole(text: str) -> int | None:
    total, digit = 0, None
    for char in text:
        if char in _DIGITS:
            if digit:  # two digits side by side: 三四 means three or four
                return None
            digit = _DIGITS[char]
        else:
            total += (1 if digit is None else digit) * _TENS[char]
            digit = None
    return total + (digit or 0) if text else None
