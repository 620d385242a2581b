"""The first costs so much, the next more: 第一次扣0.5分，第二次起每次扣1分; 每增加一次加扣1分."""

import re
from fractions import Fraction
from itertools import pairwise

from standards.reading.bounds import Bound
from standards.reading.counted import counted_what
from standards.reading.cover import Piece
from standards.reading.parts import Part, Rules, Unread
from standards.reading.walk import Walk

# 每增加1次, 每再迟到1次: one more of what was counted before.
FURTHER = re.compile(r"(?:之后|此后|以后)?(?:再|每)?(?:增加|超过|超出?|多|延长|推迟)?")


def nth(walk: Walk, piece: Piece) -> None:
    """One amount of the list; each has to follow on the one before."""
    ordinal, amount = piece.found.value("nth"), piece.found.value("points")
    if ordinal and ordinal[0] == 1:
        values: dict = {"units": [amount], "listed": True}
        walk.add(piece, "escalating", counted_what(walk, piece, values), ordinal[1], **values)
        return
    _of_the_same(walk, piece)
    _append(walk, piece, ordinal, amount)


def _of_the_same(walk: Walk, piece: Piece) -> None:
    """第一次迟到扣1分，第二次缺席扣2分 counts two things."""
    own = walk.named(piece, "then").removeprefix("发现")
    last = walk.rules.parts[-1] if walk.rules.parts else None
    if own and last is not None and own not in last.what:
        raise Unread(f"“{walk.words(piece)}”与前面接不上")


def nths(walk: Walk, piece: Piece) -> None:
    """第一次、第二次分别扣1分、2分: the whole list at once."""
    told, units = piece.found.value("nths"), [one.value for one in piece.found.all("nums")]
    if told is None or told[0] != len(units):
        raise Unread(f"“{walk.words(piece)}”的次数和分值对不上")
    values: dict = {"units": units, "listed": True}
    walk.add(piece, "escalating", counted_what(walk, piece, values), told[1], **values)


def onward(walk: Walk, piece: Piece) -> None:
    """第三次起每次扣2分 ends the list."""
    ordinal = piece.found.value("onward") or (Fraction(0), "")
    if piece.found.first("none"):
        _ends(walk, piece, ordinal)
        return
    if walk.adds(piece):
        _on_top(walk, piece, ordinal)
        return
    if not walk.rules.parts and _after_some(walk, piece, ordinal):
        return
    size = piece.found.first("qty", "dur")
    same = size is None or (size.value.number, size.value.unit) == (1, ordinal[1])
    if not piece.found.first("each", "per") or not same:
        raise Unread(f"“{walk.words(piece)}”是每次都扣还是一共扣，没有写明")
    _append(walk, piece, ordinal, piece.found.value("points")).values["ended"] = True


def _after_some(walk: Walk, piece: Piece, ordinal: tuple[Fraction, str]) -> bool:
    """第3次起每次扣0.2分 alone: two are free, if the clause does not say another number."""
    size = piece.found.first("qty")
    counts = size is not None and size.value.unit == ordinal[1] and size.value.number == 1
    said = [goal.bound.said for goal in walk.demand.goals if goal.bound.unit == ordinal[1]]
    free = ordinal[0] - 1
    if (
        not counts
        or not walk.subject
        or walk.aims
        or walk.freqs
        or walk.notes
        or free < 1
        or set(said) - {free}
    ):
        return False
    walk.add(piece, "step", walk.subject, ordinal[1], unit=piece.found.value("points"), free=free)
    return True


def _ends(walk: Walk, piece: Piece, ordinal: tuple[Fraction, str]) -> None:
    """第三次起不得分: behind a list of amounts what they leave, behind 每次扣1分 the end of it."""
    last = walk.rules.parts[-1] if walk.rules.parts else None
    if last is not None and last.shape == "escalating" and walk.points is not None:
        left = walk.points - sum(last.values["units"])
        if left > 0:
            _append(walk, piece, ordinal, left).values["ended"] = True
            return
    if last is None or last.counter != ordinal[1] or not _one_each(last):
        raise Unread(f"“{walk.words(piece)}”与前面接不上")
    walk.forget_notes()
    bound = Bound(ordinal[1], lower=ordinal[0], said=ordinal[0])
    walk.add(piece, "~band", "", ordinal[1], bound=bound, points="none", verb="lose")


