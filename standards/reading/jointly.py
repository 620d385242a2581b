"""A number that is not alone: 参学率、满意率均达到90%以上得5分; 布局合理，有2名以上保洁员得5分."""

import re

from standards.reading.cover import Piece
from standards.reading.parts import Unread
from standards.reading.restated import before_bound, goes_on
from standards.reading.together import all_together, fined_in, one_of_several, worth
from standards.reading.tokens import Token
from standards.reading.walk import Walk, measured, trim


def taken(walk: Walk, piece: Piece, unit: str) -> bool:
    """A condition with a number in it, and no level of that number."""
    _no_deed_for_a_share(walk, piece, unit)
    joint = (one_of_several, several_shares, with_demands, all_together)
    return any(read(walk, piece, unit) for read in joint)


_BOTH = re.compile("(?:各项|[两三四]项|[两三四]者)?(?:均|都|同时)(?:应|须|要)?$")
_SHARE = re.compile(".*(?:率|度|占比|比例|比重)")


def several_shares(walk: Walk, piece: Piece, unit: str) -> bool:
    """Each share is a figure of its own; all of them together are met or not."""
    own = measured(before_bound(walk, piece))
    names = re.split("、|和|与|以?及", _BOTH.sub("", own))
    shares = len(names) > 1 and all(map(_SHARE.fullmatch, names))
    if unit != "%" or not shares or piece.found.has("all"):
        return False
    points, verb = worth(piece)
    if goes_on(walk, piece, unit):
        raise Unread(f"“{own}”有几个数，各档看哪一个没有写明")
    if verb == "get" and points in ("full", walk.points):
        _won(walk, piece, _words(walk, piece, piece.found.tokens[0]))
    elif verb == "lose" and _BOTH.search(own):
        fined_in(walk, piece, "", _words(walk, piece, piece.found.tokens[0]))
    else:
        raise Unread(f"“{walk.words(piece)}”是每个数各算一次，还是只算一次，没有写明")
    return True


_ASKED = re.compile(
    "^[^，、]{0,4}有(?![关效力])|^(?:建立|制定|成立|配备|设立|设置)(?!下列|以下)|"
    "(?:齐全|完整|健全|规范|完善|到位|合理|整洁|整齐|良好|清晰|明确|及时|上墙|团结|有力)$"
)


_HAD = re.compile("有|配备|设立|设置")
_SIZE = re.compile("(?:(?:使用|建筑|占地|场所|场地|总)?面积|规模|容量|大小|人数)?")


def with_demands(walk: Walk, piece: Piece, unit: str) -> bool:
    """What is asked for before the number is asked for as well."""
    asked = [note for note in walk.notes if note.after == "comma" and _asks(walk, note)]
    if not asked or worth(piece)[1] != "get" or piece.found.first("bound") is None:
        return False
    if goes_on(walk, piece, unit):
        of_it = _SIZE.fullmatch(measured(before_bound(walk, piece)))
        if of_it and unit != "%" and all(map(_HAD.match, map(walk.words, asked))):
            return False  # 有活动室，80平方米以上得2分，50平方米以上得1分: how large it is
        raise Unread(f"“{walk.words(asked[0])}”与后面各档怎么衔接未能识别，请人工核定")
    what = _words(walk, piece, walk.tokens[asked[0].start])
    walk.rules.doubt(f"“{what}”合成了一个条件", "0.9")
    _won(walk, piece, what)
    return True


def _no_deed_for_a_share(walk: Walk, piece: Piece, unit: str) -> None:
    """建立制度，达到90%以上得5分: of what the share is, nobody says."""
    own = before_bound(walk, piece)
    if unit == "%" and own.endswith("，") and _ASKED.search(deed := trim(own)):
        raise Unread(f"“{deed}”与后面的比例怎么衔接未能识别，请人工核定")


def _asks(walk: Walk, note: Piece) -> bool:
    return bool(_ASKED.search(trim(walk.words(note)))) and not walk.conditional(note)


def _words(walk: Walk, piece: Piece, first: Token) -> str:
    behind = piece.found.groups.get("then") or [piece.found.first("bound")]
    return trim(walk.text[first.start : behind[-1].end])


def _won(walk: Walk, piece: Piece, what: str) -> None:
    walk.notes = []
    points = worth(piece)[0]
    if points == "full":
        walk.add(piece, "~full", what)
    else:
        walk.add(piece, "~got", what, points=points)
