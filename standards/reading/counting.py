"""So much for each: 每少一次扣0.5分, 每低10个百分点扣1分, 每增加一项加1分."""

import re
from fractions import Fraction

from standards.reading import grading
from standards.reading.bounds import SPANS, Bound
from standards.reading.context import take_frequency
from standards.reading.cover import Piece
from standards.reading.parts import Unread
from standards.reading.targets import near, take_target
from standards.reading.tokens import Size, Token
from standards.reading.walk import NEGATIVE, PERSONS, Walk, measured, stretch, trim

_AMOUNTS = ("平方米", "元", "万元", "小时", "个小时", "学时", "课时", "岁", "周岁")
# Words that bring in a case and name none: 每发现1起, 有1人.
_FOUND_HEAD = re.compile(r"^(?:被?发现|出现|发生|存在|有|查出|查实)+")
_FOUND_TAIL = re.compile(r"(?:发现|出现|发生|存在|有|查出|查实|每)+$")
_PART_TAIL = re.compile(
    r"(?:等(?:各?项)?(?:要素|内容)?)?(?:均)?(?:齐全|完整|齐备|完备|俱全|清楚|规范)*$"
)


def of(counter: str) -> dict:
    if counter in ("百分点", "%"):
        return {"of": "ratio"}
    if counter in PERSONS:
        return {"of": "persons"}
    return {"of": "value"} if counter in _AMOUNTS else {}


def step(walk: Walk, piece: Piece, **credit: bool) -> None:
    found = piece.found
    amount = found.value("points") if found.first("points") else None
    sizes = [token for token in found.tokens if token.type in ("qty", "dur", "ppt", "pct")]
    values = {"unit": amount, **credit}
    if found.first("per"):
        need = found.value("need")
        values |= {"per": found.value("per"), "need": need.number if need else Fraction(1)}
    sizes = [token for token in sizes if token is not found.token("goal")]
    counter, number = _counted(sizes[0] if sizes else None)
    if found.has("each") and len(sizes) == 2 and "need" not in found.groups:
        counter = _person_times(walk, piece, sizes)
    if number != 1:
        values["step"] = number
    away = found.first("less", "more")
    if not credit and _missing_parts(walk, piece, counter, values):
        return
    values |= of(counter)
    if found.has("bound"):
        walk.forget_notes()
        if _to_bound(walk, piece) == walk.span([found.first("bound")]) and walk.rules.parts:
            raise Unread(f"“{walk.words(piece)}”与前一条怎么衔接没有读懂")
        walk.add(piece, "step", _to_bound(walk, piece), counter, **values)
        return
    span = grading.ends_in_span(walk, piece)
    if span and not span["head"] and any("span" in part.values for part in walk.rules.parts):
        raise Unread(f"“{walk.words(piece)}”与前一段是累加还是择一，没有写明")
    values |= span
    if "goal" in found.groups:
        values |= {
            "target": found.value("goal"),
            "direction": _direction(found.first("less", "more")),
        }
        walk.forget_notes()
        walk.add(piece, "step", walk.named(piece, "what") or walk.subject, counter, **values)
        return
    if counter in ("百分点", "%") or near(walk, counter):
        what = _from_target(walk, piece, values, away, counter)
    else:
        what = _counted_what(walk, piece, values)
    walk.add(piece, "step", what, counter, **values)


def _to_bound(walk: Walk, piece: Piece) -> str:
    """参加率低于80%的每次扣0.2分: the bound is part of the case."""
    types = [token.type for token in piece.found.tokens]
    at = types.index("bound")
    head = 0 if types.index("each") > at else types.index("qty") + 1
    subject = next((part.what for part in walk.rules.parts if part.shape == "~band"), "")
    subject = subject if types[0] == "bound" else walk.named(piece, "what") * bool(head)
    return subject + trim(walk.span(piece.found.tokens[head : at + 1]))


def _person_times(walk: Walk, piece: Piece, sizes: list[Token]) -> str:
    if [size.value.number for size in sizes] == [1, 1] and sizes[0].value.unit in PERSONS:
        return "人次"
    raise Unread(f"“{walk.words(piece)}”按什么计数没有读懂")


