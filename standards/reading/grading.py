"""All or nothing, graded, judged: 未开展的不得分, 较好得3分, 酌情扣1-3分, 获省级表彰加3分."""

import re
from fractions import Fraction

from standards.reading.bounds import Bound
from standards.reading.context import take_frequency
from standards.reading.cover import Piece
from standards.reading.lexicon import VOCABULARY
from standards.reading.parts import Part, Unread
from standards.reading.tokens import Token
from standards.reading.walk import PERSONS, Walk, measured, trim


def band(walk: Walk, piece: Piece) -> None:
    found = piece.found
    bound = found.first("bound")
    value = bound.value if bound else _points_band(found.first("range"))
    own, then = measured(before_bound(walk, piece)), walk.named(piece, "then")
    case = _CASE.match(then) if value.unit in PERSONS and value.lower is not None else None
    if case:
        size = f"{own}{walk.span([bound])}的{case['who'] or ''}"
        _fined_in(walk, piece, size, case["what"])
        return
    points, verb = worth(piece)
    walk.forget_notes()
    own = "" if any(type == "grade" for type, _ in VOCABULARY.get(own, ())) else own
    own = own.removesuffix("有")
    what = own + then or walk.subject
    walk.add(piece, "~band", what, value.unit, bound=value, points=points, verb=verb)


def before_bound(walk: Walk, piece: Piece) -> str:
    types = [token.type for token in piece.found.tokens]
    return walk.span(piece.found.tokens[: types.index("bound" if "bound" in types else "range")])


# 7人以上的党支部未设支委会: how big the branch is says where the rule applies.
_CASE = re.compile(
    r"(?P<who>(?:的?(?:党?支部|党组织|单位|村|社区|企业))?)(?P<what>[^未不没无]{0,4}[未不没无].+)"
)


def _points_band(token: Token) -> Bound:
    """80-89分得3分: a band of points that are measured, not given."""
    low, high = token.value
    return Bound("分", lower=low, last=high, said=low)


def _fined_in(walk: Walk, piece: Piece, applies: str, what: str) -> None:
    points, verb = worth(piece)
    if verb != "lose" or isinstance(points, tuple):
        raise Unread(f"“{walk.words(piece)}”没有读懂")
    part = walk.add(piece, "~zero" if points == "none" else "~fine", what, "", points=points)
    part.values["applies"] = applies


def worth(piece: Piece) -> tuple[object, str]:
    """Points, a range of points or full, none, kept, calm; and the verb."""
    verb = piece.found.first("lose", "gain", "get")
    word = piece.found.first("none", "full", "kept", "calm")
    if word:
        return word.type, "lose" if word.type in ("none", "kept") else "get"
    amounts = [token for token in piece.found.tokens if token.type in ("points", "range")]
    return amounts[-1].value, verb.type if verb else "get"


def grade(walk: Walk, piece: Piece) -> None:
    names = [walk.span([token]) for token in piece.found.all("names")]
    if "nums" in piece.found.groups:
        _dealt_out(walk, piece, names)
        return
    points, verb = worth(piece)
    own = walk.named(piece, "what")
    if not own:
        walk.forget_notes()
    condition = walk.condition(piece, "what") + names[0] if len(names) == 1 else own
    for name in names:
        walk.add(
            piece,
            "~grade",
            own or walk.subject,
            "",
            name=name,
            points=points,
            verb=verb,
            condition=condition,
        )


def _dealt_out(walk: Walk, piece: Piece, names: list[str]) -> None:
    """好、较好、差分别得5分、3分、0分."""
    amounts = [
        token.value if token.type != "none" else token.type for token in piece.found.all("nums")
    ]
    if len(amounts) != len(names):
        raise Unread(f"“{walk.words(piece)}”的等次和分值对不上")
    own, verb = walk.named(piece, "what"), piece.found.first("lose", "gain", "get").type
    walk.forget_notes()
    for name, amount in zip(names, amounts, strict=True):
        condition = own + name
        walk.add(
            piece,
            "~grade",
            own or walk.subject,
            "",
            name=name,
            points=amount,
            verb=verb,
            condition=condition,
        )


def level(walk: Walk, piece: Piece) -> None:
    names, verb = _names(walk, piece), piece.found.first("gain", "get", "lose").type
    amounts = [token.value for token in piece.found.all("nums")] or [
        piece.found.first("points").value
    ]
    size = piece.found.first("qty")
    if size and size.value.unit in ("次", "篇", "项", "个", "件", "例", "起", "条"):
        size = None
    if size and size.value.unit not in ("人", "名", "位", "人次"):
        raise Unread(f"“{walk.words(piece)}”没有读懂")
    if len(amounts) not in (1, len(names)) or (
        len(names) > 1 and len(amounts) == 1 and not piece.found.has("all") and verb == "lose"
    ):
        raise Unread(f"“{walk.words(piece)}”的级别和分值对不上")
    amounts = amounts * len(names) if len(amounts) == 1 else amounts
    subject = trim(walk.subject or "")
    walk.forget_notes()
    for name, amount in zip(names, amounts, strict=True):
        walk.add(
            piece,
            "~entry",
            subject or walk.subject,
            "",
            name=name,
            points=amount,
            verb=verb,
            per="person" if size else "event",
        )


