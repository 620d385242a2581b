"""How many are due in a period: 每人每年2次, 慰问每年春节、中秋各1次, 每年走访不少于2次、上党课不少于1次."""

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from standards.reading.cover import Piece
from standards.reading.demand import Spell
from standards.reading.pattern import Found
from standards.reading.tokens import Token
from standards.reading.walk import Walk

# So many of them are a year.
A_YEAR = {"month": 12, "two_months": 6, "quarter": 4, "half": 2, "year": 1}


def a_year(spells: Sequence[Spell]) -> Fraction:
    """支委会每月1次，党员大会每季度1次，全年16次."""
    return sum((one.need * A_YEAR.get(one.per, 0) for one in spells), Fraction(0))


# 慰问每年春节、中秋各1次 asks for two a year.
_DAY = "(?:春节|中秋节?|国庆节?|元旦|七一|五一|端午节?|重阳节?|建军节|[上下]半年|年[初中末底])"
OCCASIONS = re.compile(f"{_DAY}(?:、{_DAY})+")


def behind_period(found: Found) -> tuple[Token | None, Token | None]:
    """每人每年不少于2次: what is counted stands behind the period."""
    types = [token.type for token in found.tokens]
    later = found.tokens[types.index("per") :]
    size = next((token for token in later if token.type == "qty"), None)
    bound = next((token for token in later if token.type == "bound"), None)
    if not (size or bound) and not found.has("each"):
        return found.first("qty"), found.first("bound")  # 4次/年
    return size, bound


# 书记讲党课每年不少于2次，其他班子成员不少于1次: by each of them?
_WHO = re.compile("(?:成员|委员|党员|书记|干部|人员|同志|领导)$")
_TIMES = ("次", "场", "篇", "条", "期", "场次")


def as_often(walk: Walk, piece: Piece) -> Piece | None:
    """每年走访不少于2次、上党课不少于1次: the second is due in the same period."""
    before = walk.freqs[-1] if walk.freqs else None
    if before is None or before.end >= piece.start or not piece.found.groups.get("what"):
        return None
    mark, per = walk.text[walk.tokens[before.end].start], before.found.first("per")
    due, asked = next(filter(None, behind_period(before.found)), None), piece.found.first("bound")
    alike = due and due.value.unit == asked.value.unit in _TIMES and asked.value.upper is None
    if (
        not alike
        or _WHO.search(walk.named(piece, "what"))
        or not (mark == "、" or mark in "，（" and per.value == "year")
    ):
        return None
    found = Found([per, *piece.found.tokens], {**piece.found.groups, "per": [per]})
    return replace(piece, kind="freq", found=found)
