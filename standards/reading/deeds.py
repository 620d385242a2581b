"""A cell of nothing but demands with their points: 有80平方米以上的活动室（2分）；布置整齐，有桌椅（3分）."""

import re
from fractions import Fraction

from standards.reading.characters import Written
from standards.reading.numerals import ARABIC
from standards.reading.parts import Part, Rules
from standards.reading.sections import SCORED, STATE_OR_DEED

_NUMBER = r"(?:[①-⑳]|（[0-9一二三四五六七八九十]{1,2}）|[0-9]{1,2}[.、](?![0-9]))?"
_BY_WHOM = r"(?:（由[^（）0-9]{2,20}(?:评分|打分|考核|考评|评定)）)?[。；]?"
_DEED = re.compile(
    rf"{_NUMBER}(?P<what>[^。；（）]{{2,60}})（(?:计|得)?(?P<n>{ARABIC})分）[，。；]?{_BY_WHOM}"
)
# 签订责任书，1分。 and 有计划和总结。（2分）; what is asked for may be several sentences.
_LONGER = re.compile(
    rf"{_NUMBER}(?P<what>(?:[^（）]|（[^（）]*）){{2,160}}?)(?:，(?P<n>{ARABIC})分(?=[。；]|$)|[。；]?（(?:计|得)?(?P<m>{ARABIC})分）)"
    rf"[。；]?{_BY_WHOM}"
)
_OTHERWISE = re.compile(
    rf"{SCORED.pattern}|每|{ARABIC}分|[未没无不](?!少于|低于|小于|断)|酌|扣|分别"
)
# 每月召开1次 asks for it; 每召开1次 may earn time by time.
_DUE = re.compile(
    "每(?:[日天]|[0-9一两二三]?个?(?:年|季度?|半年|月|周|学期)|个?(?:村居|村|社区|党?支部|单位|企业|学校)(?=[^，。；]{0,4}(?:有|配备|建立|设立|至少|明确)))"
)
_SO_OFTEN = re.compile(
    "每(?:个?月|季度?|半年|年|周|学期)[^，。；]{0,6}?(?:不少于|至少)?[0-9一二两三四]+(?:次|场|期)$|"
    "(?:不少于|至少|达到)[0-9一二两三四五六]+(?:次|场|期|件|个|项|户|人|名|篇|条)(?:以上)?$"
)
# Of one demand alone with all of the line nobody says what a part of it is worth.
_SEVERAL = re.compile("[每0-9，、；]|(?:情况|工作|建设)$")


def read(written: Written, points: Fraction | None) -> Rules | None:
    """Each is there or not; nothing where they are not the whole line, or where one may be anything."""
    credits = _credits(_DEED, written.text) or _credits(_LONGER, written.text)
    if sum(credits.values()) != points or not _are_deeds(list(credits)):
        return None
    start, end = written.source(0, len(written.text))
    if len(credits) == 1 and any(map(_SEVERAL.search, credits)):
        return None
    if len(credits) == 1:
        return Rules([Part("binary", {"met": True}, next(iter(credits)), "", start, end)])
    values = {"parts": list(credits), "credits": credits}
    rules = Rules([Part("parts", values, "", "", start, end)])
    rules.doubt("一项里有几个要求的，按全部做到才得分读", "0.8")
    return rules


def _credits(deed: re.Pattern, text: str) -> dict[str, Fraction]:
    """What is asked for, with its points; nothing where the cell says anything else."""
    found = [one.groupdict() for one in deed.finditer(text)]
    labels = [re.sub("[。；]", "，", one["what"].strip("，、：。；")) for one in found]
    amounts = [Fraction(one["n"] or one["m"]) for one in found]
    alone = len(set(labels)) == len(labels) and not deed.sub("", text)
    return dict(zip(labels, amounts, strict=True)) if alone else {}


# 目标逐级分解 beside 制定方案; but 宣传工作 may be anything, whatever stands beside it.
_WEAKER = re.compile(
    "分解|上升|下降|增长|提高|分析|通报|检查|考核|研究|部署|推广|实施|编制|编印|报送|上报|整改|培训|公布|发布|执行|坚持|实行|推行|纳入"
)
_SENTENCE = 12  # characters: longer than any matter is called
_MATTER = re.compile("(?:工作|建设|情况|方面|内容|制度|机制|体系|效果|质量|水平)$")


def _are_deeds(labels: list[str]) -> bool:
    return any(map(_is_deed, labels)) and all(
        _is_deed(label)
        or _WEAKER.search(label)
        and not (len(label) < _SENTENCE and _MATTER.search(label))
        and not _OTHERWISE.search(_DUE.sub("", label))
        for label in labels
    )


def _is_deed(label: str) -> bool:
    """制定年度计划, 有桌椅; but 组织建设 may be anything."""
    asked = STATE_OR_DEED.search(label) or "签" in label or _SO_OFTEN.search(label)
    return bool(asked) and not _OTHERWISE.search(_DUE.sub("", label))
