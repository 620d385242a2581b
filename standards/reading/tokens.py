"""Cuts a normalised phrase into typed tokens.

Words come from the lexicon, longest first; numbers with what they count are one token. Several
short words are only what they seem in the right company (得3分, but 得到): `_fits` holds that.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from standards.reading import numbering
from standards.reading.asides import ASIDES
from standards.reading.idioms import IDIOMS
from standards.reading.lexicon import LONGEST, VERBS, VOCABULARY, WORDS
from standards.reading.numerals import ARABIC, CHINESE, Size, number
from standards.reading.proportions import PROPORTIONS
from standards.reading.ratedby import RATED
from standards.reading.rhythms import RHYTHMS
from standards.reading.scored import SCORED


@dataclass(frozen=True, slots=True)
class Token:
    type: str
    start: int
    end: int
    value: object = None


_N = rf"(?:{ARABIC}|{CHINESE})"
_TO = r"(?:-|至|到)"
UNITS = (
    "小项|人次|生(?=的?，?[扣加])|户次|次数(?![据学字量额])|次|人|名|位|项|个|件|例|起|处|户|份|篇|条|期|场次|场|节|课时|学时|岁|平方米|册|本|万元|元|块|台|套|"
    "种|部(?!分)|张|家|步|周岁|名次|家次|环节|要素|幅|间|支|面|门|级|类|分钟|笔|宗|轮|封|页|卷(?![面宗子])|盒|座|栋|项次|件次|例次|平米|批次|批|条次|人天|字|道(?![德路理])|"
    "文次|户人次|讲(?![话解述授究评座学堂台稿党课一二两三0-9])|样(?![本板式貌子])|堂(?!主)|趟|回(?![访复应头忆顾])|遍|"
    "科(?![室学技目协普])|辆|案次|案(?![件例子卷由情值])|棵|株|版(?![面本])|款(?![待物项额])|方面(?=的?，?[扣不])|万(?=的?，?[加扣得计]|及?以[上下]|[0-9.]+分)|题(?![材目库型干])|对(?=的?，?[扣加得计不])|组(?![织长成建员合件])|届(?=未|没|不|的)"
)
_DURATION = "个工作日|工作日|天|日|个月|周(?!岁)|个星期|年|个季度|季度|小时|个小时|个半月"
_LONG = "个工作日|工作日|天|个月|周|年|个季度|小时"
_HALVES = {"一年半": Fraction(18), "半年": Fraction(6), "半个月": Fraction(1, 2)}
# A number is read as points after 扣, 得, 加 even where the table leaves 分 out.
_AFTER_VERB = (
    rf"{_N}(?:分?{_TO}{_N})?(?:分(?![之钟工析类别管]|及?以[上下])|(?=[，。；、（）：/]|每|\Z))"
)
_NUMERIC = re.compile(rf"(?![一二三四五]星){_N}|百分之")  # 没有达到五星级
_POINTS_NEXT = re.compile(rf"[约]?(?:{_AFTER_VERB})")
_GRADED = re.compile(rf"的?[，]?[得扣计记]{ARABIC}|的?不[得计给记]分")
_BOUNDARY = re.compile(r"[，。；、（）：]|\Z")
_GRADE_NEXT = re.compile(
    rf"[的得扣加计记给不（，。；、：”\-]|分别|[二三四五]个(?:等|档)|{ARABIC}|\Z"
)


def _points(found: re.Match) -> object:
    return number(found["n"])


def _range(found: re.Match) -> object:
    low, high = number(found["low"]), number(found["high"])
    return None if low is None or high is None else (low, high)


def _share(found: re.Match) -> object:
    value = number(found["n"])
    return None if value is None else value * (10 if found["tenth"] else 1)


def _part_of(found: re.Match) -> Fraction:
    """三分之二 in per cent, cut (not rounded) so that two of three are not below it."""
    exact = number(found["n"]) * 100 / number(found["of"])
    return Fraction(int(exact * 100), 100)


def _share_range(found: re.Match) -> object:
    return Fraction(found["low"]), Fraction(found["high"])


def _size(found: re.Match) -> object:
    value = Fraction(1) if found["n"] is None else number(found["n"])
    return None if value is None else Size(value, {"万": "万元"}.get(found["unit"], found["unit"]))


def _points_of_share(found: re.Match) -> Size | None:
    """每低1个点."""
    value = number(found["n"])
    return None if value is None else Size(value, "百分点")


def _duration(found: re.Match) -> object:
    return Size(_HALVES[found["half"]], "个月") if found["half"] else _size(found)


def _size_range(found: re.Match) -> object:
    if found["own"] not in (None, found["unit"], found["unit"].removesuffix("元")):
        return None
    low, high = number(found["low"]), number(found["high"])
    return None if None in (low, high) else (low, high, re.sub("万$", "万元", found["unit"]))


def _up_to_half(found: re.Match) -> object:
    """3个月至半年, 半年至一年."""
    low = _HALVES[found["from"]] if found["from"] else number(found["low"])
    return None if low is None else (low, _HALVES.get(found["half"], Fraction(12)), "个月")


def _one_part(found: re.Match) -> Size:
    return Size(Fraction(1), "项")


def _text(found: re.Match) -> object:
    return found.group()


# Type, pattern, value. Tried in this order where a word of the lexicon does not begin.
NUMBERS: tuple[tuple[str, re.Pattern, Callable], ...] = tuple(
    (type, re.compile(pattern), value)
    for type, pattern, value in (
        (
            "pct",
            r"(?<![0-9.第/])(?P<n>[1-9])/(?P<of>[2-9])(?=及?以[上下])",
            _part_of,
        ),
        (
            "odd",
            r"第[零一二三四五六七八九十0-9]+[^，。；、]?|前[一二三四五六七八九十0-9]+[名位]|[0-9]+/[0-9]+",
            _text,
        ),
        ("pct", r"半数(?!以上[^，。；]{0,6}[未没不])", lambda found: Fraction(50)),
        (
            "pct",
            r"(?P<of>[二三四五六七八九十])分之(?P<n>[一二三四五六七八九])(?![之个])",
            _part_of,
        ),
        (
            "pct_range",
            rf"(?P<low>{ARABIC})%?(?:（含[0-9.]*%?）)?{_TO}(?P<high>{ARABIC})%(?:（不?含[0-9.]*%?）)?",
            _share_range,
        ),
        (
            "range",
            rf"(?P<low>{_N})分?(?:（含）)?{_TO}(?P<high>{_N})分(?:（不?含）)?(?![之钟工析类别管])",
            _range,
        ),
        ("ppt", rf"(?:(?P<n>{_N})个?|个)?(?P<unit>百分点)", _size),
        ("ppt", rf"(?P<n>{_N})个点(?=的?，?[扣减加得])", _points_of_share),
        ("pct", rf"(?:百分之(?P<cn>{CHINESE}))", lambda found: number(found["cn"])),
        ("pct", rf"(?P<n>{ARABIC})(?:%|个?(?P<tenth>成)(?![果立绩员为]))", _share),
        ("pct", r"(?P<n>[一二三四五六七八九])(?P<tenth>成)(?=以|的)", _share),
        (
            "date",
            rf"{ARABIC}周?岁(?:及?以[上下]|左右)的?(?=[^，。；扣每]{{0,6}}(?:党员|人|青年|干部|书记)|的?(?:占比?|比例|比重|所占))|"
            r"(?:[0-9]{4}年)?[0-9]{1,2}月(?:份|上旬|中旬|下旬|底|初|[0-9]{1,2}[日号])?(?:底?之?前)?|[0-9]{4}年(?:度|底前)?|[0-9]{1,2}[日号](?:之?前)|(?:年|月|季度)[底末]之?前|(?<=[月度季年])[底末初]之?前",
            _text,
        ),
        (
            "qty_range",
            rf"(?:(?P<low>{_N})个月|(?P<from>半年)){_TO}(?P<half>一年半|半年|[一1]年)",
            _up_to_half,
        ),
        ("odd", rf"{_N}(?P<own>{_LONG}){_TO}{_N}(?!(?P=own))(?:{_LONG})", _text),  # 一周至一个月
        (
            "qty_range",
            rf"(?P<low>{_N})(?P<own>{_LONG}|日|{UNITS}|万)?(?:（含）)?{_TO}(?P<high>{_N})(?P<unit>{_DURATION}|个?(?:{UNITS}))(?:（不含）)?",
            _size_range,
        ),
        ("qty", r"(?P<n>0)(?P<unit>小时)", _size),
        (
            "qty",  # 服务20小时以上得3分: an amount, no stretch of time
            rf"(?<![期超迟延过报])(?P<n>{_N})个?(?P<unit>小时)(?=(?:（含）)?(?:及?以[上下](?:[、，]?(?:不足|不满|低于)[0-9.]+个?小时)?)?的?，?(?:[得加计记]|不得分|[0-9.]+分))",
            _size,
        ),
        ("qty", r"(?<=[少缺漏])[一1](?:个?有|上墙|公开|统一)(?=的?，?扣)", _one_part),  # 少一有
        (
            "qty",
            rf"(?:(?<=不足)|(?<=低于))(?P<n>{_N})个?(?P<unit>小时)(?=的?，?(?:不得分|每[低少差缺]))",
            _size,
        ),
        (
            "dur",
            rf"(?:连续)?(?P<half>{'|'.join(_HALVES)})|(?:连续)?(?P<n>{_N})(?P<unit>{_DURATION})",
            _duration,
        ),
        (
            "dur",
            r"(?P<n>[一二两三四五六七八九十]+)月(?![份底初度])",
            lambda found: Size(number(found["n"]), "个月") if number(found["n"]) else None,
        ),
        ("qty", rf"(?P<n>{_N})个(?P<unit>学时|课时|人次|名次)", _size),
        ("points", rf"(?P<n>{_N})个?分(?![之钟工析类别管组])", _points),
        ("qty", rf"(?P<n>{_N})(?P<unit>{UNITS})", _size),
        ("num", rf"(?P<n>{ARABIC})", _points),
    )
)
_BARE_POINTS = re.compile(rf"(?P<n>{_N})(?=[，。；、（）：/]|每|\Z)")
_BARE_RANGE = re.compile(rf"(?P<low>{_N}){_TO}(?P<high>{_N})(?=[，。；、（）：/]|\Z)")
# 缺一扣一, 四有缺一的不得分: one of what is asked for.
_BARE_ONE = re.compile(r"一(?=[的者，]{0,2}(?:[扣减]|不得分))")
_COUNTER = re.compile(rf"(?P<n>)?(?P<unit>{UNITS})")
_EACH_DAY = re.compile(r"(?P<unit>天|日|个?工作日|周)(?=[，。；）]|\Z)")  # 扣0.2分/天
_MARKS = {
    "，": "comma",
    "（": "comma",
    "）": "comma",
    "、": "list",
    "；": "stop",
    "。": "stop",
    "：": "colon",
    "/": "slash",
    "“": "quote",
    "”": "quote",
}
COMPARE = ("below", "least", "over", "upto")


def tokenize(text: str) -> list[Token]:
    """Every character of `text` is in exactly one token; letters between words become `text`."""
    return list(_tokens(text))


@lru_cache(maxsize=1024)  # a cell is tried whole, then in parts, and its demand beside it
def _tokens(text: str) -> tuple[Token, ...]:
    found: list[Token] = []
    at = 0
    while at < len(text):
        token = _next(text, at, found)
        if token.type == "text" and found and found[-1].type == "text":
            token = Token("text", found.pop().start, token.end)
        found.append(token)
        at = token.end
    return tuple(found)


def _enumerator(text: str, at: int, before: list[Token]) -> Token | None:
    end = numbering.end(text, at, before[-1].type if before else "")
    return Token("enum", at, end) if end else None


def _next(text: str, at: int, before: list[Token]) -> Token:
    token = (
        _enumerator(text, at, before)
        or _idiom(text, at)
        or _amount(text, at, before)
        or _word(text, at, before)
        or _number(text, at)
    )
    if token:
        return token
    return Token(_MARKS.get(text[at], "odd" if text[at].isdigit() else "text"), at, at + 1)


_IDIOMS = (*PROPORTIONS, *ASIDES, *RATED, *SCORED, *RHYTHMS, *IDIOMS)


def _idiom(text: str, at: int) -> Token | None:
    for type, pattern, value in _IDIOMS:
        found = pattern.match(text, at)
        if found:
            return Token(type, at, found.end(), value(found))
    return None


def _amount(text: str, at: int, before: list[Token]) -> Token | None:
    """After a verb a bare number is points; after 每 and / a bare counter is one of it."""
    last = next((token.type for token in reversed(before) if token.type != "fill"), "")
    if last in (*VERBS, "atmost", "fillup"):
        for type, pattern, value in (
            ("range", _BARE_RANGE, _range),
            ("points", _BARE_POINTS, _points),
        ):
            found = pattern.match(text, at)
            if found and value(found) is not None:
                return Token(type, at, found.end(), value(found))
    if last == "less" and _BARE_ONE.match(text, at):
        return Token("qty", at, at + 1, Size(Fraction(1), "项"))
    if last == "slash" and (found := _EACH_DAY.match(text, at)):
        return Token("dur", at, found.end(), Size(Fraction(1), found["unit"]))
    if last in ("each", "slash"):
        found = _COUNTER.match(text, at)
        if found and not text.startswith("个百分点", at):
            return Token("qty", at, found.end(), Size(Fraction(1), found["unit"]))
    return None


def _word(text: str, at: int, before: list[Token]) -> Token | None:
    for length in range(min(LONGEST, len(text) - at), 0, -1):
        word = text[at : at + length]
        for type, value in VOCABULARY.get(word, ()):
            if _fits(type, word, text, at + length, before):
                return Token(type, at, at + length, value)
        if length > 1 and any(type in ("less", "more") for type, _ in VOCABULARY.get(word, ())):
            return Token("text", at, at + length)  # 新增 before 加2分 is not 新 and 增加
    return None


def _fits(type: str, word: str, text: str, end: int, before: list[Token]) -> bool:
    last = next((token.type for token in reversed(before) if token.type != "fill"), "")
    if type in VERBS:
        if word == "加扣" and any(token.type == "rise_fall" for token in before):
            return False  # 每增减10%加扣1分
        if word in "+-" and last in ("points", "num", "pct", "text"):
            return last == "text" and bool(_POINTS_NEXT.match(text, end))
        return bool(_POINTS_NEXT.match(text, end))
    if word == "实行":
        return text.startswith("“", end)
    if type == "none" and word[0] in "0零" and last == "lose":
        return False  # 好的扣0分
    if word == "无分":
        return bool(_BOUNDARY.match(text, end))  # 无分工
    if type == "none" and word.endswith(("完", "光")):
        return not _NUMERIC.match(text, end)
    if type == "fill" and len(word) == 1:
        return last in _HEADS if word in "如若凡对" else bool(_FILLED.match(text, end))
    if type in ("less", "more"):
        if last == "each" or word == "差":
            return last == "each"
        return word not in _COMPARING and bool(_NUMERIC.match(text, end))
    if type in (*COMPARE, "fillup", "raised", "deepest"):
        return last != "each" and (word in _SIGNS or bool(_NUMERIC.match(text, end)))
    if type == "grade" and len(word) == 1:
        head = not before or before[-1].type in _GRADE_AFTER
        return bool((_GRADE_NEXT if head else _GRADED).match(text, end))
    if type == "between":
        return last in (*_NUMBERED, "qty_range")  # 委员与党员之间
    if type == "as_one":
        return last in ("qty", "ppt", "dur", "pct") and bool(_BOUNDARY.match(text, end))
    if word == "限":
        return last in _HEADS and text[end : end + 1] in ("加", "扣")
    if word in _PERIODS:
        return type != "per" or bool(_DEMANDED.match(text, end))
    if word == "者":
        return last in (*_NUMBERED, "and_up", "down", "and_down")
    if type in ("atmost", "sum"):
        return bool(re.compile(rf"[最扣加得计减记不上奖+\-]|{_N}").match(text, end))
    if type == "rest" and (last == "qty" or _OTHERS.match(text, end)):
        return False  # 其他人员被问责的
    if type in ("until", "not_counted", "rest"):
        return last != "text"
    if word in ("内", "之内"):
        return last in _NUMBERED and bool(_INSIDE.match(text, end))
    if type in ("and_up", "down", "and_down"):
        return last in _NUMBERED
    return True


_OTHERS = re.compile(
    "[^，。；0-9]{0,4}(?:人员|成员|委员|干部|党员|领导|同志|责任人|负责人|单位|部门|(?:党?支|总支)部)"
)
_HEADS = ("", "comma", "stop", "enum", "colon")
# What may stand behind a word that is only passed over (则扣, 再加, 均不得分).
_FILLED = re.compile(rf"[扣加得计记减不给酌视每奖直就应予]|{ARABIC}|百分之|可以?倒|[，。；：]")
_PERIODS = ("一年", "半年", "一季度", "一个月")
_DEMANDED = re.compile(rf"内?(?:至少|不得?少于|{_N}次)")
_SIGNS = ("≤", "<=", "<")
_INSIDE = re.compile(r"[的未没不，。；、]|\Z")
_NUMBERED = (
    "pct",
    "qty",
    "points",
    "num",
    "ppt",
    "dur",
    "range",
    "pct_range",
    "incl",
    "excl",
)
_COMPARING = {word for type in COMPARE for word in WORDS[type]}
_GRADE_AFTER = (
    "comma",
    "stop",
    "list",
    "colon",
    "enum",
    "points",
    "none",
    "fill",
    "quote",
    "full",
    "kept",
)


def _number(text: str, at: int) -> Token | None:
    for type, pattern, value in NUMBERS:
        found = pattern.match(text, at)
        if found and (read := value(found)) is not None:
            return Token(type, at, found.end(), read)
    return None


def words(tokens: list[Token], text: str) -> Iterator[str]:
    for token in tokens:
        yield f"{token.type}:{text[token.start : token.end]}"
