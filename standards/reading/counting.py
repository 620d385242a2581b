"""So much for each: 每少一次扣0.5分, 每低10个百分点扣1分, 每增加一项加1分."""

import re
from fractions import Fraction

from standards.reading import attained, awarding, bymonth, frequencies, grading, occasions
from standards.reading.bounds import SPANS, WHOLE
from standards.reading.context import take_frequency
from standards.reading.counted import AMOUNTS, counted, counted_what, of
from standards.reading.cover import Piece
from standards.reading.missing import HAD, each_had, missing_parts
from standards.reading.parts import Unread
from standards.reading.periods import A_YEAR
from standards.reading.targets import (
    demanded,
    from_target,
    near,
    side,
    times,
    unit_of,
)
from standards.reading.tokens import Token
from standards.reading.walk import PERSONS, Walk, trim


def step(walk: Walk, piece: Piece, **credit: bool) -> None:
    if piece.found.first("each") and awarding.entered(walk, piece):
        return
    values, counter = _unit_of(piece, piece.found.token("size"), **credit)
    # 完成率100%得满分；每低1个百分点扣: without a name of its own it goes on with what stood before.
    walk.unnamed = "what" not in piece.found.groups
    if "free" in values and _OF_EACH.match(walk.named(piece, "what")):
        raise Unread(f"“{walk.words(piece)}”是每人各算各的，按次数合计算不出来")
    if not credit and _parts(walk, piece, counter, values):
        return
    if not credit and occasions.missed(walk, piece, counter, values):
        return
    if not credit and (what := bymonth.short(walk, piece, counter, values)):
        walk.add(piece, "step", what, "次", **values)
        return
    if piece.found.first("per") and not _each_time(walk, piece):
        raise Unread(f"“{walk.words(piece)}”按什么计数未能识别，请人工核定")
    if "per" in values and bymonth.in_each(walk, piece):
        counter = bymonth.spell_of(walk, piece, values.pop("per"))
        del values["need"]
    values |= of(counter) | _span(walk, piece)
    away = piece.found.first("less", "more")
    if credit and away and side(away) == "above" and _on_top(walk, piece, counter, values):
        return
    breach = away is None and _BREACH.search(walk.named(piece, "what", "then"))
    held = not breach and (near(walk, counter) or demanded(walk, piece, counter, away))
    if counter == "%" and _MAKES_UP.match(walk.named(piece, "mid")):
        values |= {"target": Fraction(0), "direction": "above"}
        walk.aims = walk.aims * (not _FELL_SHORT.match(walk.named(piece, "what")))
        what = counted_what(walk, piece, values)
    elif counter in ("百分点", "%", "分") or ("free" not in values and held):
        what = from_target(walk, piece, values, counter)
    elif credit and away and side(away) == "above" and counter in SPANS and walk.rules.parts:
        raise Unread(f"“{walk.words(piece)}”从多长时间起加没有写明")
    elif credit and counter in AMOUNTS and away and _BEYOND.fullmatch(walk.span([away])):
        raise Unread(f"“{walk.words(piece)}”没有写明以多少为基准")
    else:
        what = counted_what(walk, piece, values)
    if counter in WHOLE and "target" not in values and values.get("step", 1) % 1:
        raise Unread(f"“{walk.words(piece)}”按什么计数未能识别，请人工核定")  # 每高0.1个比点
    walk.add(piece, "step", what, counter, **values)


_OF_EACH = re.compile("[^，。；]{0,6}(?:每[名位人个]|同一)")  # 每名党员请假第3次起
_FELL_SHORT = re.compile("(?:未|没有?)(?:达到?|完成|修满|学满)|不足|达不到")
_MAKES_UP = re.compile("占")  # 不合格的每占总数的5%扣0.5分 counts from none
# 每增加1万元 may be more than last year; 每超1万元 is more than a number.
_BEYOND = re.compile("超[过出]?|高[于出]?")


def _parts(walk: Walk, piece: Piece, counter: str, values: dict) -> bool:
    return missing_parts(walk, piece, counter, values) or frequencies.kinds_missing(
        walk, piece, counter, values
    )


def _on_top(walk: Walk, piece: Piece, counter: str, values: dict) -> bool:
    """不少于4次加2分，每增加1次加1分: from four on."""
    base = None if near(walk, counter) else attained.base(walk, counter)
    if base is None:
        return False
    factor = times(base.counter, unit_of(counter))
    values |= {"target": base.values["bound"].lower * factor, "direction": "above"}
    walk.add(piece, "step", base.what or base.values["subject"], counter, **values)
    return True


_BREACH = re.compile("[未没不无]")  # 每有1次档案不全 counts from none, whatever stands before


_LEFT_OUT = re.compile("(?:未|没有?|不)(?!足|到|少|低|满)[^未没不]{1,6}$")


