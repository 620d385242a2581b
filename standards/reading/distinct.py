"""One shortcoming under several heads: 到省上访，未及时劝返的扣2分；到市上访，未及时劝返的扣1分."""

from collections.abc import Sequence

from standards.reading.cover import Piece
from standards.reading.parts import Part
from standards.reading.walk import Walk, trim

_LOSSES = ("~fine", "~zero", "step")


def told_apart(walk: Walk) -> None:
    """What stands before each of them is a part of its case, where they would else be the same."""
    losses = [part for part in walk.rules.parts if part.shape in _LOSSES and part.what]
    for alike in (_same(part, losses) for part in losses):
        heads = [_head(walk, part) for part in alike]
        if len(alike) > 1 and all(heads) and len(set(heads)) == len(heads):
            for part, head in zip(alike, heads, strict=True):
                part.what = f"{head}，{part.what}"


def _same(part: Part, losses: Sequence[Part]) -> list[Part]:
    return [one for one in losses if _case(one) == _case(part)]


def _case(part: Part) -> tuple:
    """Which counts may not be the same thing is left to `sound`."""
    numbers = {key: value for key, value in part.values.items() if key not in ("points", "unit")}
    return (part.shape, part.what, part.counter, str(numbers))


def _head(walk: Walk, part: Part) -> str:
    """The words before it in its own sentence."""
    own = next((piece for piece in walk.pieces if piece.start == part.start), None)
    if own is None:
        return ""
    heads: list[Piece] = []
    for piece in reversed(walk.pieces[: walk.pieces.index(own)]):
        if piece.kind != "note" or piece.after not in ("comma", "colon"):
            break
        heads.insert(0, piece)
    return trim(walk.span(walk.tokens[heads[0].start : heads[-1].end])) if heads else ""
