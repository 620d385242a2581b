"""Bands over a number: 90%以上得5分，80%-89%得3分; 缺1次扣1分，缺2次扣2分; 60%以下扣2分."""

import re
from fractions import Fraction

from standards.reading import edges, reach
from standards.reading.bounds import SPANS, WHOLE, Bound
from standards.reading.parts import Part, Rules, Unread

_PERSONS = ("人", "名", "位", "人次")


def worth(points: object, verb: str, top: Fraction | None) -> tuple[object, bool]:
    """What a band gives, and whether that is the points themselves (True) or a change (False)."""
    if points == "full":
        return top, True
    if points == "none":
        return Fraction(0), True
    if points in ("kept", "calm"):
        return Fraction(0), False
    if verb == "lose":
        return (
            tuple(-end for end in reversed(points)) if isinstance(points, tuple) else -points
        ), False
    return points, verb == "get"


def one_way(worths: list[tuple[object, bool]], top: Fraction | None) -> tuple[list, str]:
    """All bands in one manner: `add` if each is a change, else `set`, for which the maximum is needed.

    Beside 得5分 a 扣2分 is a rung below zero; beside 满分 and 不得分 it is taken from the maximum.
    """
    if not any(sets for _, sets in worths):
        return [points for points, _ in worths], "add"
    if any(points is None for points, _ in worths):
        raise Unread("没有本项分值，不能换算各档得分")
    if any(sets and points not in (0, top) for points, sets in worths):
        return [points for points, _ in worths], "set"
    if top is None and not all(sets for _, sets in worths):
        raise Unread("没有本项分值，不能换算各档得分")
    return [points if sets else _from_top(points, top) for points, sets in worths], "set"


def _from_top(points: object, top: Fraction) -> object:
    changed = tuple(end + top for end in points) if isinstance(points, tuple) else points + top
    if (min(changed) if isinstance(changed, tuple) else changed) < 0:
        raise Unread("扣分超过了本项分值")
    return changed


def bands(run: list[Part], rules: Rules, points: Fraction | None) -> list[Part]:
    """Rows of one measure become one step; what is counted singly stays a step of its own."""
    found: list[Part] = []
    rows = _rows(run)
    for row in rows:
        rest = [part for part in row if part.shape == "~rest"]
        row = [part for part in row if part.shape != "~rest"]
        if not row:
            raise Unread("“其余”接的是哪几档未能识别，请人工核定")
        if all(part.shape != "~band" and part.values["number"] == 1 for part in row) and not rest:
            found += [_single(part) for part in row]
        elif _each_until(row):
            found += [_single(row[0]), _zero(row[1])]
        elif all(part.values["points"] in ("kept", "calm") for part in row) and not rest:
            continue
        elif len(row) == 1 and row[0].shape != "~band":
            raise Unread("没有写“每”，不清楚是达到这个数才算还是每这么多算一次")
        else:
            found.append(
                _step(
                    row, rest, rules, points, alone=len(rows) == 1 and len(run) == len(rules.parts)
                )
            )
    return found


def _each_until(row: list[Part]) -> bool:
    """缺一项扣1分，缺三项以上不得分: each one, until it is too many."""
    if [part.shape for part in row] != ["~less", "~band"]:
        return False
    each, too_many = row
    lower = too_many.values["bound"].lower
    ends = too_many.values["points"] == "none" and each.values["points"] != "none"
    return each.values["number"] == 1 and ends and lower is not None and lower > 2


def _rows(run: list[Part]) -> list[list[Part]]:
    rows: list[list[Part]] = []
    for part in run:
        if rows and _together(rows[-1], part):
            rows[-1].append(part)
        else:
            rows.append([part])
    return rows


