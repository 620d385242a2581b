"""Points whose verb was said before: 未制定计划的扣3分，未按期总结的1-2分; 缺席扣1分/次，迟到0.5分/次."""

import re
from collections.abc import Sequence

from standards.reading.counted import counted, of
from standards.reading.cover import Piece
from standards.reading.parts import Unread
from standards.reading.walk import LACKING, Walk

_LOSSES = ("~fine", "~grade", "~zero", "step", "~less", "judged", "gate")
# 未发生上访2分 is won.
_GOOD = re.compile(
    r"(?:未|没有?|无)(?:发生|出现|受|被|违)|不[断仅但]|[未没无].*(?:现象|行为|案件|事故|上访|投诉)$"
)
_BAD = ("不", "差", "较差", "弱", "较弱", "未")


def _only_lost(walk: Walk) -> bool:
    parts = walk.rules.parts
    gains = any(
        part.values.get("credit") or part.values.get("verb") in ("gain", "get") for part in parts
    )
    return bool(parts) and not gains and all(part.shape in _LOSSES for part in parts)


def _wrong(walk: Walk, what: str) -> bool:
    """Among nothing but losses one more shortcoming."""
    return _only_lost(walk) and bool(LACKING.search(what)) and not _GOOD.search(what)


def lost(walk: Walk, piece: Piece, what: str) -> bool:
    """缺方案扣1分；缺总结1分."""
    if not _wrong(walk, what):
        return False
    walk.add(piece, "~fine", what, points=piece.found.value("points"))
    return True


def judged(walk: Walk, piece: Piece, what: str) -> bool:
    """不按期总结的1-2分."""
    if not _wrong(walk, what):
        return False
    low, high = piece.found.first("range").value
    walk.add(piece, "judged", what, range=[-high, -low], verb="lose", bare=False)
    return True


def graded(walk: Walk, piece: Piece, names: Sequence[str]) -> bool:
    """资料不全扣1分，台账不规范0.5分."""
    said = piece.found.first("lose", "gain", "get", "none", "full", "kept", "calm")
    return said is None and _only_lost(walk) and all(name.startswith(_BAD) for name in names)


def each(walk: Walk, piece: Piece) -> None:
    """扣1分/次 said the verb for all that is written in the same way."""
    counter, number = counted(piece.found.token("size"))
    before = walk.rules.parts[-1] if walk.rules.parts else None
    alike = before is not None and before.shape == "step" and before.counter == counter
    if not alike or number != 1 or not _only_lost(walk):
        raise Unread(f"“{walk.words(piece)}”没有写扣还是得")
    what, unit = walk.condition(piece), piece.found.value("points")
    walk.add(piece, "step", what, counter, unit=unit, **of(counter))


def heads_the_cell(walk: Walk, piece: Piece) -> bool:
    """团结协作20分（好20分，一般10分）: all of the line, and in the bracket how it is given."""
    if piece.found.value("points") != walk.points:
        return False
    behind = walk.text[walk.tokens[piece.end - 1].end :]
    first = piece.kind == "bare" and piece is walk.pieces[0] and len(walk.pieces) > 1
    closed = behind.startswith("（") and behind.find("）") == len(behind.rstrip("。；")) - 1
    return piece.after == "colon" or first and closed


_COSTS = ("step", "less", "count", "fine", "zero", "floor", "cap", "cases", "heads")


def begins_full(walk: Walk, piece: Piece) -> bool:
    """得2分，漏岗一次扣1分: all of the line, before what is lost of it."""
    later = [one for one in walk.pieces if one is not piece]
    costs = bool(later) and all(one.kind in _COSTS for one in later)
    return costs and piece is walk.pieces[0] and piece.found.value("points") == walk.points


def all_said(walk: Walk, piece: Piece) -> bool:
    """表现积极，有创新得4分: for both, unless 缺一项扣1分 behind asks for the list alone."""
    later = walk.pieces[walk.pieces.index(piece) + 1 :]
    marks = {note.after for note in walk.notes}
    return marks <= {"comma"} and not any(one.kind in ("less", "step") for one in later)
