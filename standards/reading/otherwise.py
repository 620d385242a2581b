"""否则: what follows where the words before do not hold."""

import re

from standards.reading import attained, counting, grading, series
from standards.reading.cover import Piece
from standards.reading.parts import Part, Unread
from standards.reading.restated import short_of
from standards.reading.walk import Walk, trim


def other(walk: Walk, piece: Piece) -> None:
    points = piece.found.value("points") if piece.found.first("points") else "none"
    attained.settled(walk)
    if not walk.notes and short_of(walk, piece, "未达到", points, "lose"):
        return
    if demanded := _listed(walk, piece, points) or _demanded(walk, points):
        walk.add(piece, "~zero" if points == "none" else "~fine", demanded, points=points)
        return
    walk.forget_notes()
    all_lost = points == walk.points and _all_of_it(walk)
    walk.add(piece, "~else", points="none" if all_lost else points)


def each(walk: Walk, piece: Piece) -> None:
    """形象良好的记10分，否则每发现一次扣5分: down from all of it."""
    demanded = _faulty(walk, piece)
    counting.step(walk, piece)
    _called(walk, demanded)


def one(walk: Walk, piece: Piece) -> None:
    """资料及时归档，否则发现一次扣0.5分."""
    demanded = _faulty(walk, piece)
    series.count(walk, piece)
    _called(walk, demanded)


_FOUND = re.compile("发现|出现|发生|有|存在|查出")


def _faulty(walk: Walk, piece: Piece) -> str:
    """What is counted where it is not as it was asked for; its own words say it themselves."""
    whole = _all_of_it(walk)
    if not whole and not (walk.notes or walk.freqs or walk.aims):
        raise Unread(f"“{walk.words(piece)}”接的是哪一条未能识别，请人工核定")
    own = walk.named(piece, "what", "drop", "mid", "then")
    if own and not _FOUND.fullmatch(own):
        return ""
    return _not_so(_said(whole)) if whole else _demanded(walk, "", taken=False)


def _called(walk: Walk, demanded: str) -> None:
    if demanded and walk.rules.parts[-1].shape in ("step", "~less"):
        walk.rules.parts[-1].what = demanded


def judged(walk: Walk, piece: Piece) -> None:
    before = _all_of_it(walk)
    demanded = _not_so(_said(before)) if before else _demanded(walk, "")
    if not demanded:
        raise Unread(f"“{walk.words(piece)}”接的是哪一条未能识别，请人工核定")
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


def _demanded(walk: Walk, points: object, *, taken: bool = True) -> str:
    """制度上墙，否则扣1分: what stands before is asked for, and nothing says yet what it costs."""
    said = any(part.sentence == walk.sentence for part in walk.rules.parts)
    held = [*walk.notes, *walk.aims, *(walk.freqs if points == "none" else ())]
    if said or not held or len(held) < len(walk.notes + walk.aims + walk.freqs):
        return ""
    if any(walk.conditional(note) and not _is_asked(walk, note) for note in walk.notes):
        return ""
    held.sort(key=lambda one: one.start)
    words = walk.span(walk.tokens[held[0].start : held[-1].end])
    if taken:
        walk.notes, walk.aims, walk.freqs = [], [], []
    return _not_so(trim(words))


# 无违纪现象，否则不得分: before 否则 stands what should be.
_SHOULD_NOT = re.compile(
    "(?:全年|年内)?(?:均|都)?(?:未发生|未出现|不(?:发生|出现|存在|得|准|搞|拖欠|迟报|漏报|瞒报|迟到|早退)|"
    "(?:无|没有)(?![^，]*(?:记录|计划|总结|台账|制度|方案|档案|资料|材料|措施|安排|[专场标设][人所识施]|通知)))"
)


def _is_asked(walk: Walk, note: Piece) -> bool:
    return note.after != "de" and bool(_SHOULD_NOT.match(walk.words(note)))


_DEMANDS = ("note", "aim", "freq", "owed")


def _listed(walk: Walk, piece: Piece, points: object) -> str:
    """①有计划；②有总结。否则不得分: whatever of the list is missing."""
    before = [one for one in walk.pieces if one.end <= piece.start]
    numbered = bool(before) and any(
        token.type == "enum" for token in walk.tokens[: before[0].start]
    )
    plain = all(one.kind in _DEMANDS and one.after != "de" for one in before)
    if points != "none" or not (numbered and plain and walk.sentence):
        return ""
    walk.notes, walk.aims, walk.freqs, walk.owed = [], [], [], []
    walk.rules.doubt("“否则”按管前面所列各项读", "0.9")
    return _not_so(trim(walk.text[walk.tokens[0].start : walk.tokens[before[-1].end - 1].end]))


_PLAINLY = re.compile("按|及时|达到|做到|主动|积极|认真|如期|准时")


def _not_so(words: str) -> str:
    if _PLAINLY.match(words):
        return f"未{words}"
    return f"未达到“{words.replace('“', '').replace('”', '')}”要求"
