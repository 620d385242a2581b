"""Several frequencies before one 缺一次扣0.5分: 村务每季度公开一次，财务每月公开一次."""

import re
from fractions import Fraction

from standards.reading.bounds import Bound
from standards.reading.context import held, several, take_frequency, whose
from standards.reading.cover import Piece
from standards.reading.demand import Spell
from standards.reading.naming import PERIODS
from standards.reading.parts import Part, Unread
from standards.reading.periods import A_YEAR, behind_period
from standards.reading.restated import before_bound, goes_on
from standards.reading.targets import names_another, times
from standards.reading.walk import Walk, measured, plain, trim


def of_several(walk: Walk, words: str, unit: str) -> dict:
    """The one that `words` name, else all that are counted in this unit; the others wait."""
    asked = [freq for freq in walk.freqs if _unit(freq) == unit]
    if not asked:
        raise Unread(f"“{walk.words(walk.freqs[0])}”等的次数要求未能识别，请人工核定")
    named = [freq for freq in asked if _is_named(whose(walk, freq), words)]
    chosen = named if len(named) == 1 else asked
    waiting = [freq for freq in walk.freqs if freq not in chosen]
    walk.freqs = chosen
    found = take_frequency(walk)
    walk.freqs = waiting
    return found


def of_clause(walk: Walk, piece: Piece, unit: str) -> dict:
    """每少一次扣0.5分 beside a clause that asks for 每月1次."""
    spells = walk.demand.spells
    spell = walk.demand.spell(walk.words(piece))
    asked = [spell] if spell else spells if "what" not in piece.found.groups else []
    if not asked or not all(_counts_so(walk, one, piece, unit) for one in asked):
        _no_number_before(walk, piece, unit, 0)
        return {}
    if not (spell and any(key in walk.words(piece) for key in spell.keys)):
        _no_number_before(walk, piece, unit, len(spells))
    found = {"per": spell.per, "need": spell.need} if spell else several(walk, list(spells))
    if found:
        walk.rules.doubt("频次取自考核内容", "0.9")
    if spell and walk.demand.text:
        _no_sum_of_all(walk, piece, unit)
        walk.subject = spell.what or walk.subject
    return found


def _no_sum_of_all(walk: Walk, piece: Piece, unit: str) -> None:
    """笔记每人每年不少于2万字，心得不少于3篇。笔记每少1000字扣: of each, or of all together?"""
    if unit == "字" and re.search("每[人名位]", walk.demand.text):
        raise Unread(f"“{walk.words(piece)}”是每人各算还是合计，没有写明")


def _counts_so(walk: Walk, spell: Spell, piece: Piece, unit: str) -> bool:
    """每月2次 and 每少一场; 每月报送2篇 and 每少1篇, but no 3户 of another thing."""
    if spell.unit in HELD and unit in HELD:
        return True
    of_it = walk.demand.text or not names_another(walk.words(piece), spell.what)
    return bool(of_it and times(spell.unit, unit))


def _no_number_before(walk: Walk, piece: Piece, unit: str, known: int) -> None:
    """How many are asked for stands before it in the cell, and it cannot be told which."""
    said = re.findall(rf"[0-9一二两三四五六七八九十]+[百千万]?个?{unit}", walk.demand.text)
    if len(said) > known:
        raise Unread(f"“{walk.words(piece)}”从前面要求的哪一个数算起，未能识别，请人工核定")


# What meetings and the like are counted with.
HELD = ("次", "场", "期", "节", "场次", "次数")


_OF_IT = re.compile(
    "^(?:全年|年内|当年|本年度?)?(?:均|都)?(?:未|没有?|不)(?:按(?:要求|规定))?(?P<of>[^，、]*?)(?:过|的)*$"
)
_HOLDING = ("召开", "开展", "举行", "组织", "进行", "参加", "举办", "达到", "完成")


def more_than_once(walk: Walk, piece: Piece) -> None:
    """未召开的扣2分 beside 每月召开1次: one loss, or one for each?"""
    lacks = _OF_IT.match(walk.named(piece, "what"))
    if (
        lacks
        and lacks["of"] in _HOLDING
        and any(one.found.value("per") != "year" for one in walk.spent)
    ):
        raise Unread(f"“{walk.words(piece)}”是每少一次都扣还是只扣一次，没有写明")
    spell = walk.demand.spell(walk.words(piece))
    if not spell or (spell.per, spell.need) == ("year", 1):
        return
    if not walk.demand.text:
        walk.rules.doubt("考核内容要求多次，没有写明是每少一次都扣还是只扣一次", "0.8")
        return
    if lacks and (lacks["of"] in _HOLDING or lacks["of"] in spell.what):
        raise Unread(f"“{walk.words(piece)}”是每少一次都扣还是只扣一次，没有写明")


