"""What ends all points of the line: 未开展的不得分, 每半年没有汇报的不得分."""

from standards.reading import beyond, frequencies, grading
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
    never = frequencies.never(walk, piece)
    walk.spent, walk.freqs = walk.freqs, []
    what = never or beyond.exceeded(walk, piece) or _of_what(walk, piece, walk.condition(piece))
    if not what:
        raise Unread(f"“{walk.words(piece)}”没有写明什么情况")
    worth = {"worth": True} if walk.span([piece.found.first("none")]) in _NOTHING else {}
    walk.add(piece, "~zero", what, **worth, **grading.ends_in_span(walk, piece))


def _of_what(walk: Walk, piece: Piece, what: str) -> str:
    """支委会每月1次，未召开的不得分 is about the one that was asked for."""
    if not grading.NOT_HELD.match(what):
        return what
    names = {held(walk.named(one, "what", "mid", "then")) for one in walk.spent} - {""}
    if len(names) > 1:
        raise Unread(f"“{walk.words(piece)}”说的是其中一种还是全部，没有写明")
    return "".join(names) + what
