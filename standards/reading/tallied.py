"""The verb behind its amount: 按每次0.5分扣减, 按照每开展一次1分计算."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from standards.reading import unsaid
from standards.reading.numerals import ARABIC
from standards.reading.tokens import Token

_TALLIED = re.compile(
    r"(?P<by>按照?)每[^，。；：0-9]{0,12}?[次人篇项件例场期起份个名条处户][^，。；：0-9扣加得]{0,8}"
    rf"(?P<amount>{ARABIC}分)(?:的标准)?(?:进行|予以|给予)?"
    r"(?P<how>扣减|扣除|扣分|扣|加分|奖励|得分|计分|累计|(?:累计|累加)?计算)(?=[，。；）]|\Z)"
)


def in_order(tokens: Sequence[Token], text: str, points: Fraction | None) -> list[Token]:
    """The verb before its amount, as everywhere else."""
    for found in _TALLIED.finditer(text):
        if verb := _verb(found["how"], text, points):
            tokens = list(_moved(tokens, found, verb))
    return list(tokens)


def _moved(tokens: Sequence[Token], found: re.Match, verb: str) -> Iterator[Token]:
    by, how = found.span("by"), (found.end("amount"), found.end())
    for token in tokens:
        if token.type == "points" and token.end == found.end("amount"):
            yield Token(verb, token.start, token.start)
        if not any(start <= token.start and token.end <= end for start, end in (by, how)):
            yield token


def _verb(how: str, text: str, points: Fraction | None) -> str:
    """计算 says which way only of what is won."""
    if how.startswith("扣"):
        return "lose"
    if how in ("加分", "奖励"):
        return "gain"
    won = unsaid.WON.search(text) and not unsaid.WRONG.search(text)
    return ("gain" if points is None else "get") if won else ""
