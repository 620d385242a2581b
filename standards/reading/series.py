"""Without 每: 缺一次扣1分 is one for each, 缺2次扣2分 in a row with others is a band."""

import re
from fractions import Fraction

from standards.reading import attained, awarding, context, occasions
from standards.reading.bounds import Bound
from standards.reading.counted import counted, counted_what, of
from standards.reading.cover import Piece
from standards.reading.missing import missing_parts
from standards.reading.parts import Part, Unread
from standards.reading.targets import demanded, from_target, near, unit_of
from standards.reading.tokens import Token
from standards.reading.walk import Walk, happened, measured, stretch, trim


def less(walk: Walk, piece: Piece) -> None:
    _counted_loss(walk, piece)


def count(walk: Walk, piece: Piece) -> None:
    _counted_loss(walk, piece)


def either(walk: Walk, piece: Piece) -> None:
    """每缺一项内容或少学一次扣0.5分: so much for each of both."""
    first, second = piece.found.token("one"), piece.found.token("other")
    between = walk.text[first.end : second.start]
    if "，" in between or first.value.number != 1 or second.value.number != 1:
        raise Unread(f"“{walk.words(piece)}”未能识别，请人工核定")
    if walk.freqs or walk.aims or walk.owed:
        raise Unread(f"“{walk.words(piece)}”里哪一样按前面的要求算，没有写明")
    walk.forget_notes()
    before, behind = walk.named(piece, "what", "drop"), walk.named(piece, "then")
    alone = before.endswith(("缺", "少", "漏")) and between[0] in "或/"
    what = before + first.value.unit * alone + between.replace("每", "").replace("/", "") + behind
    what += second.value.unit * what.endswith(("或", "缺", "少"))
    counter = first.value.unit if first.value.unit == second.value.unit else "次"
    walk.add(piece, "step", what, counter, unit=piece.found.value("points"), **of(counter))


def nothing(walk: Walk, piece: Piece) -> None:
    """达到要求的记5分，每缺一项不计分: even one ends what all of them together earn."""
    last = walk.rules.parts[-1] if walk.rules.parts else None
    whole = last is not None and last.shape in ("~got", "~full", "~grade")
    if not whole or last.values.get("points", "full") not in ("full", walk.points):
        raise Unread(f"“{walk.words(piece)}”是整项不得分，还是缺的那一项不得分，没有写明")
    walk.forget_notes()
    walk.add(piece, "~zero", walk.named(piece, "what", "then") + "缺项")


def earned(walk: Walk, piece: Piece) -> None:
    if piece.found.groups.get("then") and _IN_TIME.search(walk.words(piece)):
        _in_time(walk, piece)
        return
    attained.before_fewer(walk, piece)
    whole = piece.found.first("full")
    if piece.found.first("per") and not _has_rows(walk, piece):
        context.freq(walk, piece)  # 每月1次得满分，少1次扣0.5分
        walk.add(piece, "~full")
        return
    if whole and (size := piece.found.first("qty")):
        _add(walk, piece, "~earned", size, "get", walk.points)
        return
    if piece.found.first("full", "kept", "calm"):
        _all_of_it(walk, piece)
        return
    size, verb = piece.found.token("size"), piece.found.first("gain", "get").type
    if size.type == "dur":
        raise Unread(f"“{walk.words(piece)}”按什么计数未能识别，请人工核定")  # 逾期一周得1分
    counter, number = counted(size)
    if counter == "%" and number == 100:
        _all_of_it(walk, piece)
    elif counter == "%" and verb == "get":
        _from_share(walk, piece, number)
    elif verb == "gain" and piece.found.first("level") and number == 1:
        awarding.award(walk, piece)
    else:
        _add(walk, piece, "~earned", size, verb)


def _has_rows(walk: Walk, piece: Piece) -> bool:
    """全年12次得满分，10-11次得3分."""
    unit = counted(piece.found.first("qty"))[0]
    bounds = [one.found.first("bound") for one in walk.pieces if one.start > piece.start]
    rows = any(bound and bound.value.unit == unit for bound in bounds)
    return piece.found.value("per") == "year" and rows


def likewise(walk: Walk, piece: Piece) -> None:
    """迟到1次扣0.5分，2次扣1分，以此类推: so much for each."""
    rows = [part for part in walk.rules.parts if part.sentence == walk.sentence]
    if rows and rows[-1].shape == "step":
        return  # 每次扣1分，以此类推 says it already
    first = rows[0] if rows else None
    if first is None or first.shape not in ("~less", "~earned") or not _goes_on(rows):
        raise Unread(f"“{walk.words(piece)}”之前的分值推不出每一次的分值")
    values = {key: first.values[key] for key in first.values if key not in _ROW}
    if first.shape == "~earned":
        values |= {"credit": True} | ({"start": "zero"} if first.values["verb"] == "get" else {})
    made = first.turned("step", unit=first.values["points"], **values)
    made.end = rows[-1].end
    walk.rules.parts = [*(part for part in walk.rules.parts if part not in rows), made]


