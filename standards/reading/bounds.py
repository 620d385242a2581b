"""Joins a comparison and its number to one token: 低于60%, 80%-89%, 7人以上, 超过三个月."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from standards.reading.numerals import Size
from standards.reading.pattern import Found, Pattern, letters
from standards.reading.tokens import Token

# What is counted one by one: more than 3 is 4 and more.
WHOLE = {
    "人",
    "名",
    "位",
    "次",
    "项",
    "个",
    "件",
    "例",
    "起",
    "处",
    "户",
    "份",
    "篇",
    "条",
    "期",
    "场",
    "人次",
    "次数",
    "家",
    "册",
    "本",
    "辆",
    "案",
    "节",
    "课",
}


@dataclass(frozen=True, slots=True)
class Bound:
    """From `lower` (inclusive) to below `upper`; `last` where the text names the upper end itself.

    `loose`: the text excludes an end that can only be stored as included, or the reverse.
    """

    unit: str
    lower: Fraction | None = None
    upper: Fraction | None = None
    last: Fraction | None = None
    loose: bool = False
    said: Fraction | None = None


def _quantity(token: Token) -> tuple[Fraction, str]:
    if isinstance(token.value, Size):
        return token.value.number, token.value.unit
    return token.value, {"pct": "%", "points": "分"}.get(token.type, "")


def _next(number: Fraction, unit: str) -> tuple[Fraction, bool]:
    """The first value beyond `number`; loose where there is no first one."""
    whole = unit in WHOLE and number.denominator == 1
    return (number + 1, False) if whole else (number, True)


def _least(found: Found) -> Bound:
    number, unit = _quantity(found.token("size"))
    return Bound(unit, lower=number, said=number, loose=found.has("excl"))


def _over(found: Found) -> Bound:
    number, unit = _quantity(found.token("size"))
    lower, loose = _next(number, unit)
    return Bound(unit, lower=lower, said=number, loose=loose and unit not in _TIME)


def _below(found: Found) -> Bound:
    number, unit = _quantity(found.token("size"))
    if found.has("incl"):
        upper, loose = _next(number, unit)
        return Bound(unit, upper=upper, said=number, loose=loose)
    return Bound(unit, upper=number, said=number)


def _upto(found: Found) -> Bound:
    number, unit = _quantity(found.token("size"))
    upper, loose = _next(number, unit)
    return Bound(unit, upper=upper, last=number, said=number, loose=loose and unit not in _TIME)


def _range(found: Found) -> Bound:
    token = found.token("size")
    low, high, unit = (*token.value, {"pct_range": "%", "range": "分"}.get(token.type))[:3]
    return Bound(unit, lower=low, last=high)


def _between(found: Found) -> Bound:
    (low, unit), (high, other) = _quantity(found.token("size")), _quantity(found.token("end"))
    return Bound(unit, lower=low, upper=high) if unit == other or not other else None


def points_band(token: Token) -> Bound:
    """80-89分得3分: a band of points that are measured, not given."""
    low, high = token.value
    return Bound("分", lower=low, last=high, said=low)


# Stretches of time and how the printed form words them.
SPANS = {
    "年": "years",
    "个月": "months",
    "天": "days",
    "日": "days",
    "个工作日": "working days",
    "工作日": "working days",
    "周": "weeks",
    "个星期": "weeks",
    "个季度": "quarters",
    "季度": "quarters",
    "小时": "hours",
    "个小时": "hours",
}
_TIME = set(SPANS)

# New type, pattern, value; the first that fits from a token on is taken.
JOINS: tuple[tuple[str, Pattern, Callable[[Found], Bound | None]], ...] = tuple(
    (type, Pattern(text, tight=True), build)
    for type, text, build in (
        (
            "bound",
            "size=pct|qty|points|num and_up|least? list? below? end=pct|qty|points down",
            _between,
        ),
        ("bound", "size=pct|qty|points|num and_up list? below end=pct|qty|points|num", _between),
        (
            "bound",
            "below end=pct|qty|points list least|over? size=pct|qty|points and_up?",
            _between,
        ),
        ("bound", "size=pct|num upto|below mid=what below|upto end=pct|num", _between),
        ("bound", "least? size=pct_range|qty_range between?", _range),
        ("bound", "below size=pct|qty|ppt|num and_up|down? excl|incl?", _below),
        ("bound", "over size=pct|qty|ppt|num|points incl", _least),  # 超过95%（含）
        ("bound", "over size=pct|qty|ppt|num and_up?", _over),
        ("bound", "least? size=pct|qty|points|num excl? down excl|incl?", _below),
        ("bound", "least size=pct|qty|ppt|num incl? and_up? incl|excl?", _least),
        ("bound", "size=qty base", _least),
        ("bound", "upto|atmost size=pct|qty|ppt", _upto),
        ("bound", "below size=points", _below),
        ("bound", "over size=points and_up?", _over),
        ("bound", "least size=points incl? and_up? incl|excl?", _least),
        ("bound", "size=pct|qty|points|num incl? and_up incl|excl?", _least),
        ("bound", "size=pct|qty|points|num and_down", _upto),
        ("span", "below size=dur", _below),
        ("span", "over size=dur and_up?", _over),
        ("span", "more size=dur and_up", _least),
        ("span", "least size=dur and_up?", _least),
        ("span", "upto|atmost size=dur", _upto),
        ("span", "size=dur and_up", _least),
        ("span", "size=dur down", _below),
        ("span", "size=dur and_down", _upto),
    )
)


def join(tokens: list[Token]) -> list[Token]:
    found: list[Token] = []
    at, coded, short = 0, letters(tokens), None
    while at < len(tokens):
        if tokens[at].type == "short":
            short, at = tokens[at], at + 1
            continue
        token, length = _joined(coded, tokens, at)
        found.append(_mirrored(token, tokens[at - 1]) if short else token)
        at += length
    return found


def _mirrored(token: Token, before: Token) -> Token:
    """低于标准10%以内，10%-20%: what is short of all of it."""
    bare = before.type in ("short", "comma", "stop", "enum")
    if not bare or token.type != "bound" or token.value.unit != "%":
        return token
    low, high = token.value.lower or Fraction(0), token.value.last or token.value.upper
    upper, lower = 100 - low, None if high is None else 100 - high
    start = before.start if before.type == "short" else token.start
    bound = Bound("%", lower=lower, upper=upper, said=upper if lower is None else lower)
    return Token("bound", start, token.end, bound)


def _joined(coded: str, tokens: list[Token], at: int) -> tuple[Token, int]:
    for type, pattern, build in JOINS:
        match = pattern.match(coded, tokens, at)
        if match and _allowed(match, tokens, at) and (bound := build(match)) is not None:
            return Token(type, tokens[at].start, match.tokens[-1].end, bound), len(match.tokens)
    return tokens[at], 1


def _allowed(match: Found, tokens: list[Token], at: int) -> bool:
    """扣3分以内 and 最多扣 are amounts of points, not bounds of what is measured."""
    return at == 0 or tokens[at - 1].type not in ("lose", "gain", "get", "each")
