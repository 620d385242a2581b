"""A cell that says what it demands and then what that costs: 每季度召开1次（2分）。每少1次扣0.5分.

What only demands is taken out of the cell; each rule is read beside the demand before it, as if that
stood in the next column.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from standards.reading import addressees
from standards.reading.characters import Written
from standards.reading.demand import Demand
from standards.reading.demandread import read_demand
from standards.reading.numerals import ARABIC
from standards.reading.sections import SCORED, numbered
from standards.reading.tokens import Token, tokenize
from standards.reading.walk import NEGATIVE


@dataclass(frozen=True)
class _Stretch:
    start: int
    end: int
    demands: bool
    numbered: bool


def cut(written: Written, points: Fraction | None) -> tuple[Written, list[Demand]] | None:
    """The rules without the demands, and the demands; nothing where the cell has rules alone."""
    if addressees.demanded(written.text):
        return None
    restated = _restated(written.text, points)
    found = _stretches(written.text, restated)
    if not found or found[-1].demands or not (restated or any(one.demands for one in found)):
        return None
    kept, demands = _apart(written.text, found)
    text = "".join(written.text[at] for at in kept)
    return Written(written.phrase, text, tuple(written.origin[at] for at in kept)), demands


def _apart(text: str, found: Sequence[_Stretch]) -> tuple[list[int], list[Demand]]:
    kept: list[int] = []
    demands: list[Demand] = []
    said, numbered = "", False
    for before, one in zip([None, *found], found, strict=False):
        if one.demands:
            goes_on = before is not None and before.demands
            said = f"{said}。{text[one.start : one.end]}" if goes_on else text[one.start : one.end]
            numbered = numbered and goes_on or one.numbered
            continue
        if before is not None and before.demands:
            demands.append(_demand(said, len(kept)))
        elif one.numbered and numbered:
            demands.append(Demand(start=len(kept)))
            numbered = False
        kept += range(one.start, one.end)
    return kept, demands


def _demand(said: str, start: int) -> Demand:
    """Of several things that are demanded none names every rule, but a heading does."""
    found = read_demand(said)
    head, mark, _ = re.split("([，。；：]|$)", said.strip("，。；："), maxsplit=1)
    label = {"": found.label, "。": read_demand(head).label, "：": read_demand(head).label}
    return replace(found, label=label.get(mark, ""), start=start, text=said)


# --- which sentences only demand

_POINTS = re.compile(
    rf"（(?:本项|满分|分值|共计?|计)?：?(?P<n>{ARABIC})分）[。；，：]?|"
    rf"(?<=[\u4e00-\u9fff）”])(?<![扣得加减计记奖为到满])，?(?P<bare>{ARABIC})分(?:[。；：]|(?=（))"  # 班子健全20分（每缺1人…）
)


def _restated(text: str, points: Fraction | None) -> re.Match | None:
    """The points of the line once more in brackets."""
    found = [one for one in _POINTS.finditer(text) if Fraction(one["n"] or one["bare"]) == points]
    return found[0] if len(found) == 1 and not _among_others(text) else None


def worth_the_line(text: str, points: Fraction | None) -> str:
    """The demand that says the points of the line; empty where none does."""
    found = _restated(text, points)
    return text[: found.start()] if found and "加" in text[found.end() :] else ""


_NAUGHT = re.compile("(?<![0-9.])0分")


def _among_others(text: str) -> bool:
    """（1）制度健全5分（2）有计划3分; 工作有序，5分；基本有序，3分: each has its own, and none is the line's."""
    items = [text[slice(*one)] for one in numbered(text, tokenize(text))]
    items = items or [one for one in re.split("[；。]", text) if one and not _NAUGHT.search(one)]
    return len(items) > 1 and all(map(_OWN.search, items)) and not SCORED.search(text)


_OWN = re.compile(rf"{ARABIC}分）?[。；，]?$")

