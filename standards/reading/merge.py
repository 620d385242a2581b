"""Joins raw parts to steps: bands of several bounds, tables of awards, one rule of all or nothing."""

from collections.abc import Callable
from fractions import Fraction
from itertools import accumulate, groupby

from standards.reading import (
    addressees,
    attained,
    besides,
    days,
    delays,
    earning,
    ends,
    entries,
    escalating,
    falling,
    frequencies,
    grades,
    ladder,
    levels,
    naught,
    outcomes,
    plausible,
    sound,
    spread,
    undone,
    whole,
)
from standards.reading.parts import Part, Rules, Unread


def merge(rules: Rules, points: Fraction | None) -> Rules:
    rules.parts = attained.credits(earning.unearned(rules.parts), rules, points)
    listed = whole.rungs(naught.levels(days.rows(rules.parts), points), points)
    listed = escalating.merged(frequencies.apart(listed, points), rules, points)
    listed = entries.rows(entries.full_levels(listed, points), points)
    listed = earning.restated(levels.losses(listed), points)
    found = levels.mixed(spread.spreads(listed, rules, points), rules, points)
    graded = [
        part
        for run in _runs(found, only="~grade")
        for part in (grades.merged(run, rules, points) if run[0].shape == "~grade" else run)
    ]
    earning.whose(graded, points)
    timed = delays.stretches(earning.worst_last(graded, points))
    parts = [part for run in _runs(timed) for part in _joined(run, rules, points)]
    ends.named(parts)
    parts = falling.side_by_side(levels.closed(_both_ways(parts), points), points)
    parts = _settled(earning.judged_each(parts, points), rules, points)
    parts = undone.levels(parts, rules, points)
    if not parts:
        raise Unread("没有读出扣分或得分的规则")
    addressees.apart(parts)
    sound.check(parts)
    plausible.check(parts, points, sure=not rules.doubts)
    sound.fits(parts, points)
    rules.parts = parts
    return rules


def _runs(parts: list[Part], only: str = "") -> list[list[Part]]:
    """Neighbours of one shape; with `only`, the others each for themselves."""
    tables = list(accumulate(map(_begins_a_table, [None, *parts], parts)))

    def family(pair: tuple[int, Part]) -> object:
        at, part = pair
        shape = _FAMILY.get(part.shape, part.shape)
        if shape == "~entry":
            return shape, part.what  # under another heading begins another table
        return (shape, tables[at]) if not only or shape == only else at

    return [[part for _, part in run] for _, run in groupby(enumerate(parts), key=family)]


def _begins_a_table(before: Part | None, part: Part) -> bool:
    """制度：健全不加不扣，…。台账：规范不加不扣，… are two."""
    calm = part.shape == "~grade" and part.values["points"] == "calm"
    return (
        calm
        and before is not None
        and before.sentence != part.sentence
        and before.what != part.what
    )


_FAMILY = {"~less": "~band", "~earned": "~band", "~rest": "~band"}


def _joined(run: list[Part], rules: Rules, points: Fraction | None) -> list[Part]:
    join = _JOINS.get(_FAMILY.get(run[0].shape, run[0].shape))
    return join(run, rules, points) if join else run


# --- the rows of one kind

_JOINS: dict[str, Callable] = {
    "~band": ladder.bands,
    "~grade": grades.merged,
    "~got": earning.several,
    "~row": outcomes.table,
    "~entry": entries.table,
}


# --- the cell as a whole


def _both_ways(parts: list[Part]) -> list[Part]:
    """每高10个百分点加1分，每低10个百分点扣1分 around one target is one step."""
    found: list[Part] = []
    for part in parts:
        before = found[-1] if found else None
        if before is not None and _mirrors(before, part):
            loss = part if before.values.get("credit") else before
            shared = {key: part.values[key] for key in _LAST if key in part.values}
            found[-1] = loss.turned("step", **{**loss.values, **shared, "both_ways": True})
            found[-1].start, found[-1].end = before.start, part.end
        else:
            found.append(part)
    return found


