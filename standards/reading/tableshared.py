"""One cell of scoring merged over several demands: 1. 2. 3. in it are the rules of the demands 1. 2. 3. beside it."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from portal.kit.layouts import Corner
from standards.reading.tablecell import Cell
from standards.reading.tablepiece import Piece, joined
from standards.reading.tabletext import numbered, plain
from standards.reading.tablewithin import numbered_items

UNCLEAR = (
    "这一格细则合并给了几条要求，里面的编号与它们对不上，已照抄给每一条；请按条分开。",
    "One cell of scoring covers several demands and its numbers do not agree with them; it was copied to each. Part it.",
)
IN_ORDER = (
    "这一格细则合并给了几条要求，已按次序分给各条，请核对。",
    "One cell of scoring covers several demands; its rules were handed out in their order. Check them.",
)


def hand_out(pieces: Sequence[Piece]) -> Iterator[tuple[Corner, str, str]]:
    """Gives each demand its own; yields what a reader must check, with its place."""
    _from_the_last(pieces)
    for corner, held in groupby(pieces, key=_shared):
        run = list(held)
        if corner is None or len(run) < 2:
            continue
        items = numbered_items(run[0].rules[0].text)
        if not items:
            continue
        if len(items) != len(run):
            yield (corner, *UNCLEAR)
            continue
        own = [_number(piece) for piece in run]
        if list(map(str, items)) != own:
            yield (corner, *IN_ORDER)
        for piece, item in zip(run, items.values(), strict=True):
            piece.rules = [Cell(numbered(item)[1], piece.rules[0].corner)]


def _from_the_last(pieces: Sequence[Piece]) -> None:
    """评分标准：1.… 2.… in a row of its own below the demands 1 and 2, of which the first has no rule."""
    for at, piece in enumerate(pieces):
        items = numbered_items(piece.rules[0].text) if len(piece.rules) == 1 else {}
        run = pieces[max(0, at + 1 - len(items)) : at + 1]
        bare = not any(one.rules for one in run[:-1])
        if len(items) > 1 and bare and [_number(one) for one in run] == list(map(str, items)):
            corner = piece.rules[0].corner
            for one, item in zip(run, items.values(), strict=True):
                one.rules = [Cell(numbered(item)[1], corner)]


def _shared(piece: Piece) -> Corner | None:
    corners = [cell.corner for cell in piece.rules]
    return corners[0] if len(corners) == 1 and corners[0][0] >= 0 else None


def _number(piece: Piece) -> str:
    printed = plain(piece.row.number.text)
    return printed or numbered(joined(piece.texts))[0]
