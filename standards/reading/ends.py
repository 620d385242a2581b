"""每少1次扣0.5分，超过3次的不得分: the second is about the figure that the first counts."""

import re

from standards.reading.bounds import Bound
from standards.reading.parts import Part, Unread

_UNNAMED = ("", "发现", "出现", "发生", "有", "存在")
_IN_ALL = re.compile("^(?:全年|年度|年内)?(?:累计|合计|总计|总共|共计|共)|(?:累计|合计|总计|共计)$")
_NUMBER_OF = re.compile("的?(?:天数|工作日数|周数|月数|季度数)$")
_DAYS = ("天", "日", "个工作日", "工作日")


def named(parts: list[Part]) -> None:
    """Gives the condition that ends a count the name of what is counted, so that one figure serves both."""
    for at, part in enumerate(parts):
        steps = [one for one in parts[:at] if one.shape == "step"]
        late = "span" in part.values and not part.values.get("or_else")
        if part.shape == "~zero" and late:
            _late(part, steps)
        if part.shape == "~zero" and part.values.get("bound") is not None:
            _ended(part, steps)


def _ended(part: Part, steps: list[Part]) -> None:
    bound, said = part.values["bound"], part.values["of_what"]
    counted = [one for one in steps if one.counter == bound.unit]
    lent = part.values.get("unnamed") and said not in [one.what for one in counted]
    bare = lent or said in _UNNAMED
    held = [one for one in counted if bound.lower is None and "target" not in one.values]
    short = [one for one in held if one.what == said]
    if short or (bare and (len(counted) > 1 or counted and bound.lower is None)):
        raise Unread(f"“{part.what}不得分”说的是前面哪一条，没有写明")
    if bare and counted and "target" not in counted[0].values:
        part.what = counted[0].what + part.what.removeprefix(said)
        part.values["of_what"] = counted[0].what
    elif bound.lower is not None and (same := _tail_of(counted, _IN_ALL.sub("", said))):
        part.values["of_what"] = same.what


def _tail_of(counted: list[Part], said: str) -> Part | None:
    """支委会少 ends in 少: the words of the only count that does."""
    only = counted[0] if len(counted) == 1 and "target" not in counted[0].values else None
    return only if only and said and only.what.endswith(said) else None


def _late(part: Part, steps: list[Part]) -> None:
    """每延迟1天扣0.1分，延迟30天以上的不得分: days are whole, so that 超过30天 is the 31st."""
    span, head = part.values["span"], _NUMBER_OF.sub("", part.values["head"])
    counted = [one for one in steps if one.counter == span.unit and "target" not in one.values]
    same = [one for one in counted if one.what.endswith(head) and not one.what.endswith("超")]
    if len(same) != 1 or len(counted) != 1 or span.lower is None:
        return
    beyond = "超" in part.what.removeprefix(head)
    if beyond and span.unit not in _DAYS:
        return  # six months and a day are more than six months
    lower = span.said + 1 if beyond else span.said
    bound = Bound(span.unit, lower=lower, said=span.said)
    part.values |= {"bound": bound, "of_what": same[0].what}
