"""每人每年不少于32学时，未达到的每人扣0.1分: who falls short of a number is counted, or is one."""

import re

from standards.reading.cover import Piece
from standards.reading.periods import behind_period
from standards.reading.walk import PERSONS, Walk, trim

_MISSED = re.compile(
    "(?:有)?(?:未|不|没有?)(?:能)?(?:达到?标?|完成|合格|符合|修满|学满)(?:要求|标准|规定|任务|学时|次数|此数)?|"
    "达不到(?:要求|标准|规定)?|不足(?:学时|次数)?|不够|少于(?:规定|要求|此数)?|低于(?:规定|要求|标准|此数)?"
)
_SUMS = ("学时", "课时", "小时", "个小时", "元", "万元")


def who(walk: Walk, piece: Piece) -> str:
    """党员不少于32学时、书记不少于56学时，每有1人不达标; empty where the words count something else."""
    then, own = walk.named(piece, "then"), walk.named(piece, "what")
    held = [note for note in walk.notes if walk.conditional(note)]
    told = "".join(trim(walk.words(note)) for note in held) + own
    demands = [*walk.aims, *walk.freqs]
    if not demands or not _MISSED.fullmatch(told + then) or piece.found.first("less", "more"):
        return ""
    if not all(map(_of_a_year, walk.freqs)) or any(map(_asks_for_persons, demands)):
        return ""
    demands.sort(key=lambda one: one.start)
    words = walk.span(walk.tokens[demands[0].start : demands[-1].end])
    walk.aims, walk.freqs = [], []
    walk.notes = [note for note in walk.notes if note not in held]
    return f"未达到“{trim(words)}”要求"


def _of_a_year(freq: Piece) -> bool:
    """每月学习不少于4学时: one who misses it in three months is one, or three?"""
    return freq.found.value("per") == "year" and any(behind_period(freq.found))


def _asks_for_persons(demand: Piece) -> bool:
    bound = demand.found.first("bound")
    return bound is not None and bound.value.unit in PERSONS


_OF_MANY = re.compile("党员|成员|委员|干部|人员|职工|教师|同志|学员|每[人名位]|各")


def of_one(walk: Walk) -> bool:
    """书记每年不少于56学时，未达到的扣0.5分: a sum of the year that one person or body has to reach."""
    freq = walk.freqs[0] if len(walk.freqs) == 1 and not walk.aims else None
    if freq is None or not _of_a_year(freq) or freq.found.has("each"):
        return False
    size, bound = behind_period(freq.found)
    unit = bound.value.unit if bound else size.value.unit
    return unit in _SUMS and not _OF_MANY.search(walk.words(freq))
