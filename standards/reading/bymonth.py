"""积分未按月登记的，每缺1月扣0.1分: how often it was due is said by the shortcoming itself."""

import re
from fractions import Fraction

from standards.reading.context import held
from standards.reading.counted import joined_to
from standards.reading.cover import Piece
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
    r"(?P<head>[^，。；：0-9未]*)未(?:能)?(?:严格|及时)?(?:坚持)?(?:按|逐)(?P<per>月|季度?|半年|年度?|周)(?P<deed>[^，。；：0-9每]{2,12})"
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
