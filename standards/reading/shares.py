"""Points said as a share of the line: 优秀得100%，良好得80%, 扣本项分值的50%, 8分全扣."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from standards.reading.parts import Unread
from standards.reading.tokens import Token

_ENDS = ("comma", "stop", "list")


def valued(tokens: Sequence[Token], text: str, points: Fraction | None) -> list[Token]:
    """The same tokens with amounts where shares of the line stood."""
    found: list[Token] = []
    earned = False  # 好得分值的100%、较好80%: the verb holds on
    for at, token in enumerate(tokens):
        earned = earned and token.type != "stop" or _earns(token)
        if token.type == "share":
            found += _amount(token, text, points)
        elif earned and token.type == "pct" and _stands_alone(tokens, at):
            found.append(Token("points", token.start, token.end, _of(token.value, points)))
        else:
            found.append(token)
        _check_whole(token, text, points)
    return found


def _earns(token: Token) -> bool:
    return token.type == "share" and token.value[0] == "get"


def _amount(token: Token, text: str, points: Fraction | None) -> Iterator[Token]:
    verb, share = token.value
    yield Token(verb, token.start, token.start + 1)
    yield Token("points", token.start + 1, token.end, _of(share, points))


def _of(share: Fraction, points: Fraction | None) -> Fraction:
    if points is None:
        raise Unread("没有本项分值，不能按百分比换算得分")
    return points * share / 100


def _stands_alone(tokens: Sequence[Token], at: int) -> bool:
    """A level before it and nothing behind, or one of a row of shares."""
    before = tokens[at - 1].type if at else ""
    return before in ("grade", "list") and (at + 1 == len(tokens) or tokens[at + 1].type in _ENDS)


def _check_whole(token: Token, text: str, points: Fraction | None) -> None:
    """8分全扣 says the points of the line once more."""
    amount = (
        token.value
        if token.type in ("none", "full") and isinstance(token.value, Fraction)
        else None
    )
    if amount is not None and points is not None and amount != points:
        raise Unread(f"“{text[token.start : token.end]}”与本项分值对不上")
