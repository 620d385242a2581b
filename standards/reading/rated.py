"""How a line is rated: 按5、3、1评分 names the amounts of its levels, 按实际效果评分 before losses names none."""

from dataclasses import replace

from standards.reading import awarding, grading
from standards.reading.counted import counted
from standards.reading.cover import Piece
from standards.reading.parts import Unread
from standards.reading.pattern import Found
from standards.reading.tokens import Token
from standards.reading.walk import Walk

_NAMES = ("第一档", "第二档", "第三档", "第四档", "第五档")


def rated(walk: Walk, piece: Piece) -> None:
    """The levels have no words of their own: the first is all of the line."""
    amounts = piece.found.value("rated")
    if walk.rules.parts or amounts[0] != walk.points or not _falls(amounts):
        raise Unread(f"“{walk.words(piece)}”与本项分值对不上")
    walk.rules.doubt(f"“{walk.words(piece)}”没有写各档的要求，由检查人掌握", "0.8")
    bands = [
        {"label": name, "points": amount} for name, amount in zip(_NAMES, amounts, strict=False)
    ]
    walk.add(piece, "bands", bands=bands)


def _falls(amounts: tuple) -> bool:
    return all(one > other for one, other in zip(amounts, amounts[1:], strict=False))


def looked_at(walk: Walk, piece: Piece) -> None:
    """按实际效果评分 asks for a judgement that the losses behind it do not name; 看记录 asks for none."""
    if piece.found.value("method") == "weighed":
        walk.rules.doubt(f"“{walk.words(piece)}”由检查人掌握，分值按后面的扣分读", "0.8")


def judged_each(walk: Walk, piece: Piece) -> None:
    """每例酌情扣1-3分: at least what the least case costs; several may cost all of the line."""
    low, high = piece.found.first("range").value
    if low >= high or counted(piece.found.first("qty", "dur", "ppt", "pct"))[1] != 1:
        raise Unread(f"“{walk.words(piece)}”按什么计数未能识别，请人工核定")
    if walk.points is not None and high > walk.points:
        raise Unread("扣分超过了本项分值")
    what = walk.condition(piece, "what", "mid", "then") or walk.subject
    verb = "lose" if piece.found.first("lose", "losing") else "gain"
    most = walk.points if verb == "lose" and walk.points else high
    walk.rules.doubt(f"“{walk.words(piece)}”逐例酌情，有几例的由检查人填写合计", "0.8")
    span = [-most, -low] if verb == "lose" else [low, most]
    walk.add(piece, "judged", what, range=span, verb=verb, bare=True, each=[low, high])


def falling(walk: Walk, piece: Piece) -> None:
    """一、二、三等奖分别加3-1分: a point less for each; 加1-3分 is judged for all of them."""
    groups, lead = piece.found.groups, piece.found.token("lead")
    first, last = piece.found.first("range").value
    if first < last:
        words = _tokens(piece, piece.found.tokens[0].start, piece.found.first("gain").start)
        grading.judged(walk, replace(piece, found=Found(piece.found.tokens, {"what": words})))
        return
    listed = _tokens(piece, lead.start, groups["names"][-1].end)
    found = Found(piece.found.tokens, {**groups, "names": listed})
    names = awarding.names_of(walk, replace(piece, kind="level", found=found))
    if first - last + 1 != len(names):
        raise Unread(f"“{walk.words(piece)}”的级别和分值对不上")
    for at, name in enumerate(names):
        awarding.enter(walk, piece, name, first - at, "gain", piece.found.first("qty"), name)


def _tokens(piece: Piece, start: int, end: int) -> list[Token]:
    return [token for token in piece.found.tokens if start <= token.start < end]
