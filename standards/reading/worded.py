"""Levels in words, each with its points in brackets: 分工明确（3分）；分工一般（1分）；没有分工（0分）."""

import re
from collections.abc import Sequence
from fractions import Fraction

from standards.reading.bounds import join
from standards.reading.characters import Written
from standards.reading.numerals import ARABIC
from standards.reading.parts import Part, Rules, Unread
from standards.reading.pattern import significant
from standards.reading.tokens import tokenize

_NUMBER = r"(?:[①-⑳]|（[0-9一二三四五六七八九十]{1,2}）|[0-9]{1,2}[.、](?![0-9])|[A-H][.、])?"
_LEVEL = re.compile(
    rf"{_NUMBER}(?P<what>[^；]{{1,120}}?)，?（(?:得|计|记|满分|分值)?：?(?P<n>{ARABIC})分）[，。；、]*"
)
# 好（班子团结，分工明确）5分；一般（班子较团结）3分
_EXPLAINED = re.compile(
    rf"{_NUMBER}(?P<what>[^，。；：（）]{{1,20}}（[^（）]{{2,80}}）)的?，?[：得]?(?P<n>{ARABIC})分[，。；、]*"
)
_COLON = re.compile(rf"{_NUMBER}(?P<what>[^。；：（）]{{2,120}})：(?P<n>{ARABIC})分[，。；]*")
# 每季度讲1次得4分，半年讲1次得2分
_PLAINLY = re.compile(rf"(?P<what>[^。；（）]{{1,120}}?)的?，?得(?P<n>{ARABIC})分[，。；]*")
# A（5分）活动有特色；B（3分）按要求开展
_LETTERED = re.compile(
    rf"(?P<what>(?:[A-H甲乙丙丁]|优秀?|良好?|中等?|一般|较?好|较?差|不?合格|[一二三四](?=档))[级等档]?)（(?:得|计|记)?(?P<n>{ARABIC})分）：?(?P<more>[^；。（）]{{2,80}})(?:[；。]|$)"
)
# 按季兑换2分，半年兑换1分，不兑换0分
_BARE = re.compile(rf"(?P<what>[^。；（）：，0-9]{{2,20}}?)的?，?(?P<n>{ARABIC})分[，。；]*")
_HEAD = re.compile(r"(?P<head>[^，。；：（）0-9]{2,20})：(?![0-9])")
_NAUGHT = re.compile(
    r"(?P<what>[^，。；（）0-9]{2,30}?|[^，。；：（）0-9]{1,20}（[^（）]{2,80}）)的?，?(?:不得分|不计分|得?0分)[。；]?"
)
# What takes, adds or limits is no level.
_CHANGES = re.compile(
    rf"扣|酌情|[加减得计记]{ARABIC}|每[^，。；（）]{{0,6}}[得加]|不得分|不计分|最[多高]|否决|除外|^(?:否则|其[他它余])|{ARABIC}分(?![钟之])"
)
# 有计划（2分）；有总结（1分） are two things.
_LOWER = re.compile("较|一般|基本|偶尔|部分|少|差|弱|未|没|无|不(?!断|少于|低于)")
# 未开展（5分）；开展不规范（3分） may be what each costs, and is nothing to earn.
_SHORTCOMING = re.compile(
    "^(?:未(?!发生|出现|受|被)|没有?(?!发生|出现|违)|无(?!违|上访|信访|投诉|事故)|不(?!断)|缺)|"
    "不(?:规范|及时|到位|健全|完善|完整|齐|全|齐全|合格|达标|力)$"
)
_SHARE = ("pct", "pct_range", "range", "points", "num")


def levels(written: Written, points: Fraction | None, *, plain: bool) -> Rules | None:
    """One of them holds: the first is all of the line, and each is less than the one before.

    `plain`: only where no level has a number, which the grammar may read better.
    """
    head = _HEAD.match(written.text)
    start = head.end() if head else 0
    forms = (_LETTERED, _LEVEL, _EXPLAINED, _COLON)
    forms = forms if plain else (*forms, _PLAINLY, _BARE)
    found = (rows for form in forms if (rows := _rows(form, written.text, start)))
    rows = next(found, [])
    if len(rows) > 1 and all(_SHORTCOMING.search(label) for label, amount in rows if amount):
        raise Unread(f"“{rows[0][0]}”后面的分值没有写扣还是得")
    amounts = [amount for _, amount in rows]
    falling = amounts == sorted(set(amounts), reverse=True)
    if len(rows) < 2 or not falling or amounts[0] != points or amounts == [points, 0]:
        return None
    labels = [label for label, _ in rows]
    if _SHORTCOMING.search(labels[0]):
        return None
    if amounts[-1] and not all(map(_LOWER.search, labels[1:])):
        return None
    numbers = set().union(*map(_numbers, labels))
    if len(set(labels)) < len(labels) or numbers & {"odd", *_SHARE}:
        return None
    ended = len(rows) > 2 and not amounts[-1] and numbers <= {"per", "dur"}
    if numbers if plain else "（" not in written.text and not (ended or _how_often(numbers)):
        return None
    return _table(written, head["head"] if head else "", rows)


def _table(written: Written, what: str, rows: Sequence[tuple[str, Fraction]]) -> Rules:
    start, end = written.source(0, len(written.text))
    bands = [{"label": label, "points": amount} for label, amount in rows]
    rules = Rules([Part("bands", {"bands": bands}, what, "", start, end)])
    if any(re.search("[，、]", label) for label, _ in rows):
        rules.doubt("每一档要求几件事的，按全部符合才算这一档读", "0.9")
    return rules


def _rows(level: re.Pattern, text: str, start: int) -> list[tuple[str, Fraction]]:
    found = list(level.finditer(text, start))
    end = found[-1].end() if found else 0
    rows = [(_said(one), Fraction(one["n"])) for one in found]
    last = _NAUGHT.fullmatch(text, end) if end < len(text) else None
    rows += [(last["what"], Fraction(0))] if last else []
    covered = last or end == len(text)
    apart = all(a.end() == b.start() for a, b in zip(found, found[1:], strict=False))
    if not covered or not apart or found and found[0].start() != start:
        return []
    rows = [(_label(what), amount) for what, amount in rows]
    return rows if all(label and not _CHANGES.search(label) for label, _ in rows) else []


def _said(level: re.Match) -> str:
    """A（5分）活动有特色 is called by its letter and its words."""
    more = level.groupdict().get("more")
    return f"{level['what']}（{more}）" if more else level["what"]


def _label(what: str) -> str:
    return re.sub("[。；]", "，", what.strip("，。；：、")).removesuffix("的")


def _how_often(numbers: set[str]) -> bool:
    """Without brackets only what is held every so often: 每季度讲1次得4分，半年讲1次得2分."""
    return "per" in numbers and numbers <= _OFTEN


_OFTEN = {"per", "qty", "dur"}


def _numbers(label: str) -> set[str]:
    """The kinds of number in it; 党小组会 and 三会一课 have none."""
    types = {token.type for token in join(significant(tokenize(label)))}
    return types & {"qty", "bound", "dur", "span", "per", "nth", "odd", "qty_range", *_SHARE}
