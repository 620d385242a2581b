"""Levels by how often: 每季度开展1次得3分，每半年开展1次得2分; 每月开展4次得5分，开展3次得3分."""

import re
from collections.abc import Sequence
from fractions import Fraction
from itertools import takewhile

from standards.reading.cover import Piece
from standards.reading.walk import Walk, trim

_MISSING = re.compile("(?:[不未]|没有?)[^，。；、]{1,8}?的?")


def levels(walk: Walk, piece: Piece) -> bool:
    """They are levels by their own words where the first is all of the line and each next is less."""
    run = _run(walk, piece)
    amounts = [one.found.first("points").value for one in run]
    falling = amounts == sorted(set(amounts), reverse=True)
    if len(run) < 2 or amounts[0] != walk.points or not falling or not _of_one_thing(walk, run):
        return False
    bands = [
        {"label": _said(walk, one), "points": amount}
        for one, amount in zip(run, amounts, strict=True)
    ]
    walk.used += run[1:]
    heading = _heading(walk, piece)
    walk.forget_notes()
    part = walk.add(piece, "bands", heading, bands=bands + _rest(walk, run[-1]))
    part.end = run[-1].end
    return True


def _heading(walk: Walk, piece: Piece) -> str:
    """支委会：每月召开1次得3分."""
    at = walk.pieces.index(piece)
    before = walk.pieces[at - 1] if at else None
    is_heading = before is not None and (before.kind, before.after) == ("note", "colon")
    return trim(walk.words(before)) if is_heading else ""


def _run(walk: Walk, piece: Piece) -> list[Piece]:
    at = walk.pieces.index(piece)
    held = list(takewhile(_is_level, walk.pieces[at:]))
    counted = all(one.kind == "earned" for one in held[1:])
    if counted and piece.found.value("per") == "year":
        return []  # a number of the year is a measure
    return held


def _is_level(piece: Piece) -> bool:
    counts = piece.found.first("qty") is not None and piece.found.first("get") is not None
    return piece.kind in ("often", "earned") and counts and piece.found.first("points") is not None


def _of_one_thing(walk: Walk, run: Sequence[Piece]) -> bool:
    """党员大会每季度1次得3分，支委会每月1次得2分 are two things."""
    names = [walk.named(one, "what", "mid", "then") for one in run]
    return all(name in names[0] or not name for name in names[1:])


def _said(walk: Walk, piece: Piece) -> str:
    end = piece.found.first("get").start
    return trim(walk.span([token for token in piece.found.tokens if token.end <= end]))


def _rest(walk: Walk, last: Piece) -> list[dict]:
    """Who is on none of them has nothing, whether 其余不得分 says so or not."""
    nothing = [{"label": "其余", "points": Fraction(0)}]
    at = walk.pieces.index(last) + 1
    if at == len(walk.pieces):
        return nothing
    behind = walk.pieces[at]
    if not behind.found.first("none"):
        return []
    if behind.kind in ("rest", "other"):
        walk.used.append(behind)
        return nothing
    missing = _missing(walk, behind)
    if not _MISSING.fullmatch(missing):
        return []
    walk.used.append(behind)
    return [{"label": missing, "points": Fraction(0)}]


def _missing(walk: Walk, piece: Piece) -> str:
    """不召开 of 不召开的不得分."""
    none = piece.found.first("none").start
    return trim(walk.span([token for token in piece.found.tokens if token.end <= none]))