def _counted(size: Token | None) -> tuple[str, Fraction]:
    if size is None:
        return "次", Fraction(1)
    if isinstance(size.value, Size):
        return size.value.unit, size.value.number
    return "%", size.value


def _counted_what(walk: Walk, piece: Piece, values: dict) -> str:
    """What is counted: the open conditions and the words of the piece, else the subject before."""
    if walk.freqs and "per" not in values:
        values |= _frequency(walk, piece)
    words = _FOUND_TAIL.sub("", walk.named(piece, "what"))
    words += walk.named(piece, *(() if "target" in values else ("drop",))) + _FOUND_HEAD.sub(
        "", walk.named(piece, "mid")
    )
    words += walk.named(piece, "then")
    held = [note for note in walk.notes if walk.conditional(note)]
    if held:
        start, end = walk.tokens[held[0].start].start, walk.tokens[held[-1].end - 1].end
        words = trim(walk.text[start:end]) + words
        walk.notes = [note for note in walk.notes if note not in held]
    walk.forget_notes()
    return words if len(words) > 2 else walk.subject + words


def _frequency(walk: Walk, piece: Piece) -> dict:
    """Meetings are counted by period; hours and money are a sum to reach."""
    unit = _unit(piece)
    if unit in PERSONS and all(_counts_meetings(held) for held in walk.freqs):
        walk.subject = walk.named(walk.freqs[-1], "what", "mid", "then") or walk.subject
        walk.freqs = []
        return {}
    counted_by_time = unit in SPANS
    if counted_by_time and len(walk.freqs) == 1 and not walk.freqs[0].found.first("qty", "bound"):
        walk.freqs = []
        return {}
    found = take_frequency(walk)
    if not found or unit not in _AMOUNTS:
        return found
    return {"target": found["need"], "direction": "below"}


def _counts_meetings(piece: Piece) -> bool:
    """每年至少参加1次培训 asks for meetings; who is missing from one is counted by head."""
    size = piece.found.first("bound") or next(
        (token for token in reversed(piece.found.tokens) if token.type == "qty"), None
    )
    return size is None or size.value.unit not in PERSONS


def _unit(piece: Piece) -> str:
    return _counted(piece.found.first("qty", "dur"))[0]


def _missing_parts(walk: Walk, piece: Piece, counter: str, values: dict) -> bool:
    """时间、地点、人员齐全，缺一项扣0.5分: the list before names the parts."""
    drop = walk.span(piece.found.groups.get("drop", ()))
    listing = walk.span(piece.found.groups.get("what", ()))
    own = walk.named(piece, "mid", "then").removesuffix("要素").removesuffix("内容")
    if counter not in ("项", "个", "要素") or not drop.startswith(("缺", "少", "漏")) or own:
        return False
    if not listing and walk.notes:
        listing = walk.words(walk.notes.pop())
    labels = [_PART_TAIL.sub("", trim(label)) for label in listing.split("、")]
    if len(labels) < 2 or not all(labels) or NEGATIVE.match(listing):
        return False
    walk.forget_notes()
    walk.add(piece, "parts", walk.subject, "", parts=labels, each_missing=values["unit"])
    return True


def _direction(away: Token) -> str:
    return "above" if away.type == "more" else "below"


def _from_target(walk: Walk, piece: Piece, values: dict, away: Token | None, counter: str) -> str:
    """So much for each step away from a target that stands before."""
    target, what, both_known = take_target(walk, counter)
    if away is None or target is None:
        raise Unread(f"“{walk.words(piece)}”没有写明以多少为基准")
    direction = _direction(away)
    if both_known and both_known != direction:
        raise Unread(f"“{walk.words(piece)}”与前面的标准方向不一致")
    if counter in PERSONS or counter == "次":
        values |= (
            {"free": target} if direction == "above" else {"target": target, "direction": direction}
        )
    else:
        values |= {"target": target, "direction": direction}
    own = walk.named(piece, "what", "mid")
    walk.forget_notes()
    walk.subject = what or own or walk.subject
    return walk.subject


