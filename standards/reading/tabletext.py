"""The small print of scoring tables: numbering, points in brackets, words that announce a score.

Pure functions on text. Points are centi-points, as everywhere.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from portal.kit import points
from portal.kit.normal import folded
from standards.reading.traditional import TABLE

# What headings need beyond the characters of scoring phrases, and the brackets of vertical print.
SIMPLE = TABLE | str.maketrans(
    "則註內總計佔項歷證併︵︶﹙﹚︻︼︹︺﹝﹞︷︸︿﹀", "则注内总计占项历证并()()【】〔〕〔〕{}〈〉"
)
# Headings, titles and amounts are looked at again and again.
SHORT = 64
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"
HAN_NUMBER = "[一二三四五六七八九十百]+"
AMOUNT = r"\d{1,4}(?:\.\d{1,2})?"
# One way of writing within the patterns: half-width, no blanks.
LEAD = r"(?:满分|共计|合计|分值|标准分|总分|权重|共|计|各|最高|上限|不超过|最多|不高于)?[:为]?"
BRACKET = re.compile(rf"[(\[【〔{{〈]({LEAD})({AMOUNT})分?(?:制|满分)?[)\]】〕}}〉]")
TAIL = re.compile(rf"(?:^|[、,，。;；:：\s-])({LEAD})({AMOUNT})分[。;；]?$")
ASIDE = re.compile(rf"^({AMOUNT}分?)\((?:每|其中|各|含)[^()]*\)$")
# 组织建设（20分，占20%）; （2分，每少一项扣1分） holds points and rule of a demand.
AND_MORE = re.compile(
    rf"[(\[【〔{{〈]({LEAD})({AMOUNT})分[,;:、/]([^()\[\]【】〔〕]+)[)\]】〕}}〉]"
)
# 班子建设40分（占20%）
CLOSING_ASIDE = re.compile(rf"({AMOUNT})分\((?![^()]*分)[^()]*\)$")
# 加分项（最高加10分）: in a title only; in a clause it is the rule that says so.
MOST = re.compile(
    rf"[(\[【〔](?:累计|合计|总计)?(?:最高|最多|不超过)(?:可?[加计得])({AMOUNT})分[)\]】〕]"
)
# 基础管理 over 10分 in one cell
APART = re.compile(rf"(?<=[^\s\d、，,。；;：:])\s+(?={AMOUNT}\s*分)")
# 成绩优良的20分
GOOD_FOR = re.compile(rf"的(?={AMOUNT}\s*分$)")
CLOSING = re.compile(rf"(?<![扣加减得记\d.])({AMOUNT})分$")
ITEM = re.compile(r"(?<=[；;。\n])\s*(?=[(（]?\d{1,2}[)）.．、](?!\d))")
AHEAD = re.compile(
    rf"^\s*(?:[(【]\s*)?(?:满分|共|计)?({AMOUNT})\s*分\s*(?:[)】]\s*[。；;:,]?|[。；;:,\n])\s*"
)
GROUP_NUMBER = re.compile(
    rf"^(?:{HAN_NUMBER}[、.．,，:：]|第{HAN_NUMBER}(?:部分?|章|节|板块|大[类项块]|块|项|类|篇|[、:：])[、:：]?|[ⅠⅡⅢⅣⅤⅥⅦⅧ][、.．])"
)
SUB_NUMBER = re.compile(rf"^[(（〔]{HAN_NUMBER}[)）〕][、.．]?")
LINE_NUMBER = re.compile(
    r"^(?:\d{1,2}(?:[.．-]\d{1,2}){1,3}[、.．]?|\d{1,3}[、.．)）](?!\d)|[(（]\d{1,3}[)）][、.．]?|[⑴-⒛]|[A-Ha-h][、.．)）](?![A-Za-z]))"
)
ANY_NUMBER = re.compile(rf"{LINE_NUMBER.pattern}|{SUB_NUMBER.pattern}")
LATER_NUMBER = re.compile(
    rf"[\n。；;)）]\s*(?:(?:\d{{1,2}}|[A-H])[、.．](?!\d)|[(（](?:\d{{1,2}}|{HAN_NUMBER})[)）]|[①-⒛])"
)
SCORING = re.compile(
    r"扣(?:完|至|减)?[^，。；]{0,8}\d|(?:减|(?<![\d.])(?<!\d分)-)\s*\d+(?:\.\d+)?\s*分|减完为止|不[给计记]分|[扣得加计记]\s*\d+(?:\.\d+)?(?:\s*[-—–~至到]\s*\d+(?:\.\d+)?)?\s*分|不得分|不扣分|得满分|扣完|酌情|扣分|一票否决|不得评|"
    r"(?:得|加|扣)[一二三四五六七八九十半]+分|计零分|得零分|(?<![\d.])0分|倒扣|加分|满分"
)
SENTENCE = re.compile(r"[^。；;\n]*(?:[。；;\n]+|$)")
SUMS = re.compile(
    r"^(?:合计|小计|总计|总分|共计|得分合计|合计得分|总得分|满分合计|总评分|总合计|(?:以上|本页|本项|本表|分项|各项|项目|考核|考评|自评|实际|最后|最终|综合)(?:得分)?(?:合计|小计|总计|总分|总得分)|(?:累计|最后|最终|综合)(?:总)?得分)"
)
SUBTOTAL = re.compile(rf"^.{{0,10}}(?:小计|合计)(?:得分)?[:(]?(?:{AMOUNT})?分?\)?$")
CONTINUES = re.compile(
    r"^[(\[【〔]?(?:续上?(?:表|页)?[\d一二三四五六七八九十]*|上?(?:接|续)(?:上|前)(?:一)?(?:表|页)|表[\d一二三四五六七八九十]*续|上表续)[)\]】〕]?[:：。]?$|"
    r"^[-—–·]{1,2}\d{1,4}[-—–·]{1,2}$|^[-—]?第?\d+页[/,，]?(?:共\d+页)?[-—]?$|^[(（]?(?:转|接|续)?下(?:页|表)[)）]?$|^[(（](?:转|接|续)下(?:页|表)[)）]$"
)
NOTES = re.compile(
    r"^(?:备?注|说明|填表说明|填写说明|备注说明|附注|注意事项|特别说明)(?:\d*[:：.、]|$)|^[*※★☆]?注\d*[:：]"
)
SIGNED = re.compile(
    r"签字|签名|签章|盖章|\(章\)|^(?:考核|检查|考评|验收|评分|填表|填报|申报|报送|自评|汇总|审核|制表|被考核|被检查|受检|支部|党委)(?:组|单位|人|负责人|组长|组成员|时间|日期|书记)*[:：]|"
    r"\d*年_*\d*月_*\d*日$|^(?:填表|填报|申报|报送|考核|检查|考评)(?:日期|时间)|^联系电话"
)
CONCLUSION = re.compile(
    r"^(?:[被受]?(?:考核|考评|验收|检查|评定|评价|评议|测评)(?:组|支部|单位|小组|党委)?|县|乡镇|党委|支部)?"
    r"(?:结论|结果|意见|总体评价|综合评价|评定等次|评定等级|等次|等级|评语|总评)(?:[:(]|$)"
)
BONUS = re.compile(
    r"加分项|附加分|奖励分|加分内容|加分指标|^(?:奖励|附加|创新)?加分|奖励项|附加项|加[、和与及/]?[减扣]分(?:事?项|指标)"
)
VETO = re.compile(r"一票否决|否决项|否决事项|负面清单|底线事项|底线指标|红线")
DEDUCT = re.compile(r"^(?:扣分项|减分项|倒扣项|扣分事项|减分事项|扣分指标)")
PLAIN, BONUS_KIND, VETO_KIND, DEDUCT_KIND = "plain", "bonus", "veto", "deduct"


class Bracket(NamedTuple):
    """Points in brackets, `(5分)`; start and end in the text as given."""

    start: int
    end: int
    points: int


def plain(text: str) -> str:
    """For comparing: simplified characters, half width, no blanks."""
    return _short(text) if len(text) <= SHORT else folded(text.translate(SIMPLE))


@lru_cache(maxsize=16_384)
def _short(text: str) -> str:
    return folded(text.translate(SIMPLE))


def sums(text: str) -> bool:
    """合计, 小计 … at the beginning; the rest of a long text need not be looked at."""
    tight = plain(text[:24])
    return bool(SUMS.match(tight)) or bool(len(text) < 24 and SUBTOTAL.match(tight))


def subtotals(text: str) -> bool:
    """小计, 组织建设小计, 组织建设合计20分: the sum of a group."""
    tight = plain(text[:24])
    return bool(SUBTOTAL.match(tight)) and (not SUMS.match(tight) or "小计" in tight[:4])


def continues(text: str) -> bool:
    """续表, （续上表）, 接上页, 第2页 共3页: what a page says of itself."""
    return len(text) <= 24 and bool(CONTINUES.match(plain(text)))


def narrow(text: str) -> str:
    """Width and characters brought to one form, place by place: the result is as long as the text."""
    narrowed = []
    for char in text.translate(SIMPLE):
        code = ord(char)
        narrowed.append(chr(code - 0xFEE0) if 0xFF01 <= code <= 0xFF5E else char)
    return "".join(narrowed)


def brackets(text: str) -> list[Bracket]:
    """Bracketed amounts that say 分, or stand alone with a word such as 满分 in front."""
    tight, origin = _tight(text)
    return [
        Bracket(origin[found.start()], origin[found.end() - 1] + 1, _centi(found.group(2)))
        for found in BRACKET.finditer(tight)
        if "分" in found.group()
    ]


def tail_points(text: str) -> int | None:
    """党建责任，10分 or 党建责任：10分 at the end of a short title."""
    tight, _origin = _tight(text)
    found = TAIL.search(tight)
    return _centi(found.group(2)) if found else None


def title_points(title: str) -> int | None:
    """The points of a group by its title: 组织建设（16分）, 组织建设：16分, 组织建设16分."""
    marks = brackets(title)
    if marks:
        return marks[0].points
    tight, _origin = _tight(title)
    if more := AND_MORE.search(tight):
        return points_of(more)
    found = MOST.search(tight) or CLOSING.search(tight) or CLOSING_ASIDE.search(tight)
    return _centi(found.group(1)) if found else None


def items(text: str) -> list[str]:
    """1.…；2.…。 in one cell -> its items; anything else is one item."""
    found = [part.strip() for part in ITEM.split(text) if part.strip()]
    return (
        found
        if len(found) > 1 and all(LINE_NUMBER.match(narrow(part)) for part in found)
        else [text]
    )


def without(text: str, marks: list[Bracket]) -> str:
    for mark in reversed(marks):
        text = text[: mark.start] + text[mark.end :]
    return text.strip()


def cell_points(text: str) -> int | None:
    """A cell of the points column: 5, ５分, 满分5分, 0-5 (the most), 3/2/1 (the most), +3, -2 (its size), 15（每项5分）."""
    tight = re.sub(
        r"(?:分值|满分|标准分|最高|上限|不超过|分|[()\[\]【】:≤为约计共至多])",
        "", ASIDE.sub(r"\1", plain(text)),
    )  # fmt: skip
    if re.fullmatch(rf"[+±-]?{AMOUNT}", tight):
        return _centi(tight.lstrip("+±-"))
    if re.fullmatch(rf"{AMOUNT}(?:[-~—–至/、]{AMOUNT})+", tight):
        return max(_centi(part) for part in re.findall(AMOUNT, tight))
    return None


def is_number(text: str) -> bool:
    return cell_points(text) is not None and bool(
        re.fullmatch(r"[+\-±0-9.分()~/—–\s满计共最高]+", plain(text))
    )


def said(text: str) -> tuple[int | None, str]:
    """隶属关系清楚，10分。… : points that close the first sentence or the whole, and the text without them."""
    for sentence in (SENTENCE.match(text).group(), text):
        body = GOOD_FOR.sub("，", sentence.rstrip("。；;\n "))
        amount = None if scores(body) else tail_points(APART.sub("、", body))
        start = max(body.rfind(mark) for mark in "、，,:：。；; \n")
        # 分别加2、4、6分 is no sum of its own.
        if amount is not None and not body[: max(start, 0)].rstrip()[-1:].isdigit():
            kept = body[: max(start, 0)].rstrip() + sentence[len(body) :]
            return amount, (kept + text[len(sentence) :]).strip()
    return None, text


def said_ahead(rule: str) -> tuple[int | None, str]:
    """30分。无主导产业不得分: points before the rule proper."""
    found = AHEAD.match(narrow(rule))
    return (_centi(found.group(1)), rule[found.end() :]) if found else (None, rule)


def scores(text: str) -> bool:
    return bool(SCORING.search(narrow(text)))


def kind_of(title: str) -> str:
    tight = plain(title)
    for kind, words in ((VETO_KIND, VETO), (DEDUCT_KIND, DEDUCT), (BONUS_KIND, BONUS)):
        if words.search(_unnumbered(tight)):
            return kind
    return PLAIN


def one_line(text: str) -> str:
    """A title without the breaks that a narrow cell puts between its characters."""
    return re.sub(r"\s*\n\s*|(?<=[^\x00-\x7f])[ \u3000]+(?=[^\x00-\x7f])", "", text).strip()


def bare(text: str) -> str:
    """一、基本组织（20分） -> 基本组织."""
    title = one_line(text)
    title = MOST.sub("", narrow(title)) if MOST.search(narrow(title)) else title
    title = without(title, brackets(title))
    if more := AND_MORE.search(narrow(title)):
        title = title[: more.start()] + title[more.end() :]
    if aside := CLOSING_ASIDE.search(narrow(title)):
        title = title[: aside.end(1) + 1]
    title = (
        re.sub(rf"[，,、：:\s]*(?:满分|共|计)?(?<![扣加减得记\d.]){AMOUNT}\s*分$", "", title)
        or title
    )
    return _unnumbered(title).strip(" 　：:、") or title


def numbered(text: str) -> tuple[str, str]:
    """1.按期换届 -> ("1", 按期换届). A cell with several numbered sentences is left whole."""
    found = ANY_NUMBER.match(narrow(text))
    if not found or LATER_NUMBER.search(narrow(text)[found.end() :]):
        return "", text
    return found.group().strip("、.．()（）"), text[found.end() :].strip()


def _unnumbered(title: str) -> str:
    for numbering in (GROUP_NUMBER, SUB_NUMBER, LINE_NUMBER):
        found = numbering.match(title)
        if found and found.end() < len(title):
            return title[found.end() :]
    return title


def _tight(text: str) -> tuple[str, list[int]]:
    """Without blanks, and where each character came from."""
    kept = [(char, at) for at, char in enumerate(narrow(text)) if not char.isspace()]
    return "".join(char for char, _at in kept), [at for _char, at in kept]


def points_of(found: re.Match) -> int:
    return _centi(found.group(2))


def _centi(text: str) -> int:
    return points.parse(text) or 0


def rows_of(text: str) -> Iterator[str]:
    yield from (line.strip() for line in text.split("\n") if line.strip())
