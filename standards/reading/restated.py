"""A demand and its opposite: 图书不少于200册，不足200册的扣0.5分 and 不足的扣0.5分 are one threshold."""

import re
from fractions import Fraction

from standards.reading import shortfall
from standards.reading.bounds import Bound
from standards.reading.cover import Piece
from standards.reading.tokens import Token
from standards.reading.walk import PERSONS, Walk, measured, trim


def said_again(walk: Walk, own: str, bound: Bound) -> Piece | None:
    """图书不少于200册，不足200册的扣0.5分: the demand and its opposite are one threshold."""
    known = _demands(walk)
    aims = [held for held in known if _opposite(held.found.first("bound"), bound)]
    if len(aims) != 1 or len(known) != 1 or bound.loose:
        return None
    words = walk.words(aims[0])
    whose = bound.unit in PERSONS and not _DEMANDED.search(words)  # 7人以上的支部
    if whose or own and own not in words:
        return None
    _take(walk, aims[0])
    return aims[0]


def _take(walk: Walk, demand: Piece) -> None:
    (walk.aims if demand in walk.aims else walk.freqs).remove(demand)


def _demands(walk: Walk) -> list[Piece]:
    """What was asked for so far; 全年不少于12次 is one number, 每月不少于1次 twelve."""
    return [*walk.aims, *(held for held in walk.freqs if held.found.value("per") == "year")]


def goes_on(walk: Walk, piece: Piece, unit: str) -> bool:
    """不足200册的扣0.5分，不足100册的扣1分: rows of one table."""
    bounds = [one.found.first("bound") for one in walk.pieces if one.start > piece.start]
    return any(bound and bound.value.unit == unit for bound in bounds)


_DEMANDED = re.compile("不得?少于|不低于|至少|达到|≥")


def _opposite(demand: Token | None, bound: Bound) -> bool:
    """At least so much, and less than that."""
    if demand is None or bound.lower is not None or bound.last is not None:
        return False
    at_least = demand.value.upper is None and demand.value.last is None and not demand.value.loose
    return at_least and (demand.value.lower, demand.value.unit) == (bound.upper, bound.unit)


SHORT = re.compile(
    r"^(?:不足|不够|未?达不?到|未达到?|没有?达到|未达标|不达标|未(?:全部)?完成(?:任务)?|少于|低于)(?:要求|标准|规定|目标|比例|数量|此数)?的?$"
)


def short_of(walk: Walk, piece: Piece, own: str, points: object, verb: str) -> bool:
    """不少于200册，不足的扣0.5分: the demand stands before; of a share it is a level."""
    known = _demands(walk) if points == "none" or shortfall.of_one(walk) else walk.aims
    aims = [held for held in known if held.found.first("bound")]
    if len(aims) != 1 or not SHORT.match(own):
        return False
    bound = aims[0].found.first("bound").value
    if bound.lower is None or bound.last is not None:
        return False
    _take(walk, aims[0])
    if bound.unit != "%" and verb == "lose" and (isinstance(points, Fraction) or points == "none"):
        missed(walk, piece, aims[0], points)
        return True
    walk.notes = []
    what = walk.subject = measured(before_bound(walk, aims[0])) or walk.subject
    below = Bound(bound.unit, upper=bound.lower, said=bound.lower, loose=bound.loose)
    walk.add(piece, "~band", what, below.unit, bound=below, points=points, verb=verb)
    return True


def missed(walk: Walk, piece: Piece, demand: Piece, points: object) -> None:
    """Whether so much is there is a yes or no."""
    walk.notes = []
    shape = "~zero" if points == "none" else "~fine"
    what = f"未达到“{trim(walk.words(demand))}”要求"
    walk.add(piece, shape, what, "", points=points)


def before_bound(walk: Walk, piece: Piece) -> str:
    types = [token.type for token in piece.found.tokens]
    return walk.span(piece.found.tokens[: types.index("bound" if "bound" in types else "range")])


def ends_the_count(walk: Walk, piece: Piece, then: str) -> bool:
    """1人未参训扣0.5分，3人以上未参训不得分: of those who were counted one by one."""
    last = walk.rules.parts[-1] if walk.rules.parts else None
    counts = last is not None and last.shape in ("~less", "step") and last.counter in PERSONS
    return bool(counts and then and last.what.endswith(then) and piece.found.first("none"))


def defined(walk: Walk, own: str) -> str:
    """优秀（90分以上）得5分 is a row by its number, in a table that ends below."""
    bounds = [bound.value for piece in walk.pieces if (bound := piece.found.first("bound"))]
    ended = any(bound.lower is None for bound in bounds)
    return own.removesuffix("（") if ended else own
