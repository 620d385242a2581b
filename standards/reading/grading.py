"""All or nothing, graded, judged: 未开展的不得分, 较好得3分, 酌情扣1-3分, 获省级表彰加3分."""

import re
from collections.abc import Sequence
from fractions import Fraction

from standards.reading import awarding, beyond, carried, earning, frequencies, jointly, ladder
from standards.reading.bounds import Bound, points_band
from standards.reading.context import exempt, heads_a_list, is_event, take_frequency
from standards.reading.cover import Piece
from standards.reading.lexicon import VOCABULARY
from standards.reading.parts import Unread
from standards.reading.restated import (
    before_bound,
    ends_the_count,
    goes_on,
    missed,
    said_again,
    short_of,
)
from standards.reading.scales import SCALES
from standards.reading.together import (
    all_before_losses,
    denied,
    each_of,
    fined_in,
    of_the_standard,
    under_a_number,
    worth,
)
from standards.reading.tokens import Token
from standards.reading.walk import NEGATIVE, PERSONS, Walk, lacks, measured, trim


def band(walk: Walk, piece: Piece) -> None:
    found = piece.found
    if frequencies.fewer(walk, piece):
        return
    bound = found.first("bound")
    value = bound.value if bound else points_band(found.first("range"))
    frequencies.no_single_period(walk, piece, value)
    own, then = measured(before_bound(walk, piece)), _then(walk, piece)
    if _points_again(walk, piece):
        walk.aims.append(piece)
        return
    if _of_a_branch(walk, piece, own, then) or _said_twice(walk, piece, own, value):
        return
    if _past_limit(walk, piece, own, value):
        fined_in(walk, piece, "", f"{own}{walk.span([bound])}{then}")
        return
    if jointly.taken(walk, piece, value.unit):
        return
    points, verb = worth(piece)
    demand = said_again(walk, own, value)
    own = measured(before_bound(walk, demand) + walk.named(demand, "then")) if demand else own
    walk.name_notes()
    own = of_the_standard(walk, bound, own) or _of_number(walk, own, then, value.unit, points)
    worded = walk.span([bound or found.first("range")])
    words = walk.span(found.tokens[: found.tokens.index(bound) + 1]) + then if bound else ""
    more = {"spell": found.value("per"), "worded": worded, "words": words, "verb": verb}
    more |= {"subject": walk.subject, "bound": value, "points": points}
    for what in each_of(own, then + "各" * ("all" in found.groups)):
        walk.add(piece, "~band", what, value.unit, **more)


def _points_again(walk: Walk, piece: Piece) -> bool:
    """面积不少于60平方米（3分）。标识不全的扣1分: the number is demanded, the points are those of the line."""
    amount = piece.found.tokens[-1]
    bound = piece.found.first("bound")
    if bound is None or goes_on(walk, piece, bound.value.unit):
        return False
    bare = piece.found.first("lose", "gain", "get") is None and amount.type == "points"
    again = bare and amount.value == walk.points and walk.text.startswith("）", amount.end)
    return again and any(one.found.first("lose") for one in walk.pieces if one.start > piece.start)


def _of_a_branch(walk: Walk, piece: Piece, own: str, then: str) -> bool:
    """7人以上的支部未设支委会: the bound says of which branches; or it is part of the case."""
    bound = piece.found.first("bound")
    unit = bound.value.unit if bound else "分"
    if walk.span(piece.found.groups.get("then", ())).startswith(("且", "并", "或", "及", "和")):
        raise Unread(f"“{walk.words(piece)}”有两个条件")
    persons = unit in PERSONS and not ends_the_count(walk, piece, then)
    case = _CASE.match(then) if persons else None
    negated = persons and re.search("[未没]", then)
    if negated and not case or case and not _is_size_of_branch(own, case):
        raise Unread(f"“{walk.words(piece)}”是按人数还是按一次扣，未能识别，请人工核定")
    if case:
        who = case["who"] or ""
        size = f"{own}{walk.span([bound])}{'' if '党员' in who else '的'}{who}"
        fined_in(walk, piece, size, case["what"])
    elif unit == "%" and lacks(then) or _is_event(piece, own, unit, then):
        fined_in(walk, piece, "", f"{own}{walk.span([bound])}{then}")
    else:
        return False
    return True


