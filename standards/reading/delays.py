"""Stretches of time that follow on each other: 空缺1个月以上扣1分，3个月以上扣2分."""

import re
from fractions import Fraction

from standards.reading.bounds import SPANS, Bound
from standards.reading.numerals import ARABIC, CHINESE, number
from standards.reading.parts import Part, Unread, in_runs
from standards.reading.walk import plain

_FROM = re.compile(
    rf"(?:(?P<half>半年)|(?P<n>{ARABIC}|{CHINESE})(?P<unit>个月|年|天|日|周|个季度|季度|小时))(?:及)?以上"
)
_MONTHS = {"个月": 1, "年": 12, "个季度": 3, "季度": 3}
_DAYS = ("天", "日", "个工作日", "工作日")


def stretches(parts: list[Part]) -> list[Part]:
    """空缺1个月以上扣1分，3个月以上扣2分 is a ladder: the higher rung does not add to the lower."""
    found: list[Part] = []
    for part in _cases(parts):
        before = found[-1] if found else None
        if before and _parted(before, part):
            head = before.values["head"]
            if re.search("以[上下内]", head):
                raise Unread(f"“{part.what}”与前后各段怎么衔接未能识别，请人工核定")
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
    return in_runs(parts, _following, _apart)


def _following(parts: list[Part]) -> list[Part]:
    """Stretches of which each begins where the one before ends; nothing where a ladder does as well.

    With 6个月以上 as the last, and nothing before the first, the rungs of a ladder say the same.
    """
    run = [one for one in parts[:1] if _is_first(one)]
    for part in parts[len(run) :]:
        if not _is_between(part) or run and not _joins(run[-1], part):
            break
        run.append(part)
    last = parts[len(run)] if len(run) < len(parts) else None
    enough = len(run) > _is_first(parts[0]) and last is not None and _is_last(last)
    if not enough or not _joins(run[-1], last):
        return []
    return [*run, last] if _is_first(parts[0]) or _ends_inside(last) else []


def _is_first(part: Part) -> bool:
    span = part.values.get("span")
    return span is not None and span.lower is None and part.shape == "~fine"


def _is_between(part: Part) -> bool:
    held = part.shape == "~band" and part.counter in SPANS and part.values["verb"] == "lose"
    bound = part.values["bound"] if held else None
    ends = bound and bound.lower is not None and bound.last is not None
    return bool(ends) and isinstance(part.values["points"], Fraction)


def _is_last(part: Part) -> bool:
    span = part.values.get("span")
    return span is not None and span.upper is None and part.shape in ("~fine", "~zero")


def _joins(before: Part, part: Part) -> bool:
    """The same delay, from where the stretch before ends; of days also from the next day on."""
    begins = part.values["bound"].lower if _is_between(part) else part.values["span"].said
    ends = before.values["bound"].last if _is_between(before) else before.values["span"].said
    (begins, unit), (ends, other) = _length(begins, _unit(part)), _length(ends, _unit(before))
    gap = begins - ends if unit == other else None
    named = not _head(before) or _head(before).endswith(_head(part))
    return named and (gap == 0 or gap == 1 and unit in _DAYS and _is_between(part))


def _length(number: Fraction, unit: str) -> tuple[Fraction, str]:
    factor = _MONTHS.get(unit)
    return (number * factor, "个月") if factor else (number, unit)


def _unit(part: Part) -> str:
    return part.counter if _is_between(part) else part.values["span"].unit


def _ends_inside(last: Part) -> bool:
    """With 超过6个月 as the last the sixth month itself is still in the stretch before."""
    return "超过" in last.what or "超出" in last.what


def _apart(run: list[Part]) -> list[Part]:
    """Each stretch as a case of its own, which says by itself where it begins and ends."""
    head = next(filter(None, map(_head, run)), "")
    found = [_case(run, at, head) if _is_between(part) else part for at, part in enumerate(run)]
    for part in found:
        if not part.what.startswith(head):
            part.what = head + part.what.removeprefix(_head(part))
    return found


def _case(run: list[Part], at: int, head: str) -> Part:
    part = run[at]
    up_to = "不超过" if _ends_inside(run[-1]) else "不足"
    low, high = (f"{plain(end)}{part.counter}" for end in _ends(part))
    begins = f"超过{low}" if at and _holds_end(run[at - 1], part, up_to) else f"{low}以上"
    kept = {key: part.values[key] for key in ("applies",) if key in part.values}
    case = part.turned("~fine", points=part.values["points"], **kept)
    case.what = f"{head}{begins}{up_to}{high}"
    return case


def _ends(between: Part) -> tuple[Fraction, Fraction]:
    return between.values["bound"].lower, between.values["bound"].last


def _holds_end(before: Part, part: Part, up_to: str) -> bool:
    """Does the stretch before hold the moment at which this one begins? 3个月以内 does."""
    if _is_first(before):
        return before.values["span"].last == part.values["bound"].lower
    return up_to == "不超过" and before.values["bound"].last == part.values["bound"].lower


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
        raise Unread(f"“{part.what}”与前后各段怎么衔接未能识别，请人工核定")
    ends = [None if end is None else end * factor for end in (bound.lower, bound.upper)]
    made = part.turned(
        "~band",
        bound=Bound("个月", lower=ends[0], upper=ends[1], said=bound.said * factor),
        points=part.values.get("points", "none"),
        verb="get" if part.shape == "~got" else "lose",
    )
    made.what, made.counter = part.values["head"], "个月"
    return made