def _names(walk: Walk, piece: Piece) -> list[str]:
    names = [walk.span([token]) for token in piece.found.all("names")]
    if (
        piece.kind == "level"
        and len(names) > 1
        and not any(token.type == "list" for token in piece.found.groups["names"])
    ):
        return ["".join(names)]
    return [_LEVEL.get(name, name) for name in names] if piece.kind == "level" else names


_LEVEL = {
    "省": "省级",
    "市": "市级",
    "县": "县级",
    "区": "区级",
    "乡": "乡级",
    "镇": "镇级",
    "国家": "国家级",
    "全国": "国家级",
    "全省": "省级",
    "全市": "市级",
    "全县": "县级",
    "全区": "区级",
    "中央": "国家级",
    "乡镇": "乡镇级",
    "省委": "省级",
    "市委": "市级",
    "县委": "县级",
}


def judged(walk: Walk, piece: Piece) -> None:
    found = piece.found
    verb = found.first("lose", "gain", "get", "losing", "gaining", "grading", "graded")
    low, high = _spread(walk, found)
    if verb.type in ("lose", "losing"):
        low, high = -high if high is not None else None, -low
    what = walk.condition(piece, "what", "then") or walk.subject
    walk.add(
        piece,
        "judged",
        what,
        "",
        range=[low, high],
        verb=verb.type,
        bare=found.first("points", "range") is None,
    )


def _spread(walk: Walk, found: object) -> tuple[Fraction, Fraction | None]:
    span, amount = found.first("range"), found.first("points")
    if span:
        low, high = span.value
        if low >= high:
            raise Unread(f"“{walk.span([span])}”不是从小到大的区间")
        return low, high
    return Fraction(0), amount.value if amount else walk.points


def fine(walk: Walk, piece: Piece) -> None:
    points = piece.found.value("points")
    bound = _short_of(walk, piece)
    if bound is not None:
        walk.add(piece, "~band", walk.subject, bound.unit, bound=bound, points=points, verb="lose")
        return
    what = walk.condition(piece)
    if walk.freqs:
        found = take_frequency(walk)
        if found.get("per") != "year" or found.get("need") != 1:
            raise Unread(f"“{walk.words(piece)}”是每少一次都扣还是只扣一次，没有写明")
    if not what:
        raise Unread(f"“{walk.words(piece)}”没有写明什么情况")
    walk.add(piece, "~fine", what, "", points=points)


_SHORT = re.compile(
    r"^(?:不足|不够|未?达不?到|未达到?|没有?达到|未达标|不达标|少于|低于)(?:要求|标准|规定|目标|比例|数量|此数)?的?$"
)


def _short_of(walk: Walk, piece: Piece) -> Bound | None:
    """不少于200册，不足的扣0.5分: the bound stands before."""
    own = walk.named(piece, "what")
    aims = [held for held in walk.aims if held.found.first("bound")]
    if len(aims) != 1 or not _SHORT.match(own):
        return None
    bound = aims[0].found.first("bound").value
    if bound.lower is None or bound.last is not None:
        return None
    walk.aims.remove(aims[0])
    walk.notes = []
    walk.subject = measured(before_bound(walk, aims[0])) or walk.subject
    return Bound(bound.unit, upper=bound.lower, said=bound.lower, loose=bound.loose)


def bonus(walk: Walk, piece: Piece) -> None:
    what = walk.condition(piece)
    if not what:
        raise Unread(f"“{walk.words(piece)}”没有写明什么情况")
    walk.add(
        piece,
        "~entry",
        walk.subject,
        "",
        name=what,
        points=piece.found.value("points"),
        verb="gain",
        per="event",
    )


def got(walk: Walk, piece: Piece) -> None:
    what = walk.condition(piece)
    if not what:
        raise Unread(f"“{walk.words(piece)}”没有写明什么情况")
    bare = piece.kind == "bare"
    walk.add(piece, "~got", what, "", points=piece.found.value("points"), only_in_sum=bare)


def full(walk: Walk, piece: Piece) -> None:
    shape = "~full" if piece.kind == "full" else "~kept"
    walk.add(piece, shape, walk.condition(piece))


def zero(walk: Walk, piece: Piece) -> None:
    if piece.found.has("one_of"):
        walk.listing = Part("~zero")
        return
    walk.freqs = []
    what = _missed_aim(walk, piece) or walk.condition(piece)
    if not what:
        raise Unread(f"“{walk.words(piece)}”没有写明什么情况")
    walk.add(piece, "~zero", what)


def _missed_aim(walk: Walk, piece: Piece) -> str:
    """参学率达到80%以上，未达到的不得分."""
    aims = [held for held in walk.aims if held.found.first("bound", "pct")]
    if len(aims) != 1 or not _SHORT.match(walk.named(piece, "what")):
        return ""
    walk.aims.remove(aims[0])
    walk.notes = []
    start = walk.tokens[aims[0].start].start
    return trim(walk.text[start : piece.found.groups["what"][-1].end])


def other(walk: Walk, piece: Piece) -> None:
    walk.forget_notes()
    points = piece.found.value("points") if piece.found.first("points") else "none"
    walk.add(piece, "~else", points=points)


def rest(walk: Walk, piece: Piece) -> None:
    walk.add(
        piece,
        "~rest",
        points=piece.found.value("points") if piece.found.first("points") else "none",
    )