def less(walk: Walk, piece: Piece) -> None:
    _series(walk, piece, "~less")


def count(walk: Walk, piece: Piece) -> None:
    _series(walk, piece, "~less")


def earned(walk: Walk, piece: Piece) -> None:
    _series(walk, piece, "~earned")


def _series(walk: Walk, piece: Piece, shape: str) -> None:
    """缺1次扣1分: alone for each one, in a row (缺2次扣2分) bands; merge.py knows which."""
    size = piece.found.first("qty", "dur", "ppt", "pct")
    counter, number = _counted(size)
    if shape == "~earned" and counter == "%" and number == 100:
        _all_of_it(walk, piece)
        return
    if counter in ("百分点", "%"):
        raise Unread(f"“{walk.words(piece)}”没有写明以多少为基准")
    values: dict = of(counter)
    if (
        (walk.notes or piece.found.groups.get("what"))
        and number == 1
        and piece.found.first("points")
        and piece.found.has("lose")
    ):
        values["unit"] = piece.found.value("points")
        if _missing_parts(walk, piece, counter, values):
            return
        values = of(counter)
    if near(walk, counter) and piece.found.first("less", "more") and number == 1:
        _away(walk, piece, counter)
        return
    if piece.found.first("gain") and piece.found.first("level") and number == 1:
        grading.award(walk, piece)
        return
    what = _counted_what(walk, piece, values)
    points = piece.found.value("points") if piece.found.first("points") else "none"
    credit = piece.found.first("gain", "get")
    dur = piece.found.first("dur")
    one_period = dur and number == 1 and counter != "年" and "drop" not in piece.found.groups
    if dur and piece.found.groups.get("then") and not credit and not one_period:
        part = walk.add(piece, "~zero" if points == "none" else "~fine", what, "", points=points)
        part.what = trim(
            walk.span(
                [
                    token
                    for token in piece.found.tokens
                    if token.end <= piece.found.groups["then"][-1].end
                ]
            )
        )
        part.values["duration"] = stretch(number, counter)
        return
    walk.add(
        piece,
        shape,
        what,
        counter,
        number=number,
        points=points,
        verb=credit.type if credit else "lose",
        **values,
    )


def _all_of_it(walk: Walk, piece: Piece) -> None:
    """完成率100%得5分."""
    points, verb = piece.found.value("points"), piece.found.first("gain", "get").type
    what = measured(walk.named(piece, "what")) or walk.subject
    bound = Bound("%", lower=Fraction(100), said=Fraction(100))
    walk.add(piece, "~band", what, "%", bound=bound, points=points, verb=verb)


def _away(walk: Walk, piece: Piece, counter: str) -> None:
    """不少于3次，少一次扣0.5分: from the bound before, though without 每."""
    if not piece.found.first("points"):
        raise Unread(f"“{walk.words(piece)}”没有读懂")
    values = {"unit": piece.found.value("points"), **of(counter)}
    what = _from_target(walk, piece, values, piece.found.first("less", "more"), counter)
    walk.add(piece, "step", what, counter, **values)


def credit(walk: Walk, piece: Piece) -> None:
    found = piece.found
    if found.first("gain") and found.first("level") and _counted(found.first("qty"))[1] == 1:
        grading.award(walk, piece)
        return
    step(walk, piece, credit=True)
    if found.first("get"):
        walk.rules.parts[-1].values["start"] = "zero"


def twoway(walk: Walk, piece: Piece) -> None:
    size = piece.found.first("qty", "dur", "ppt", "pct")
    counter, number = _counted(size)
    target, what, _ = take_target(walk, counter)
    if target is None:
        raise Unread(f"“{walk.words(piece)}”没有写明以多少为基准")
    values = {
        "unit": piece.found.value("points"),
        **of(counter),
        "target": target,
        "direction": "below",
        "both_ways": True,
    }
    if number != 1:
        values["step"] = number
    walk.add(piece, "step", what or walk.subject, counter, **values)
