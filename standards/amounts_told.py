"""Whether the printed rule and the machine rule speak of the same amounts: one of them is changed and the other forgotten."""

import re
from collections.abc import Collection, Mapping
from fractions import Fraction
from typing import Any

from portal.kit.normal import NARROW
from standards.rules.explain import describe
from standards.sheets import parse

AMOUNT = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*分(?![钟数类级组工])")
# 90分以上, 80-90分, 低于60分: marks somebody got elsewhere.
MARK = re.compile(
    r"(?:低于|高于|不足|超过|达到?|少于|不低于)[0-9.]+分|[0-9.]+分?\s*(?:[（(]含[）)])?\s*[-—~～至到][0-9.]+分|[0-9.]+分(?:[（(]含[）)])?及?以[上下]"
)


def apart(printed: str, rule: Mapping[str, Any] | None, *, maxima: Collection[int]) -> list[str]:
    """Amounts the printed rule names and the machine rule does not know. `maxima` in centi-points."""
    said = dict.fromkeys(AMOUNT.findall(MARK.sub("", printed.translate(NARROW))))
    if rule is None or not said:
        return []
    told = describe(parse(rule), maximum=max(maxima, default=0), lang="zh")
    known = {Fraction(amount) for amount in AMOUNT.findall("".join(told))}
    full = {Fraction(amount, 100) for amount in maxima}
    # 扣2分 of 10 may stand as a level of 8.
    known |= full | {most - amount for most in full for amount in known} | {Fraction(0)}
    return [amount for amount in said if Fraction(amount) not in known]
