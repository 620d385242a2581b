"""One way of writing: plain digits, simplified characters, Chinese punctuation, no blanks."""

import re
import unicodedata
from dataclasses import dataclass

from standards.reading.traditional import TABLE

_PLAIN = {
    ",": "，",
    ";": "；",
    "|": "；",
    ":": "：",
    "(": "（",
    ")": "）",
    "[": "（",
    "]": "）",
    "【": "（",
    "】": "）",
    "〔": "（",
    "〕": "）",
    "「": "“",
    "」": "”",
    "『": "“",
    "』": "”",
    "‘": "“",
    "’": "”",
    "~": "-",
    "〜": "-",
    "—": "-",
    "–": "-",
    "－": "-",
    "―": "-",
    "‐": "-",
    "−": "-",
    "\n": "；",
    "\r": "；",
    "\v": "；",
    "\f": "；",
    "\u2028": "；",
    "\u2029": "；",
    "!": "。",
    "丶": "、",
    "旳": "的",
    "＝": "=",
    "≧": "≥",
    "≦": "≤",
    "〇": "零",
    "O": "O",
    "﹪": "%",
    "㎡": "平方米",
    "×": "×",
    "•": "；",
    "●": "；",
    "■": "；",
    "◆": "；",
    "▲": "；",
    "△": "；",
    "◇": "；",
    "►": "；",
    "□": "、",
    "☐": "、",
    "☑": "、",
    "★": "",
    "※": "",
    "*": "",
}
_NARROW = str.maketrans("０１２３４５６７８９．", "0123456789.")
# Compatibility forms would turn ① into a bare 1.
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


@dataclass(frozen=True)
class Written:
    """`text` is what is read; `origin[i]` is where its character stands in the phrase."""

    phrase: str
    text: str
    origin: tuple[int, ...]

    def source(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the phrase from which text[start:end] came."""
        if start >= end:
            at = self.origin[start] if start < len(self.origin) else len(self.phrase)
            return at, at
        return self.origin[start], self.origin[end - 1] + 1

    def printed(self, words: str) -> str:
        """`words` of the text as the phrase has them, without blanks."""
        at = self.text.find(words)
        start, end = self.source(at, at + len(words)) if at >= 0 else (0, 0)
        return "".join(self.phrase[start:end].split()) or words


# A full stop of another keyboard; 0.5 and 一.组织建设 are none.
_STOP = re.compile(r"(?<=[\u4e00-\u9fff）)])(?<![一二三四五六七八九十])\.")
# 人·次, 0.5——1分, 扣1分（）
_PASSED_OVER = re.compile(
    r"(?<=人)[·•](?=次)|(?<=[-—–~～])[-—–~～]|(?<=[\u4e00-\u9fff])(?<![扣得加减计记奖])[(（【]\s*[)）】]"
)
# 查阅资料 未达到要求每项扣1分: how it is looked at, and a blank for the mark behind it.
_LOOKED = re.compile(
    r"(?:(?<=^)|(?<=[；;。\n]))\s*(?:实地|现场)?(?:查阅|查看|察看|看|查)(?:资料|记录|台账|文件|档案|现场|材料)*(?P<gap>\s)(?=\s*[未没不无])"
)
# 责任心不强；扣5分: the mark stands before what it costs.
_TORN = re.compile(r"(?<![分；;。，,）)\s])(?P<gap>[；;])(?=\s*扣\s*[0-9])")
# Retyped tables have the letter for the digit: l-2名, 扣l分.
_ONE = re.compile(r"(?<![A-Za-z0-9])[lI](?=\s*(?:[-~—–至.、]\s*)?[0-9]|\s*[分次项人名个])")


# 扣0。5分, 得1、5分: the point was typed as another mark.
_POINT = re.compile(
    r"(?<![0-9.。、])(0|(?<=[扣得加减计记奖])[0-9])[。、·](?=\s*[0-9]{1,2}\s*分(?![0-9、]))"
)
# 扣.5分
_BARE_POINT = re.compile(r"(?<=[扣得加减计记奖各次-])[.](?=[0-9]{1,2}\s*分)")
# 每缺乙個單位: what a program made of 一個.
_ONE_OF = re.compile("(?<!甲)乙(?=[個个])")

# What a program that wished to modernise the text has made of 否则, 原则上, 细则.
_THEN = re.compile(r"(?<=[否原细准规守])(\s*)那(\s*)么")
# 按完成率*5分计分, 得分=分值*完成率
_TIMES = re.compile(
    r"(?<=[率例度比数）)%])[*](?=[0-9]|(?:[本该此]项)?(?:标准|基准|满)?分)|(?<=[0-9分值])[*](?=[^，。；,;0-9]{1,12}[率度比])"
)

# A grade and its points, cell behind cell: 好 10 较好 8 一般 5.
_ROW = r"(?:[0-9一二三四]{1,2}[.、)）]\s*)?[\u4e00-\u9fff]{1,8}[:：]?\s+[0-9]+(?:\.[0-9]+)?"
_ROWS = re.compile(rf"\s*{_ROW}(?:\s+{_ROW}){{1,6}}\s*[。；;]?\s*")
_AMOUNT = re.compile(r"(?<=\s)[0-9]+(?:\.[0-9]+)?(?=\s|[。；;]?$)")


def normalise(phrase: str) -> Written:
    found, origin = [], []
    written = _TIMES.sub("×", phrase.translate(_NARROW))
    written = _ONE_OF.sub("一", _POINT.sub(r"\1.", written))
    written = _THEN.sub(r"\1则\2 ", _ONE.sub("1", written))
    stops, passed_over = _places(_STOP, written), _places(_PASSED_OVER, written)
    gaps = (*_LOOKED.finditer(written), *_TORN.finditer(written))
    commas = {found.start("gap") for found in gaps}
    amounts = _ends(_AMOUNT, written) if _ROWS.fullmatch(written) else set()
    bare = _places(_BARE_POINT, written)
    for at, char in enumerate(written):
        plain = "" if at in passed_over else "。" if at in stops else _plain(char)
        plain = "0." if at in bare else "，" if at in commas else plain
        if char in "\r\n" and (not found or found[-1] in "；。，：、（"):
            continue  # a line that ends in a mark of its own
        for one in plain + "分；" * (at in amounts):
            found.append(one)
            origin.append(at)
    return Written(phrase, "".join(found), tuple(origin))


def _places(mark: re.Pattern, text: str) -> set[int]:
    return {at for found in mark.finditer(text) for at in range(*found.span())}


def _ends(mark: re.Pattern, text: str) -> set[int]:
    return {found.end() - 1 for found in mark.finditer(text)}


def _plain(char: str) -> str:
    if char in _CIRCLED:
        return char
    wide = _PLAIN.get(char)
    if wide is not None:
        return wide
    found = unicodedata.normalize("NFKC", char).translate(TABLE)
    return "".join(_PLAIN.get(part, part) for part in found if not _blank(part))


def _blank(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) in ("Cc", "Cf")
