"""Idioms of the how many-eth time, of all before and of both ways: 自第3次起每次, 以上各项扣完为止, 每高于或低于基准."""

import re
from collections.abc import Callable
from fractions import Fraction

from standards.reading.numerals import ARABIC, CHINESE, Size, number

_N = rf"(?:{ARABIC}|{CHINESE})"
_COUNTED = "人次|次|天|个?工作日|日|件|例|起|处|名|人|期|场|篇"
_YEAR = "(?:(?:全年|每年|一年|年|年度|本年度)(?:内|度)?)"
_UP = "上浮|高于|高出|超过|超出|上升|提高|增加|增长|提升|高|升|增|超"
_DOWN = "下浮|低于|降低|下降|减少|低|降|减|少"
_ABOVE = (
    r"(?:以上|上述|前述)(?:各项|各条|各款|[两二三四五六七八九]项|情形|情况|问题|内容|项目|条款)*"
)
_IN_ALL = r"(?:累计|合计|总计|共计)"
_LINE = (
    r"(?:(?:本|该|此)(?:小?项|条|款)?(?:标准|基准|考核)?(?:全部|所有)?(?:分值|总分|满分|分数|分)?)"
)


def _nothing(found: re.Match) -> None:
    return None


def _let_go(found: re.Match) -> Fraction | None:
    """不超过2次，从第3次起: so many are free where the numbers follow on each other."""
    kept, begins = number(found["kept"]), number(found["begin"])
    return kept if kept is not None and begins == kept + 1 else None


def _before(found: re.Match) -> Fraction | None:
    """请假第3次起: two are free."""
    begins = number(found["begin"])
    return begins - 1 if begins is not None and begins > 1 else None


def _ordered(found: re.Match) -> tuple[Fraction, str] | None:
    many = number(found["n"]) if found["n"] else Fraction(1)
    return (many, found["unit"] or "次") if many else None


_SPELLS = {"月": "个月", "季": "个季度"}

