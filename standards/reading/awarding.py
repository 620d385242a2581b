"""Tables of awards and penalties: 获省级表彰加3分，市级加2分; 受警告处分扣1分."""

import re
from fractions import Fraction

from standards.reading.cover import Piece
from standards.reading.lexicon import WORDS
from standards.reading.parts import Part, Unread
from standards.reading.tokens import Token
from standards.reading.walk import PERSONS, Walk

_LACKING = re.compile("[未没无不缺]")
# 因工作不力被省委通报: the level is that of the blame.
_BLAMED = re.compile("(?<![未没无有曾])(?:被|受到)")


_BLAME = re.compile("(?:党委|政府|纪委)?(?:通报|批评|曝光|问责|约谈|查处|督办)")


# 工作不落实或受到通报批评: one shortcoming of two, and no row of a table.
_OR_BLAMED = re.compile("[未没无不缺][^，。；]*或者?(?:被|受到?)")


def level(walk: Walk, piece: Piece) -> None:
    names, verb = names_of(walk, piece), piece.found.first("gain", "get", "lose").type
    amounts = [token.value for token in piece.found.all("nums")]
    amounts = amounts or [piece.found.first("points").value]
    size = piece.found.first("qty")
    if size and size.value.unit not in (*PERSONS, *_CASES):
        raise Unread(f"“{walk.words(piece)}”未能识别，请人工核定")
    if len(amounts) != len(names):
        names = _listed(walk, piece, amounts) or names
    shared = len(amounts) == 1 < len(names)
    if len(amounts) not in (1, len(names)) or (
        shared and verb == "lose" and not piece.found.has("all")
    ):
        raise Unread(f"“{walk.words(piece)}”的级别和分值对不上")
    whole = walk.condition(piece, "what", "names", "then") if len(names) == 1 else ""
    if verb == "lose" and _is_shortcoming(walk, piece, whole):
        walk.add(piece, "~fine", whole, "", points=amounts[0])  # 没有参加县级以上培训
        return
    for name, amount in zip(names, amounts * (len(names) if shared else 1), strict=True):
        enter(walk, piece, name, amount, verb, size, whole or name)


def _is_shortcoming(walk: Walk, piece: Piece, whole: str) -> bool:
    """One loss, and no row of a table of who blames."""
    if walk.points is not None and _OR_BLAMED.search(whole):
        return True
    lacks = piece.kind == "level" and _LACKING.search(whole) and not _BLAMED.search(whole)
    return bool(lacks) and not _BLAME.match(walk.named(piece, "then"))


def alone(part: Part) -> Part:
    """获县级以上奖励得1分 among parts is one of them, and no row of a table."""
    if part.shape == "~band" and "words" in part.values and _is_reached(part):
        made = part.turned("~got", points=part.values["points"])
        made.what = part.values["words"]
        return made
    if part.shape == "~grade" and part.values["verb"] == "get":
        made = part.turned("~got", points=part.values["points"])
        made.what = part.values["condition"]
        return made
    if part.shape != "~entry" or part.values["verb"] != "get":
        return part
    made = part.turned("~got", points=part.values["points"])
    made.what = part.values["whole"]
    return made


def _is_reached(part: Part) -> bool:
    """入群率≥80%（1分）."""
    bound, values = part.values["bound"], part.values
    reached = bound.lower is not None and bound.upper is None and bound.last is None
    return reached and values["verb"] != "lose" and isinstance(values["points"], Fraction)


_UP_TO_LIST = re.compile("^.*(?:[评列定]为|获得?|受到?|得到|入选|达到|被|在|为)")
_LEVEL_SAID = re.compile("[^、，]{1,8}?级")


def _listed(walk: Walk, piece: Piece, amounts: list[Fraction]) -> list[str]:
    """被评为业主单位、集团、省级先进的，分别加2分、3分、5分: levels that no list of words has."""
    before_verb = [token for token in piece.found.tokens if token.end <= _verb(piece).start]
    items = walk.span(before_verb).split("、")
    if not piece.found.has("all") or len(amounts) < 2 or len(items) != len(amounts):
        return []
    level_word = piece.found.all("names")[-1]
    said = _LEVEL_SAID.match(items[-1])
    last = said.group() if said else walk.span([level_word])
    if not items[-1].startswith(last):
        return []
    found = [_UP_TO_LIST.sub("", items[0]), *items[1:-1], last]
    return found if all(0 < len(one) <= 8 for one in found) else []


def _verb(piece: Piece) -> Token:
    return piece.found.first("all", "gain", "get", "lose")


def award(walk: Walk, piece: Piece) -> None:
    """获县级以上表彰的每次加1分: a case of a level, not one of a row."""
    level_word = piece.found.first("level")
    name = walk.span([level_word])
    whole = walk.condition(piece, "what", "mid", "then")
    amount = piece.found.value("points")
    enter(walk, piece, name, amount, "gain", piece.found.first("qty"), whole or name)


