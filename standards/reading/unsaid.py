"""A verb that an award leaves out: 信息被采用，每篇2分 where no line has points."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from standards.reading.numerals import ARABIC
from standards.reading.tokens import Token

_TAKES = ("lose", "losing", "none", "get", "judge", "under")
WRONG = re.compile(
    "[未缺漏违拒]|没有|不(?!少于|低于|同|断|足|超过)|无(?!偿|私)|迟[到报]|早退|旷|批评|处分|警告|问责|约谈|曝光|差错|事故|投诉|上访|扣|减"
)


def supplied(tokens: Sequence[Token], text: str, points: Fraction | None) -> list[Token]:
    """With 加 before the amount of each, where nothing of the cell is bad or lost."""
    tokens = _graded(tokens, points)
    if _is_ladder(tokens, text, points):
        return list(_rungs(tokens))
    if _only_floor(tokens, text):
        return list(_lost(tokens))
    tokens = list(_still_earned(tokens))
    lost = any(token.type in _TAKES for token in tokens)
    if lost or WRONG.search(text) or points is not None and not _fills(text, points):
        return list(tokens)
    if points is None and _HONOURED.search(text) and _is_row_of_levels(tokens):
        return list(_rungs(tokens, after=_LEVELS))
    return list(_supplied(tokens, "gain" if points is None else "get"))


_LEVELS = ("level",)
_HONOURED = re.compile(
    "获|表彰|表扬|肯定|推广|推介|采用|刊发|发表|承办|创建"
)  # 受到通报 may be blame


def _is_row_of_levels(tokens: Sequence[Token]) -> bool:
    """获得肯定性批示的，省级2分、市级1分 where no line has points."""
    amounts = [at for at, token in enumerate(tokens) if token.type == "points"]
    said = any(token.type in (*_SCORES, "slash") for token in tokens)
    return not said and len(amounts) > 1 and all(tokens[at - 1].type == "level" for at in amounts)


_VERBS = ("lose", "losing", "gain", "gaining", "get", "grading", "none", "full", "judge")


def _only_floor(tokens: Sequence[Token], text: str) -> bool:
    """迟到每人次0.1分，装订不规范0.5分，扣完为止: only the end says which way."""
    types = [token.type for token in tokens]
    amounts = [at for at, type in enumerate(types) if type == "points"]
    rows = all(at and (types[at - 1] == "qty" or _is_wrong(tokens, at, text)) for at in amounts)
    return "floor" in types and rows and bool(amounts) and not any(type in _VERBS for type in types)


def _is_wrong(tokens: Sequence[Token], at: int, text: str) -> bool:
    """装订不规范0.5分 is a shortcoming from the mark before it on."""
    marks = [one.end for one in tokens[:at] if one.type in ("comma", "stop", "colon", "enum")]
    return bool(WRONG.search(text[max(marks, default=0) : tokens[at].start]))


def _lost(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        if token.type == "points":
            yield Token("lose", token.start, token.start)
        yield token


def _still_earned(tokens: Sequence[Token]) -> Iterator[Token]:
    """四次得2分，三次1.5分，两次1分: the verb holds on, as the amounts fall or rise."""
    types = [token.type for token in tokens]
    amounts = [token.value for token in tokens if token.type == "points"]
    falls = amounts in (sorted(set(amounts)), sorted(set(amounts), reverse=True))
    only = falls and "get" in types and not any(type in _SCORES[:4] for type in types)
    won = False
    for at, token in enumerate(tokens):
        won = won or token.type == "get"
        bare = token.type == "points" and at > 1 and types[at - 1] == "qty"
        if only and won and bare and types[at - 2] in ("comma", "stop", "list"):
            yield Token("get", token.start, token.start)
        yield token


def _graded(tokens: Sequence[Token], points: Fraction | None) -> Sequence[Token]:
    """优秀5良好4不合格0: a number right behind each grade, from all of the line down."""
    at = [here for here, one in enumerate(tokens) if one.type == "num"]
    amounts = [tokens[here].value for here in at]
    behind = all(here and tokens[here - 1].type == "grade" for here in at)
    falls = amounts == sorted(set(amounts), reverse=True)
    if len(at) < 2 or not behind or not falls or amounts[0] != points:
        return tokens
    return [replace(one, type="points") if here in at else one for here, one in enumerate(tokens)]


_LIMIT = re.compile(
    rf"(?:(?:累计|合计|总计|共计?)?(?:最[多高]|至多|不超过)(?:为|得|计|不超过)?|总分(?:为|是)?)(?P<n>{ARABIC})分[。；）]*$"
)


WON = re.compile("采用|报道|刊|发表|获|表彰|开展|组织|举办|承办|编写|撰写|创建|推广|[省市县家]级")


def _fills(text: str, points: Fraction) -> bool:
    """省级每篇2分，市级每篇1分，累计不超过5分 on a line of five: up from nothing to all of it."""
    found = _LIMIT.search(text)
    return bool(found and WON.search(text)) and Fraction(found["n"]) == points


def _supplied(tokens: Sequence[Token], verb: str) -> Iterator[Token]:
    for at, token in enumerate(tokens):
        if token.type == "points" and _is_of_one(tokens[:at]):
            yield Token(verb, token.start, token.start)
        yield token


def _is_of_one(before: Sequence[Token]) -> bool:
    """一件4分, 每篇2分; no more than one of it."""
    size = before[-1] if before else None
    if size is None or size.type != "qty":
        return False
    head = len(before) == 1 or before[-2].type in ("comma", "stop", "colon", "each")
    return head and size.value.number == 1


_SCORES = ("lose", "losing", "gain", "gaining", "get", "judge", "each", "less", "more", "under")
_ROW_ENDS = ("pct", "pct_range", "qty", "qty_range", "and_up", "down", "and_down", "incl", "excl")


_NOT_ONCE = re.compile(
    "(?:未|没有?|无)(?:开展|组织|参加|召开|举办|发表|成立|建立)?(?:的|：|（)*(?:0分|不得分|[，。；]|$)"
)


def _is_ladder(tokens: Sequence[Token], text: str, points: Fraction | None) -> bool:
    """完成率100%（5分），90%以上（3分）; 1次1分，2次2分，3次以上3分: from all of the line down, or up to it."""
    amounts = [token.value for token in tokens if token.type == "points"]
    rows = [at for at, one in enumerate(tokens) if one.type == "points" and _is_row(tokens, at)]
    if len(amounts) < 2 or len(rows) != len(amounts) or any(one.type in _SCORES for one in tokens):
        return False
    counts = any(token.type == "qty" for token in tokens)
    if (
        counts
        and WRONG.search(_NOT_ONCE.sub("", _without_naught(tokens, text)))
        or not counts
        and all(one.type != "pct" for one in tokens)
    ):
        return False
    falling = sorted(set(amounts), reverse=True)
    return points == falling[0] and (amounts == falling or counts and amounts == falling[::-1])


def _without_naught(tokens: Sequence[Token], text: str) -> str:
    """1次及以下不给分 is the end of the ladder, and nothing bad."""
    naught = [one for one in tokens if one.type == "none"]
    kept = (at for at in range(len(text)) if not any(one.start <= at < one.end for one in naught))
    return "".join(text[at] for at in kept)


def _is_row(tokens: Sequence[Token], at: int) -> bool:
    """Right behind a share or a number, or behind a bracket or a colon."""
    before = at - 1 - (at > 0 and tokens[at - 1].type in ("comma", "colon"))
    return before >= 0 and tokens[before].type in _ROW_ENDS


def _rungs(tokens: Sequence[Token], after: Sequence[str] = ()) -> Iterator[Token]:
    """`after`: the rows are awards behind such words."""
    for at, token in enumerate(tokens):
        rung = token.type == "points" and (after or _is_row(tokens, at))
        if rung:
            yield Token("gain" if after else "get", token.start, token.start)
        if token.type != "colon" or not _is_amount(tokens[at + 1 :]):
            yield token


def _is_amount(behind: Sequence[Token]) -> bool:
    return bool(behind) and behind[0].type in ("points", "none")
