"""Idioms of how a line is rated: 按5、3、1评分, 根据记录评分 before the rule, 有上述情况的减半扣分."""

import re
from collections.abc import Callable
from fractions import Fraction

from standards.reading.lexicon import WORDS
from standards.reading.numerals import ARABIC


def _nothing(found: re.Match) -> None:
    return None


def _amounts(found: re.Match) -> tuple[Fraction, ...]:
    return tuple(map(Fraction, re.findall(ARABIC, found["amounts"] or found["tiers"])))


_RATED = "(?:进行)?(?:评分|打分|计分|赋分|给分|记分|评定)"
_BY = "(?:根据|依据|依照|按照?|结合|对照|参照|视)"
# What is looked at, and what has to be weighed.
_SEEN = "(?:记录|台账|资料|材料|档案|会议记录本|手册|签到[册表]|通报)"
_WEIGHED = "(?:情况|效果|质量|程度|成效|实绩|实效|表现|水平)"
_KIND = "(?:相关|有关|会议|活动|学习|平时|日常|考勤|检查|原始|现场){0,3}"
_AMOUNTS = rf"{ARABIC}分?(?:(?:[、/]{ARABIC}分?){{1,4}}|(?:-{ARABIC}分?){{2,4}})"
_TIERS = "[两二三四五]个?(?:档次|等次|等级|档|等|级)"

_GRADE = f"(?:{'|'.join(WORDS['grade'])})"
_GRADES = f"{_GRADE}(?:、{_GRADE})*"

_LIKE = (
    r"(?:存在|具有|出现|发生|涉及|有)(?:上述|以上|前述|同样|同类|此类|类似)(?:违纪|违规)?"
    r"(?:情况|情形|问题|行为|现象)(?:之一)?的?，?(?:一律|均|按规定)?"
)

RATED: tuple[tuple[str, re.Pattern, Callable], ...] = tuple(
    (type, re.compile(pattern), value)
    for type, pattern, value in (
        (
            "rated",  # 根据质量，分别按4、2、1分评分
            rf"(?:{_BY}[^，。；：、0-9扣得加]{{0,14}}{_WEIGHED}，?)?(?:酌情|视情)?(?:分别)?(?:(?:按照?|以)(?P<amounts>{_AMOUNTS})(?:(?:的标准)?分?{_TIERS})?(?:的标准)?{_RATED}"
            rf"|(?:分为?|设)(?P<tiers>{_AMOUNTS}){_TIERS}{_RATED}?)(?=[，。；）]|\Z)",
            _amounts,
        ),
        (
            "halved",
            rf"{_LIKE}(?:减半(?:扣分|扣减|扣除|计扣)|按(?:上述|以上)?(?:标准|分值)的?(?:一半|50%)(?:扣分|扣减|扣除))(?=[，。；）]|\Z)",
            _nothing,
        ),
        (
            "quote",  # 评为“好”的: quotes around a graded word are only for the eye
            rf"(?:\A|(?<=[为是，；、（：])|(?<=等次)|(?<=等级)|(?<=档次)|(?<=结果))“(?={_GRADES}”)|"
            rf"“(?={_GRADES}”的?(?:等次|等级|档次?|，?[得扣计记][0-9.]+分|，?不[得扣]分))",
            _nothing,
        ),
        (
            "fill",  # “较好”等次扣1分, 较好的等次扣1分
            r"(?<=”)的?(?:等次|等级|档次?)(?=的?，?(?:[得扣加计记]|不[得扣]|为))|"
            r"(?<=[好般差秀格职良意])的?(?:等次|等级|档次)(?=的?，?(?:[得扣计记]|不[得扣]|为))",
            _nothing,
        ),
        ("grade", r"第[一二三四五]档(?=的?，?(?:得[0-9]|不得分))", _nothing),
        (
            "fill",
            r"(?:分别)?按照?(?=(?:优秀?|好|很好|甲等|一等|A[级等档])、[^，。；0-9]{1,12}[得计记][0-9])",
            _nothing,
        ),
        (
            "fill",
            r"按照?(?=(?:很?好|优秀?|非常满意|很?满意|甲|A)、[^，。；0-9]{1,20}[2-5两二三四五]个?(?:档|等|级|类))",
            _nothing,
        ),
        (
            "fill",  # 按满意、一般、差3档划分，
            "(?<=[差好中般格意劣职良])[两二三四五2-5]个?(?:档次?|等次|等级|级|类)(?:进行)?(?:划分|评价|评定|分级)?(?=，(?:计分|评分|分值|得分|赋分|分别|依次))",
            _nothing,
        ),
        (
            "all",
            "(?:计分标准|评分标准|计分|分值|得分|赋分)(?:依次|分别)?(?=(?:计为|记为|为|计|记|得)[0-9.]+分?、)",
            _nothing,
        ),
        (
            "method",  # 依据会议记录，少一次扣1分
            rf"(?:{_BY}|查?看|查阅|核查)[^，。；：、0-9扣得加]{{0,12}}{_SEEN}{_RATED}(?=[，。；：])|(?:根据|依据|对照){_KIND}{_SEEN}(?=，)|"
            rf"以{_KIND}(?:查看|查阅)?{_KIND}{_SEEN}为(?:依据|准)(?:{_RATED})?(?=[，。；：])",
            _nothing,
        ),
        (
            "method",  # 按实际效果评分，少一次扣1分
            rf"{_BY}[^，。；：、0-9扣得加]{{0,12}}{_WEIGHED}{_RATED}(?=[，。；：][^。；]*扣{ARABIC})",
            lambda found: "weighed",
        ),
    )
)
