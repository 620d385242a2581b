"""Stretches of time that follow on each other: 空缺1个月以上扣1分，3个月以上扣2分."""

import re
from fractions import Fraction

from standards.reading.bounds import Bound
from standards.reading.numerals import ARABIC, CHINESE, number
from standards.reading.parts import Part, Unread
from standards.reading.walk import plain

_FROM = re.compile(
    rf"(?:(?P<half>半年)|(?P<n>{ARABIC}|{CHINESE})(?P<unit>个月|年|天|日|周|个季度|季度|小时))(?:及)?以上"
)
_MONTHS = {"个月": 1, "年": 12, "个季度": 3, "季度": 3}


def stretches(parts: list[Part]) -> list[Part]:
    """空缺1个月以上扣1分，3个月以上扣2分 is a ladder: the higher rung does not add to the lower."""
    found: list[Part] = []
    for part in _cases(parts):
        before = found[-1] if found else None
        if before and _parted(before, part):
            head = before.values["head"]
            if re.search("以[上下内]", head):
                raise Unread(f"“{part.what}”与前后各段怎么衔接没有读懂")
            part.what = part.what if part.what.startswith(head) else head + part.what
            part.what, before.what = part.what.replace("，", ""), before.what.replace("，", "")
            part.values["head"] = head
            found.append(part)
        elif before and _is_rung(before) and _is_rung(part) and _head(part) in ("", _head(before)):
            found[-1] = _stretch(before)
            found.append(_stretch(part))
        else:
            found.append(part)
    return found


def _cases(parts: list[Part]) -> list[Part]:
    """逾期5天以内扣0.5分，5至10天扣1分，10天以上不得分: three cases that shut each other out."""
    found = list(parts)
    for at in range(len(parts) - 2):
        short, between, long = found[at : at + 3]
        if _follow(short, between, long):
            head = _head(short)
            low, high = (plain(part.values["span"].said) for part in (short, long))
            found[at + 1] = between.turned("~fine", points=between.values["points"])
            # With 超过6个月 behind it the sixth month itself is still here.
            up_to = "不超过" if "超过" in long.what else "不足"
            found[at + 1].what = f"{head}超过{low}{between.counter}{up_to}{high}{between.counter}"
            if not long.what.startswith(head):
                long.what = head + long.what
    return found


def _follow(short: Part, between: Part, long: Part) -> bool:
    spans = [part.values.get("span") for part in (short, long)]
    if between.shape != "~band" or None in spans or between.values["verb"] != "lose":
        return False
    bound, (first, last) = between.values["bound"], spans
    ends = first.lower is None and last.upper is None and (bound.lower, bound.last)
    units = {between.counter, first.unit, last.unit}
    amounts = short.shape == "~fine" and isinstance(between.values["points"], Fraction)
    heads = between.what in ("", _head(short)) and _head(long) in ("", _head(short))
    return ends == (first.said, last.said) and len(units) == 1 and amounts and heads


def _parted(before: Part, part: Part) -> bool:
    """逾期3个月以内扣1分，3个月以上扣3分: two cases that shut each other out."""
    if any(
        "span" not in one.values or one.shape not in ("~fine", "~zero") for one in (before, part)
    ):
        return False
    short, long = before.values["span"], part.values["span"]
    follows = long.upper is None and long.unit == short.unit and long.said == short.said
    between = _begins_at(_head(part).removeprefix(_head(before)), short)
    named = _head(part) in ("", _head(before))
    return short.lower is None and (follows and named or between and long.lower is None)


def _begins_at(words: str, short: Bound) -> bool:
    """半年以上 behind a stretch of six months."""
    found = _FROM.fullmatch(words)
    if not found:
        return False
    months = Fraction(6) if found["half"] else number(found["n"])
    unit = "个月" if found["half"] else found["unit"]
    return (months, unit) == (short.said, short.unit)


def _head(part: Part) -> str:
    return part.values.get("head", part.what)


def _is_rung(part: Part) -> bool:
    if part.shape == "~band":
        return part.counter in _MONTHS
    return "span" in part.values and part.shape in ("~fine", "~zero", "~got")


def _stretch(part: Part) -> Part:
    if part.shape == "~band":
        return part
    bound = part.values["span"]
    factor = _MONTHS.get(bound.unit)
    open_below = bound.lower is None and part.shape != "~got"  # no delay at all would lose too
    if bound.last is not None or bound.loose or factor is None or open_below:
        raise Unread(f"“{part.what}”与前后各段怎么衔接没有读懂")
    ends = [None if end is None else end * factor for end in (bound.lower, bound.upper)]
    made = part.turned(
        "~band",
        bound=Bound("个月", lower=ends[0], upper=ends[1], said=bound.said * factor),
        points=part.values.get("points", "none"),
        verb="get" if part.shape == "~got" else "lose",
    )
    made.what, made.counter = part.values["head"], "个月"
    return made
