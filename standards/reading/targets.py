"""The number a step counts away from: 达到90%以上，每低1个百分点扣0.5分."""

import re
from fractions import Fraction

from standards.reading import whole
from standards.reading.cover import Piece
from standards.reading.demand import Goal
from standards.reading.parts import Part, Unread
from standards.reading.tokens import Token
from standards.reading.walk import Walk, measured, trim


def near(walk: Walk, counter: str) -> bool:
    """Is there a bound before, in the same unit, that a step could start from?"""
    bounds = [piece.found.first("bound") for piece in walk.aims]
    units = [bound.value.unit for bound in bounds if bound]
    units += [part.counter for part in walk.rules.parts if _starts_from(walk, part)]
    return any(times(unit, counter) for unit in units)


# So many of the second unit are one of the first.
_UNITS = {
    ("万元", "元"): 10_000,
    ("平方米", "平米"): 1,
    ("平米", "平方米"): 1,
    ("周岁", "岁"): 1,
    ("岁", "周岁"): 1,
    ("岁", "年"): 1,
    ("周岁", "年"): 1,
    ("小时", "分钟"): 60,
    ("学时", "课时"): 1,
    ("课时", "学时"): 1,
    ("", "分"): 1,
    ("名", "人"): 1,
    ("人", "名"): 1,
    ("位", "人"): 1,
    ("人", "位"): 1,
}


def unit_of(counter: str) -> str:
    """A point of per cent is one of a share."""
    return "%" if counter in ("百分点", "%") else counter


def times(unit: str, counter: str) -> int:
    """2万元 are 20,000 元; 0 where the units have nothing to do with each other."""
    return 1 if unit == counter else _UNITS.get((unit, counter), 0)


def demanded(walk: Walk, piece: Piece, counter: str, away: Token | None) -> bool:
    """Does the clause name the number this step counts from, on the side it counts to?"""
    return (
        away is not None
        and counter != "次"
        and _from_demand(walk, piece, counter, side(away)) is not None
    )


def _from_demand(walk: Walk, piece: Piece, counter: str, away: str) -> Goal | None:
    unit = unit_of(counter)
    own = walk.named(piece, "what")
    goal = walk.demand.goal(lambda said: bool(times(said, unit)), own or walk.text)
    if goal is None or _another(own, goal.what):
        return None
    if goal.bare and names_another(walk.words(piece), goal.what):
        return None
    return goal if ("below" if goal.bound.lower is not None else "above") == away else None


_SAID_ANYWAY = re.compile(r"[每凡有少缺漏低扣减再的分一1-9名人个家篇条户件份项0-9.，、。]")


def names_another(words: str, what: str) -> bool:
    """缺1名支委 beside 党员30名: no two characters in common."""
    own = _SAID_ANYWAY.sub("", words)
    return len(own) > 1 and not any(own[at : at + 2] in what for at in range(len(own) - 1))


_SHARE = re.compile("(?:率|度|比例|比重|占比)$")


def _another(own: str, what: str) -> bool:
    """到会率每低1% beside a clause that asks for a 满意率."""
    named = _SHARE.search(own) and _SHARE.search(what) and len(own) > 2
    return bool(named) and own not in what and what not in own


def take_target(walk: Walk, counter: str, own: str = "") -> tuple[Fraction | None, str, str]:
    """The number, what is measured, and the side on which the bound lets points go."""
    unit = unit_of(counter)
    for piece in reversed(walk.aims):
        bound = piece.found.first("bound")
        factor = times(bound.value.unit, unit) if bound else 0
        if _of_another(own, walk.named(piece, "what")):
            continue
        if factor and (bound.value.last is None or bound.value.lower is None):
            walk.aims.remove(piece)
            walk.spell = _shorter_than_a_year(piece)
            what = of_base(_measure(walk, piece))
            return bound.value.said * factor, what, _side(walk, piece)
        if piece.found.first("pct") and unit == "%":
            walk.aims.remove(piece)
            named = ("what", "then") if piece.found.has("base") else ("what",)
            return piece.found.value("pct"), of_base(walk.named(piece, *named)), ""
    for part in reversed(walk.rules.parts):
        factor = times(part.counter, unit) if _starts_from(walk, part) else 0
        if factor and not _of_another(own, part.what):
            number, what, known = _band_target(walk, part)
            return number * factor, what, known
        if (
            part.shape == "step"
            and "target" in part.values
            and part.what.endswith(own)
            and counter in (part.counter, "百分点", "%")
        ):
            return part.values["target"], part.what, ""
    return None, "", ""


_BASED_ON = re.compile("^以(?=.*(?:率|度|比|比例|比重|数|面)(?:为.{2,3})?$)")
_BASE_ITSELF = re.compile("(?<=.{2})(?:的?(?:基准|目标)值?|为(?:基准|目标|标准|基数|底线)值?)$")


def of_base(what: str) -> str:
    """以满意率90%为基准, 以90%的满意率为基准, 满意率基准为90%."""
    return trim(_BASE_ITSELF.sub("", measured(_BASED_ON.sub("", what).removesuffix("以"))))


_NUMBER_ITSELF = re.compile("目标|标准|基准|要求|任务|指标|计划")


def _of_another(own: str, what: str) -> bool:
    """认定率达100%，数字化率每低1个百分点扣0.1分: the number of one thing is none of another."""
    named = len(own) > 2 and len(what) > 2 and not _NUMBER_ITSELF.search(what)
    return named and not any(own[at : at + 2] in what for at in range(len(own) - 1))


