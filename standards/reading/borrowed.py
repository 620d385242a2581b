"""A share without a name beside what is counted: 每缺1人扣0.1分，超过20%的不得分."""

import re
from collections.abc import Sequence

from standards.reading.parts import Part, Unread

_BELOW = r"(?:低于|不足|少于|未达到?|不到|达不到)"
_EACH_BELOW = re.compile(rf"(?P<name>.*?){_BELOW}[0-9.]+(?P<unit>[%分])")


# 低于应到人数80%的不得分: who of them is not said.
_OF_ALL = re.compile(
    rf"(?:^|[，。；]){_BELOW}(?:应|全体|[^，。；0-9]{{0,6}}总)[^，。；0-9]{{0,6}}[0-9.]+%"
)


def check(parts: Sequence[Part], text: str) -> None:
    _no_levels_each_time(parts)
    _no_share_of_a_count(parts)
    if _OF_ALL.search(text) and any(map(_is_nameless, parts)):
        raise Unread("比例没有写明是什么占什么的比例")


def _no_levels_each_time(parts: Sequence[Part]) -> None:
    """参会率低于80%的一次扣1分，低于60%的一次扣2分: does a meeting below both cost both?"""
    for part in parts:
        found = _EACH_BELOW.fullmatch(part.what) if part.shape == "step" else None
        if found and any(other is not part and _goes_on(other, found) for other in parts):
            raise Unread(f"“{part.what}”按次扣分，与另一档是累加还是择一，没有写明")


def _goes_on(part: Part, first: re.Match) -> bool:
    """A further loss of the same share, with its name or without: 低于60%."""
    if part.shape == "bands":
        return part.counter == first["unit"] and part.what in ("", first["name"])
    found = _EACH_BELOW.fullmatch(part.what) if part.shape != "zero_if" else None
    return bool(found) and found["unit"] == first["unit"] and found["name"] in ("", first["name"])


def _no_share_of_a_count(parts: Sequence[Part]) -> None:
    """A share of whom, and of those that came or of those that did not?"""
    steps = [part for part in parts if part.shape == "step" and part.values.get("of") != "ratio"]
    for part in filter(_is_nameless, parts):
        name = _lent(steps) if part.shape == "zero_if" else ""
        if not name and (steps or _exceeds(part)):
            raise Unread("比例没有写明是什么占什么的比例")
        if name:
            part.values["of_what"] = name


def _exceeds(part: Part) -> bool:
    """超过20%的不得分 is a share of what is wrong, and of what was done 低于80%的不得分."""
    return part.shape == "zero_if" and part.values["bound"].lower is not None


def _is_nameless(part: Part) -> bool:
    if part.shape == "bands":
        return part.counter == "%" and not part.what
    bound = part.values.get("bound")
    return (
        part.shape == "zero_if" and bool(bound) and bound.unit == "%" and not part.values["of_what"]
    )


def _lent(steps: Sequence[Part]) -> str:
    """到会率低于80%的每次扣1分，低于60%的不得分 is about one share."""
    found = [_EACH_BELOW.fullmatch(part.what) for part in steps]
    names = {one["name"] for one in found if one and one["unit"] == "%"}
    return names.pop() if len(names) == 1 and len(steps) == 1 else ""
