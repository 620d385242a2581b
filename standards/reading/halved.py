"""Half of what was said before, for others: 书记被处分的每例扣4分。其他干部有上述情况的，减半扣分."""

import re
from dataclasses import replace
from fractions import Fraction

from standards.reading.cover import Piece
from standards.reading.parts import Part, Unread
from standards.reading.walk import Walk

_LOSSES = ("step", "~fine")
_SHORT = 40


def halved(walk: Walk, piece: Piece) -> None:
    """Each loss before once more, with half its amount and by whom."""
    said, who = list(walk.rules.parts), walk.named(piece, "who")
    if not said or not who or not all(map(_is_loss, said)):
        raise Unread(f"“{walk.words(piece)}”指的是前面哪几条，未能识别，请人工核定")
    walk.forget_notes()
    walk.rules.doubt(f"“{walk.words(piece)}”按前面各条的一半读", "0.9")
    for part in said:
        _again(walk, piece, part, who)


def _is_loss(part: Part) -> bool:
    won = part.values.get("credit") or part.values.keys() & {"more", "cap", "free", "target"}
    amount = part.values.get("unit", part.values.get("points"))
    named = 3 <= len(part.what) <= _SHORT
    return part.shape in _LOSSES and not won and named and isinstance(amount, Fraction)


def _again(walk: Walk, piece: Piece, part: Part, who: str) -> None:
    amount = "unit" if "unit" in part.values else "points"
    values = {**part.values, amount: part.values[amount] / 2}
    what = f"{who}有类似“{re.sub('[“”]', '', part.what)}”的情形"
    made = replace(part, values=values, what=what, start=piece.start, end=piece.end)
    walk.rules.parts.append(replace(made, sentence=walk.sentence))
