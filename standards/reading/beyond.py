"""More than a limit allows: 比例超过30%的扣1分; 不得超过30%，超过的扣1分."""

import re

from standards.reading.bounds import Bound
from standards.reading.cover import Piece
from standards.reading.restated import goes_on
from standards.reading.walk import Walk, trim


def just_beyond(walk: Walk, piece: Piece, bound: Bound) -> bool:
    """比例超过30%的扣1分 is one case: who is at 30 % loses nothing, which no band can say."""
    open_above = bound.unit == "%" and bound.loose and bound.upper is None
    last = walk.rules.parts[-1] if walk.rules.parts else None
    follows = last is not None and last.shape == "~band" and last.counter == bound.unit
    return open_above and not follows and not goes_on(walk, piece, bound.unit)


_EXCEEDED = re.compile(
    r"^(?:超过|超出|高于|突破|超标|超|超比例)(?:此?(?:比例|标准|规定|要求|限额|上限|数量))?(?:者|的)?$"
)


def exceeded(walk: Walk, piece: Piece) -> str:
    """优秀比例不得超过30%，超过的扣1分: the limit stands before."""
    aims = [held for held in walk.aims if held.found.first("bound")]
    bound = aims[0].found.first("bound").value if len(aims) == 1 else None
    if bound is None or bound.last is None or not _EXCEEDED.match(walk.named(piece, "what")):
        return ""
    walk.aims.remove(aims[0])
    walk.notes = []
    return f"未达到“{trim(walk.words(aims[0]))}”要求"
