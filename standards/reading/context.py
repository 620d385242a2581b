"""Pieces that hold for others: a condition, a frequency, a target, a heading."""

import re
from fractions import Fraction

from standards.reading.cover import Piece
from standards.reading.parts import Unread
from standards.reading.pattern import Found
from standards.reading.tokens import Token
from standards.reading.walk import NEGATIVE, Walk, trim

# Headings of columns name no measure.
_COLUMN = {
    "标准",
    "方法",
    "办法",
    "细则",
    "要求",
    "评分细则",
    "考核内容",
    "内容",
    "说明",
    "备注",
    "评分标准",
    "评分办法",
    "评分",
    "扣分",
    "加分",
    "扣分标准",
    "考核方法",
    "考核办法",
    "考核标准",
    "检查方法",
    "计分方法",
    "计分标准",
    "计分办法",
    "扣分办法",
    "加分标准",
    "加分办法",
    "评分方法",
    "评分说明",
    "其中",
    "注",
    "扣分项",
    "加分项",
}
_OF_BRANCHES = re.compile(r"的(?:党?支部|党组织|村|社区|单位|企业)$|适用$")


def note(walk: Walk, piece: Piece) -> None:
    words = walk.words(piece)
    if piece.after in ("comma", "de") and re.search(
        r"的(?:党?支部|党组织|村|社区|单位|企业)$", words
    ):
        walk.applies = words
        return
    if piece.after == "colon" and trim(words) in _COLUMN:
        return
    if piece.after == "colon":
        walk.subject = walk.heading = trim(words)
        return
    walk.notes.append(piece)


def freq(walk: Walk, piece: Piece) -> None:
    if NEGATIVE.match(walk.words(piece)):
        walk.notes.append(piece)
        return
    bound = piece.found.first("bound")
    if bound and bound.value.lower is None:
        walk.aims.append(piece)
        return
    walk.freqs.append(piece)


def aim(walk: Walk, piece: Piece) -> None:
    walk.aims.append(piece)


def method(walk: Walk, piece: Piece) -> None:
    pass


def _behind_period(found: Found) -> tuple[Token | None, Token | None]:
    """每人每年不少于2次: what is counted stands behind the period."""
    types = [token.type for token in found.tokens]
    later = found.tokens[types.index("per") :]
    size = next((token for token in later if token.type == "qty"), None)
    bound = next((token for token in later if token.type == "bound"), None)
    return size, bound


def take_frequency(walk: Walk) -> dict:
    """per and need, taken up by a step that counts what is short."""
    pieces, walk.freqs = walk.freqs, []
    if len(pieces) != 1:
        return {}
    found = pieces[0].found
    size, bound = _behind_period(found)
    need = size.value.number if size else bound.value.lower if bound else Fraction(1)
    if need is None:
        raise Unread(f"“{walk.words(pieces[0])}”的次数要求没有读懂")
    if found.first("dur"):
        raise Unread(f"“{walk.words(pieces[0])}”的次数要求没有读懂")
    walk.subject = walk.named(pieces[0], "what", "mid", "then") or walk.subject
    return {"per": found.value("per"), "need": need}
