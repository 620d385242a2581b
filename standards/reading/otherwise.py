"""否则: what follows where the words before do not hold."""

import re

from standards.reading import attained, counting, grading
from standards.reading.cover import Piece
from standards.reading.parts import Part, Unread
from standards.reading.restated import short_of
from standards.reading.walk import Walk, trim


def other(walk: Walk, piece: Piece) -> None:
    points = piece.found.value("points") if piece.found.first("points") else "none"
    attained.settled(walk)
    if short_of(walk, piece, "未达到", points, "lose"):
        return
    if demanded := _demanded(walk):
        walk.add(piece, "~zero" if points == "none" else "~fine", demanded, points=points)
        return
    walk.forget_notes()
    all_lost = points == walk.points and _all_of_it(walk)
    walk.add(piece, "~else", points="none" if all_lost else points)


def each(walk: Walk, piece: Piece) -> None:
    """形象良好的记10分，否则每发现一次扣5分: down from all of it."""
    if not _all_of_it(walk) and not walk.notes:
        raise Unread(f"“{walk.words(piece)}”接的是哪一条没有读懂")
    counting.step(walk, piece)


def judged(walk: Walk, piece: Piece) -> None:
    before = _all_of_it(walk)
    demanded = _not_so(_said(before)) if before else _demanded(walk)
    if not demanded:
        raise Unread(f"“{walk.words(piece)}”接的是哪一条没有读懂")
    grading.judged(walk, piece)
    walk.rules.parts[-1].what = demanded


def backward(walk: Walk, piece: Piece) -> None:
    """按时上报得2分，否则倒扣2分: a level below nothing."""
    attained.settled(walk)
    first, amount = _all_of_it(walk), piece.found.value("points")
    if first is None or len(walk.rules.parts) > 1:
        raise Unread(f"“{walk.words(piece)}”从多少分扣起没有写明")
    bands = [{"label": _said(first), "points": walk.points}, {"label": "否则", "points": -amount}]
    walk.rules.parts[0] = first.turned("bands", bands=bands)
    walk.rules.parts[0].what, walk.rules.under = "", amount


def _all_of_it(walk: Walk) -> Part | None:
    last = walk.rules.parts[-1] if walk.rules.parts else None
    won = last is not None and last.shape in ("~got", "~full", "~grade")
    whole = won and last.values.get("points", "full") in ("full", walk.points)
    return last if whole and walk.points is not None else None


def _said(won: Part) -> str:
    return won.values.get("condition", won.what)


def _demanded(walk: Walk) -> str:
    """制度上墙，否则扣1分: what stands before is asked for, and nothing says yet what it costs."""
    said = any(part.sentence == walk.sentence for part in walk.rules.parts)
    if said or walk.freqs or walk.aims or not walk.notes or any(map(walk.conditional, walk.notes)):
        return ""
    words = walk.span(walk.tokens[walk.notes[0].start : walk.notes[-1].end])
    walk.forget_notes()
    return _not_so(trim(words))


_PLAINLY = re.compile("按|及时|达到|做到|主动|积极|认真|如期|准时")


def _not_so(words: str) -> str:
    if _PLAINLY.match(words):
        return f"未{words}"
    return f"未达到“{words.replace('“', '').replace('”', '')}”要求"
