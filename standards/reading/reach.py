"""How far each row of a ladder reaches, where the text says one end only: up to where the next begins."""

from dataclasses import replace
from itertools import pairwise

from standards.reading.parts import Part


def cascade(row: list[Part]) -> list[Part]:
    """低于90%扣1分，低于80%扣2分: each reaches down to the next."""
    falls = [part for part in row if part.shape == "~band" and part.values["bound"].lower is None]
    falls.sort(key=lambda part: part.values["bound"].said)
    for lower, higher in zip(falls, falls[1:], strict=False):
        bound = higher.values["bound"]
        if lower.values["bound"].upper < bound.upper and bound.last is None:
            higher.values["bound"] = replace(bound, lower=lower.values["bound"].upper)
    _within([part for part in row if part.shape == "~band" and part.values["bound"].lower])
    return row


def _within(rows: list[Part]) -> None:
    """低于标准10%以内扣1分，20%以内扣2分: the second begins where the first ends."""
    rows = sorted(rows, key=lambda part: part.values["bound"].lower, reverse=True)
    for first, second in pairwise(rows):
        upper, bound = first.values["bound"].upper, second.values["bound"]
        if upper is not None and bound.upper == upper:
            second.values["bound"] = replace(bound, upper=first.values["bound"].lower)