def no_single_period(walk: Walk, piece: Piece, bound: Bound) -> None:
    """不足3次的扣1分 beside 每季度至少召开3次: once for each such quarter, or once in the year?"""
    if piece.found.value("per") == "year" and piece.found.first("get", "full") and bound.lower:
        summed_up(walk, bound.lower)
    named = walk.demand.spell(walk.words(piece))
    asked = [named] if named else walk.demand.spells
    due = [one for one in asked if one.per != "year" and one.need == bound.said]
    own = measured(before_bound(walk, piece))
    of_it = [one for one in due if times(one.unit, bound.unit) and not names_another(own, one.what)]
    held_so = [one for one in due if _counts_so(walk, one, piece, bound.unit)]
    each = piece.found.first("lose", "gain") and _of_each(walk, piece)
    if each or (of_it or held_so) and not piece.found.has("per"):
        raise Unread(f"“{walk.words(piece)}”是每一期都算还是全年算一次，没有写明")


def _of_each(walk: Walk, piece: Piece) -> bool:
    """每月参学率低于80%扣0.2分, but 月均参学率 is one figure."""
    per = piece.found.first("per")
    return per is not None and per.value != "year" and walk.span([per]).startswith("每")


def _unit(freq: Piece) -> str:
    size, bound = behind_period(freq.found)
    amount = size or bound or freq.found.first("span")
    return amount.value.unit if amount else "次"


def summed_up(walk: Walk, number: Fraction) -> None:
    """每月1次 before 全年12次 asks for the same, and names it."""
    freq = walk.freqs[0] if len(walk.freqs) == 1 else None
    size, bound = behind_period(freq.found) if freq else (None, None)
    need = size.value.number if size else bound.value.lower if bound else Fraction(1)
    if freq and need and need * A_YEAR.get(freq.found.value("per"), 0) == number:
        walk.subject, walk.freqs = whose(walk, freq) or walk.subject, []


def in_times(walk: Walk) -> bool:
    return all(_unit(freq) == "次" for freq in walk.freqs)


def _is_named(name: str, words: str) -> bool:
    return bool(name) and len(words) > 1 and (name in words or words in name)


# The period named again: 当月未召开的.
_THAT = {
    "month": "(?:当|该|本)月",
    "quarter": "(?:当|该|本)季度?",
    "half": "(?:当|该|本|上|下)半年",
    "week": "(?:当|该|本)周",
}
_NOT_HELD = r"(?:内)?(?:均|都)?(?P<not>(?:未|没有?|无)(?!.{0,6}(?:记录|签到|照片|到位|规范|齐全|完整|真实|达到))[^，但]*)$"


def each_missed(walk: Walk, piece: Piece) -> bool:
    """每月1次，当月未开展的扣0.5分: one loss for every month without it."""
    found = _that_period(walk, walk.named(piece, "what"))
    if not found:
        return not walk.freqs and _period_itself(walk, piece)
    words = walk.words(piece)
    often = take_frequency(walk)
    if "due" in often or often.get("need") != 1:
        raise Unread(f"“{words}”与要求的次数怎么衔接未能识别，请人工核定")
    walk.forget_notes()
    what = walk.subject + found["not"]
    walk.add(piece, "step", what, "次", unit=piece.found.value("points"), **often)
    return True


def _that_period(walk: Walk, words: str) -> re.Match | None:
    per = walk.freqs[0].found.value("per") if len(walk.freqs) == 1 else ""
    return re.match(_THAT[per] + _NOT_HELD, words) if per in _THAT else None


_ITSELF = {
    "month": re.compile(f"(?:月度|月(?=内)){_NOT_HELD}"),
    "quarter": re.compile(f"季度{_NOT_HELD}"),
}


def _period_itself(walk: Walk, piece: Piece) -> bool:
    """季度未开展的扣2分, with no demand before it in the cell."""
    for per, pattern in _ITSELF.items():
        if found := pattern.match(walk.named(piece, "what")):
            walk.forget_notes()
            values = {"unit": piece.found.value("points"), "per": per, "need": Fraction(1)}
            walk.add(piece, "step", found["not"], "次", **values)
            return True
    return False


_NEGATED = re.compile("未|没|无")


def never(walk: Walk, piece: Piece) -> str:
    """每半年没有汇报的，不得分: even one half-year without it."""
    if not piece.found.first("per"):
        return ""
    if not _NEGATED.match(walk.named(piece, "then")):
        raise Unread(f"“{walk.words(piece)}”没有写明什么情况")
    return trim(walk.span(piece.found.tokens[:-1]))


