"""None at all as the best level of a count: 未发生上访得5分，1-2件得3分，3件以上不得分."""

import re
from fractions import Fraction

from standards.reading.bounds import SPANS, WHOLE, Bound
from standards.reading.parts import Part

_NONE = re.compile(
    r"^(?:全年度?|年内|本年度?|当年)?(?:均|都)?(?:未发生|未受|未出现|未发现|没有|无(?!故|正当|特殊)|零|未被)|为(?:0|零)[件起次例人户个处]?$"
)
_ABOUT = re.compile("发生|出现|发现|存在|有|被")


def levels(parts: list[Part], points: Fraction | None) -> list[Part]:
    """The credit for none becomes the row below one of the table behind it."""
    found: list[Part] = []
    for at, part in enumerate(parts):
        first = parts[at + 1] if at + 1 < len(parts) else None
        if first is not None and _is_none(part, points) and _counts_on(part, parts[at + 1 :]):
            part = _below_one(part, first)
        found.append(part)
    return found


def _is_none(part: Part, points: Fraction | None) -> bool:
    won = part.shape == "~got" or part.shape == "~grade" and part.values["verb"] == "get"
    whole = part.shape == "~full" or won and part.values["points"] == points
    none = _NONE.search(_said(part)) or _IN_TIME.match(_said(part))
    return whole and "applies" not in part.values and bool(none)


def _said(part: Part) -> str:
    """按期完成 is a grade only where others follow."""
    return part.values.get("condition", part.what)


# 按时报送 before 逾期1-3天 is no day of delay.
_IN_TIME = re.compile(
    "^(?:[^，]{0,8})?(?:按时|按期|及时|准时|按规定时间|在?规定时间内|限期内|未逾期|如期)"
)
_LATE = re.compile("^(?:逾期|超期|超时|迟|延迟|延期|推迟|晚)")


def _counts_on(part: Part, behind: list[Part]) -> bool:
    """A row of the same thing from one on."""
    first = behind[0]
    days = bool(_LATE.match(first.what)) and first.counter in SPANS
    if first.shape not in ("~band", "~earned") or not days and first.counter not in WHOLE:
        return False
    named = _ABOUT.sub("", _LATE.sub("", first.what) if days else first.what)
    lows = [_low(row) for row in behind if row.counter == first.counter and row.shape in _ROWS]
    if bool(_IN_TIME.match(_said(part))) != days:
        return False
    return first.values["verb"] != "lose" and named in _said(part) and min(lows) == 1


_ROWS = ("~band", "~earned")


def _low(row: Part) -> Fraction:
    bound = row.values.get("bound")
    return row.values["number"] if bound is None else bound.lower or Fraction(0)


def _below_one(part: Part, first: Part) -> Part:
    bound = Bound(first.counter, upper=Fraction(1), said=Fraction(1))
    points = part.values.get("points", "full")
    made = part.turned("~band", bound=bound, points=points, verb="get")
    made.what, made.counter = first.what, first.counter
    return made