def _is_event(piece: Piece, own: str, unit: str, then: str) -> bool:
    return is_event(own, unit, then) and piece.found.first("lose", "none") is not None


def _said_twice(walk: Walk, piece: Piece, own: str, value: Bound) -> bool:
    """图书不少于200册，不足200册的扣0.5分 is a yes or no, unless more rows follow."""
    points, verb = worth(piece)
    loses = verb == "lose" and (isinstance(points, Fraction) or points == "none")
    if not loses or value.unit == "%" or goes_on(walk, piece, value.unit):
        return False
    demand = said_again(walk, own, value)
    if demand:
        missed(walk, piece, demand, points)
    return demand is not None


def _past_limit(walk: Walk, piece: Piece, own: str, value: Bound) -> bool:
    """比例超过30%的扣1分: a loss once, for more than the limit."""
    points, verb = worth(piece)
    once = isinstance(points, Fraction) or points == "none" and len(walk.pieces) == 1
    good = ladder.is_merit(own)
    same = "同一" in own and value.lower is not None  # 同一村出现2件以上的扣0.5分
    return verb == "lose" and once and not good and (same or beyond.just_beyond(walk, piece, value))


def _of_number(walk: Walk, own: str, then: str, unit: str, points: object) -> str:
    """What the number is of, without words that only grade or sum it up."""
    own = _short_of_all(walk, own) if points == "none" else _defined(walk, own)
    graded = any(type == "grade" for type, _ in VOCABULARY.get(own, ()))
    done = own == "完成" and unit != "%"
    own = "" if graded and not done and not NEGATIVE.match(own) else own
    own = re.sub("(?:年度|全年)?(?:累计|合计|总计)$", "", own.removesuffix("有"))
    bare = not (own or then or walk.subject) and points == "none"
    return _measured_before(walk, unit) if bare else own


def _defined(walk: Walk, own: str) -> str:
    """优秀（90分以上）得5分 is a row by its number, in a table that ends below."""
    bounds = [bound.value for piece in walk.pieces if (bound := piece.found.first("bound"))]
    ended = any(bound.lower is None for bound in bounds)
    return own.removesuffix("（") if ended else own


_MISSING = re.compile("^[少缺漏](?:开展|召开|开)?$")


def _short_of_all(walk: Walk, own: str) -> str:
    """党员大会每季度1次、支委会每月1次，少3次以上的不得分 counts what is short of all of them."""
    if len(walk.freqs) < 2 or not _MISSING.match(own):
        return own
    return walk.subject + own if take_frequency(walk) else own


def _measured_before(walk: Walk, unit: str) -> str:
    """满意度低于90%的，每低1%扣0.3分；低于70%的，不得分: of the share just named."""
    last = walk.rules.parts[-1] if walk.rules.parts else None
    return last.what if last and unit == "%" and last.values.get("of") == "ratio" else ""


def _then(walk: Walk, piece: Piece) -> str:
    """≥95%为好，得4分: what the band is called adds nothing to it."""
    then = walk.named(piece, "then")
    named = re.sub("^(?:的)?(?:评?定?为|是|视为|属于?)", "", then)
    kind = re.sub("^(?:空壳|薄弱|落后|达标|示范|先进|后进)(?:村|社区|党?支部|单位)$", "好", named)
    return "" if named != then and any(t == "grade" for t, _ in VOCABULARY.get(kind, ())) else then


# 7人以上的党支部未设支委会: how big the branch is says where the rule applies.
_CASE = re.compile(
    r"(?P<who>(?:(?:正式)?(?:党员)?的?(?:党?支部|党组织|单位|村|社区|企业))?)(?P<what>[^未不没无]{0,4}[未不没无].+)"
)