# Counted by the case.
_CASES = ("次", "篇", "项", "个", "件", "例", "起", "条")


def enter(
    walk: Walk, piece: Piece, name: str, amount: Fraction, verb: str, size: Token | None, whole: str
) -> None:
    """A row of a table of awards; `whole` are all its words, for tables where levels repeat."""
    per = "person" if size and size.value.unit in PERSONS else "event"
    walk.name_notes()
    more = {"each": size.value.unit} if size else {}
    more |= {"name": name, "points": amount, "verb": verb, "per": per, "whole": whole}
    walk.add(piece, "~entry", walk.subject, "", **more)


def names_of(walk: Walk, piece: Piece) -> list[str]:
    names = list(dict.fromkeys(walk.span([token]) for token in piece.found.all("names")))
    if (
        piece.kind == "level"
        and len(names) > 1
        and not any(token.type == "list" for token in piece.found.groups["names"])
    ):
        return ["".join(names)]
    if piece.kind != "level":
        more = re.match("及?以上", walk.named(piece, "then"))  # 撤职以上处分
        return [*names[:-1], names[-1] + more.group()] if more else names
    return _shared(names, walk.named(piece, "then"))


_PRIZES = {"一": "一等奖", "二": "二等奖"}
# 省、市级: the last one's 级 is said of all of them.
_PLACE = re.compile("[省市州县区乡镇村]")


_GOVERNMENT = re.compile("(?:人民)?政府")


def _shared(names: list[str], then: str) -> list[str]:
    """Levels as they are printed; what the last one says for all is put behind each."""
    names = [_PRIZES.get(name, name) for name in names]
    government = _GOVERNMENT.match(then)
    if government and names in ([names[-1]], [f"{names[-1]}委", names[-1]]):
        return ["、".join(names) + government.group()]  # 县委、县政府
    if not re.fullmatch(f"{_PLACE.pattern}级", names[-1]):
        return names
    return [f"{name}级" if _PLACE.fullmatch(name) else name for name in names]


def level_at_end(words: str) -> str:
    """获表彰国家级 -> 国家级."""
    held = [word for word in WORDS["level"] if words.endswith(word)]
    return max(held, key=len, default="")


def bonus(walk: Walk, piece: Piece, *names: str) -> None:
    names = names or (("what", "per", "then") if piece.found.has("per") else ())
    what = walk.condition(piece, *names)
    if not what or piece.found.value("per") not in (None, "year"):
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
        whole=what,
    )


def level_in(words: str) -> str:
    """获省级表彰 -> 省级."""
    held = [word for word in WORDS["level"] if len(word) > 1 and word in words]
    return max(held, key=len, default="")


def carried_on(walk: Walk, piece: Piece, what: str) -> bool:
    """加分标准：国家级5分; 省级加3分，市级2分: the verb was said before."""
    parts, points, way = walk.rules.parts, piece.found.value("points"), walk.way
    entry = parts[-1] if parts and parts[-1].shape == "~entry" else None
    if entry and what in WORDS["level"]:
        way = entry.values["verb"]
    if way == "lose" and not entry:
        walk.add(piece, "~fine", what, "", points=points)
    elif way:
        per = entry.values["per"] if entry else "event"
        name = level_at_end(what) or what
        more = {"name": name, "points": points, "verb": way, "per": per, "whole": what}
        walk.add(piece, "~entry", walk.subject, "", **more)
    return bool(way)


def entered(walk: Walk, piece: Piece) -> bool:
    """按时完成每次加1分，计入总分: what counts on the total, or expressly in the line, is a row of a table."""
    size, verb = piece.found.token("size"), piece.found.first("gain", "lose")
    what = walk.named(piece, "what")
    bare = size is not None and verb is not None and not walk.named(piece, "drop", "mid", "then")
    if not bare or not what or size.type != "qty" or size.value.number != 1:
        return False
    if size.value.unit not in ("次", *PERSONS) or not _placed_behind(walk, piece):
        return False
    what = walk.condition(piece)
    enter(walk, piece, what, piece.found.value("points"), verb.type, size, what)
    return True


def _placed_behind(walk: Walk, piece: Piece) -> bool:
    """Where it counts is said at the end of its sentence."""
    for one in walk.pieces[walk.pieces.index(piece) :]:
        if one.kind in ("inside", "outside"):
            return True
        if one.after in ("stop", "enum"):
            return False
    return False


def rowed(walk: Walk, piece: Piece) -> None:
    """整改率100%每次加1分，计入总分: a row with a share in its name."""
    size, each = piece.found.token("size"), piece.found.first("each")
    if size.type != "qty" or size.value.number != 1 or not _placed_behind(walk, piece):
        raise Unread(f"“{walk.words(piece)}”没有写明以多少为基准")
    what = walk.span([token for token in piece.found.tokens if token.end <= each.start])
    walk.forget_notes()
    enter(walk, piece, what, piece.found.value("points"), "gain", size, what)