ORDINALS: tuple[tuple[str, re.Pattern, Callable], ...] = tuple(
    (type, re.compile(pattern), value)
    for type, pattern, value in (
        (
            "fill",  # 以上各项累计扣分，扣完本项分值为止
            rf"(?<![^，。；：）])(?:{_ABOVE}|各项)(?:的?扣分)?{_IN_ALL}?(?:的?扣分)?，?(?:以|至|直至|直到)?"
            rf"(?=扣(?:完|光|尽|至0分?|到0分?){_LINE}?(?:为止|即止)|扣(?:完|光|尽)(?:[。；）]|\Z))",
            _nothing,
        ),
        (
            "sum",  # 以上合计扣完4分为止
            rf"(?<![^，。；：）]){_ABOVE}(?:的?扣分)?{_IN_ALL}?(?:的?扣分)?，?(?=扣[完满足]{ARABIC}分(?:为止|即止|止))",
            _nothing,
        ),
        (
            "floor",  # 以上各项扣分合计不超过本项分值
            rf"(?<![^，。；：）])(?:{_ABOVE}|各项)?{_IN_ALL}?的?扣分(?:总和|总数|总额|之和)?{_IN_ALL}?"
            rf"(?:最[多高])?(?:以(?:扣完)?{_LINE}为限|不(?:得|能)?超(?:过|出)(?:本|该|此)(?:小?项|条|款)的?(?:标准|基准|考核)?(?:总分|满分|分值|分数|分))(?=[，。；）]|\Z)",
            _nothing,
        ),
        (
            "text",  # 全年请假不超过2次，从第3次起: of the year goes without saying
            rf"{_YEAR}(?=[^，。；：、0-9每]{{0,12}}(?:不得?超过{_N}(?P<unit>{_COUNTED})，|超过{_N}(?:{_COUNTED})的?，?|{_N}次(?:以内|之内|及以下|内)的?不[^，。；]{{0,3}}，)?(?:从|自)?第{_N}(?:{_COUNTED})(?:起|开始|以后)，?每|[^，。；：、0-9每]{{0,12}}不得?超过{_N}次的?，超(?:过|出)(?:的|部分)+，?每次)",
            _nothing,
        ),
        (
            "text",  # 全年无上访每次加1分，计入总分
            rf"{_YEAR}(?=(?:均|都)?(?:无|没有|未发生|未出现|零)[^，。；：、0-9每]{{1,16}}每次加)",
            _nothing,
        ),
        (
            "free",  # 请假不超过2次，自第3次起每次扣0.2分
            rf"(?:不得?超过|(?<![不未])超过)(?P<kept>{_N})(?P<unit>{_COUNTED})的?，(?:从|自)?第(?P<begin>{_N})(?P=unit)(?:起|开始|及?以后)+的?，?(?=每[一1]?(?P=unit))",
            _let_go,
        ),
        (
            "free",  # 请假不超过3次，超过的每次扣0.1分
            rf"(?<!党员)(?<!人员)(?<!人数)不得?超过(?P<kept>{_N})(?P<unit>次|人次|天|个?工作日|件|例|起|处)的?，超(?:过|出)(?:的|部分)+，?(?=每[一1]?(?P=unit)的?，?扣)",
            lambda found: number(found["kept"]),
        ),
        (
            "free",  # 迟到2次以内不扣分，第3次起每次扣0.5分; 逾期3天以内不扣分，从第4天起每天扣
            rf"(?P<kept>{_N})(?P<unit>天|个?工作日|日|次|人次|件|例|起|处|人)(?:（含）)?(?:以内|之内|及以下|内)(?:（含）)?的?(?:不予?扣分?|免扣)的?[，；](?:从|自)?第(?P<begin>{_N})(?P=unit)(?:起|开始|及?以后)+的?，?(?=每[一1]?(?P=unit))",
            _let_go,
        ),
        (
            "free",  # 逾期天数超过3天的，每超1天扣0.1分
            rf"天数超过(?P<kept>{_N})(?P<unit>天|个?工作日|日)的，(?=每超[一1](?P=unit))",
            lambda found: number(found["kept"]),
        ),
        (
            "free",  # 请假自第3次起每次扣0.2分
            rf"(?<=[\u4e00-\u9fff])(?<![从自的者分次])(?:从|自)?第(?P<begin>{_N})(?P<unit>{_COUNTED})(?:起|开始|及?以后)+的?，?(?=每[一1]?(?P=unit))",
            _before,
        ),
        (
            "nth",  # 第一次逾期扣0.5分
            rf"(?:第(?P<n>{_N})(?P<unit>人次|次|件|例|起)|首次|初次)(?!起|开始|及?以|之后)(?=[^，。；：、0-9每不第的再加]{{2,8}}扣{ARABIC}分)",
            lambda found: _ordered(found) if found.group()[0] == "第" else (Fraction(1), "次"),
        ),
        (
            "rise_fall",  # 每高于或低于基准1个百分点
            rf"(?:{_UP})(?:或者?|、|/)(?:{_DOWN})(?:基准|标准|目标|基数)?值?(?={_N}个?(?:百分点|%))|"
            rf"(?:{_DOWN})(?:或者?|、|/)(?:{_UP})(?:基准|标准|目标|基数)?值?(?={_N}个?(?:百分点|%))",
            _nothing,
        ),
        (
            "both",  # 最多加减1分
            rf"(?:加扣分|加减分|加分、?和?扣分|加、[减扣]分?)(?:均|各|都)(?:最[多高]|不超过|最多不超过)(?={ARABIC}分)|(?:加分和?扣分|加减分|加、减分)?(?:均|各|都)?(?:最[多高]|不超过|最多不超过)(?:加减|加扣|加、减|加、扣|加或减|加或扣)(?={ARABIC}分)",
            _nothing,
        ),
        (
            "per",  # 每季度末月25日前报送
            r"每个?季度?末月(?![份])",
            lambda found: "quarter",
        ),
        (
            "gain_lose",  # 相应加、减0.1分, 分别加或减
            rf"(?:相应|分别|对应)(?:地|各)?(?:(?:加|奖)分?(?:或者?|、|/|和)(?:减|扣)|(?:减|扣)分?(?:或者?|、|/|和)(?:加|奖))(?={ARABIC}分)",
            _nothing,
        ),
        (
            "dur",  # 每缺1月扣0.1分
            r"(?<=[缺少漏差欠期迟晚])(?P<n>[1-9]|一)个?(?P<unit>月|季)(?!度)(?=的?，?扣|未)",
            lambda found: Size(number(found["n"]), _SPELLS[found["unit"]]),
        ),
    )
)
