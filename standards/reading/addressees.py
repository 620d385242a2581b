"""Whom each step is for, where a cell names one kind after the other: 各镇每年推荐5人…；各街道每年推荐3人…."""

import re
from collections.abc import Sequence

from standards.reading.parts import Part, Unread

_KIND = re.compile(
    r"^各(?:[^，。；、0-9]{0,4}?)(?:乡镇|镇|乡|街道|开发区|园区|区|县|市|村|社区|学校|企业|医院|机关|部门|单位|党委|党工委|党总支|党支部|支部)(?:党委|党工委|党组|党总支|党支部)?"
)


def apart(parts: Sequence[Part]) -> None:
    """Only where every step names its own."""
    found = [_KIND.match(part.what) for part in parts]
    kinds = {one.group() for one in found if one}
    if not all(found) or len(kinds) < max(2, len(parts)):
        return
    for part, kind in zip(parts, found, strict=True):
        if len(part.what) > kind.end():
            part.values.setdefault("applies", kind.group())
            part.what = part.what[kind.end() :]


_BRANCH = "(?:党?支部|党组织|村|社区|企业|单位|学校|医院|机关|乡镇|街道)"
_ANOTHER = re.compile(
    f"(?:其他|其余|另外的?|农村|机关|社区|企业|非公企业|国企|学校|医院|离退休|流动党员){_BRANCH}"
)
# 农村支部，应建阵地；其他支部，应建台账；未建的扣1分
_TWO_DEMANDS = re.compile(
    f"(?:^|[；。])[^，；。：]{{0,14}}{_BRANCH}[，：][^；。扣得加]+；[^，；。：]{{0,14}}{_BRANCH}[，：][^；。扣得加]+；"
)


# 有流动党员的支部，应建台账；无台账的扣1分，其他支部未报表的扣1分
_DEMANDED = re.compile(
    f"(?:^|[；。])[^，；。：]{{0,14}}(?:的{_BRANCH}|{_ANOTHER.pattern})[，：][^；。扣得加]+[；。].*(?:其他|其余|{_ANOTHER.pattern})"
)


def demanded(text: str) -> bool:
    """What is asked of one kind of branch only, where another is named behind."""
    return bool(_DEMANDED.search(text))


def one_demand(text: str) -> None:
    """A loss behind what two kinds of branches should do is no longer for the second alone."""
    found = _TWO_DEMANDS.search(text)
    if found and re.search("[扣得]", text[found.end() :]):
        raise Unread("前面对不同类别的党组织分别提了要求，后面的扣分针对哪一类，没有写明")


def check(parts: Sequence[Part]) -> None:
    """有流动党员的支部，无台账的扣1分，其他支部未报表的扣1分: the second is for others."""
    for part in parts:
        whom = part.values.get("applies", "")
        found = _ANOTHER.match(part.what) if whom else None
        if found and found.group() not in whom:
            raise Unread(f"“{part.what}”是对“{whom}”说的，还是对“{found.group()}”说的，没有写明")
