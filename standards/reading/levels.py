"""Levels in words: what is absent as the last of a table, grades beside other wordings."""

import re
from collections.abc import Sequence
from fractions import Fraction
from itertools import takewhile

from standards.reading.ladder import given, worth
from standards.reading.parts import Part, Rules, Unread, in_runs
from standards.reading.scales import SCALES, alike

# The thing or the work itself is missing: the lowest level of how well it is done.
_ABSENT = re.compile(
    r"^(?:没有?(?!.*(?:及时|按))|无(?!故|正当|特殊)|未(?!按|及时|经|能)|不(?=符合|合格|达标|健全|规范|完整|齐全|落实)|从未)"
)
_ENDS = ("~zero", "~rest")  # behind them nothing is left to say
_LONGEST = 12  # a longer condition is a case of its own


def mixed(parts: list[Part], rules: Rules, points: Fraction | None) -> list[Part]:
    """制度健全并有效执行得3分，基本健全得2分: a whole wording and a grade stand in one table."""
    found: list[Part] = []
    at = 0
    while at < len(parts):
        run = _run(parts, at)
        if _all_or_nothing(run, points):
            found.append(_whole(run, points))
            at += 2
        elif _is_table(run, points):
            rules.doubt("各得分档按择一得分读", "0.8")
            found.append(_table(run, points))
            at += len(run)
        else:
            found.append(parts[at])
            at += 1
    return found


def _run(parts: list[Part], at: int) -> list[Part]:
    run: list[Part] = []
    for part in parts[at:]:
        denied = part.shape == "~zero" and alike([*map(_label, run), part.what])
        denied |= _last_of_awards(run, part)
        if run and run[-1].shape in _ENDS or not (_is_level(part) or denied):
            break
        run.append(part)
    return run


def _last_of_awards(run: list[Part], part: Part) -> bool:
    """表现积极得4分，表现正常得2分，表现消极不得分; ③字迹潦草0分, as no part is worth nothing."""
    earned = len(run) > 1 and all(one.shape in ("~got", "~grade") for one in run)
    if part.shape != "~zero" or not earned:
        return False
    worth = "worth" in part.values or part.sentence == run[0].sentence
    return worth or bool(_NOT_SO.fullmatch(part.what))


_NOT_SO = re.compile("[不未没][^，、]{1,5}")  # 负责人支持的得2分；态度一般的得1分；不支持的不得分


def _is_level(part: Part) -> bool:
    if "applies" in part.values:
        return False
    if part.shape == "~rest":
        return part.values["points"] == "none"
    if part.shape == "~zero":
        return is_absence(part.what)
    if part.shape == "~grade":
        return part.values["verb"] == "get" or part.values["points"] == "none"
    return part.shape in ("~got", "~full") and bool(part.what)


def _is_table(run: list[Part], points: Fraction | None) -> bool:
    """Best first, from all points down; a table of grades alone or of wordings alone is read elsewhere."""
    shapes = {part.shape for part in run} - set(_ENDS)
    ended = len(run) > 2 and run[-1].shape in _ENDS and shapes != {"~grade"}
    bare = any(part.values.get("only_in_sum") for part in run)
    wordings = ended and (bare or run[-1].shape == "~rest") or shapes == {"~full", "~got"}
    wordings |= ended and run[-1].shape == "~zero" and not is_absence(run[-1].what)
    wordings |= _one_word(run) or _in_degrees(run, shapes, bare=bare)
    if points is None or not wordings and (bare or "~grade" not in shapes or len(shapes) < 2):
        return False
    amounts = [_points(part, points) for part in run]
    if any(isinstance(amount, tuple) for amount in amounts):
        return False
    return amounts[0] == points and amounts == sorted(set(amounts), reverse=True)


def _label(part: Part) -> str:
    return part.values.get("condition", part.what)


def _all_or_nothing(run: list[Part], points: Fraction | None) -> bool:
    """达标3分，未达标0分."""
    bare = len(run) == 2 and run[0].values.get("only_in_sum") and run[0].values["points"] == points
    return bool(bare) and run[1].shape == "~zero" and alike([run[0].what, run[1].what])


def _whole(run: list[Part], points: Fraction) -> Part:
    made = run[0].turned("~got", points=points)
    made.end = run[1].end
    return made


def _in_degrees(run: list[Part], shapes: set[str], *, bare: bool) -> bool:
    """达标3分，基本达标2分，不达标0分; rows that are all graded words are read elsewhere."""
    return (bare or "~grade" not in shapes) and alike(list(map(_label, run)))


def _one_word(run: list[Part]) -> bool:
    """按期完成得满分，逾期完成得一半分: one graded word, told apart by what stands before it."""
    names = [part.values["name"] for part in run if part.shape == "~grade"]
    return len(set(names)) < len(names) and run[0].values["points"] == "full"


