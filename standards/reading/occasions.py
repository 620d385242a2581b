"""A share below its bound, counted by the occasion: 出席率低于80%，一次扣2分."""

import re

from standards.reading.cover import Piece
from standards.reading.walk import Walk, trim

_FOUND = re.compile("(?:每?(?:发现|出现|发生|有)|每)?")
_WRONG = re.compile("低于|不足|不到|未达|达不到|少于|超过|高于")


def below(walk: Walk, piece: Piece, values: dict) -> bool:
    """The bound is a part of the case, as in 低于80%的每次扣2分."""
    aim = walk.aims[-1] if len(walk.aims) == 1 else None
    bound = aim and aim.found.first("bound")
    bare = _FOUND.fullmatch(walk.named(piece, "what")) and not walk.named(piece, "then")
    if not bound or bound.value.unit != "%" or not bare or walk.freqs:
        return False
    if not _WRONG.match(walk.span([bound])):
        return False
    walk.aims.remove(aim)
    walk.forget_notes()
    walk.add(piece, "step", trim(walk.words(aim)), "次", case=True, **values)
    return True
