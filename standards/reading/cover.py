"""Covers a phrase with lines of the grammar, every token by exactly one line, as few as possible."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from standards.reading.grammar import GRAMMAR
from standards.reading.pattern import Found, Pattern, letters
from standards.reading.tokens import Token

_ENDS = (
    "comma",
    "stop",
    "colon",
    "enum",
    "points",
    "range",
    "none",
    "full",
    "kept",
    "calm",
    "floor",
    "until",
    "qty",
)
_BREAKS = ("comma", "stop", "colon", "enum", "list")
# A plain note explains nothing by itself, so any other reading of its words comes first.
_LONGEST = 60  # tokens in one piece; more are no sentence and would only cost time
_COSTS = {"note": 3, "aim": 2, "freq": 2}


@dataclass(frozen=True, slots=True)
class Piece:
    """One line of the grammar on one stretch of the phrase; `after` is the mark behind it."""

    kind: str
    found: Found
    start: int
    end: int
    after: str


@dataclass(frozen=True, slots=True)
class Stuck:
    """From this token on no line fits."""

    at: int


def cover(tokens: Sequence[Token]) -> list[Piece] | Stuck:
    """The cheapest cover, from the end forwards; Stuck says how far the best attempt came."""
    coded = letters(tokens)
    ends = [at for at in range(1, len(tokens) + 1) if _may_end(tokens, at)]
    best: dict[int, tuple[int, list[Piece]]] = {0: (0, [])}
    for start in [0, *ends]:
        if start not in best:
            continue
        cost, pieces = best[start]
        head = _skip(tokens, start)
        if head == len(tokens):
            return _closed(pieces, tokens)
        for end in (end for end in ends if end > head):
            piece = _piece(tokens, coded, head, end)
            if piece:
                total = cost + _cost(piece, tokens, end)
                if end not in best or total < best[end][0]:
                    best[end] = (total, [*pieces, piece])
            if tokens[end - 1].type in ("stop", "enum") or end - head > _LONGEST:
                break
    if len(tokens) in best:
        return _closed(best[len(tokens)][1], tokens)
    return Stuck(_skip(tokens, max(best)))


def _cost(piece: Piece, tokens: Sequence[Token], end: int) -> int:
    """Of two ways alike the one that cuts at a mark: 每半年开展1次谈心谈话、每年召开1次组织生活会."""
    unmarked = end < len(tokens) and tokens[end - 1].type == "qty" and tokens[end].type == "text"
    return 2 * (_COSTS.get(piece.kind, 2) + piece.found.has("comma")) + unmarked + _torn(piece)


def _torn(piece: Piece) -> bool:
    """全年不少于6次，12天，缺一次扣1分: a number before a comma belongs to the words before it."""
    types = [token.type for token in piece.found.tokens[:2]]
    return types in (["dur", "comma"], ["qty", "comma"])


def _may_end(tokens: Sequence[Token], at: int) -> bool:
    """At a mark, and in 参学率低于90%的每低1个百分点扣0.5分 and 低于80%的一次扣1分 behind the number."""
    if at == len(tokens) or tokens[at - 1].type in _ENDS or tokens[at].type in _BREAKS:
        return True
    types = [token.type for token in tokens[at - 2 : at + 2]] if at > 1 else []
    away = types[:3] == ["bound", "de", "each"] and types[3:] in (["less"], ["more"])
    return away or types == ["bound", "de", "qty", "lose"]


def _skip(tokens: Sequence[Token], at: int) -> int:
    while at < len(tokens) and tokens[at].type in _BREAKS:
        at += 1
    return at


def _piece(tokens: Sequence[Token], coded: str, start: int, end: int) -> Piece | None:
    stop = end
    while stop > start and tokens[stop - 1].type in (*_BREAKS, "de"):
        stop -= 1
    if stop == start:
        return None
    line = _line(coded[start:stop])
    if line is None:
        return None
    kind, pattern = line
    return Piece(kind, pattern.fits(coded, tokens, start, stop), start, stop, "")


@lru_cache(maxsize=16_384)
def _line(coded: str) -> tuple[str, Pattern] | None:
    """The first line of the grammar on these types; the same types come again and again."""
    return next((line for line in GRAMMAR if line[1].covers(coded)), None)


def _closed(pieces: list[Piece], tokens: Sequence[Token]) -> list[Piece]:
    """Each piece with the strongest mark between it and the next."""
    if not pieces:
        return []
    nexts = [piece.start for piece in pieces[1:]] + [len(tokens)]
    return [
        Piece(piece.kind, piece.found, piece.start, piece.end, _mark(tokens[piece.end : until]))
        for piece, until in zip(pieces, nexts, strict=True)
    ]


def _mark(between: Sequence[Token]) -> str:
    types = {token.type for token in between}
    if types >= {"colon", "enum"} and "stop" not in types:
        return "colon"  # 一票否决：①…
    marks = [mark for mark in ("enum", "stop", "colon", "de", "comma", "list") if mark in types]
    return marks[0] if marks else ""
