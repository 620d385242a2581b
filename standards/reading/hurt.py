"""死亡1人扣10分/次: how many were hurt says which case it is."""

import re

from standards.reading import series
from standards.reading.counted import counted
from standards.reading.cover import Piece
from standards.reading.parts import Unread
from standards.reading.walk import PERSONS, Walk

_HURT = re.compile("(?:死亡|伤亡|受伤|[重轻死]伤|中毒|失踪|被困)$")


def hurt(walk: Walk, piece: Piece) -> None:
    """死亡1人扣10分/次: how many were hurt says which case it is; 迟到1人扣1分/次 may count either."""
    size, values = piece.found.value("size"), {"unit": piece.found.value("points"), "case": True}
    counter, number = counted(piece.found.token("other"))
    is_case = size.unit in PERSONS and _HURT.search(walk.named(piece, "what"))
    if not is_case and size.unit == counter and piece.found.first("slash"):
        series.count(walk, piece)  # 缺1次扣1分/次
        return
    if not is_case or number != 1:
        raise Unread(f"“{walk.words(piece)}”按什么计数未能识别，请人工核定")
    walk.forget_notes()
    words = walk.span(piece.found.groups["what"] + piece.found.groups["size"])
    walk.add(piece, "step", words + walk.named(piece, "tail", "then"), counter, **values)
