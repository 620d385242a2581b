"""Several frequencies before one 缺一次扣0.5分: 村务每季度公开一次，财务每月公开一次."""

import re
from fractions import Fraction

from standards.reading.context import behind_period, take_frequency, whose
from standards.reading.cover import Piece
from standards.reading.parts import Part, Unread
from standards.reading.walk import Walk


def of_several(walk: Walk, words: str, unit: str) -> dict:
    """The one that `words` name, else all that are counted in this unit; the others wait."""
    asked = [freq for freq in walk.freqs if _unit(freq) == unit]
    if not asked:
        raise Unread(f"“{walk.words(walk.freqs[0])}”等的次数要求没有读懂")
    named = [freq for freq in asked if _is_named(whose(walk, freq), words)]
    chosen = named if len(named) == 1 else asked
    waiting = [freq for freq in walk.freqs if freq not in chosen]
    walk.freqs = chosen
    found = take_frequency(walk)
    walk.freqs = waiting
    return found


def _unit(freq: Piece) -> str:
    size, bound = behind_period(freq.found)
    held = size or bound
    return held.value.unit if held else "次"


def _is_named(name: str, words: str) -> bool:
    return bool(name) and len(words) > 1 and (name in words or words in name)


# The period named again: 当月未召开的.
_THAT = {
    "month": "(?:当|该|本)月",
    "quarter": "(?:当|该|本)季度?",
    "half": "(?:当|该|本|上|下)半年",
    "week": "(?:当|该|本)周",
}
_NOT_HELD = r"(?:内)?(?:均|都)?(?P<not>(?:未|没有?|无)(?!.{0,6}(?:记录|签到|照片|到位|规范|齐全|完整|真实|达到))[^，但]*)$"


def each_missed(walk: Walk, piece: Piece) -> bool:
    """每月1次，当月未开展的扣0.5分: one loss for every month without it."""
    found = _that_period(walk, walk.named(piece, "what"))
    if not found:
        return False
    words = walk.words(piece)
    often = take_frequency(walk)
    if "due" in often or often.get("need") != 1:
        raise Unread(f"“{words}”与要求的次数怎么衔接没有读懂")
    walk.forget_notes()
    what = walk.subject + found["not"]
    walk.add(piece, "step", what, "次", unit=piece.found.value("points"), **often)
    return True


def _that_period(walk: Walk, words: str) -> re.Match | None:
    per = walk.freqs[0].found.value("per") if len(walk.freqs) == 1 else ""
    return re.match(_THAT[per] + _NOT_HELD, words) if per in _THAT else None


def apart(parts: list[Part], points: Fraction | None) -> list[Part]:
    """A step for each, which the register of meetings can fill; under one cap or end they stay one."""
    found: list[Part] = []
    for part in parts:
        due, cap = part.values.pop("due", ()), part.values.get("cap")
        together = cap is not None and (points is None or cap < points)
        if not due or together or _ended(part, parts):
            part.values |= {"due": due} if due else {}
            found.append(part)
            continue
        for what, per, need in due:
            one = part.turned(part.shape, **part.values | {"per": per, "need": need})
            one.what = what
            found.append(one)
    return found


def _ended(part: Part, parts: list[Part]) -> bool:
    """少3次以上的不得分 behind them asks for the count of all."""
    ends = (one for one in parts if one.shape == "~band" and one.counter == part.counter)
    return any(one.values["points"] == "none" for one in ends)
