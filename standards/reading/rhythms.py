"""How often, in the short way of offices: 一月一公开, 一季一课, 半年一总结."""

import re
from collections.abc import Callable

_PER = {"月": "month", "季": "quarter", "半": "half", "年": "year", "周": "week", "学": "term"}
_OFTEN = r"(?:[一每](?P<per>月|季度?|年|学期)|一(?P<week>周)|(?P<half>半)年)"
# 一月一日 is a day, 一年一度 says nothing, the others are names.
_OTHER = r"(?![日号月天周年季度届卷个半]|[一二三四五六七八九十])"


def _per(found: re.Match) -> str:
    said = next(word for word in found.group("per", "week", "half") if word)
    return _PER[said[0]]


_OFTEN_SAID = tuple(
    ("per", re.compile(pattern), _per)
    for pattern in (
        rf"(?<![第十]){_OFTEN}(?=一(?:次|场|期|节|堂|回|趟|轮|遍|篇)(?!性))",
        rf"(?<![第十]){_OFTEN}一{_OTHER}(?=[\u4e00-\u9fff])",
    )
)
# 未实行一年一评的扣: what was not kept to, and no count.
_NOT_KEPT = re.compile(
    r"(?:未|没有?|不)能?(?:严格|认真|切实)?(?:实行|执行|落实|做到|坚持|按照?)"
    r"[^，。；0-9扣]{0,8}?(?:[一每](?:月|季度?|年|周|学期)|半年)一(?=[^，。；0-9扣每]{1,8}扣)"
)
# 未每季度走访一次的每户次扣: each that was left out, as in 未按季度走访的每户次扣.
_SO_MUCH = "[^，。；：、0-9一二两三每扣得加少缺]{0,10}"
_NOT_EACH = re.compile(
    rf"未(?:能|做到|坚持|严格)*每(?:个?月|个?季度?|半年|周)(?:至少)?{_SO_MUCH}(?:[一1]次)?{_SO_MUCH}(?=的?，?每[户人]?次，?扣)"
)
_SAYS_NOTHING = tuple(
    ("text", pattern, lambda found: None)
    for pattern in (re.compile("一年一度"), _NOT_KEPT, _NOT_EACH)
)
RHYTHMS: tuple[tuple[str, re.Pattern, Callable], ...] = (*_SAYS_NOTHING, *_OFTEN_SAID)
