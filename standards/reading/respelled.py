"""One word for what is written in many: 不计分 and 得0分 as 不得分, 扣除1分 as 扣1分, 百分之八十 as 80%."""

import re
from collections.abc import Callable

from standards.reading import numbering
from standards.reading.characters import Written
from standards.reading.numerals import number
from standards.reading.tokens import tokenize

_SOME = r"[0-9.]+(?:[-至到][0-9.]+)?分"
_OF_LINE = "(?:[本该此]项)?(?:全部)?(?:分值?|分数|得分)?"
_DIGIT = "[零一二两三四五六七八九十百点]"


# How it is looked at, before or behind everything else.
_PAPERS = "(?:相关|有关|原始|会议|活动|工作){0,2}(?:资料|台账|记录|档案|文件|材料|会议记录本?)"
_LOOKED = (
    rf"^(?:查阅|查看){_PAPERS}[，。；：](?=.)|"
    rf"[，。；]?（(?:(?:查阅|查看|检查|查|看){_PAPERS}|以{_PAPERS}为准)）[。；]?$"
)


def _digits(found: re.Match, sign: str) -> str:
    value = number(found["n"])
    return found.group() if value is None else f"{float(value):g}{sign}"


_SPELLINGS: tuple[tuple[re.Pattern, str | Callable], ...] = tuple(
    (re.compile(pattern), spelled)
    for pattern, spelled in (
        (_LOOKED, ""),
        (r"\"([^\"]+)\"", r"“\1”"),
        (rf"(?P<n>{_DIGIT}+点{_DIGIT}+)(?=分)", lambda found: _digits(found, "")),
        (r"(?<=[0-9%])(?:（含(?:本数)?）以上|以上（含(?:本数)?）)", "以上"),
        (r"(?P<n>[0-9]+)万(?=字)", r"\g<n>0000"),
        (r"(?<=[扣得加])(?P<n>[0-9.]+(?:-[0-9.]+)?)(?=[，。；）]|$)", r"\g<n>分"),
        (r"不得(?=少于|低于)", "不"),
        (r"(?:不低于|≥|>=)(?=[0-9一二两三四五六]+次)", "不少于"),
        (r"缺少(?=[0-9一二两三四五]+[次期场])", "缺"),
        (
            r"(?:不(?:予以?)?[给计记赋]分|不[予能]得分|(?<!分别)(?<!依次)(?<!最低)(?<!各)[得计记给赋](?:0|零)分|(?<=[差弱格的下])为(?:0|零)分)"
            r"(?![-至到值数]|、[0-9])|[得计记]0(?=[，。；]|$)",
            "不得分",
        ),
        (r"(?<=[差弱的])，?[则均](?=不得分)", ""),
        (rf"(?:给予?|赋予?)(?={_SOME})", "得"),
        (rf"(?<=[，；。（：计项共])限(?P<way>[扣加]|奖励?)(?={_SOME})", r"最多\g<way>"),
        (rf"(?:扣[除减掉罚去]|减扣)(?={_SOME})", "扣"),
        (rf"(?<![每加增扣酌核缩递少或、/（])减去?(?={_SOME})", "扣"),
        (rf"(?:直至|直到)扣完{_OF_LINE}(?=[，。；）]|$)", "扣完为止"),
        (
            rf"(?:直至|直到)?扣完{_OF_LINE}[为即]止",
            "扣完为止",
        ),
        (
            rf"百分之(?P<n>{_DIGIT}+?)(?:(?=[一二三四五六七八九十]个百分点)|(?!{_DIGIT}))",
            lambda found: _digits(found, "%"),
        ),
        (r"(?P<n>[一二两三四五六七八九十]+)(?=个百分点)", lambda found: _digits(found, "")),
    )
)


def respelled(written: Written) -> Written:
    for pattern, spelled in _SPELLINGS:
        written = _replaced(written, pattern, spelled)
    return _numbered(written)


def _replaced(written: Written, pattern: re.Pattern, spelled: str | Callable) -> Written:
    """Each new character comes from where the old ones stood."""
    text, origin, at = "", [], 0
    for found in pattern.finditer(written.text):
        said = spelled(found) if callable(spelled) else found.expand(spelled)
        start, end = found.span()
        text += written.text[at:start] + said
        places = (min(start + index, end - 1) for index in range(len(said)))
        origin += [*written.origin[at:start], *(written.origin[place] for place in places)]
        at = end
    if not at:
        return written
    return Written(written.phrase, text + written.text[at:], (*origin, *written.origin[at:]))


_FIRST = re.compile(r"(?:^|(?<=[：；。]))1(?P<mark>[.、])(?![0-9])")


_STYLE = re.compile("[0-9]+|[一二三四五六七八九十①-⑳]+|[A-Za-z]")


def _numbered(written: Written) -> Written:
    """Behind a comma a number begins the next item; a number alone at the head says nothing."""
    if first := _FIRST.search(written.text):
        behind = re.compile(rf"，(?=[2-9]{re.escape(first['mark'])}(?![0-9]))")
        written = _replaced(written, behind, "；")
    text = written.text
    head = numbering.end(text, 0, "")
    numbers = [text[token.start : token.end] for token in tokenize(text) if token.type == "enum"]
    alike = [one for one in numbers if _STYLE.sub("", one) == _STYLE.sub("", text[:head])]
    if not head or numbering.end(text, head, "") or len(alike) > 1:
        return written
    return Written(written.phrase, text[head:], written.origin[head:])