_WHOSE_SIZE = re.compile(
    r"(?:党员|职工|员工|教师|学生|人员|人数|总数|数|支部|党组织|企业|单位)(?:有|满|达|在)?$"
)
_NO_BODY = re.compile(r"(?:未|没有?)(?:单独|按[^，]{2})?(?:设|成立|建|组建|划分|配|选|派|明确)")


def _is_size_of_branch(own: str, case: re.Match) -> bool:
    """7人以上未设支委会; but 两名以上党员未参加, 2人以上不满意 are those who did it."""
    bare = own in ("", "有", "满", "达", "在") and _NO_BODY.search(case["what"])
    return bool(case["who"] or _WHOSE_SIZE.search(own) or bare)


def grade(walk: Walk, piece: Piece) -> None:
    names = [walk.span([token]) for token in piece.found.all("names")]
    if len(names) > 1 and not _alternatives(names, piece.found.groups["names"]):
        names = [walk.span(piece.found.groups["names"])]  # 齐全规范, 齐全、规范
    if "nums" in piece.found.groups:
        _dealt_out(walk, piece, names)
        return
    alone = len(names) == 1 and not walk.named(piece, "what")
    if alone and short_of(walk, piece, names[0], *worth(piece)):
        return
    points, verb = worth(piece)
    verb = "lose" if carried.graded(walk, piece, names) else verb
    if verb == "lose" and len(names) == 1:
        _once_a_year(walk, piece)
    own = measured(walk.named(piece, "what"))
    condition = _of_grade(walk, piece, own, names, every=verb == "get")
    if len(names) == 1 and _NOT_DONE.search(own):
        names = [own + names[0]]  # 未在规定时间内完成 is a case, not a grade
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
            subject=walk.subject,
        )


def _of_grade(walk: Walk, piece: Piece, own: str, names: list[str], *, every: bool) -> str:
    """指导得力，工作到位 is one deed, should no other grade follow."""
    if not own and not every:
        walk.forget_notes()
    said = walk.condition(piece, "what", every=every)
    if len(names) > 1:
        return own
    return said + names[0] if own or not said else f"{said}，{names[0]}"


def _alternatives(names: list[str], tokens: Sequence[Token]) -> bool:
    """优秀、良好 are two grades of one scale."""
    listed = any(token.type == "list" for token in tokens)
    return listed and any(set(names) <= set(scale) for scale in SCALES)


_NOT_DONE = re.compile(r"^(?:未|没|不|仍未)|仍?未(?:在|按|能)?[^，]{0,8}$")


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


