"""Levels by how much of it is met: 全部达标得5分，1项不达标得3分; 计3分：制度健全；计1分：制度不全."""

import re
from collections.abc import Sequence
from fractions import Fraction

from standards.reading.bounds import WHOLE, Bound
from standards.reading.cover import Piece
from standards.reading.parts import Part, Rules, Unread
from standards.reading.walk import Walk, measured, trim

_AMOUNTS = ("get", "gain", "lose", "none", "full", "kept", "calm")
_WHOLE_OF_IT = ("got", "full", "grade", "bare")
_COUNTED = ("earned", "count", "less", "band")
_FAULT = re.compile("不(?!少于|低于|超过)|未|没")
_REST = re.compile("及?以上|[均都]|全部")


def counted(pieces: Sequence[Piece], walk: Walk) -> list[Piece]:
    """The credit for all of it, and the rows of how many are not met behind it."""
    for at, first in enumerate(pieces):
        rows = [*_rows(pieces[at + 1 :], walk)]
        if len(rows) > 1 and first.kind in _WHOLE_OF_IT and _points(first, walk) == walk.points:
            return [first, *rows]
    return []


def _rows(pieces: Sequence[Piece], walk: Walk) -> list[Piece]:
    found: list[Piece] = []
    for piece in pieces:
        if not _is_row(piece, walk) or _number(piece) != len(found) + 1:
            break
        found.append(piece)
    return found


def _is_row(piece: Piece, walk: Walk) -> bool:
    """有1项不达标的，计2分: one of the demands, not one case of something else."""
    own = walk.named(piece, "what")
    earns = piece.found.first("get", "none") and not piece.found.first("lose", "gain", "per")
    fault = _FAULT.search(walk.named(piece, "then"))
    return bool(piece.kind in _COUNTED and own in ("", "有") and earns and fault and _number(piece))


def _number(piece: Piece) -> Fraction | None:
    size = piece.found.first("bound", "qty")
    if size is None or size.value.unit not in WHOLE:
        return None
    return size.value.lower if size.type == "bound" else size.value.number


def row(walk: Walk, piece: Piece) -> None:
    """One level, by its own words."""
    ends = [token.start for token in piece.found.tokens if token.type in _AMOUNTS]
    words = walk.text[piece.found.tokens[0].start : ends[0]]
    held = walk.condition(piece) if piece.kind in _WHOLE_OF_IT and walk.notes else ""
    _add(walk, piece, held or trim(words))


def titled(walk: Walk, piece: Piece) -> None:
    """计3分：制度健全 says first what it is worth."""
    bound = piece.found.first("bound")
    if bound and not _FAULT.search(walk.named(piece, "then")):
        _rung(walk, piece, bound.value)
        return
    at = [token.type for token in piece.found.tokens].index("colon")
    _add(walk, piece, trim(walk.span(piece.found.tokens[at + 1 :])))


def _rung(walk: Walk, piece: Piece, bound: Bound) -> None:
    """计3分：完成90%以上."""
    walk.forget_notes()
    own = measured(walk.named(piece, "what", "then"))
    own = "" if own == "完成" and bound.unit == "%" else own
    points = "none" if piece.found.first("none") else _points(piece, walk)
    more = {"subject": walk.subject, "points": points, "verb": "get"}
    walk.add(piece, "~band", own, bound.unit, bound=bound, **more)


def _add(walk: Walk, piece: Piece, words: str) -> None:
    walk.forget_notes()
    label = words.removeprefix("有") if piece.found.first("qty", "bound") else words
    number = _number(piece)
    open_end = number is not None and not _REST.search(label)
    more = {"label": label, "number": number, "open_end": open_end}
    walk.add(piece, "~row", "", points=_points(piece, walk), **more)


def _points(piece: Piece, walk: Walk) -> Fraction | None:
    if piece.found.first("full"):
        return walk.points
    amount = piece.found.first("points")
    return Fraction(0) if piece.found.first("none") else amount.value if amount else None


def table(run: list[Part], rules: Rules, points: Fraction | None) -> list[Part]:
    bands = [{"label": part.values["label"], "points": part.values["points"]} for part in run]
    if len(run) < 2 or bands[0]["points"] != points:
        raise Unread(f"“{bands[0]['label']}”等各档里，没有得满分的一档")
    numbers = [part.values["number"] for part in run if part.values["number"] is not None]
    if numbers != [Fraction(at) for at in range(1, len(numbers) + 1)]:
        raise Unread(f"“{bands[-1]['label']}”等各档之间有空缺或重叠")
    if run[-1].values["open_end"] and bands[-1]["points"] != 0:
        raise Unread(f"比“{bands[-1]['label']}”更多的得多少分没有写")
    kept = {key: run[0].values[key] for key in ("applies",) if key in run[0].values}
    values = {"bands": bands, **kept}
    return [Part("bands", values, "", "", run[0].start, run[-1].end, run[0].sentence)]
