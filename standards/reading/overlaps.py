"""One case under two rules: what is counted one by one stands in a table of numbers as well."""

import re
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations, pairwise

from standards.reading.parts import Part, Unread


def check(parts: Sequence[Part]) -> None:
    for first, second in combinations(parts, 2):
        _no_table_of_the_counted(first, second)
    for first, second in pairwise(parts):
        if first.sentence == second.sentence and not second.values.get("more"):
            _no_numbers_of_an_honour(first, second)
            _no_worse_case(first, second)


_FROM_A_NUMBER = ("free", "credit", "direction", "step", "cap", "start")


def _no_table_of_the_counted(step: Part, table: Part) -> None:
    """每少1次扣0.5分，少2次扣2分，少3次以上不得分: the second costs 1, 2 or 3 points?"""
    counted = step.shape == "step" and table.shape == "bands" and _same_figure(step, table)
    if counted and _thing(table) == _thing(step) and _levels(step, table):
        raise Unread(f"“{table.what}”的各档与前一条是累加还是择一，没有写明")


def _thing(part: Part) -> str | tuple:
    return part.what.replace("缺", "少") or ("", part.sentence)


def _same_figure(step: Part, table: Part) -> bool:
    share = step.values.get("of") == "ratio" and table.counter == "%"
    return share or step.counter == table.counter


def _levels(step: Part, table: Part) -> bool:
    """Rows that cost something, and less than all of it, where the step has begun already."""
    bands = table.values["bands"]
    if step.values.get("direction") == "below" and "target" in step.values:
        bound = next((band["ge"] for band in bands if "ge" in band), None)
        lost = [band["points"] for band in bands]
        short = isinstance(bound, Fraction) and bound < step.values["target"]
        return short and table.values.get("as") == "add" and all(_lost(one) for one in lost)
    return len(bands) > 2 and not any(step.values.get(key) for key in _FROM_A_NUMBER)


def _lost(points: object) -> bool:
    return isinstance(points, Fraction) and points <= 0


def _no_numbers_of_an_honour(entry: Part, table: Part) -> None:
    """市级表彰1次加1分，2次加2分: the second number is about the same honour."""
    added = table.shape == "bands" and table.values.get("as") == "add"
    if entry.shape == "adjust" and added and not table.what and table.counter != "%":
        raise Unread(f"“{table.counter}”数各档说的是前面哪一种情况，没有写明")


_WRONG = re.compile("违[纪法规]")
_FOR_IT = re.compile("受[^，]{0,14}(?:处分|处罚|处理)|被[^，]{0,6}(?:查处|追究|判|立案|留置)|开除")
_GRAVE = re.compile("^(?:被|受到?|经)?.{0,6}(?:级|上级|[省市县区]委?)(?:及?以上)?")


def _no_worse_case(first: Part, second: Part) -> None:
    """每查处1起扣1分，被市级以上查处的每起扣2分: the second kind is counted by the first as well."""
    losses = all(one.shape == "step" and not one.values.get("credit") for one in (first, second))
    if not losses or first.counter != second.counter or not first.what:
        return
    told = second.what.removesuffix(first.what)
    again = told != second.what and _GRAVE.fullmatch(told)
    punished = _WRONG.search(first.what) and _FOR_IT.match(second.what)
    if again or punished:
        raise Unread(f"“{second.what}”与前一条是累加还是另计，没有写明")
