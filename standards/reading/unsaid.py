"""A verb that an award leaves out: 信息被采用，每篇2分 where no line has points."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from standards.reading.tokens import Token

_TAKES = ("lose", "losing", "none", "get", "judge", "under")
_WRONG = re.compile(
    "[未缺漏违拒]|没有|不(?!少于|低于|同|断|足)|无(?!偿|私)|迟[到报]|早退|旷|批评|处分|警告|问责|约谈|曝光|差错|事故|投诉|上访|扣|减"
)


def supplied(tokens: Sequence[Token], text: str, points: Fraction | None) -> list[Token]:
    """With 加 before the amount of each, where nothing of the cell is bad or lost."""
    lost = any(token.type in _TAKES for token in tokens)
    if points is not None or lost or _WRONG.search(text):
        return list(tokens)
    return list(_supplied(tokens))


def _supplied(tokens: Sequence[Token]) -> Iterator[Token]:
    for at, token in enumerate(tokens):
        if token.type == "points" and _is_of_one(tokens[:at]):
            yield Token("gain", token.start, token.start)
        yield token


def _is_of_one(before: Sequence[Token]) -> bool:
    """一件4分, 每篇2分; no more than one of it."""
    size = before[-1] if before else None
    if size is None or size.type != "qty":
        return False
    head = len(before) == 1 or before[-2].type in ("comma", "stop", "colon", "each")
    return head and size.value.number == 1
