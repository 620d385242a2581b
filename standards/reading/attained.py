"""Credits for a number that is reached: 自查二次得4分, 每年2次得10分, 不少于4次加2分，每增加1次加1分."""

import re
from collections.abc import Sequence
from fractions import Fraction

from standards.reading.awarding import level_in
from standards.reading.bounds import Bound
from standards.reading.cover import Piece
from standards.reading.lexicon import WORDS
from standards.reading.parts import Part, Rules, Unread
from standards.reading.targets import times, unit_of
from standards.reading.walk import Walk, trim


def credits(parts: list[Part], rules: Rules, points: Fraction | None) -> list[Part]:
    """Each once where together they are the line; alone all of the line for that number."""
    if len(parts) == 1 and _is_all(parts[0], points):
        rules.doubt("按达到次数得满分读", "0.8")
        return [_from(parts[0])]
    named = [_by_name(part) for part in parts]
    if _add_up(named, points):
        return [_won(part) for part in named]
    return parts


def _by_name(part: Part) -> Part:
    """制度健全加3分 with no other grade beside it."""
    if part.shape != "~grade" or part.values["verb"] != "gain":
        return part
    name = part.values["condition"]
    return part.turned("~entry", name=name, whole=name, verb="gain", points=part.values["points"])


_WITHIN = re.compile("[月周天日年]内")


def _is_all(part: Part, points: Fraction | None) -> bool:
    earned = part.shape == "~earned" and part.values["verb"] == "get"
    earned = earned and not _WITHIN.search(part.what)
    return earned and part.values["number"] > 1 and part.values["points"] == points is not None


def _from(part: Part) -> Part:
    number = part.values["number"]
    bound = Bound(part.counter, lower=number, said=number)
    return part.turned("~band", bound=bound, points=part.values["points"], verb="get")


_MIXED = ("~got", "~earned", "~entry", "~band")


def _add_up(parts: Sequence[Part], points: Fraction | None) -> bool:
    """有计划得5分，召开会议一次计3分，专题分析二次加2分: nothing of it is a row of a table."""
    shapes = {part.shape for part in parts}
    if points is None or len(parts) < 2 or shapes - {*_MIXED} or not shapes - {"~got"}:
        return False
    if shapes == {"~entry"} and not all(_is_state(part) for part in parts):
        return False
    told = _levels(parts) or sum(map(_is_of_a_level, parts)) > 1
    if told or any(map(_is_award, parts)):
        return False
    names = [_words(part) for part in parts]
    apart = all(names) and len(set(names)) == len(names) and not _rows(parts)
    amounts = [part.values["points"] for part in parts]
    return apart and all(isinstance(one, Fraction) for one in amounts) and sum(amounts) == points


# 有电教设备加2分, 布置整洁加3分: how things stand, no deed on top of what is asked.
_STATE = re.compile("^[^，]{0,6}有|较好|良好|整洁|整齐|规范|健全|齐全|完善|完备|到位|明确|清晰")
_DEED = re.compile(
    "[不未]|一般|较差|获|奖|表彰|表扬|经验|交流|推广|刊|发表|承办|创建|创新|宣传|报道|采用|典型|特色|突出|亮点|批示"
)


def _is_state(part: Part) -> bool:
    return bool(_STATE.search(part.values["name"])) and not _DEED.search(part.values["name"])


def _is_award(part: Part) -> bool:
    """县级表彰加1分 stands on the total; 社区有活动室得2分 says where it is."""
    values = part.values
    if part.shape == "~band":
        return not _is_due(part)
    gains = part.shape == "~entry" and (
        values["verb"] == "lose"
        or values["verb"] == "gain"
        and values["name"] != values["whole"]
        or _HONOUR.search(values["whole"])
    )
    return gains or values.get("verb") == "gain" and part.shape == "~earned" or "cap" in values


_HONOUR = re.compile("获|奖|表彰|表扬|推广|刊发|发表|承办|采用|典型|批示|通报|[列评]为")