_ROW = ("number", "points", "verb", "words")


def _goes_on(rows: list[Part]) -> bool:
    """One, two, three of them, each as much as the first."""
    each = rows[0].values["points"]
    return isinstance(each, Fraction) and all(
        (row.shape, row.counter) == (rows[0].shape, rows[0].counter)
        and (row.values["number"], row.values["points"]) == (at, at * each)
        for at, row in enumerate(rows, 1)
    )


def rung(walk: Walk, piece: Piece) -> None:
    """4次以上：3分；3次：2分: one more row of the table before."""
    last = walk.rules.parts[-1] if walk.rules.parts else None
    counter, _ = counted(piece.found.token("size"))
    rows = last is not None and last.shape in ("~band", "~earned") and last.counter == counter
    if not rows or last.values["verb"] == "gain":
        raise Unread(f"“{walk.words(piece)}”没有写扣还是得")
    _add(walk, piece, "~earned", piece.found.token("size"), "get")


# 一个月内报备, 提前10天完成, 逾期一周完成; but 半年考核合格.
_SOME = "(?:[0-9]+|[一二两三四五六七八九十]+|半)个?(?:工作日|天|日|周|星期|月|季度|年|小时)"
_IN_TIME = re.compile(
    rf"{_SOME}(?:之内|以内|内|之?后|以后|之?前|以前)(?=[^，]+[得])|(?:提前|逾期|超期|延期|推迟|迟){_SOME}[^，得]+得"
)


def _in_time(walk: Walk, piece: Piece) -> None:
    """换届后一个月内报备的得1分: a level by the time it took."""
    if piece.found.first("gain"):
        raise Unread(f"“{walk.words(piece)}”按什么计数未能识别，请人工核定")
    end = piece.found.groups["then"][-1].end
    what = trim(walk.span([token for token in piece.found.tokens if token.end <= end]))
    walk.forget_notes()
    if piece.found.first("full"):
        walk.add(piece, "~full", what)
        return
    deed = re.sub("^(?:之?内|以[内后前]|之?[后前])", "", walk.named(piece, "then"))
    walk.add(piece, "~got", what, points=piece.found.value("points"), deed=deed)


# 发现一例全扣: one case of whatever the line is about.
_FOUND = re.compile(
    r"(?:发现|出现|发生|查实)[一1][例起次件]，?(?:的，?)?(?:全扣|扣完|不得分|扣全|扣光|全部扣除)"
)


# 两年内未发展1名党员: not even one, or each one that is missing?
_NOT_EVEN_ONE = re.compile(r"(?:年|年度|季度|月|学期)内?[^，]{0,4}未[^，]{1,4}$")


_MERELY = re.compile(r"(?:只|仅)[^，]{0,4}$")


def _counted_loss(walk: Walk, piece: Piece) -> None:
    size = piece.found.token("size")
    counter, number = counted(size)
    if _FOUND.match(walk.words(piece)) and not piece.found.first("points"):
        held = "".join(trim(walk.words(n)) for n in walk.notes if walk.conditional(n))
        walk.name_notes()
        held = happened(held, walk.words(piece))
        walk.add(piece, "~zero", held or walk.subject or "发现问题")
        return
    if "then" in piece.found.groups and _NOT_EVEN_ONE.search(walk.named(piece, "what")):
        raise Unread(f"“{walk.words(piece)}”是每少一个都扣还是只扣一次，没有写明")
    if _MERELY.search(walk.named(piece, "what")):
        raise Unread(f"“{walk.words(piece)}”按什么计数未能识别，请人工核定")  # 只开展一项扣0.5分
    if number == 1 and piece.found.first("points") and _one(walk, piece, counter):
        return
    if _is_all_of_them(walk, piece):
        return
    if size.type == "dur" and not piece.found.first("points"):
        _zero_after(walk, piece, stretch(number, counter))
    elif size.type == "dur" and _is_condition(piece, counter, number):
        _fined_after(walk, piece, stretch(number, counter))
    else:
        _add(walk, piece, "~less", size, "lose")


_EVERY = re.compile("[都均]|全(?=[无没未])")


def _is_all_of_them(walk: Walk, piece: Piece) -> bool:
    """抽查三次都没人的不得分: whether it was so every time is a yes or no."""
    every = _EVERY.match(walk.named(piece, "then"))
    if piece.found.first("points") or not every or not walk.rules.parts:
        return False
    end = piece.found.first("none").start
    words = walk.span([token for token in piece.found.tokens if token.end <= end])
    walk.forget_notes()
    walk.add(piece, "~zero", trim(words), case=True)
    return True


