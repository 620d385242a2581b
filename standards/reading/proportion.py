"""Points in proportion to a share: 按完成率×5分计分, 未完成的按完成比例得分."""

import re
from fractions import Fraction

from standards.reading.cover import Piece
from standards.reading.parts import Part, Unread
from standards.reading.proportions import Proportion
from standards.reading.restated import SHORT
from standards.reading.walk import LACKING, Walk

# A fault earns nothing, and what is set against others or against last year has no whole.
_NO_WHOLE = re.compile("差错|投诉|违|未|缺|漏|失|超|逾|迟|最|排|名次|平均|增|升|降")
_DONE = "完成率"


def step(walk: Walk, piece: Piece) -> None:
    """A hundredth of the points for every point of a hundred that is short of all of it."""
    said: Proportion = piece.found.value("proportion")
    words, before = walk.words(piece), walk.named(piece, "what")
    if walk.points is None or said.times not in (None, walk.points):
        raise Unread(f"“{words}”与本项分值对不上")
    unit = walk.points / 100
    if _NO_WHOLE.search(said.share) or (unit * 10**6).denominator != 1:
        raise Unread(f"“{words}”未能识别，请人工核定")
    short = SHORT.match(before)
    if not short and LACKING.search(before):
        raise Unread(f"“{words}”未能识别，请人工核定")  # 未按时完成的按完成比例得分
    if walk.freqs or walk.aims or _counts_points(walk) or not _only_all_of_it(walk):
        raise Unread(f"“{words}”与前一条怎么衔接未能识别，请人工核定")
    walk.forget_notes()
    what = said.share if said.share not in ("", "完成比例") else _DONE
    what = what if short or before in what else before + what
    values = {"target": Fraction(100), "direction": "below", "rounding": "exact"}
    walk.rules.doubt(f"“{words}”按每低1个百分点扣{float(unit):g}分读", "0.9")
    walk.add(piece, "step", what, "%", unit=unit, of="ratio", **values)


def _counts_points(walk: Walk) -> bool:
    """按完成率得分，每低1个百分点扣0.1分: as well, or instead?"""
    return any(piece.found.has("ppt") for piece in walk.pieces)


def _only_all_of_it(walk: Walk) -> bool:
    """完成任务得5分，未完成的按完成比例得分: what stands before is the whole of it."""
    parts = [part for part in walk.rules.parts if part.sentence >= walk.sentence - 1]
    kept = [part for part in parts if not _is_whole(walk, part)]
    walk.rules.parts = [part for part in walk.rules.parts if part not in parts or part in kept]
    return not kept


def _is_whole(walk: Walk, part: Part) -> bool:
    if part.values.get("points", "full") not in ("full", walk.points):
        return False
    bound = part.values.get("bound")
    if part.shape == "~band":
        return part.counter == "%" and bound.lower == 100 and part.values["verb"] != "lose"
    return part.shape in ("~full", "~got") or part.values.get("verb") == "get"