def judged(walk: Walk, piece: Piece) -> None:
    found = piece.found
    if found.has("rest") and not walk.rules.parts:
        raise Unread(f"“{walk.words(piece)}”是哪些情况以外的，没有写明")
    if piece.after in ("stop", "enum") and heads_a_list(walk, piece):
        return
    verb = found.first("lose", "gain", "get", "losing", "gaining", "grading", "graded")
    low, high = _spread(walk, found)
    if verb.type in ("lose", "losing"):
        low, high = -high if high is not None else None, -low
    headed = under_a_number(walk, piece)
    what = headed or walk.condition(piece, "what", "rest", "then") or walk.subject
    walk.add(
        piece,
        "judged",
        what,
        "",
        range=[low, high],
        verb=verb.type,
        bare=found.first("points", "range") is None,
        **({"case": True} if headed else {}),
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
    if short_of(walk, piece, walk.named(piece, "what"), points, "lose"):
        return
    if frequencies.each_missed(walk, piece):
        return
    what = beyond.exceeded(walk, piece) or denied(walk, walk.condition(piece))
    _once_a_year(walk, piece)
    if not what:
        raise Unread(f"“{walk.words(piece)}”没有写明什么情况")
    walk.add(piece, "~fine", what, "", points=points, **ends_in_span(walk, piece))


def _once_a_year(walk: Walk, piece: Piece) -> None:
    """每年1次，未召开的扣2分 is one loss; with 每月 it could be one or twelve."""
    if frequencies.taken_later(walk, piece):
        return
    if walk.freqs:
        found = take_frequency(walk)
        if found.get("per") != "year" or found.get("need") != 1:
            raise Unread(f"“{walk.words(piece)}”是每少一次都扣还是只扣一次，没有写明")
        return
    frequencies.more_than_once(walk, piece)


def got(walk: Walk, piece: Piece) -> None:
    if carried.heads_the_cell(walk, piece):
        walk.subject = walk.heading = walk.named(piece, "what")
        return
    bare = piece.kind == "bare"
    what = walk.condition(piece, every=bare or carried.all_said(walk, piece))
    if not what and carried.begins_full(walk, piece):
        return
    if not what:
        raise Unread(f"“{walk.words(piece)}”没有写明什么情况")
    if bare and (awarding.carried_on(walk, piece, what) or carried.lost(walk, piece, what)):
        return
    if bare and all_before_losses(walk, piece):
        walk.add(piece, "~full", what)
        return
    walk.add(
        piece,
        "~got",
        what,
        "",
        points=piece.found.value("points"),
        only_in_sum=bare,
        **ends_in_span(walk, piece),
    )


def ranged(walk: Walk, piece: Piece) -> None:
    """内容丰富（4-5分），流于形式（0-1分）: levels of a table, by themselves neither won nor lost."""
    low, high = piece.found.first("range").value
    what = walk.condition(piece)
    if not what or low >= high:
        raise Unread(f"“{walk.words(piece)}”没有写扣还是得")
    if carried.judged(walk, piece, what):
        return
    walk.add(piece, "judged", what, range=[low, high], verb="get", bare=False, unsaid=True)


def full(walk: Walk, piece: Piece) -> None:
    if exempt(walk, walk.named(piece, "what")):
        walk.forget_notes()
        return
    shape = "~full" if piece.kind == "full" else "~kept"
    if shape == "~kept" and re.search("考[核评]", walk.words(piece)):
        raise Unread(f"“{walk.words(piece)}”说的是哪些支部，未能识别，请人工核定")
    if shape == "~kept" and walk.rules.parts and "what" in piece.found.groups:
        raise Unread(f"“{walk.words(piece)}”是前面扣分的例外")
    walk.add(piece, shape, walk.condition(piece))


def calm(walk: Walk, piece: Piece) -> None:
    """符合要求不加不扣 begins a table of what the other levels cost."""
    if earning.says_nothing(walk.rules.parts, walk.named(piece, "what")):
        return
    if any(part.sentence == walk.sentence for part in walk.rules.parts):
        raise Unread(f"“{walk.words(piece)}”是前面扣分的例外")
    what = walk.condition(piece)
    walk.add(piece, "~calm", what, subject=walk.subject)


def ends_in_span(walk: Walk, piece: Piece) -> dict:
    """空缺3个月以上: the stretch of time and the words before it, for ladders of such stretches."""
    words = [token for token in piece.found.groups.get("what", ()) if token.type != "de"]
    if len(words) > 1 and words[-2].type == "span" and _OR_ELSE.match(walk.span(words[-1:])):
        return {"or_else": True, "span": words[-2].value, "head": trim(walk.span(words[:-2]))}
    if not words or words[-1].type != "span":
        return {}
    late = _LATE.match(walk.span(words[-1:]))
    return {
        "span": words[-1].value,
        "head": trim(walk.span(words[:-1])) + (late.group() if late else ""),
    }


_OR_ELSE = re.compile("或者?[未没不]")  # 逾期8天以上或未报送
# 逾期3个月以上 is one token; how late it is belongs to it, that it is late to the words before.
_LATE = re.compile("逾期|超期|延期|推迟|延迟|拖延|迟报|迟|晚")


def rest(walk: Walk, piece: Piece) -> None:
    walk.add(
        piece,
        "~rest",
        points=piece.found.value("points") if piece.found.first("points") else "none",
    )