def _once_in_each(walk: Walk, piece: Piece) -> bool:
    """每季度未召开一次会议 with nothing else asked for; 全年未召开一次 is not even once."""
    per = piece.found.value("per")
    other = any((spell.per, spell.need) != (per, 1) for spell in walk.demand.spells)
    left_out = _LEFT_OUT.search(walk.named(piece, "mid"))
    named = walk.named(piece, "what", "then") or left_out and left_out.start()
    return bool(left_out and named) and per != "year" and not walk.freqs and not other


def _each_time(walk: Walk, piece: Piece) -> bool:
    """未公示的每季度扣0.25分; what is not there every month, not what is."""
    if one := piece.found.value("one"):
        return one.number == 1 and _once_in_each(walk, piece)
    counted_so = piece.found.first("each", "less") or "then" in piece.found.groups
    return bool(counted_so or re.search("[未没无不]", walk.named(piece, "what")))


def again(walk: Walk, piece: Piece) -> None:
    """每少1次扣0.5分/次 says twice what each is."""
    last = walk.rules.parts[-1] if walk.rules.parts else None
    if last is None or last.end != piece.start or last.counter != _unit(piece):
        raise Unread(f"“{walk.words(piece)}”未能识别，请人工核定")


def _unit(piece: Piece) -> str:
    return counted(piece.found.token("size"))[0]


def _unit_of(piece: Piece, size: Token | None, **credit: bool) -> tuple[dict, str]:
    found = piece.found
    values: dict = {"unit": found.value("points"), **credit}
    if found.first("per"):
        need = found.value("need")
        values |= {"per": found.value("per"), "need": need.number if need else Fraction(1)}
    free = found.first("free")
    if free and not free.value:
        raise Unread("第几次起扣分，前后对不上")
    values |= {"free": free.value} if free else {}
    counter, number = counted(size)
    return values | ({"step": number} if number != 1 else {}), counter


def _span(walk: Walk, piece: Piece) -> dict:
    span = grading.ends_in_span(walk, piece)
    if span and not span["head"] and any("span" in part.values for part in walk.rules.parts):
        raise Unread(f"“{walk.words(piece)}”与前一段是累加还是择一，没有写明")
    return span


# 10人以上的支部每次: how big the branch is makes no case.
_OF_BRANCH = re.compile("(?:党?支部|党组织|党委|单位|村|社区|企业)")


def cases(walk: Walk, piece: Piece) -> None:
    """参加率低于80%的每次扣0.2分: the bound is part of the case."""
    won = {"credit": True} if piece.found.first("gain") else {}
    values, counter = _unit_of(piece, piece.found.first("qty"), **won)
    values = {key: values[key] for key in values if key not in ("per", "need")}
    what = _to_bound(walk, piece)
    whose = _OF_BRANCH.match(walk.named(piece, "tail"))
    bare = not piece.found.first("each") and not piece.found.groups.get("tail")
    if bare and piece.found.first("bound").value.lower is not None and "slash" not in _types(piece):
        raise Unread(
            f"“{walk.words(piece)}”按什么计数未能识别，请人工核定"
        )  # 参学率达到90%，1人扣1分
    if "step" in values or whose or piece.found.first("bound").value.unit == counter:
        raise Unread(
            f"“{walk.words(piece)}”按什么计数未能识别，请人工核定"
        )  # 请假3次以上每次扣0.1分
    walk.forget_notes()
    if what == walk.span([piece.found.first("bound")]) and walk.rules.parts:
        raise Unread(f"“{walk.words(piece)}”与前一条怎么衔接未能识别，请人工核定")
    walk.add(piece, "step", what, counter, case=True, **values, **of(counter))


def _types(piece: Piece) -> list[str]:
    return [token.type for token in piece.found.tokens]


def _to_bound(walk: Walk, piece: Piece) -> str:
    types = [token.type for token in piece.found.tokens]
    at = types.index("bound")
    head = types.index("qty") + 1 if "each" in types[:at] else 0
    subject = next((part.what for part in walk.rules.parts if part.shape == "~band"), "")
    subject = subject if types[0] == "bound" else walk.named(piece, "what") * bool(head)
    head += types[head] == "per"  # 每月参学率低于80%的每次扣
    to_bound = trim(walk.span(piece.found.tokens[head : at + 1]))
    return subject + to_bound + walk.named(piece, "tail")