def _append(
    walk: Walk, piece: Piece, ordinal: tuple[Fraction, str] | None, amount: Fraction
) -> Part:
    last = walk.rules.parts[-1] if walk.rules.parts else None
    known = last is not None and last.shape == "escalating" and "ended" not in last.values
    if not known or ordinal != (len(last.values["units"]) + 1, last.counter):
        raise Unread(f"“{walk.words(piece)}”与前面接不上")
    walk.forget_notes()
    last.values["units"].append(amount)
    last.end = piece.end
    return last


def _on_top(walk: Walk, piece: Piece, ordinal: tuple[Fraction, str] | None) -> None:
    """每次扣0.5分，第二次起每次加扣0.5分: on top of what each costs."""
    last = walk.rules.parts[-1] if walk.rules.parts else None
    if last is None or ordinal is None or not _one_each(last) or last.counter != ordinal[1]:
        raise Unread(f"“{walk.words(piece)}”是每次扣这么多，还是比前一次多扣这么多，没有写明")
    own = _own(last)
    walk.forget_notes()
    units = [own] * int(ordinal[0] - 1) + [own + piece.found.value("points")]
    walk.rules.parts[-1] = _raised(last, units, piece.end)


_PLAIN = {"unit", "of", "applies", "number", "points", "verb", "duration"}


def _one_each(part: Part) -> bool:
    """So much for one, and nothing else said of it."""
    each = part.shape == "step" or part.shape == "~less" and part.values["number"] == 1
    return each and part.values.keys() <= _PLAIN and _own(part) != "none"


def _own(part: Part) -> object:
    return part.values["unit"] if part.shape == "step" else part.values["points"]


def _raised(part: Part, units: list[Fraction], end: int) -> Part:
    kept = {key: part.values[key] for key in ("applies",) if key in part.values}
    made = part.turned("escalating", units=units, ended=True, **kept)
    made.end = end
    return made


def merged(parts: list[Part], rules: Rules, points: Fraction | None) -> list[Part]:
    return [_closed(part, rules, points) for part in joined(parts)]


def joined(parts: list[Part]) -> list[Part]:
    """发现1次扣1分，每增加1次加扣0.5分 is one step."""
    found: list[Part] = []
    for part in parts:
        before = found[-1] if found else None
        if before and _goes_on(before, part):
            own, more = _own(before), part.values["unit"]
            units = [own] if own == more else [own, more]
            found[-1] = _raised(before, units, part.end)
        else:
            found.append(part)
    return found


def _goes_on(before: Part, part: Part) -> bool:
    adds = part.shape == "step" and part.values.get("more") and FURTHER.fullmatch(part.what)
    plain = part.values.keys() - {"more"} <= _PLAIN
    same = part.counter == before.counter and part.sentence == before.sentence
    return bool(adds and plain and same and before.shape == "~less" and _one_each(before))


def _closed(part: Part, rules: Rules, points: Fraction | None) -> Part:
    """A list without an end has to use up the line."""
    if part.shape != "escalating":
        return part
    units = part.values["units"]
    if not part.values.pop("ended", False):
        if points is None or sum(units) < points:
            raise Unread(f"第{len(units)}{part.counter}以后怎么扣没有写")
        rules.doubt("第几次扣几分按逐次累加读", "0.8")
    elif any(more < less for less, more in pairwise(units)) and "listed" in part.values:
        rules.doubt("后面的每次扣得比前面少", "0.8")
    if len(units) == 1:
        kept = {key: part.values[key] for key in ("applies", "cap") if key in part.values}
        return part.turned("step", unit=units[0], **kept)
    return part