_LAST = ("rounding", "cap")  # said once, behind the second, for both


def _mirrors(first: Part, second: Part) -> bool:
    if first.shape != "step" or second.shape != "step" or "target" not in first.values:
        return False
    one, other = dict(first.values), dict(second.values)
    for key in _LAST:
        one.setdefault(key, other.get(key))
        other.setdefault(key, None)
    if other["cap"] is not None and not second.values.get("both"):
        return False
    credits = {bool(one.pop("credit", False)), bool(other.pop("credit", False))}
    ways = {one.pop("direction", None), other.pop("direction", None)}
    one.pop("both", None), other.pop("both", None)
    return one == other and credits == {True, False} and ways == {"above", "below"}


def _settled(parts: list[Part], rules: Rules, points: Fraction | None) -> list[Part]:
    parts = earning.lost_one_by_one(whole.each_left_out(parts, points))
    parts = besides.in_points(besides.beside_the_rest(parts, points), points)
    real = [part for part in parts if part.shape not in ("~full", "~kept", "~else")]
    rises = any(part.values.get("start") == "zero" or part.shape == "parts" for part in real)
    if not real:
        return [
            Part("binary", {"met": True}, part.what, "", part.start, part.end, part.sentence)
            for part in parts[:1]
            if part.shape == "~full"
        ]
    if any(part.shape == "~else" for part in parts):
        real = _with_else(parts, real)
    if len(parts) > len(real) and any(_lacks_top(part, points) for part in real):
        raise Unread("得满分的一档与其余各档接不上")
    earning.no_credit_beside_all(real, points)
    if len(real) > 1:
        everything = [one for one in real if one.shape == "~got" and one.values["points"] == points]
        if everything and any(_lacks_top(part, points) for part in real):
            raise Unread("得满分的一档与其余各档接不上")
        others = [part for part in real if part not in everything]
        if told := besides.both(everything, others, rules):
            real = told
        elif any(part.shape in ("~fine", "~zero", "bands") or _takes(part) for part in others):
            real = others if not rises else real  # what is lost says the same as what is won
    alone = len(real) == 1
    found = [_final(part, alone, rises, points, rules) for part in real]
    for part in found:
        part.values.pop("own", None)
    _check_start(found, rises, points)
    return found


def _lacks_top(part: Part, points: Fraction | None) -> bool:
    """A table that sets the points, but none of its rows gives them all."""
    if part.shape != "bands" or part.values.get("as") == "add":
        return False
    return points not in [band["points"] for band in part.values["bands"]]


def _with_else(parts: list[Part], real: list[Part]) -> list[Part]:
    """否则不得分 says what is so anyway; 否则扣1分 is a loss on the condition before."""
    other = next(part for part in parts if part.shape == "~else")
    before = parts[: parts.index(other)]
    if other.values["points"] == "none" and before and "credits" in before[-1].values:
        return real
    if not before or before[-1].shape not in ("~got", "~full", "~kept", "bands"):
        raise Unread("“否则”接的是哪一条未能识别，请人工核定")
    if other.values["points"] == "none":
        ladder.close(before[-1])
        return real or [Part("~zero", {}, before[-1].what)]
    if before[-1].shape not in ("~full", "~kept"):
        raise Unread("“否则”后面的扣分未能识别，请人工核定")
    return [
        *real,
        Part(
            "~fine",
            {"points": other.values["points"]},
            before[-1].what,
            "",
            other.start,
            other.end,
            other.sentence,
        ),
    ]


def _final(part: Part, alone: bool, rises: bool, points: Fraction | None, rules: Rules) -> Part:
    values = {
        key: value
        for key, value in part.values.items()
        if key in ("applies", "duration", "bound", "of_what", "unnamed", "more")
    }

    def make(shape: str, **more: object) -> Part:
        return part.turned(shape, **more, **values)

    if part.shape == "~zero":
        return make("binary") if alone else make("zero_if", when=part.what)
    if part.shape == "~fine":
        return _fined(part, make, alone, points, rules)
    if part.shape == "~got":
        return _credited(part, make, alone, rises, points)
    return _judged(part, points) if part.shape == "judged" else part