def heads(walk: Walk, piece: Piece) -> None:
    """无故缺席的每人每次扣0.2分, 每人每月未交纳扣0.1分 count heads times occasions."""
    sizes = [token.value for token in piece.found.tokens if token.type == "qty"]
    if any(size.number != 1 for size in sizes) or sizes[0].unit not in PERSONS:
        raise Unread(f"“{walk.words(piece)}”按什么计数未能识别，请人工核定")
    if piece.found.first("per") and walk.freqs:
        raise Unread(
            f"“{walk.words(walk.freqs[0])}”与“{walk.words(piece)}”怎么衔接未能识别，请人工核定"
        )
    values = {"unit": piece.found.value("points"), "of": "persons"}
    if walk.freqs and sizes[-1].unit == "次" and walk.named(piece, "drop") in _SHORT:
        _short_each(walk, piece, values)
        return
    won = piece.found.first("gain", "get")
    values |= {"credit": True} if won else {}
    what = counted_what(walk, piece, values) + walk.named(piece, "tail")
    part = walk.add(piece, "step", what, "人次", **values)
    if won and won.type == "get":
        part.values["start"] = "zero"


_SHORT = ("少", "缺")


def _short_each(walk: Walk, piece: Piece, values: dict) -> None:
    """每年不少于4次，每人每少1次扣0.2分: what is due from each, and short of it."""
    values |= take_frequency(walk)
    if "due" in values:
        raise Unread(f"“{walk.words(piece)}”按什么计数未能识别，请人工核定")
    walk.forget_notes()
    what, whom = walk.of_such(walk.subject + walk.named(piece, "drop"))
    what = what if what.startswith("每位") else f"每位{_person(what)}"
    walk.add(piece, "step", what, "次", **values, **whom)


_WHO = re.compile("党员|委员|成员|书记|干部|同志|领导|人员|教师|职工|组长|小组长|积极分子|对象")


def _person(subject: str) -> str:
    """每位党员服务, where nobody is named."""
    return subject if _WHO.search(subject) else f"党员{subject}"


def goal(walk: Walk, piece: Piece) -> None:
    """满意度每低于90%一个百分点扣0.2分."""
    values, counter = _unit_of(piece, piece.found.token("size"))
    if counter not in ("百分点", "%"):
        _each_below(walk, piece, counter, values)
        return
    away = side(piece.found.first("less", "more"))
    values |= of(counter) | {"target": piece.found.value("goal"), "direction": away}
    walk.forget_notes()
    walk.add(piece, "step", walk.named(piece, "what") or walk.subject, counter, **values)


def credit(walk: Walk, piece: Piece) -> None:
    found = piece.found
    if found.has("all") and _each_its_own(walk, piece):
        return
    if not found.first("gain", "get"):
        raise Unread(f"“{walk.words(piece)}”没有写扣还是得")
    if found.first("each") and awarding.entered(walk, piece):
        return
    if found.first("gain") and found.first("level") and counted(found.first("qty"))[1] == 1:
        awarding.award(walk, piece)
        return
    step(walk, piece, credit=True)
    if found.first("get"):
        walk.rules.parts[-1].values["start"] = "zero"


def _each_below(walk: Walk, piece: Piece, counter: str, values: dict) -> None:
    """出勤率每低于80%一次扣0.5分: an occasion below the bound."""
    if "step" in values:
        raise Unread(f"“{walk.words(piece)}”按什么计数未能识别，请人工核定")
    walk.forget_notes()
    what = walk.named(piece, "what") or walk.subject
    bound = walk.named(piece, "drop") + walk.span(piece.found.groups["goal"])
    walk.add(piece, "step", what + bound, counter, case=True, **values)


def dealt(walk: Walk, piece: Piece) -> None:
    """每季度1次，每次0.5分: earned, where all of them together are the line."""
    found = piece.found
    need, per = found.value("need"), found.value("per")
    values, counter = _unit_of(piece, found.token("size"), credit=True)
    together = values["unit"] * need.number * A_YEAR.get(per, 0)
    if counter != need.unit or "step" in values or together != walk.points:
        raise Unread(f"“{walk.words(piece)}”没有写明扣还是得")
    values |= of(counter) | {"per": per, "need": need.number, "start": "zero"}
    walk.forget_notes()
    what = walk.named(piece, "what", "mid", "then") or walk.subject
    walk.add(piece, "step", what, counter, **values)


def apart(walk: Walk, piece: Piece) -> None:
    """未召开、未记录的，分别扣2分、1分: each case has its own amount."""
    if "what" not in piece.found.groups and _each_of_the_due(walk, piece):
        return
    cases = walk.named(piece, "what", "mid").split("、")
    amounts = [token.value for token in piece.found.all("nums")]
    listed = piece.found.has("all") and len(cases) == len(amounts) == len(set(cases))
    if not listed or len(cases) < 2 or not all(cases) or walk.freqs:
        raise Unread(f"“{walk.words(piece)}”的情形和分值对不上")
    size = piece.found.token("size")
    if size and counted(size)[1] != 1:
        raise Unread(f"“{walk.words(piece)}”按什么计数未能识别，请人工核定")
    walk.forget_notes()
    for case, amount in zip(_with_ending(cases), amounts, strict=True):
        if size:
            counter, short = counted(size)[0], walk.named(piece, "drop")
            values = {"unit": amount, **of(counter), **(_due(walk, case) if short else {})}
            walk.add(piece, "step", case + short, counter, **values)
        else:
            walk.add(piece, "~fine", case, "", points=amount)


