"""Idioms of words whose numbers count nothing, and of places that are counted: 《…100周年…》, 每村扣1分."""

import re
from collections.abc import Callable
from fractions import Fraction

from standards.reading.numerals import Size


def _nothing(found: re.Match) -> None:
    return None


_BODY = "村|所|校|站|班|院|厂|店|科室|企业|社区|学校|党?支部|单位|部门|镇|乡|街道"
_TOGETHER = (
    "(?:谋划|研究|部署|安排|落实|检查|督促|催促|督查|考核|推进|推动|总结|抓|参加|参与|开展|组织|召开|学习|计划|"
    "布置|讨论|进行|实施|评比|评价|评选|表彰|规划|协商|过|走|做|到|去)"
)

ASIDES: tuple[tuple[str, re.Pattern, Callable], ...] = tuple(
    (type, re.compile(pattern), value)
    for type, pattern, value in (
        ("text", r"《[^《》]{1,120}(?:《[^《》]{1,60}》[^《》]{0,40})*》", _nothing),
        ("text", rf"(?<![每有生现在处查])一起(?={_TOGETHER})", _nothing),  # 与业务工作一起研究部署
        (
            "text",  # 每次学习，出席率低于80%，一次扣1分; 在每月最后两天仍未录入
            r"每次(?:集中)?(?:学习|会议|活动|培训|例会|组织生活)(?=，[^，。；0-9]{1,16}(?:低于|不足|未达|少于)[^，。；]{1,12}，?(?:每|一)次)|"
            r"在?每(?:个?月|季度?|半年|年)的?最后[一二两三四五六七八九十0-9]+(?:个工作日|天|日|周)(?=[^，。；0-9]{0,4}[未没])",
            _nothing,
        ),
        (
            "text",  # 每月学习不少于180分钟的站点达到总数90%: which of them are counted
            rf"(?:每(?:个?月|季度?|年|周))?[^，。；：、0-9每扣得加少低]{{0,20}}(?:不少于|不低于|超过|达到|满)[0-9.]+(?:分钟|小时|学时|课时|次|天)(?:以上)?的"
            rf"(?=(?:{_BODY}|站点|党员|人员|干部|教师|职工|学员)[^，。；0-9]{{0,10}}(?:达|占|比|不低于|低于|在)[^，。；0-9]{{0,8}}[0-9.]+%)",
            _nothing,
        ),
        (
            "floor",  # 基本分扣完为止
            r"(?:基本|基础|标准|基准)分(?:值)?扣[完光](?:为止|即止|止)?(?=[，。；）]|\Z)",
            _nothing,
        ),
        (
            "qty",  # 经费不落实的，每所扣1分
            rf"(?<=每)(?:{_BODY})(?=的?，?[扣减加][0-9])",
            lambda found: Size(Fraction(1), "个"),
        ),
    )
)
