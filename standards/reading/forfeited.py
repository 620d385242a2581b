"""What ends all points of the line: 未开展的不得分, 每半年没有汇报的不得分."""

import re
from fractions import Fraction

from standards.reading import awarding, beyond, frequencies, grading
from standards.reading.context import held
from standards.reading.cover import Piece
from standards.reading.parts import Part, Unread
from standards.reading.restated import short_of
from standards.reading.walk import Walk

# What a level is worth, where no part could be.
_NOTHING = ("0分", "得0分", "计0分", "记0分", "零分", "得零分")


def zero(walk: Walk, piece: Piece) -> None:
    if piece.found.has("one_of"):
        walk.listing = Part("~zero")
        return
    if short_of(walk, piece, walk.named(piece, "what"), "none", "lose"):
        return
    if _says_nothing(walk, piece):
        return
    never = frequencies.never(walk, piece)
    walk.spent, walk.freqs = walk.freqs, []
    what = never or beyond.exceeded(walk, piece) or _of_what(walk, piece, walk.condition(piece))
    if not what:
        raise Unread(f"“{walk.words(piece)}”没有写明什么情况")
    worth = {"worth": True} if walk.span([piece.found.first("none")]) in _NOTHING else {}
    walk.add(piece, "~zero", what, **worth, **grading.ends_in_span(walk, piece))


_NOT_HELD = re.compile(
    "^(?:全年|年内|当年|本年度?)?(?:均|都)?(?:未|没有?)(?:召开|开展|举行|组织|进行|参加)(?:过|的)?$"
)
_NOT_DONE = re.compile(
    "(?:凡|如)?(?:未做到|没做到|没有做到|做不到|没有|达不到|未达到|未完成|未落实)(?:要求)?"
)
_OF_ALL = re.compile("[本整全此]|大项|有一|之一|任")


def _says_nothing(walk: Walk, piece: Piece) -> bool:
    """有制度1分，有台账1分，未做到的不得分: what is not done earns nothing anyway."""
    parts = [awarding.alone(part) for part in walk.rules.parts]
    listed = len(parts) > 1 and all(_is_earned(part) for part in parts)
    listed = listed and sum(part.values["points"] for part in parts) == walk.points
    words = walk.named(piece, "what")
    return bool(listed and _NOT_DONE.fullmatch(words) and not _OF_ALL.search(walk.words(piece)))


def _is_earned(part: Part) -> bool:
    return part.shape == "~got" and isinstance(part.values["points"], Fraction)


def _of_what(walk: Walk, piece: Piece, what: str) -> str:
    """支委会每月1次，未召开的不得分 is about the one that was asked for."""
    if not _NOT_HELD.match(what):
        return what
    names = {held(walk.named(one, "what", "mid", "then")) for one in walk.spent} - {""}
    if len(names) > 1:
        raise Unread(f"“{walk.words(piece)}”说的是其中一种还是全部，没有写明")
    return "".join(names) + what
