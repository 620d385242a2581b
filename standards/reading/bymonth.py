"""By the month: 积分未按月登记的，每缺1月扣0.1分 is short of one in each, 每月出现差错扣0.5分 counts the months."""

import re
from fractions import Fraction

from standards.reading.context import held
from standards.reading.counted import joined_to
from standards.reading.cover import Piece
from standards.reading.parts import Unread
from standards.reading.walk import Walk, trim

_PER = {"月": "month", "季": "quarter", "半": "half", "年": "year", "周": "week"}
_UNITS = {
    "month": ("个月",),
    "quarter": ("个季度", "季度"),
    "half": (),
    "year": ("年",),
    "week": ("周", "个星期"),
}
_NOT_BY = re.compile(
    r"(?P<head>[^，。；：0-9未]*)未(?:能)?(?:严格|及时)?(?:坚持)?(?:按|逐|每个?)(?P<per>月|季度?|半年|年度?|周)(?P<deed>[^，。；：0-9每]{2,12})"
)
_PERSONS = re.compile("(?:人|员|书记|干部|对象|分子|户|[支各]部|村)$")  # due from each of them
_SHORT = ("缺", "少", "漏")


def short(walk: Walk, piece: Piece, counter: str, values: dict) -> str:
    """What is short of one a month; empty where the words say something else."""
    drop = walk.named(piece, "drop")
    if drop not in _SHORT or walk.named(piece, "mid", "then") or walk.freqs or "per" in values:
        return ""
    said = [note for note in walk.notes if walk.conditional(note)]
    told = [*(trim(walk.words(note)) for note in said), walk.named(piece, "what")]
    found = _NOT_BY.fullmatch("".join(told))
    per = _PER[found["per"][0]] if found else ""
    of_each = found and _PERSONS.search(found["head"])
    if not found or of_each or counter not in ("次", *_UNITS[per]):
        return ""
    values |= {"per": per, "need": Fraction(1)}
    walk.notes = [note for note in walk.notes if note not in said]
    walk.forget_notes()
    deed = found["head"] + held(found["deed"])
    return (deed if found["head"] else joined_to(walk.subject, deed)) + drop


_HAPPENED = re.compile("迟|逾期|超期|有|被|受|发生|出现|存在|列入|差错|问题|投诉|通报|违|停|断")
_CASE = re.compile("(?:出现|发生|存在|被|受到)(?!过)")
_LACK_OF_IT = re.compile("[未没无不缺少漏]")
_STRETCH = {"month": "个月", "quarter": "个季度", "year": "年", "week": "周"}
_DELAYED = re.compile("逾期|超期|延期|到期|届满|仍未")


def in_each(walk: Walk, piece: Piece) -> bool:
    """逾期未整改的每月扣1分, 每月出现差错扣0.5分: the months in which it is so, none of them asked for."""
    words = walk.named(piece, "mid", "then")
    bare = not piece.found.first("less", "each", "qty") and "need" not in piece.found.groups
    happened = bare and _HAPPENED.search(words) and not _LACK_OF_IT.search(words)
    happened = happened or bare and _CASE.match(words)
    if happened and piece.found.value("per") == "year":
        raise Unread(f"“{walk.words(piece)}”按什么计数未能识别，请人工核定")
    return bool(happened or _DELAYED.search(walk.named(piece, "what")))


def spell_of(walk: Walk, piece: Piece, per: str) -> str:
    if per not in _STRETCH:
        raise Unread(f"“{walk.words(piece)}”按什么计数未能识别，请人工核定")
    return _STRETCH[per]