def _levels(parts: Sequence[Part]) -> bool:
    """国家级得5分，省级得3分: rows that only their level tells apart."""
    rest = [
        part.values["whole"].replace(part.values["name"], "", 1)
        for part in parts
        if part.shape == "~entry" and part.values["name"] != part.values["whole"]
    ]
    plain = any(part.shape == "~entry" and part.values["whole"] in WORDS["level"] for part in parts)
    return plain or "" in rest or len(set(rest)) < len(rest)


def _is_of_a_level(part: Part) -> bool:
    """被市级推广1次得1分，被省级推广1次得2分: each time so much."""
    return part.shape == "~earned" and bool(level_in(_words(part)))


def _is_due(part: Part) -> bool:
    """支委会每月至少召开1次得2分, 走访20户以上得2分."""
    bound, verb = part.values["bound"], part.values["verb"]
    open_above = bound.lower is not None and bound.last is None and bound.upper is None
    return open_above and verb == "get"


def _rows(parts: Sequence[Part]) -> bool:
    """开展2次得2分，1次得1分: the second says only another number of the same."""
    counted = [part for part in parts if part.shape in ("~earned", "~band")]
    return any(
        one is not other and one.counter == other.counter and one.what.endswith(other.what)
        for one in counted
        for other in counted
    )


def _words(part: Part) -> str:
    values = part.values
    return values.get("words") or values.get("whole") or values.get("name") or part.what


def _won(part: Part) -> Part:
    made = part.turned("~got", points=part.values["points"])
    made.what = _words(part)
    return made


# --- what a period asks for


def settled(walk: Walk) -> None:
    """每年参加活动2次得10分, with nothing behind it that is short of it."""
    for freq in [one for one in walk.freqs if one.kind == "often" and not walk.rules.parts]:
        walk.freqs.remove(freq)
        size, amount = freq.found.first("qty"), freq.found.first("points").value
        if size and freq.found.value("per") == "year":
            what = trim(walk.span([t for t in freq.found.tokens if t.end <= size.start]))
            number = size.value.number
            bound = Bound(size.value.unit, lower=number, said=number)
            walk.add(freq, "~band", what, size.value.unit, bound=bound, points=amount, verb="get")
        else:
            walk.add(freq, "~got", _before_credit(walk, freq), points=amount)


def before_fewer(walk: Walk, piece: Piece) -> None:
    """每年开展2次得5分，开展1次得3分: rows of one table."""
    often = walk.freqs[-1] if walk.freqs and walk.freqs[-1].kind == "often" else None
    due, size = often and often.found.first("qty"), piece.found.first("qty")
    if due and size and due.value.unit == size.value.unit and size.value.number < due.value.number:
        settled(walk)


def _before_credit(walk: Walk, freq: Piece) -> str:
    end = freq.found.first("get").start
    return trim(walk.span([token for token in freq.found.tokens if token.end <= end]))


# --- more than that


def filled(walk: Walk, counter: str, unit: Fraction) -> None:
    """至少召开2次会议，有1次得1分: all that are asked for are the line."""
    for aim in walk.aims:
        bound = aim.found.first("bound")
        asked = bound and bound.value.unit == counter and bound.value.lower
        if asked and asked * unit == walk.points:
            walk.aims.remove(aim)
            walk.subject = walk.named(aim, "what", "then") or walk.subject
            return


def base(walk: Walk, counter: str) -> Part | None:
    """不少于4次加2分，每增加1次加1分: the number from which more counts."""
    last = walk.rules.parts[-1] if walk.rules.parts else None
    if last is None or last.shape != "~band" or not times(last.counter, unit_of(counter)):
        return None
    bound = last.values["bound"]
    open_above = bound.lower is not None and bound.upper is None and not bound.loose
    won = last.values["verb"] == "gain" or last.values["verb"] == "get" and _leaves_more(walk, last)
    if not open_above or not won:
        return None
    if [part.counter for part in walk.rules.parts if part.shape == "~band"].count(last.counter) > 1:
        raise Unread("前面有几档，从哪一档起加没有写明")
    return last


def _leaves_more(walk: Walk, part: Part) -> bool:
    """10万元以上得3分，每超1万元加0.5分 on a line of 5."""
    points = part.values["points"]
    return walk.points is None or isinstance(points, Fraction) and points < walk.points
