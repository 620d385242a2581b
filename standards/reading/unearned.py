"""有计划、有总结（3分）。获市级表彰加2分: what adds on top does not say how the points of the demand are earned."""

import re
from collections.abc import Sequence
from fractions import Fraction

from standards.reading.parts import Part, Unread

# 完成80%得80%的分 is a share of all of them.
_SHARE = re.compile("[得计记]分值?的?[0-9.]+%|[得计记][0-9.]+%")


def best_below(parts: Sequence[Part], text: str, points: Fraction | None) -> None:
    """满意率80%以上得3分，60%以上得2分 of five points, without an end: for what are the other two?"""
    tables = [part for part in parts if part.shape == "bands"]
    rest = [part for part in parts if part.shape not in ("bands", "zero_if", "gate")]
    if points is None or rest or len(tables) != 1 or _SHARE.search(text):
        return
    rows = tables[0].values["bands"]
    closed = not rows[-1]["points"] or not rows[-1].keys() & {"ge", "label"}
    if tables[0].values.get("as") != "add" and not closed and max(map(_most, rows)) < points:
        raise Unread("最高一档不到本项分值，没有写怎样得满分")


def _most(row: dict) -> Fraction:
    amount = row["points"]
    return max(amount) if isinstance(amount, (list, tuple)) else amount


def check(parts: Sequence[Part], demand: str) -> None:
    """`demand` says the points of the line; the rules stand behind it."""
    if demand and parts and all(_on_top(part) for part in parts):
        raise Unread(f"“{demand}”没有写怎么评分，后面只写了加分")


def _on_top(part: Part) -> bool:
    if part.shape == "adjust":
        return not part.values.get("inside")
    return part.shape == "step" and bool(part.values.get("credit"))
