"""Walks over the pieces of a phrase and makes steps of them, one function per kind of piece.

What a piece says may hold for the next ones: a condition, a frequency, a target. Whatever nobody
took up in the end, with a number in it or as a condition left open, makes the phrase unread.
"""

import re
from collections.abc import Callable, Sequence

from standards.reading import (
    attained,
    awarding,
    bothways,
    carried,
    context,
    counting,
    denied,
    distinct,
    escalating,
    forfeited,
    gates,
    grading,
    halved,
    hurt,
    limits,
    otherwise,
    outcomes,
    proportion,
    rated,
    series,
    unscored,
)
from standards.reading.cover import Piece
from standards.reading.parts import Rules, Unread
from standards.reading.tokens import Token
from standards.reading.walk import Walk


def compose(pieces: Sequence[Piece], walk: Walk) -> Rules:
    tokens = walk.tokens
    walk.subject = walk.heading = walk.about
    pieces = walk.pieces = [denied.told(walk, piece) for piece in pieces]
    counted = outcomes.counted(pieces, walk)
    for piece in pieces:
        if piece in walk.used:
            continue
        _beside(walk, piece)
        if walk.listing and piece.kind in ("note", "aim", "freq"):
            gates.another(walk, piece)
        elif piece in counted:
            outcomes.row(walk, piece)
        else:
            KINDS[piece.kind](walk, piece)
        if piece.after in ("stop", "enum") and piece is not pieces[-1]:
            _close_sentence(walk, tokens[piece.end : _next_start(pieces, piece, tokens)])
    _close(walk)
    unscored.check(walk)
    distinct.told_apart(walk)
    return walk.rules


def _beside(walk: Walk, piece: Piece) -> None:
    """Another demand may hold from here on."""
    before, walk.at = walk.demand, walk.tokens[piece.start].start
    if walk.demand is not before:
        walk.subject = walk.heading = walk.about


def _next_start(pieces: Sequence[Piece], piece: Piece, tokens: Sequence[Token]) -> int:
    return min((other.start for other in pieces if other.start >= piece.end), default=len(tokens))


def _close_sentence(walk: Walk, marks: Sequence[Token]) -> None:
    """A heading holds for the whole list under it, up to a full stop."""
    open_notes = [note for note in walk.notes if walk.conditional(note)]
    if open_notes and not walk.listing:
        raise Unread(f"“{walk.words(open_notes[0])}”之后没有写怎么扣分")
    _no_manner(walk)
    unscored.hold(walk, marks)
    walk.forget_notes()
    if any(walk.text[mark.start] == "。" for mark in marks):
        walk.heading = walk.about
    _drop_whole(walk)
    if not _goes_over(walk, marks):
        _used(walk)
        walk.applies, walk.applied = "", False
    on = not marks or walk.text[marks[0].start] == "；"
    walk.past = (walk.spent or walk.past) if on else []
    walk.subject, walk.spent = walk.heading, []
    walk.sentence += 1


def _goes_over(walk: Walk, marks: Sequence[Token]) -> bool:
    """没有党员的企业，由党委选派指导员；指导员每月…: what only demands leaves it to the next."""
    scored = any(part.sentence == walk.sentence for part in walk.rules.parts)
    last = walk.text[marks[0].start] if marks else ""
    return bool(walk.applies) and not walk.applied and not scored and last == "；"


# How to count, said for itself, is no name of what is counted.
_MANNER = re.compile("可(?![持追靠行])|视[为同作]|不(?:计|算|纳入)|[计折核]算|合并|为准|分别按")


def _no_manner(walk: Walk) -> None:
    """农忙季节可合并召开, between two rules."""
    for piece in walk.notes if walk.rules.parts and not walk.listing else ():
        if _MANNER.search(walk.words(piece)):
            raise Unread(f"“{walk.words(piece)}”怎么计分未能识别，请人工核定")


def _used(walk: Walk) -> None:
    if walk.applies and not walk.applied:
        raise Unread(f"“{walk.applies}”怎么计分未能识别，请人工核定")


def _drop_whole(walk: Walk) -> None:
    """佩戴率100%，每发现1人未佩戴扣0.1分: each one that is not says the same as all of them."""
    counts = any(
        part.shape in ("step", "~less")
        and part.values.get("of") != "ratio"
        and part.sentence == walk.sentence
        for part in walk.rules.parts
    )
    walk.freqs = [freq for freq in walk.freqs if not _SYSTEM.search(walk.words(freq))]
    walk.aims = [aim for aim in walk.aims if not (counts and context.asks_for_all(aim))]