def _points(part: Part, points: Fraction) -> object:
    return worth(_said(part), "get", points)[0]


def _said(part: Part) -> object:
    return {"~zero": "none", "~rest": "none", "~full": "full"}.get(part.shape) or part.values[
        "points"
    ]


def _table(run: list[Part], points: Fraction) -> Part:
    bands = [
        {
            "label": part.values.get("condition", part.what or "其他"),
            "points": _points(part, points),
        }
        for part in run
    ]
    return Part("bands", {"bands": bands}, "", "", run[0].start, run[-1].end, run[0].sentence)


def losses(parts: list[Part]) -> list[Part]:
    """符合要求不加不扣，不完整扣1分，没有扣2分: levels of one table, each with what it costs."""
    made = in_runs(parts, _losing, lambda run: [_losing_table(run)])
    if left := next((part for part in made if part.shape == "~calm"), None):
        raise Unread(f"“{left.what}”不加不扣，其他情况怎么评分未能识别，请人工核定")
    return made


def _losing(parts: Sequence[Part]) -> list[Part]:
    best = parts[0]
    if best.shape != "~calm" and not (best.shape == "~grade" and best.values["points"] == "calm"):
        return []
    rest = takewhile(lambda part: _costs(part) and part.sentence == best.sentence, parts[1:])
    run = [best, *rest]
    return run if len(run) > (best.shape == "~grade") + 1 and not _on_a_scale(run) else []


def _on_a_scale(run: Sequence[Part]) -> bool:
    """Graded words alone, each once, are a table of their own."""
    names = [part.values.get("name", "").removesuffix("要求") for part in run]
    apart = len(set(names)) == len(names)
    return apart and any(set(names) <= set(scale) for scale in SCALES)


def _costs(part: Part) -> bool:
    """A loss, fixed or within a range; on its own scale it is a grade."""
    loses = part.shape in ("~grade", "judged") and part.values["verb"] == "lose"
    if part.shape == "judged":
        return loses and bool(part.what) and not part.values["bare"]
    return (loses or part.shape == "~fine") and not isinstance(part.values["points"], str)


def _losing_table(run: list[Part]) -> Part:
    best, *rest = run
    bands = [{"label": _label(best), "points": Fraction(0)}]
    bands += [{"label": _label(part), "points": _taken(part)} for part in rest]
    values = {"bands": bands, "as": "add"}
    return Part(
        "bands", values, best.values["subject"], "", best.start, rest[-1].end, best.sentence
    )


def _taken(part: Part) -> object:
    """扣1—2分 in the order of the amounts, the most first."""
    if part.shape == "judged":
        return part.values["range"]
    points = part.values["points"]
    return -points if isinstance(points, Fraction) else [-points[1], -points[0]]


def closed(parts: list[Part], points: Fraction | None) -> list[Part]:
    """没有的不得分 behind a table is its last level, not a condition beside it."""
    found: list[Part] = []
    for part in parts:
        before = found[-1] if found else None
        if before is None or not _takes_all(part, points) or not is_absence(part.what):
            if before and _set_table(before) and part.shape == "~fine" and is_absence(part.what):
                raise Unread(f"“{part.what}”的扣分与前面各档怎么衔接未能识别，请人工核定")
            found.append(part)
        elif before.shape == "bands" and (table := _with_last(before, part, points)):
            before.values["bands"] = table
            before.values.pop("as", None)
            before.end = part.end
        elif not (before.shape == "parts" and part.what in ("没有", "无")):
            found.append(part)
    return found


def _takes_all(part: Part, points: Fraction | None) -> bool:
    return part.shape == "~zero" or part.shape == "~fine" and part.values["points"] == points


def _set_table(part: Part) -> bool:
    return part.shape == "bands" and part.values.get("as") != "add"


def is_absence(what: str) -> bool:
    return len(what) <= _LONGEST and bool(_ABSENT.match(what))


def _with_last(table: Part, last: Part, points: Fraction | None) -> list[dict] | None:
    bands, adds = table.values["bands"], table.values.get("as") == "add"
    if "label" not in bands[0]:
        whole = adds or "ge" not in bands[-1] or bands[0]["points"] != points
        return None if whole else [*bands, {"points": Fraction(0)}]
    if adds:
        if points is None:
            return None
        bands = [{**band, "points": _raised(band["points"], points)} for band in bands]
    if any(band["points"] == 0 for band in bands):
        return None
    return [*bands, {"label": last.what, "points": Fraction(0)}]


def _raised(change: object, points: Fraction) -> object:
    both = change if isinstance(change, list) else [change]
    moved = tuple(max(points + one, Fraction(0)) for one in both)
    return given(moved if len(moved) > 1 else moved[0])