def _each_of_the_due(walk: Walk, piece: Piece) -> bool:
    """党员大会每季度1次，支委会每月1次，每少1次分别扣1分、0.5分."""
    amounts = [token.value for token in piece.found.all("nums")]
    drop = walk.named(piece, "drop", "mid")
    if len(walk.freqs) != len(amounts) or drop not in ("少", "缺"):
        return False
    due = take_frequency(walk).get("due", ())
    if len(due) != len(amounts):
        raise Unread(f"“{walk.words(piece)}”的情形和分值对不上")
    walk.forget_notes()
    for (name, per, need), amount in zip(due, amounts, strict=True):
        walk.add(piece, "step", name + drop, "次", unit=amount, per=per, need=need)
    return True


def _due(walk: Walk, name: str) -> dict:
    """How often the clause asks for this one of them."""
    spells = [one for one in walk.demand.spells if one.what == name]
    return {"per": spells[0].per, "need": spells[0].need} if len(spells) == 1 else {}


def ranges(walk: Walk, piece: Piece) -> None:
    """无计划和总结各扣1-3分: each is judged by itself."""
    cases = re.split("、|和|及(?!以[上下])|与", walk.named(piece, "what"))
    low, high = piece.found.first("range").value
    if len(cases) == 1 and _LEVELS_BELOW.search(cases[0]):
        walk.rules.doubt(f"“{walk.words(piece)}”各级扣多少，由检查人掌握", "0.8")
        walk.add(
            piece, "judged", walk.condition(piece), range=[-high, -low], verb="lose", bare=False
        )
        return
    if len(cases) < 2 or not all(cases) or low >= high:
        raise Unread(f"“{walk.words(piece)}”各指哪几项，没有写明")
    walk.forget_notes()
    for case in _with_beginning(_with_ending(cases)):
        walk.add(piece, "judged", case, range=[-high, -low], verb="lose", bare=False)


# 被评为二星级及以下的，分别扣1-2分
_LEVELS_BELOW = re.compile("[级星等档类]及?以[上下]")
_DENIED = re.compile("(?:没有|未|无|不|缺少?)(?=.)")


def _with_beginning(cases: list[str]) -> list[str]:
    """无计划、总结: the first says what is wrong with all of them."""
    denied = _DENIED.match(cases[0])
    if denied is None or any(map(_DENIED.search, cases[1:])):
        return cases
    if denied.group() in ("未", "不"):
        raise Unread(f"“{'、'.join(cases)}”各指哪几项，没有写明")  # 不按时参加会议、活动
    return [cases[0], *(denied.group() + case for case in cases[1:])]


_SHORTCOMING = re.compile("[未没不无缺].*$")


def _with_ending(cases: list[str]) -> list[str]:
    """主要领导、分管领导未参加: the last says what is wrong with all of them."""
    ending = _SHORTCOMING.search(cases[-1])
    if ending is None or any(_SHORTCOMING.search(case) for case in cases[:-1]):
        return cases
    return [*(case + ending.group() for case in cases[:-1]), cases[-1]]


def portions(walk: Walk, piece: Piece) -> None:
    """有制度、有记录，每项0.5分: the list stands before."""
    listing = "".join(trim(walk.words(note)) for note in walk.notes)
    walk.notes = []
    if counted(piece.found.token("size"))[1] != 1 or not _each_part(walk, piece, listing):
        raise Unread(f"“{walk.words(piece)}”没有写明扣还是得")


def _each_its_own(walk: Walk, piece: Piece) -> bool:
    listing = walk.named(piece, "what").removesuffix("的")
    had = each_had(walk) if HAD.fullmatch(listing) else ""  # 有计划，有记录（各1分）
    return _each_part(walk, piece, f"{had}、{listing}" if had else listing)


def _each_part(walk: Walk, piece: Piece, listing: str) -> bool:
    """有牌子、有党旗各得1分: so many parts, if together they are the line."""
    labels = list(dict.fromkeys(re.split("、|(?<=.)(?:和|以?及(?!以[上下]))(?=.)", listing)))
    unit = piece.found.value("points")
    won = piece.found.first("get") is not None
    if len(labels) < 2 or not all(labels) or walk.points is None and not won:
        return False
    walk.forget_notes()
    if walk.points not in (None, unit * len(labels)) or walk.rules.parts:
        for label in labels:
            walk.add(piece, "~got", label, points=unit, only_in_sum=not won)
        return True
    walk.add(piece, "parts", walk.subject, "", parts=labels, credits=dict.fromkeys(labels, unit))
    return True