def _fined(part: Part, make: Callable, alone: bool, points: Fraction | None, rules: Rules) -> Part:
    amount = part.values["points"]
    if amount == "none":
        return make("binary") if alone else make("zero_if", when=part.what)
    if points is not None and amount > points:
        raise Unread("扣分超过了本项分值")
    if amount == points:
        return make("binary") if alone else make("binary", points=amount, all=True)
    return make("binary", points=amount)


def _credited(
    part: Part, make: Callable, alone: bool, rises: bool, points: Fraction | None
) -> Part:
    amount = part.values["points"]
    if alone and points in (None, amount):
        more = {} if points is not None else {"points": amount}
        return make("binary", met=True, **more)
    if alone or not rises:
        raise Unread("得分与本项分值对不上")
    return make("binary", points=amount, start="zero", met=True)


def _judged(part: Part, points: Fraction | None) -> Part:
    low, high = part.values["range"]
    if "unsaid" in part.values:
        raise Unread(f"“{part.what}”后面的分值没有写扣还是得")
    cap = part.values.get("cap")
    if cap is not None:
        if not part.values["bare"]:
            raise Unread("评判的区间与上限不一致")
        low, high = (-cap, high) if part.values["verb"] in ("lose", "losing") else (low, cap)
    if low is None or high is None:
        raise Unread("酌情计分，但没有写明幅度，也没有本项分值")
    if low == high:
        raise Unread("酌情计分的幅度为零")
    values = {"range": [low, high]} | {
        key: part.values[key] for key in ("applies", "case", "each") if key in part.values
    }
    if part.values["verb"] in ("get", "grading", "graded"):
        values["start"] = "zero"
    return Part("judged", values, part.what, "", part.start, part.end, part.sentence)


def _check_start(parts: list[Part], rises: bool, points: Fraction | None) -> None:
    sets = [part for part in parts if part.shape == "bands" and part.values.get("as") != "add"]
    if len(sets) > 1:
        raise Unread("一格里有两组定分的档")
    alone = [part for part in sets if len(part.values["bands"]) == 1]
    if any(_no_end_below(table, parts) for table in sets):
        raise Unread("最低一档以下从多少分起扣没有写")
    if alone and any(part.shape == "step" and _takes(part) for part in parts):
        raise Unread("得满分的界限与后面的扣分怎么衔接未能识别，请人工核定")
    zero = [
        part
        for part in parts
        if part.values.get("start") == "zero" or part.shape == "parts" and "credits" in part.values
    ]
    full = [part for part in parts if _takes(part)]
    apart = points is None and earning.of_other_things(zero, full)
    if zero and full and not apart and not earning.less_what_is_lost(zero, full):
        raise Unread("有的从零加起、有的从满分扣，从多少起算未能识别，请人工核定")
    if zero and sets:
        raise Unread("定分的档与得分项放在一起，未能识别，请人工核定")


def _no_end_below(table: Part, parts: list[Part]) -> bool:
    """80%以上得3分，未完成80%的每低1个百分点扣0.1分: from which points does it go down?"""
    bands = table.values["bands"]
    return "ge" in bands[-1] and any(
        part.shape == "step"
        and part.values.get("target") == bands[-1]["ge"]
        and part.values.get("direction") != "above"
        for part in parts
    )


def _takes(part: Part) -> bool:
    if part.values.get("start") == "zero":
        return False
    if part.shape in ("step", "escalating"):
        return not part.values.get("credit")
    if part.shape == "judged":
        low = part.values["range"][0]
        return low is None or low < 0
    return part.shape == "binary" or (part.shape == "parts" and "each_missing" in part.values)