def kinds_missing(walk: Walk, piece: Piece, counter: str, values: dict) -> bool:
    """党员大会每季度1次，支委会每月1次，未按要求召开扣1分/项: each of them is one."""
    if counter not in ("项", "种", "类") or len(walk.freqs) < 2:
        return False
    due = take_frequency(walk).get("due", ())
    if not due:
        raise Unread(f"“{walk.words(piece)}”按什么计数未能识别，请人工核定")
    walk.forget_notes()
    labels = [f"{name}（{PERIODS[per]}{plain(need)}次）" for name, per, need in due]
    walk.add(piece, "parts", "", "", parts=labels, each_missing=values["unit"])
    return True


def in_passing(walk: Walk) -> bool:
    """每周1次的集中学习，参加一次得1分: how often it is held earns nothing."""
    types = [token.type for freq in walk.freqs for token in freq.found.tokens]
    at = types.index("per") if types.count("per") == 1 else len(types)
    return types[at : at + 3] == ["per", "qty", "de"]


# 未成立领导小组, 无年度计划: there or not, however often the meetings beside it are due.
_ONCE = re.compile(
    "(?:未|没有?|无)(?:按要求|及时)?(?:成立|建立|制定|制订|设立|设置|配备|明确|出台|签订|上墙|公示|(?:年度)?(?:工作)?(?:计划|总结|制度|方案|机构|台账))"
)


def taken_later(walk: Walk, piece: Piece) -> bool:
    """每年研究不少于4次。未成立领导小组扣1分，每少1次扣0.5分: the number is for what is short."""
    later = walk.pieces[walk.pieces.index(piece) + 1 :]
    short = any(one.kind in ("less", "step") and _short_of(one) for one in later)
    return bool(walk.freqs and short and _ONCE.match(walk.named(piece, "what")))


def _short_of(piece: Piece) -> bool:
    size = piece.found.first("qty")
    return piece.found.first("less") is not None and size is not None and size.value.unit == "次"


def fewer(walk: Walk, piece: Piece) -> bool:
    """每季度研究少于1次的，扣5分: so much for every quarter without it."""
    per, bound = piece.found.value("per"), piece.found.first("bound")
    lost = piece.found.first("lose", "none")
    if per in (None, "year") or not lost or not _less_than_some(bound.value):
        return False
    if _in_a_table(walk, piece) or _OR.match(walk.span(piece.found.groups.get("then", ()))):
        raise Unread(f"“{walk.words(piece)}”按什么计数未能识别，请人工核定")
    if lost.type == "none":
        own = walk.span(piece.found.tokens[: piece.found.tokens.index(bound)])
        walk.add(piece, "~zero", f"{own}低于{plain(bound.value.upper)}次")
        return True
    amount = piece.found.first("points")
    if bound.value.upper != 1 or not amount:
        raise Unread(f"“{walk.words(piece)}”是按期扣还是按少的次数扣，没有写明")
    walk.subject = held(walk.named(piece, "what", "mid", "then")) or walk.subject
    values = {"unit": amount.value, "per": per, "need": Fraction(1)}
    walk.forget_notes()
    walk.add(piece, "step", walk.subject + "少", "次", **values)
    return True


_OR = re.compile("或|且|并")


def _less_than_some(bound: Bound) -> bool:
    return bound.lower is None and bound.last is None and bound.unit == "次"


def _in_a_table(walk: Walk, piece: Piece) -> bool:
    """每月少于2次扣1分，少于1次扣2分: what the months of a year cost together nobody can say."""
    rows = any(part.counter == "次" and part.shape.startswith("~") for part in walk.rules.parts)
    return rows or goes_on(walk, piece, "次")


def apart(parts: list[Part], points: Fraction | None) -> list[Part]:
    """A step for each, which the register of meetings can fill; under one cap or end they stay one."""
    found: list[Part] = []
    for part in parts:
        due, cap = part.values.pop("due", ()), part.values.get("cap")
        together = cap is not None and (points is None or cap < points)
        if not due or together or _ended(part, parts):
            part.values |= {"due": due} if due else {}
            found.append(part)
            continue
        for what, per, need in due:
            one = part.turned(part.shape, **part.values | {"per": per, "need": need})
            one.what = what
            found.append(one)
    return found


def _ended(part: Part, parts: list[Part]) -> bool:
    """少3次以上的不得分 behind them asks for the count of all."""
    ends = (one for one in parts if one.shape == "~band" and one.counter == part.counter)
    return any(one.values["points"] == "none" for one in ends)