def _together(row: list[Part], part: Part) -> bool:
    if part.shape == "~rest":
        return True
    first = row[0]
    if part.counter not in (first.counter, "") or row[-1].shape == "~rest":
        return False
    if (
        part.shape != "~band"
        and first.shape == part.shape
        and part.values["number"] == first.values["number"]
    ):
        return False
    if part.what and part.what == first.values.get("subject"):
        return True  # 活动：开展3次以上得满分，2次得1分
    if not part.what or not first.what:
        return not part.what
    counted = first.shape == "~less" or part.shape == "~earned" and part.values["verb"] == "get"
    shorter = counted and part.what in first.what
    return shorter or first.what.endswith(part.what) or part.what.endswith(first.what)


_KEPT = (
    "of",
    "per",
    "need",
    "due",
    "target",
    "direction",
    "cap",
    "rounding",
    "applies",
    "duration",
    "case",
)


def _single(part: Part) -> Part:
    """缺一次扣0.2分 without 每: one is one."""
    if part.values["points"] == "none":
        return Part("~zero", {}, part.what, "", part.start, part.end, part.sentence)
    keep = {key: part.values[key] for key in _KEPT if key in part.values}
    values = {"unit": part.values["points"], **keep}
    if part.values["verb"] in ("gain", "get"):
        values["credit"] = True
        if part.values["verb"] == "get":
            values["start"] = "zero"
    if part.counter in _PERSONS:
        values["of"] = "persons"
    return Part("step", values, part.what, part.counter, part.start, part.end, part.sentence)


def _bound(part: Part) -> Bound:
    if part.shape == "~band":
        return part.values["bound"]
    number = part.values["number"]
    return Bound(part.counter, lower=number, last=number, said=number)


def _step(
    row: list[Part], rest: list[Part], rules: Rules, points: Fraction | None, *, alone: bool
) -> Part:
    first = row[0]
    if len(row) == 1 and not rest and first.values["points"] == "none" and not (alone and points):
        return _zero(first)
    row = _without_nothing(reach.cascade(row))
    rungs = sorted(
        ((_bound(part), part) for part in row), key=lambda rung: _low(rung[0]), reverse=True
    )
    _check_joints([bound for bound, _ in rungs])
    _check_merit(rungs)
    listed, mode = one_way(
        [worth(part.values["points"], part.values["verb"], points) for _, part in rungs], points
    )
    table = [_rung(bound, given) for (bound, _), given in zip(rungs, listed, strict=True)]
    edge = edges.wrong_side([bound for bound, _ in rungs], table)
    if edge and not rest and mode == "set":
        return edges.levels(rungs, table, rules, edge)
    if edge:
        raise Unread(f"正好{_text(edge.lower)}{edge.unit}的是下一档，按“以上”记会多扣")
    if any(bound.loose for bound, _ in rungs):
        rules.doubt("界限处（如“超过80%”）按包含读", "0.7")
    if mode == "set" and _upside_down(table, rungs):
        raise Unread("数越大得分越少，请核对各档")
    table = _completed(table, rungs, rest, mode, points)
    _check_order(table, rules)
    if table[-1].get("ge") == 0 and first.counter not in ("", "分"):
        del table[-1]["ge"]
    values: dict = {"bands": table} | ({"as": "add"} if mode == "add" else {})
    values |= {key: first.values[key] for key in ("applies",) if key in first.values}
    values |= {"fell": True} if all(part.values["verb"] == "lose" for part in row) else {}
    what = _ALL_OF.sub("", _name(first))
    return Part("bands", values, what, first.counter, first.start, row[-1].end, first.sentence)


_ALL_OF = re.compile("^(?:全部|[均都])(?=.)")  # 两项全部达标
_MERIT = re.compile(r"完成|率|达标|满意|参与|覆盖|合格|到位")
_FAULT = re.compile(r"差错|错|不|未|缺|失|投诉|违|处分|负|超|降|空|退|事故|迟|逾期|信访|流动")


