"""What no office can mean: points that are taken for what is in order, or given twice."""

import re
from collections.abc import Sequence
from fractions import Fraction

from standards.reading import overlaps
from standards.reading.parts import Part, Unread
from standards.reading.walk import LACKING

_ATTAINED = re.compile(
    "(?:齐全|完整|健全|规范|完善|到位|达标|合格|及时|准确|优秀|良好|整洁|清晰|明确)$"
)
_WRONG = re.compile(
    "[缺漏差少乱错迟超难弱虚假欠违拒混]|没|逾期|整改|督促|提醒|补|基本|较|部分|大[致体]|勉强|影响|干扰|扰乱|妨碍|破坏|(?<=.)无(?![违差事投问])"
)


def check(parts: Sequence[Part], points: Fraction | None, *, sure: bool) -> None:
    overlaps.check(parts)
    _no_loss_for_order(parts)
    _no_loss_for_what_is_done(parts)
    _nothing_given_twice(parts)
    _no_end_of_each(parts)
    if sure:
        _all_can_be_had(parts, points)


def _nothing_given_twice(parts: Sequence[Part]) -> None:
    """有制度得3分，有记录得2分，按实际情况评分: up to so much for each, or all of it once more?"""
    won = [part for part in parts if part.values.get("start") == "zero" or "credits" in part.values]
    for part in won if len(won) > 1 else ():
        if part.shape == "judged" and part.values["range"][0] == 0 and not part.what:
            raise Unread("前面已写各项得分，又按情况评分，两者怎么衔接没有写明")


_NOT_DONE = re.compile("(?:未做到|没做到|没有做到|做不到|达不到|未达到)(?:要求)?的?")


def _no_end_of_each(parts: Sequence[Part]) -> None:
    """制度健全1-2分，台账完整2-3分，未做到的不得分: of each, or of the line?"""
    won = [part for part in parts if part.values.get("start") == "zero" or "credits" in part.values]
    several = len(won) > 1 or any(len(part.values.get("credits", ())) > 1 for part in won)
    for part in parts if several else ():
        if part.shape == "zero_if" and _NOT_DONE.fullmatch(part.what):
            raise Unread(f"“{part.what}”不得分的是一项还是全部，没有写明")


def _all_can_be_had(parts: Sequence[Part], points: Fraction | None) -> None:
    """满意率80%以上得3分 of five points, and nothing else: for what are the other two?"""
    table = parts[0] if len(parts) == 1 and parts[0].shape == "bands" else None
    rows = table.values["bands"] if table else []
    if (
        len(rows) == 1
        and table.values.get("as") != "add"
        and points not in (None, rows[0]["points"])
    ):
        raise Unread("只写了一档，没有写怎样得满分")


def _no_loss_for_order(parts: Sequence[Part]) -> None:
    """台账齐全，扣2分 does not say which case costs them."""
    for part in parts:
        costs = part.shape in ("binary", "zero_if") and "met" not in part.values
        if costs and _ATTAINED.search(part.what) and not _is_wrong(part.what):
            raise Unread(f"“{part.what}”是做到了的，什么情况扣分没有写明")


# 培训组织, of 每年组织2次培训，组织1次扣1分.
_DONE = re.compile(
    r"(?![^，。；]*(?:被|受|遭))[^，。；0-9]{0,8}?(?:研究|参加|组织|开展|召开|举办|举行|走访|慰问|培训|学习|报送|上报|公开|公示|联系|指导|讲授|宣讲|汇报|更新|完成|落实|(?<![离避])开)"
)


def _no_loss_for_what_is_done(parts: Sequence[Part]) -> None:
    """每年至少研究2次，研究1次扣1分: with one only, or for each that is short?"""
    for part in parts:
        counts = part.shape == "step" and not part.values.keys() & {"credit", "start", "target"}
        if counts and _DONE.fullmatch(part.what) and not _is_wrong(part.what):
            raise Unread(f"“{part.what}”是做到了的，什么情况扣分没有写明")


def _is_wrong(words: str) -> bool:
    return bool(LACKING.search(words) or _WRONG.search(words))
