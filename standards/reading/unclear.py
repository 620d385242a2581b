"""Wordings that no rule holds, whatever else the cell says: 其余支部 behind other branches, 一级扣3分."""

import re

from standards.reading.parts import Unread

_BODY = "(?:党?支部|党组织|党小组|村|社区|单位|企业|学校|机关|医院)"
_KIND = "(?:农村|机关|社区|国企|国有企业|非公企业|非公|企业|学校|高校|医院|两新|社会组织|离退休|街道|乡镇|事业单位)"
_FIRST = r"(?:^|[；。])[^，；：。0-9扣得加]{1,20}"
_OUGHT = "(?:，|应|须|需|要)"
_UNCLEAR = (
    (  # 流动党员较多的支部，应建流动党支部；其余支部，…
        rf"{_FIRST}{_BODY}{_OUGHT}[^；。扣得加]*[；。](?P<words>(?:其[他余它]|剩余)(?:的|{_BODY})(?:{_OUGHT}|：)|{_KIND}{_BODY}[，：])",
        "对前面一类适用还是对后面一类适用",
    ),
    (  # 有流动党员的支部，无台账的扣1分，其他支部未报表的扣1分
        rf"{_FIRST}的[^，。；的]{{0,4}}{_BODY}，[^；。]*(?:；[^；。]*)?，(?P<words>(?:其[他余它]|[^，。；的0-9]{{1,10}}的){_BODY})[未没无不缺][^，。；]*扣",
        "与前面一类怎么分",
    ),
    (  # 有流动党员的支部应建台账，无台账的扣1分；其他支部未报表的扣1分
        rf"{_FIRST}的[^，。；的]{{0,4}}{_BODY}(?:应|须|需|要)[^。]*[；，](?P<words>其[他余它]{_BODY})[^，。；]*扣",
        "与前面一类怎么分",
    ),
    (r"(?:(?<=，)|(?<=的)|(?<=的，))(?P<words>[一1][季级等档类票])(?=扣[0-9])", "按什么计数"),
    (
        r"(?P<words>每[日天][^，。；：0-9一扣得加每]{0,12}[未没不缺迟漏][^，。；：0-9一扣得加每]{0,10}?)的?，?扣[0-9]",
        "是每天都扣还是只扣一次",
    ),
)
_PATTERNS = tuple((re.compile(pattern), why) for pattern, why in _UNCLEAR)


def check(text: str) -> None:
    for pattern, why in _PATTERNS:
        if found := pattern.search(text):
            raise Unread(f"“{found['words'].rstrip('，：应须需要')}”{why}，未能识别，请人工核定")