def _check_merit(rungs: list) -> None:
    """完成50%以上扣1分 would cost those points to whoever did all of it."""
    bound, top = rungs[0]
    what = next(filter(None, (_name(part) for _, part in rungs)), "")
    good = bound.unit == "%" and is_merit(what)
    open_above = bound.lower is not None and bound.upper is None and bound.last is None
    if good and open_above and top.values["verb"] == "lose" and not _keeps(top):
        raise Unread(f"达到{_text(bound.lower)}%以上反而扣分，请核对")


def is_merit(what: str) -> bool:
    """Of which more is better, or of which nothing is said."""
    return not _FAULT.search(what) and (not what or bool(_MERIT.search(what)))


def _keeps(part: Part) -> bool:
    return part.values["points"] in ("kept", "calm", 0)


def _without_nothing(row: list[Part]) -> list[Part]:
    """A size is never below 0, whatever a full wording says of it."""
    return [part for part in row if part.shape != "~band" or not _below_zero(part.values["bound"])]


def _below_zero(bound: Bound) -> bool:
    return bound.lower is None and bound.upper is not None and bound.upper <= 0


def _name(part: Part) -> str:
    return part.what or part.values.get("subject", "")


def _zero(part: Part) -> Part:
    bound = part.values["bound"]
    if bound.last is not None and bound.lower is not None:
        raise Unread("只有这一段不得分，其他各段没有写")
    return Part(
        "~zero",
        {"bound": bound, "of_what": _name(part), "unnamed": not part.what},
        _name(part) + _worded(bound),
        "",
        part.start,
        part.end,
        part.sentence,
    )


def _worded(bound: Bound) -> str:
    if bound.lower is None:
        return f"{'不超过' if bound.loose else '低于'}{_text(bound.upper)}{bound.unit}"
    if bound.loose:
        return f"超过{_text(bound.lower)}{bound.unit}"
    return f"达到{_text(bound.lower)}{bound.unit}及以上"


def _text(number: Fraction) -> str:
    return str(int(number)) if number.denominator == 1 else str(float(number))


def _low(bound: Bound) -> Fraction:
    return Fraction(-1) if bound.lower is None else bound.lower


def _check_joints(bounds: list[Bound]) -> None:
    """Each band ends where the next higher one begins; 80-89 then 90 counts as joined."""
    for higher, lower in zip(bounds, bounds[1:], strict=False):
        if higher.lower is None or _low(higher) == _low(lower):
            raise Unread("两档的范围重叠")
        end = lower.upper if lower.upper is not None else lower.last
        if end is None:
            continue
        slack = 1 if lower.last == end or _is_rest(higher, lower) else 0  # 45岁及以下, then 46
        if not 0 <= higher.lower - end <= slack:
            raise Unread("各档之间有空缺或重叠")


def _is_rest(higher: Bound, lower: Bound) -> bool:
    """4-6次得1分，3次以下不得分: of what is counted one by one nothing lies between."""
    bounded = higher.last is not None or higher.upper is not None
    return lower.lower is None and bounded and lower.unit in WHOLE


def _rung(bound: Bound, points: object) -> dict:
    held = {} if bound.lower is None else {"ge": bound.lower}
    return {**held, "points": given(points)}


def given(points: object) -> object:
    return list(points) if isinstance(points, tuple) else points


