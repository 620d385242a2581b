"""Every number of the phrase has a place in the rules made of it, or the cell goes to a person."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from standards.reading.bounds import Bound
from standards.reading.cover import Piece
from standards.reading.numerals import ARABIC, Size
from standards.reading.parts import Rules, Unread
from standards.reading.periods import A_YEAR
from standards.reading.tokens import Token

# One of it is what every count counts by; nothing and everything are said by words as well.
_PLAIN = (0, 1, 100)
_NO_AMOUNT = ("date", "nth", "onward")
_SCALES = (Fraction(12), Fraction(10_000), Fraction(60), Fraction(1, 2), Fraction(3))


def check(pieces: Sequence[Piece], text: str, rules: Rules, points: Fraction | None) -> None:
    held = _held(rules, points)
    said = [*_words([part.what for part in rules.parts]), *_words([p.values for p in rules.parts])]
    for token in _tokens(pieces):
        words = text[token.start : token.end]
        number = next((n for n in _numbers(token.value) if n not in held and n not in _PLAIN), None)
        if number is not None and not any(words in one for one in said):
            raise Unread(f"“{words}”怎么计分未能识别，请人工核定")


def _tokens(pieces: Sequence[Piece]) -> Iterator[Token]:
    """How many records are looked at (抽查5名), how many each should have and by which day changes no rule."""
    for piece in pieces:
        if piece.kind not in ("method", "owed"):
            yield from (token for token in piece.found.tokens if token.type not in _NO_AMOUNT)


def _words(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _words(list(value) + list(value.values()))
    elif isinstance(value, list):
        for item in value:
            yield from _words(item)


def _held(rules: Rules, points: Fraction | None) -> set[Fraction]:
    """What the rules say, in any unit and counted from below or from above."""
    found = set(_numbers([part.values for part in rules.parts]))
    for part in rules.parts:
        found.update(_numbers(part.what))
    found |= {abs(number) for number in found} | {number + 1 for number in found}
    found |= {number - 1 for number in found}
    found |= {number / scale for number in found for scale in _SCALES}
    if points is not None:
        found |= {points - number for number in found} | {points}
    found |= {number for number in (rules.over, rules.under) if isinstance(number, Fraction)}
    if points is not None and isinstance(rules.over, Fraction):
        found.add(points + rules.over)
    often = [part.values for part in rules.parts if part.values.get("per") in A_YEAR]
    yearly = [one["need"] * A_YEAR[one["per"]] for one in often if "need" in one]
    return found | {*yearly, sum(yearly)}  # 每月1次，全年12次


def _numbers(value: object) -> Iterator[Fraction]:
    if isinstance(value, bool) or value is None:
        return
    if isinstance(value, Fraction | int):
        yield Fraction(value)
    elif isinstance(value, str):
        yield from map(Fraction, re.findall(ARABIC, value))
    elif isinstance(value, Size):
        yield value.number
    elif isinstance(value, Bound):
        yield from _numbers([value.lower, value.upper, value.said])
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _numbers(key)
            yield from _numbers(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _numbers(item)
