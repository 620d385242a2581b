"""Idioms of what is won and lost, as idioms.py has them: 有即得分, 否则倒扣2分, 责任书记2分."""

import re
from collections.abc import Callable
from fractions import Fraction

from standards.reading.numerals import Size


def _nothing(found: re.Match) -> None:
    return None


_PER = {"个": "month", "月": "month", "季": "quarter", "半": "half", "年": "year"}

SCORED: tuple[tuple[str, re.Pattern, Callable], ...] = tuple(
    (type, re.compile(pattern), value)
    for type, pattern, value in (
        ("text", r"(?<=责任|承诺|协议|意见|建议|倡议)书(?=[计记][0-9.]+分)", _nothing),
        (
            "text",
            r"相应的?(?=措施|工作|制度|职责|责任|材料|资料|记录|台账|处理|整改|档案|机构|活动|计划)",
            _nothing,
        ),
        ("text", r"(?<=[定立善全订台有无])(?:考核|评分|计分|扣分)(?:办法|标准)(?!：)", _nothing),
        (
            "full",  # 有即得分，无不得分
            r"(?:即可|即|就|则|可)得分(?=[，。；）]|\Z)|(?<=[有成的到立展实])得分(?=，?(?:否则|反之|未|没|无|不(?!超)|缺))",
            _nothing,
        ),
        (
            "qty",  # 自查二次得4分; 一次扣3分，二次扣5分
            r"(?<![第再])二次(?=的?，?[得计记加奖]|(?:（含）)?及?以上)|(?<=分，)二次(?=扣)",
            lambda found: Size(Fraction(2), "次"),
        ),
        (
            "text",  # 每季度末上交得2分，延迟上交得1分
            r"每(?:个?月|季度?|半年|年)(?:[底末初]|[0-9]+[日号])(?:之?前)?(?=[^，。；0-9每]{1,16}[得计记][0-9.]+分[，。；][^，。；0-9]{0,6}(?:延|逾期|推迟|迟|超期|超时|晚))",
            _nothing,
        ),
        ("per", r"每(?:个?月|季度?|半年|年)[底末](?!之?前)", lambda found: _PER[found.group()[1]]),
        (
            "qty",  # 发现一人一次未佩戴扣0.2分
            r"[一1][人名][一1]次(?=[^，。；0-9]{0,16}，?扣)",
            lambda found: Size(Fraction(1), "人次"),
        ),
        (
            "fill",  # 1场（次）
            r"(?<=[次处例个项场件篇人条])（[一1]?[人次条篇件例处项场个]）",
            _nothing,
        ),
        (
            "sum",
            r"(?:每年度?|全年|一年|年度内?)(?=(?:最[多高]|至多)(?:[加得计记扣]|不超过)?[0-9])",
            _nothing,
        ),
        ("fill", r"在?(?:基本|基础|原有?)得?分的?基础上(?=，?[加奖])", _nothing),
        (
            "fill",  # 单科不足70分每出现1人扣2分
            r"(?:(?<=[分%]每)|(?<=[分%]的每))(?:出现|发现|发生|有)(?=[一1]?(?:人|名|例|次|起|处|件|科))",
            _nothing,
        ),
        (
            "least",  # 至少召开2次专题会议
            r"应?至少(?:召开|开展|组织|举办|举行|进行)(?=(?:[0-9]+|[一二两三四五六七八九十]+)(?:次|场|期))",
            _nothing,
        ),
        ("backward", r"(?:否则|反之)，?(?:倒扣|[得计记]-)(?=[0-9])", _nothing),
        ("lose", r"倒扣(?=[0-9.]+分[^。]*扣完(?:为止|即止))", _nothing),
    )
)