def _completed(
    table: list[dict], rungs: list, rest: list[Part], mode: str, points: Fraction | None
) -> list[dict]:
    """The bands the text takes for granted: nothing lost above the first, the rest below the last."""
    top, bottom = rungs[0][0], rungs[-1][0]
    loses = all(part.values["verb"] == "lose" for _, part in rungs)
    end = top.upper if top.upper is not None else top.last
    if end is not None and loses and not _counted_up(rungs):
        if mode == "set" and points is None:
            raise Unread("没有本项分值，不能换算各档得分")
        table = [{"ge": end, "points": points if mode == "set" else Fraction(0)}, *table]
    elif end is not None and not _open_top(rungs) and not _none_left(rungs, points):
        raise Unread("最高一档以上得多少分没有写")
    if _none_unsaid(table, rungs, bottom):
        raise Unread("一次（天）也没有的得多少分没有写")
    if rest:
        if bottom.lower is None:
            raise Unread("“其余”和最低一档重复")
        amount = rest[0].values["points"]
        return [*table, {"points": Fraction(0) if amount == "none" else amount}]
    if loses and len(table) > 1 and bottom.lower is None and _worse_above(table):
        if rungs[-1][1].counter not in WHOLE:
            raise Unread("最低一档从多少起扣没有写")
        return [
            *table[:-1],
            {**table[-1], "ge": Fraction(1)},
            {"points": points if mode == "set" else Fraction(0)},
        ]
    if bottom.lower is not None and loses:
        if (
            not _rising(table)
            and len(table) > 1
            or (len(rungs) == 1 and end is not None and not _counted_up(rungs))
        ):
            raise Unread("最低一档以下扣多少分没有写")
        table = [*table, {"points": points if mode == "set" else Fraction(0)}]
    return table


def close(part: Part) -> None:
    """三分之二以上得3分，否则不得分: below the last bound there is nothing."""
    table = part.values.get("bands", ())
    if table and "ge" in table[-1] and part.values.get("as") != "add":
        table.append({"points": Fraction(0)})


def _none_unsaid(table: list[dict], rungs: list, bottom: Bound) -> bool:
    """逾期1-3天得1分，4-7天得0.5分: the more the worse, and nothing for who is not late at all?"""
    earned = all(
        part.values["verb"] == "get" or part.values["points"] == "none" for _, part in rungs
    )
    from_one = bottom.lower is not None and bottom.lower >= 1 and bottom.unit in (*WHOLE, *SPANS)
    return earned and from_one and len(table) > 1 and _worse_above(table)


def _worse_above(table: list[dict]) -> bool:
    """3处以下扣0.5分，3处以上扣1分 counts what is bad."""
    return _rising(table) and _worst(table[0]) < _worst(table[-1])


def _counted_up(rungs: list) -> bool:
    """缺3次, 缺2次, 缺1次: the more the worse, so the highest rung is open."""
    return all(
        part.shape != "~band" or part.values["bound"].lower is not None for _, part in rungs
    ) and any(part.shape == "~less" for _, part in rungs)


def _none_left(rungs: list, points: Fraction | None) -> bool:
    """缺2次扣2分，缺3次不得分, or 缺3次扣5分 of five points: of four there is no more to lose."""
    numbers = [bound.lower for bound, _ in rungs]
    each = len(rungs) > 2 and numbers == list(range(len(rungs), 0, -1))
    return each and _counted_up(rungs) and rungs[0][1].values["points"] in ("none", points)


def _open_top(rungs: list) -> bool:
    """3次得3分 as the best rung: more than that gives no less. A share of 100 has nothing above."""
    bound, part = rungs[0]
    return part.shape == "~earned" or bound.last == 100


def _upside_down(table: list[dict], rungs: list) -> bool:
    """90%以上得3分，80%以上得5分 is a slip of the pen."""
    open_ends = all(bound.upper is None and bound.last is None for bound, _ in rungs)
    earned = all(part.values["verb"] == "get" for _, part in rungs)
    return len(table) > 1 and open_ends and earned and _rising(table)


def _rising(table: list[dict]) -> bool:
    worths = [_worst(band) for band in table]
    return worths == sorted(worths)


def _worst(band: dict) -> Fraction:
    return band["points"][0] if isinstance(band["points"], list) else band["points"]


def _check_order(table: list[dict], rules: Rules) -> None:
    worths = [_worst(band) for band in table]
    if None in worths:
        raise Unread("没有本项分值，不能换算各档得分")
    if worths not in (sorted(worths), sorted(worths, reverse=True)):
        raise Unread("各档分值不是依次增减")
