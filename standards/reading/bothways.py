"""A step that goes both ways: 每高（低）5个百分点加（减）0.5分, 每高于或低于基准1个百分点，相应加、减0.1分."""

import re

from standards.reading.counted import counted, of
from standards.reading.cover import Piece
from standards.reading.demand import Goal
from standards.reading.parts import Unread
from standards.reading.targets import of_base, take_target, unit_of
from standards.reading.walk import Walk

_UP_FIRST = re.compile("[高提升增上超]|(?:相应|分别|对应)?[地各]?[加增奖得计记]")


def _turned(walk: Walk, piece: Piece) -> bool:
    """每高（低）1个百分点减（加）0.1分: less is better."""
    rise, gain = (walk.span([piece.found.first(type)]) for type in ("rise_fall", "gain_lose"))
    return bool(_UP_FIRST.match(rise)) != bool(_UP_FIRST.match(gain))


def _base_of_clause(walk: Walk, counter: str) -> Goal | None:
    """每高于或低于基准1个百分点 beside 比例以10%为基准."""
    goals = [one for one in walk.demand.goals if one.bound.unit == unit_of(counter)]
    return goals[0] if len(goals) == 1 and unit_of(counter) == "%" else None


def twoway(walk: Walk, piece: Piece) -> None:
    size = piece.found.first("qty", "dur", "ppt", "pct")
    counter, number = counted(size)
    target, what, _ = take_target(walk, counter)
    if target is None and (goal := _base_of_clause(walk, counter)):
        target, what = goal.bound.said, of_base(goal.what)
        walk.rules.doubt("标准取自考核内容", "0.9")
    if target is None:
        raise Unread(f"“{walk.words(piece)}”没有写明以多少为基准")
    if _turned(walk, piece):
        raise Unread(f"“{walk.words(piece)}”是高了扣、低了加，未能识别，请人工核定")
    values = {
        "unit": piece.found.value("points"),
        **of(counter),
        "target": target,
        "direction": "below",
        "both_ways": True,
    }
    if number != 1:
        values["step"] = number
    walk.add(piece, "step", what or walk.subject, counter, **values)
