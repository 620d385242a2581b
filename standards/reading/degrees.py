"""未达标扣2分，基本达标扣1分: two degrees of one thing, of which only one can be."""

import re
from collections.abc import Sequence
from itertools import permutations

from standards.reading.parts import Part, Unread

_NOT = re.compile(r"(?:未能?|没有?|不)(?P<thing>[^，、或及和]{2,12})")
_PARTLY = re.compile(r"(?:基本|大部分|部分|勉强|初步)")
_HELD = re.compile("(?:开展|召开|组织|举办|举行|走访|参加)(?:活动|会议)?")


def check(parts: Sequence[Part]) -> None:
    for first, second in permutations(parts, 2):
        found = _NOT.fullmatch(first.what) if first.shape == "binary" else None
        fined = found and first.values.get("points") is not None
        costs = first.values.get("points") is not None and not first.values.get("more")
        never = costs and _is_never(first, second)
        if never or fined and _is_a_degree(second, found["thing"]):
            raise Unread(f"“{first.what}”和“{second.what or '不足次数'}”是择一还是累加，没有写明")


_TIMES = ("次", "场", "期")
_NEVER = re.compile(
    r"(?P<name>.*?)(?:全年)?(?:均|都)?(?:未|没有?)(?:按要求)?(?:开展|召开|组织|举办|举行)(?:活动|会议)?"
)


def _is_never(part: Part, other: Part) -> bool:
    """未开展扣1分，每少1次扣0.5分: is none at all short of all of them besides?"""
    found = _NEVER.fullmatch(part.what) if part.shape == "binary" else None
    short = other.shape == "step" and other.counter in _TIMES and other.what.endswith(("少", "缺"))
    return bool(found and short) and found["name"] in ("", other.what[:-1])


def _is_a_degree(part: Part, thing: str) -> bool:
    """Only partly done, or done too seldom: 开展不足4次的，每少1次."""
    partly = _PARTLY.match(part.what)
    if part.shape == "binary":
        return bool(partly) and part.what[partly.end() :] == thing
    seldom = part.shape == "step" and part.values.get("direction") == "below"
    return seldom and (part.what == thing or not part.what and bool(_HELD.fullmatch(thing)))