def _close(walk: Walk) -> None:
    limits.late(walk)
    attained.settled(walk)
    _drop_whole(walk)
    _used(walk)
    walk.aims = [aim for aim in walk.aims if not _lacked(walk, aim)]
    walk.notes = [note for note in walk.notes if not _only_asked(walk, note)]
    if walk.collected:
        raise Unread(f"“{walk.collected[0]}”等情形怎么评分，未能识别，请人工核定")
    for piece in (*walk.notes, *walk.freqs, *walk.aims, *walk.owed):
        raise Unread(f"“{walk.words(piece)}”怎么计分未能识别，请人工核定")


_ASKED = re.compile("[^，。；0-9%扣得加减]{2,12}(?:须|应当?|需|必须|要)[^，。；0-9%扣得加减]{2,20}")


def _only_asked(walk: Walk, note: Piece) -> bool:
    """缺席1次扣0.5分；请假须经批准: whoever counts has to know it."""
    words = walk.words(note)
    asked = walk.rules.parts and _ASKED.fullmatch(words) and not _MANNER.search(words)
    if not asked or walk.conditional(note):
        return False
    walk.rules.doubt(f"“{words}”由检查人掌握", "0.9")
    return True


_SYSTEM = re.compile("^[^0-9一二两三四五六]*制度$")  # 执行每月汇报制度
_HAVING = re.compile("^(?:配?有|配备|培养|储备)")


def _lacked(walk: Walk, aim: Piece) -> bool:
    """有1-2名后备干部，无后备干部的扣2分: what none at all costs, whatever the number should be."""
    thing = walk.named(aim, "then")
    none = re.compile(f"^(?:无|没有?|未配备|未培养|未储备){re.escape(thing)}$")
    had = aim.found.first("bound") and _HAVING.match(walk.words(aim))
    return bool(thing and had) and any(none.match(part.what) for part in walk.rules.parts)


KINDS: dict[str, Callable[[Walk, Piece], None]] = {
    "note": context.note,
    "whom": context.whom,
    "freq": context.freq,
    "often": series.often,
    "aim": context.aim,
    "owed": context.owed,
    "method": rated.looked_at,
    "step": counting.step,
    "again": counting.again,
    "less": series.less,
    "count": series.count,
    "shared": proportion.step,
    "nothing": series.nothing,
    "earned": series.earned,
    "rung": series.rung,
    "nth": escalating.nth,
    "nths": escalating.nths,
    "onward": escalating.onward,
    "cases": counting.cases,
    "hurt": hurt.hurt,
    "heads": counting.heads,
    "goal": counting.goal,
    "either": series.either,
    "credit": counting.credit,
    "dealt": counting.dealt,
    "portions": counting.portions,
    "apart": counting.apart,
    "ranges": counting.ranges,
    "twoway": bothways.twoway,
    "band": grading.band,
    "grade": grading.grade,
    "level": awarding.level,
    "halved": halved.halved,
    "falling": rated.falling,
    "penal": awarding.level,
    "judged": grading.judged,
    "judged_each": rated.judged_each,
    "fine": grading.fine,
    "bonus": awarding.bonus,
    "rowed": awarding.rowed,
    "got": grading.got,
    "bare": grading.got,
    "gone_on": carried.each,
    "ranged": grading.ranged,
    "titled": outcomes.titled,
    "full": grading.full,
    "kept": grading.full,
    "calm": grading.calm,
    "zero": forfeited.zero,
    "other": otherwise.other,
    "other_each": otherwise.each,
    "other_one": otherwise.one,
    "other_judged": otherwise.judged,
    "backward": otherwise.backward,
    "rest": grading.rest,
    "floor": limits.floor,
    "under": limits.under,
    "over": limits.over,
    "cap": limits.cap,
    "said": limits.said,
    "deducts": limits.deducts,
    "own": limits.own,
    "likewise": series.likewise,
    "rounding": limits.rounding,
    "excused": limits.excused,
    "largest": limits.largest,
    "highest": limits.highest,
    "once": limits.once,
    "repeats": limits.repeats,
    "summed": limits.summed,
    "endless": limits.endless,
    "rated": rated.rated,
    "inside": limits.inside,
    "outside": limits.outside,
    **dict.fromkeys(
        ("veto", "barred", "ceiling", "forced", "granted", "ungraded", "chapter"), gates.gate
    ),
    "oneof": gates.one_of,
}