def _one(walk: Walk, piece: Piece, counter: str) -> bool:
    """One missing part of a list, or one short of the bound before."""
    values = {"unit": piece.found.value("points")}
    if missing_parts(walk, piece, counter, values):
        return True
    away = piece.found.first("less", "more")
    if not away and counter == "次" and occasions.below(walk, piece, values):
        return True
    unit = unit_of(counter) if _alone(walk, piece) else counter
    if not away or not (near(walk, unit) or demanded(walk, piece, counter, away)):
        return False
    values |= of(counter)
    what = from_target(walk, piece, values, counter)
    walk.add(piece, "step", what, counter, **values)
    return True


def _alone(walk: Walk, piece: Piece) -> bool:
    """合格率达92%得5分，下降1个百分点扣1分, with no other number of points behind it."""
    return not any(one.kind == "less" and one is not piece for one in walk.pieces)


def _is_condition(piece: Piece, counter: str, number: Fraction) -> bool:
    """逾期3个月未换届 is a case with its time; 一个月未开展 counts months."""
    one_period = number == 1 and counter != "年" and "drop" not in piece.found.groups
    return "then" in piece.found.groups and not one_period


def _fined_after(walk: Walk, piece: Piece, duration: str) -> None:
    words = [
        token for token in piece.found.tokens if token.end <= piece.found.groups["then"][-1].end
    ]
    points = piece.found.value("points") if piece.found.first("points") else "none"
    walk.forget_notes()
    part = walk.add(
        piece, "~zero" if points == "none" else "~fine", trim(walk.span(words)), points=points
    )
    part.values["duration"] = duration


def _zero_after(walk: Walk, piece: Piece, duration: str) -> None:
    """逾期1个月不得分: the stretch of time is the condition."""
    ends = [token.start for token in piece.found.tokens if token.type in ("none", "lose")]
    words = [token for token in piece.found.tokens if token.end <= ends[0]]
    walk.forget_notes()
    walk.add(piece, "~zero", trim(walk.span(words))).values["duration"] = duration


def _add(
    walk: Walk, piece: Piece, shape: str, size: Token, verb: str, full: Fraction | None = None
) -> None:
    counter, number = counted(size)
    if counter in ("百分点", "%"):
        raise Unread(f"“{walk.words(piece)}”没有写明以多少为基准")
    values = of(counter)
    if verb == "get" and number == 1:
        attained.filled(walk, counter, piece.found.value("points"))
    what = counted_what(walk, piece, values)
    points = piece.found.value("points") if piece.found.first("points") else full or "none"
    if shape == "~earned":
        values["words"] = trim(walk.span([t for t in piece.found.tokens if t.end <= _end(piece)]))
    walk.add(piece, shape, what, counter, number=number, points=points, verb=verb, **values)


def _end(piece: Piece) -> int:
    """Where the words end that say what is earned."""
    return (piece.found.groups.get("then") or piece.found.groups["size"])[-1].end


def _all_of_it(walk: Walk, piece: Piece) -> None:
    """完成率100%得5分."""
    if counted(piece.found.first("pct"))[1] != 100:
        raise Unread(f"“{walk.words(piece)}”以外得多少分没有写")
    verb = piece.found.first("gain", "get")
    if verb and verb.type == "gain" and _BOTH.search(walk.named(piece, "what")):
        awarding.bonus(walk, piece, "what", "size")
        return
    points = piece.found.value("points") if verb else piece.found.first("full", "kept", "calm").type
    what = measured(walk.named(piece, "what")) or walk.subject
    bound = Bound("%", lower=Fraction(100), said=Fraction(100))
    walk.add(piece, "~band", what, "%", bound=bound, points=points, verb=_verb(points, verb))


# 不发生越级访且化解率100%的加1分 asks for both.
_BOTH = re.compile("[且并]")


def _from_share(walk: Walk, piece: Piece, share: Fraction) -> None:
    """90%得2分，80%得1分: from there on."""
    walk.rules.doubt("“80%得1分”一类按达到80%读", "0.8")
    what = measured(walk.named(piece, "what", "then"))
    if what in ("", "完成"):
        what = "" if _follows_a_share(walk) else walk.subject
    bound, points = Bound("%", lower=share, said=share), piece.found.value("points")
    walk.add(piece, "~band", what, "%", bound=bound, points=points, verb="get")


def _follows_a_share(walk: Walk) -> bool:
    """达70%得3分，60%得2分: one more row, whatever the clause beside is called."""
    last = walk.rules.parts[-1] if walk.rules.parts else None
    return last is not None and last.shape == "~band" and last.counter == "%"


def _verb(points: object, verb: Token | None) -> str:
    return verb.type if verb else "lose" if points == "kept" else "get"
