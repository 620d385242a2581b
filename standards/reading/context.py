"""Pieces that hold for others: a condition, a frequency, a target, a heading."""

import re
from fractions import Fraction

from standards.reading.cover import Piece
from standards.reading.parts import Unread
from standards.reading.walk import NEGATIVE, Walk, trim

_OF_BRANCHES = re.compile(r"的(?:党?支部|党组织|村|社区|单位|企业)$|适用$")


def note(walk: Walk, piece: Piece) -> None:
    words = walk.words(piece)
    if piece.after in ("comma", "de") and re.search(
        r"的(?:党?支部|党组织|村|社区|单位|企业)$", words
    ):
        walk.applies = words
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


def take_frequency(walk: Walk) -> dict:
    """per and need, taken up by a step that counts what is short."""
    pieces, walk.freqs = walk.freqs, []
    if len(pieces) != 1:
        return {}
    found = pieces[0].found
    size, bound = found.first("qty"), found.first("bound")
    need = size.value.number if size else bound.value.lower if bound else Fraction(1)
    if need is None:
        raise Unread(f"“{walk.words(pieces[0])}”的次数要求没有读懂")
    if found.first("dur"):
        raise Unread(f"“{walk.words(pieces[0])}”的次数要求没有读懂")
    walk.subject = walk.named(pieces[0], "what", "mid", "then") or walk.subject
    return {"per": found.value("per"), "need": need}