def _shorter_than_a_year(piece: Piece) -> str:
    """每月开放少于4次的，每少1次: short of four in every month."""
    per = piece.found.value("per") or ""
    return "" if per == "year" else per


def _side(walk: Walk, piece: Piece) -> str:
    """Where points go: below 低于60%, above 不超过60岁; a demand leaves it to the step."""
    bound = piece.found.first("bound").value
    if bound.upper is not None:
        return "below" if bound.last is None else "above"
    return "above" if _beyond(walk.words(piece)) else ""


def _measure(walk: Walk, piece: Piece) -> str:
    types = [token.type for token in piece.found.tokens]
    before = walk.span(piece.found.tokens[: types.index("bound")])
    return before + walk.named(piece, "then")


def _starts_from(walk: Walk, part: Part) -> bool:
    """90%以上得满分 or 60%以下扣2分: from there on each point less costs."""
    if part.shape != "~band" or part.sentence < walk.sentence - walk.unnamed:
        return False
    bound, points, verb = (part.values[key] for key in ("bound", "points", "verb"))
    if bound.lower is None and _is_kept_within(walk, part):
        return True
    if bound.lower is None:
        return verb == "lose" and points != "none"
    return verb != "gain" and bound.last is None and points in ("full", "kept", "calm", walk.points)


def _is_kept_within(walk: Walk, part: Part) -> bool:
    """药占比控制在30%以内得满分: each point beyond it costs."""
    earns = part.counter == "%" and part.values["verb"] == "get"
    return earns and part.values["points"] in ("full", walk.points)


def _beyond(words: str) -> bool:
    return bool(re.search(r"超过|大于|高于|多于|超出", words))


def _band_target(walk: Walk, part: Part) -> tuple[Fraction, str, str]:
    if _is_kept_within(walk, part) and part.values["bound"].lower is None:
        walk.rules.parts.remove(part)
        return part.values["bound"].said, part.what or part.values.get("subject", ""), "above"
    if part.values["bound"].lower is not None:
        walk.rules.parts.remove(part)
        walk.spell = part.values.get("spell") or ""
    return part.values["bound"].said, part.what or part.values.get("subject", ""), "below"


_SPELL = re.compile(
    r"^(?:全年|每年度?|每半年|每季度?|每个?月|一年|年内)|(?:全年|每年|每季度?|每月)$"
)


_WITHIN = re.compile("每个?(?:月|季度?|半年|周|学期)")  # 阵地每月开放


def side(away: Token) -> str:
    return "above" if away.type == "more" else "below"


_BASE = re.compile(
    r"^(?:以[0-9.]+%为|(?:其中)?(?:目标|基准|标准|基数|任务)(?:值|数)?(?:为|是)?[0-9.]+%$)"
)


def _said_behind(walk: Walk, piece: Piece, counter: str) -> Piece | None:
    """每低1个百分点扣0.5分（以95%为基准）: the number stands behind the step."""
    if counter not in ("百分点", "%"):
        return None
    later = [one for one in walk.pieces if one.start > piece.start and one.kind == "aim"]
    based = [one for one in later if one.found.first("pct") and _BASE.match(walk.words(one))]
    steps = [one for one in walk.pieces if one.kind == piece.kind]
    return based[0] if len(based) == len(later) == len(steps) == 1 else None


_SHORT_OF_ALL = re.compile("[未没](?:有|能)?(?:全部|全面)?")


def _all_of_it(walk: Walk, piece: Piece, counter: str, away: Token) -> str:
    """全部完成得5分，每差1个百分点扣0.1分."""
    last = walk.rules.parts[-1] if walk.rules.parts else None
    near = last is not None and last.sentence >= walk.sentence - 1
    short = near and unit_of(counter) == "%" and side(away) == "below"
    what = whole.begins(last, walk.points) if short else ""
    own = walk.named(piece, "what")
    if not what or own and _SHORT_OF_ALL.sub("", own) not in what:
        return ""
    walk.rules.parts.remove(last)
    return what


def from_target(walk: Walk, piece: Piece, values: dict, counter: str) -> str:
    """What is measured; `values` gets the number before, from which each step counts."""
    away = piece.found.first("less", "more")
    walk.spell = ""
    number, what, known = take_target(walk, counter, walk.named(piece, "what"))
    if number is None and away and (goal := _from_demand(walk, piece, counter, side(away))):
        unit = unit_of(counter)
        number, what = goal.bound.said * times(goal.bound.unit, unit), goal.what
        walk.rules.doubt("标准取自考核内容", "0.9")
    if number is None and away and (everything := _all_of_it(walk, piece, counter, away)):
        number, what = Fraction(100), everything
    if number is None and away and (base := _said_behind(walk, piece, counter)):
        walk.used.append(base)
        number, what = base.found.value("pct"), ""
    if away is None or number is None:
        raise Unread(f"“{walk.words(piece)}”没有写明以多少为基准")
    if known and known != side(away):
        raise Unread(f"“{walk.words(piece)}”与前面的标准方向不一致")
    if walk.spell and side(away) == "below" and counter == "次":
        values |= {"per": walk.spell, "need": number}
    elif side(away) == "above" and counter == "次" and "credit" not in values:
        values["free"] = number
    else:
        values |= {"target": number, "direction": side(away)}
    own = walk.named(piece, "what", "mid")
    walk.forget_notes()
    if "per" in values:  # what is short is counted, not what was held
        what = _WITHIN.sub("", _SPELL.sub("", what)) + walk.named(piece, "drop")
    walk.subject = what or own or walk.subject
    return walk.subject
