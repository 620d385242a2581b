"""Takes a Chinese label apart, so that a rule reads as an officer would write it.

“支委会少开次数” is counted in 次, and each one is “每少开1次”. What is not recognised falls back to
plain forms that are still correct.
"""

import re
from dataclasses import dataclass

from standards.rules.shapes import Measure

# Longest first. The second part is the counter; "keep" says that the ending is also a word.
_ENDINGS = (
    ("人次数", "人次", ""),
    ("人次", "人次", ""),
    ("人数", "人", ""),
    ("批次数", "批次", ""),
    ("次数", "次", ""),
    ("工作日数", "个工作日", ""),
    ("天数", "天", ""),
    ("月数", "个月", ""),
    ("季度数", "个季度", ""),
    ("案件数", "件", "案件"),
    ("件数", "件", ""),
    ("事项数", "项", "事项"),
    ("事项", "项", "事项"),
    ("项数", "项", ""),
    ("问题数", "个", "问题"),
    ("问题", "个", "问题"),
    ("个数", "个", ""),
    ("处数", "处", ""),
    ("户数", "户", ""),
    ("份数", "份", ""),
    ("篇数", "篇", ""),
    ("起数", "起", ""),
    ("场数", "场", ""),
    ("册数", "册", ""),
    ("条数", "条", ""),
    ("种数", "种", ""),
    ("期数", "期", ""),
    ("周数", "周", ""),
    ("年数", "年", ""),
    ("年龄", "岁", "年龄"),
    ("面积", "平方米", "面积"),
    ("增长率", "%", "增长率"),
    ("党员", "人", "党员"),
    ("人员", "人", "人员"),
    ("数", "个", ""),
)
# These stay together: not 应报每未报1件, not 连续两次每未开展1次.
_WHOLE = re.compile(r"应(.{1,4})未\1\Z|连续[0-9一二两三四五六七八九十]")
_VERB = re.compile(
    r"(缺少|少|缺|漏|未|迟|逾期|超期|空缺|违反|获奖)(开展|开|上|做|记|报|交|学|席|到|公开|完成)?\Z"
)
_NOTE = re.compile(r"（([^（）]{1,20})）\Z")
_TWO = re.compile(r"([^与]+数)与([^与]+数)\Z")
_UNITS = ("平方米", "小时", "学时", "万元", "元", "天", "个月", "岁", "人", "次", "项", "件", "%")


@dataclass(frozen=True)
class Label:
    """`stem` + number + `counter` + `note` is a phrase: 支委会少开 + 2 + 次."""

    whole: str
    stem: str
    counter: str
    note: str = ""

    @property
    def verb(self) -> str:
        found = None if _WHOLE.search(self.stem) else _VERB.search(self.stem)
        return found.group() if found else ""


def read_label(measure: Measure) -> Label:
    whole = title(measure)
    if measure.kind == "ratio":
        return Label(whole, whole, "%")
    body, note = _split_note(whole)
    if note in _UNITS:
        return Label(body, body, note)
    for ending, counter, keep in _ENDINGS:
        if body.endswith(ending) and len(body) > len(ending) - len(keep):
            return Label(
                whole, body[: len(body) - len(ending)] + keep, counter, note and f"（{note}）"
            )
    counter = {"count": "次", "marks": "分", "ballots": "分"}.get(measure.kind, "")
    return Label(whole, body, counter, note and f"（{note}）")


def title(measure: Measure) -> str:
    """The label; of a ratio that names its two numbers, 满意票数与收回票数, the share."""
    whole = measure.label or measure.name
    two = _TWO.match(whole) if measure.kind == "ratio" else None
    return f"{two.group(1)}占{two.group(2)}的比例" if two else whole


def _split_note(whole: str) -> tuple[str, str]:
    found = _NOTE.search(whole)
    return (whole[: found.start()], found.group(1)) if found and found.start() else (whole, "")


# Levels that occur in nearly every table of awards and penalties; others print their key.
LEVELS = {
    "national": ("国家级", "national"),
    "province": ("省级", "provincial"),
    "city": ("市级", "city"),
    "county": ("县级", "county"),
    "township": ("乡镇级", "township"),
    "warning": ("警告", "warning"),
    "serious": ("严重警告", "serious warning"),
    "removal": ("撤销职务", "removal from post"),
    "probation": ("留党察看", "probation"),
    "expulsion": ("开除党籍", "expulsion"),
}