# How to count, and what does not count, is no demand.
_MANNER = re.compile(
    "除外|以外|之外|不(?:包括|含|计|算|纳入|重复|累计)|可以?(?:合并|顺延|调整|不|免|按|延|补|抵)|视[为同作]|[计折核]算|"
    "[扣加减计记赋奖得打评]分(?![率之析类工])|满分|分值|酌情|合并|为基[准数]|按实|其余|其他情[况形]|平均|权重|系数|公式|翻[倍番]|[加双]倍|减半|折半|排[名序]|名次|末[位尾]|倒[数扣]|抵[扣消]|总分|递[增减]|适用|仅限|只限|一票否决|不得评|取消|同一|就高|最[高低]|累计"
)
# A shortcoming waits for what it costs.
_SHORTCOMING = re.compile(
    r"(?:^|[，、：])(?:未(?!来|成年|发生|出现)|没有?(?!发生|出现|[^，。；]*(?:现象|行为|问题|案件|事故|情况|事件|投诉|上访))|"
    r"无(?!重?大?违|[^，。；]*(?:现象|行为|问题|案件|事故|情况|事件|差错|投诉|上访))|缺|漏|弄虚作假|逾期|"
    r"不(?!少于|低于|得|准|能|允许|断|仅|但|同|超过|高于|多于|小于|发生|出现|存在|搞|参与|忘|拖欠|留死角))|"
    r"的(?=[，。；]|$)|不(?:健全|规范|完整|齐全|到位|及时|落实|符合|合格|达标|团结|明确|清楚|重视|力)"
)
# Nothing of this takes or gives points.
_PLAIN = (
    "text quoted comma list stop colon quote enum per qty dur pct ppt date num each all grade level "
    "fill de method sampling below least over upto and_up down and_down incl excl between base less "
    "more penal slash qty_range pct_range rest odd reasoned tier_word chapter forced whom"
)


def _stretches(text: str, restated: re.Match | None) -> list[_Stretch]:
    """The sentences; those before the points of the line only demand, if nothing there is scored."""
    tokens = tokenize(text)
    if restated is None:
        return list(_sentences(text, tokens))
    head = [token for token in tokens if token.end <= restated.start()]
    rest = [token for token in tokens if token.start >= restated.end()]
    words = text[: restated.start()]
    lacks = NEGATIVE.match(words) and _SHORTCOMING.search(words)
    if _is_plain(head) and not _MANNER.search(words) and not lacks:
        marked = _Stretch(0, restated.start(), True, head[0].type == "enum") if head else None
        return [*([marked] if marked else []), *_sentences(text, rest)]
    # 谈话（1分）、约谈（1分）。（2分）按分项打分
    sums_up = sum(token.value for token in head if token.type == "points") == Fraction(
        restated["n"] or restated["bare"]
    )
    return [] if rest and not sums_up else [*_sentences(text, head), *_sentences(text, rest)]


def _sentences(text: str, tokens: Sequence[Token]) -> Iterator[_Stretch]:
    held: list[Token] = []
    for token in tokens:
        if token.type == "enum" and held:
            yield _stretch(text, held)
            held = []
        held.append(token)
        if token.type == "stop":
            yield _stretch(text, held)
            held = []
    if held:
        yield _stretch(text, held)


def _stretch(text: str, tokens: Sequence[Token]) -> _Stretch:
    start, end = tokens[0].start, tokens[-1].end
    own = [token for token in tokens if token.type not in ("stop", "enum")]
    words = text[own[0].start : own[-1].end] if own else ""
    method = all(token.type in ("method", "comma") for token in own)
    demands = _is_plain(own) and not method and not _MANNER.search(words)
    demands = demands and not _SHORTCOMING.search(words)
    return _Stretch(start, end, demands, tokens[0].type == "enum")


def _is_plain(tokens: Sequence[Token]) -> bool:
    return all(token.type in _PLAIN.split() for token in tokens)
