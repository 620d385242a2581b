"""Idioms of how a line is rated: 按5、3、1评分, 根据记录评分 before the rule, 有上述情况的减半扣分."""

import re
from collections.abc import Callable
from fractions import Fraction

from standards.reading.numerals import ARABIC


def _nothing(found: re.Match) -> None:
    return None


def _amounts(found: re.Match) -> tuple[Fraction, ...]:
    return tuple(map(Fraction, re.findall(ARABIC, found["amounts"])))


_RATED = "(?:进行)?(?:评分|打分|计分|赋分|给分|记分|评定)"
_BY = "(?:根据|依据|依照|按照?|结合|对照|参照|视)"
# What is looked at, and what has to be weighed.
_SEEN = "(?:记录|台账|资料|材料|档案|会议记录本|手册|签到[册表]|通报)"
_WEIGHED = "(?:情况|效果|质量|程度|成效|实绩|表现|水平)"

_LIKE = (
    r"(?:存在|具有|出现|发生|涉及|有)(?:上述|以上|前述|同样|同类|此类|类似)(?:违纪|违规)?"
    r"(?:情况|情形|问题|行为|现象)(?:之一)?的?，?(?:一律|均|按规定)?"
)

RATED: tuple[tuple[str, re.Pattern, Callable], ...] = tuple(
    (type, re.compile(pattern), value)
    for type, pattern, value in (
        (
            "rated",  # 根据质量，分别按4、2、1分评分
            rf"(?:{_BY}[^，。；：、0-9扣得加]{{0,14}}{_WEIGHED}，?)?(?:分别)?(?:按照?|以)(?P<amounts>{ARABIC}分?(?:[、/]{ARABIC}分?){{1,4}})"
            rf"(?:(?:的标准)?(?:分)?[两二三四五]个?(?:档次|等次|等级|档|等|级))?(?:的标准)?{_RATED}(?=[，。；）]|\Z)",
            _amounts,
        ),
        (
            "halved",
            rf"{_LIKE}(?:减半(?:扣分|扣减|扣除|计扣)|按(?:上述|以上)?(?:标准|分值)的?(?:一半|50%)(?:扣分|扣减|扣除))(?=[，。；）]|\Z)",
            _nothing,
        ),
        ("grade", r"第[一二三四五]档(?=的?，?(?:得[0-9]|不得分))", _nothing),
        ("method", rf"{_BY}[^，。；：、0-9扣得加]{{0,12}}{_SEEN}{_RATED}(?=[，。；：])", _nothing),
        (
            "method",  # 按实际效果评分，少一次扣1分
            rf"{_BY}[^，。；：、0-9扣得加]{{0,12}}{_WEIGHED}{_RATED}(?=[，。；：][^。；]*扣{ARABIC})",
            lambda found: "weighed",
        ),
    )
)
