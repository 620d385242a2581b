"""The readings of the parts of a cell as one rule: each takes no more than the points of its part.

A part read by itself sets or takes points of its own total; in the line the same is so much less than
all. What would need a limit of its own for several losses together goes to a person.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction

from standards.reading import sound
from standards.reading.bounds import SPANS
from standards.reading.parts import Part, Rules, Unread
from standards.reading.periods import A_YEAR
from standards.reading.sections import Section

_APART = 1000  # sentences of one part are never those of another
_BEST = "符合要求"


def joined(read: Sequence[tuple[Section, Rules]]) -> Rules:
    rules = Rules()
    for at, (section, one) in enumerate(read, 1):
        if one.under or one.over:
            raise Unread("可以倒扣或超过满分的是哪一部分，没有写明")
        for why in one.doubts:
            rules.doubt(why, str(one.confidence))
        for part in one.parts if section.more else _within(section, one.parts):
            part.sentence += at * _APART
            rules.parts.append(part)
    rules.doubt("各部分扣分以该部分的分值为限", "0.9")
    sound.check(rules.parts)
    return rules


def _within(section: Section, parts: Sequence[Part]) -> list[Part]:
    points = section.points
    _adds_up(section, parts)
    made = [one for part in parts for one in _losses(part, points)]
    made = [part for part in made if not _is_lost_by_count(part, made, section)]
    _is_the_opposite(made, section)
    costs = [_cost(part) for part in made]
    if section.rest and costs != [points]:
        raise Unread(f"各部分的分值与本项分值对不上，剩下{points}分")
    if sum(costs) <= points or len(made) == 1:
        return [_named(_capped(part, points), section.label) for part in made]
    if len(made) == 2 and points in costs and all(map(_is_fixed, made)):
        return [_levels(made, section)]
    if len(made) == 2 and _shut_out(*made, section):
        return [_named(_capped(part, points), section.label) for part in made]
    raise Unread(
        f"“{section.written.text[:12]}”这部分{points}分，几项扣分合起来怎么封底，没有写明；可以把它单列一条"
    )


_NOT_SO = re.compile(
    "(?:未|没有?|不|达不)(?:能)?(?:到|达|符|满足|完成|做到|落实|合格|按)|否则|其他|逾期|超期|超时|迟|延|晚"
)


def _is_the_opposite(made: Sequence[Part], section: Section) -> None:
    """有制度得2分，弄虚作假不得分: whether there is a system counts as well."""
    for part in made:
        takes_all = part.shape == "binary" and not part.values.get("met")
        if not section.head or not takes_all or _cost(part) < section.points:
            continue
        own = part.what.removeprefix(section.label)
        pairs = {own[at : at + 2] for at in range(len(own) - 1)}
        if not _NOT_SO.match(own) and not any(pair in section.head for pair in pairs):
            raise Unread(f"“{part.what}”不得分与“{section.head}”得分怎么衔接未能识别，请人工核定")


def _adds_up(section: Section, parts: Sequence[Part]) -> None:
    """What is earned from nothing must come to the points of the part, and stand alone there."""
    earned = [part for part in parts if _rises(part)]
    if earned and (len(earned) < len(parts) or sum(map(_most, earned)) != section.points):
        raise Unread("有的从零加起、有的从满分扣，从多少起算未能识别，请人工核定")


def _rises(part: Part) -> bool:
    return part.values.get("start") == "zero" or "credits" in part.values


def _most(part: Part) -> Fraction:
    if part.shape == "binary":
        return part.values["points"]
    if part.shape == "judged":
        return part.values["range"][1]
    if "credits" in part.values:
        return sum(part.values["credits"].values())
    raise Unread("每有一项得多少分的，不能与另外的部分合在一起")


# --- what a part costs of its points


def _losses(part: Part, points: Fraction) -> list[Part]:
    if "credits" in part.values:
        return [_one_credit(part, *credit) for credit in part.values["credits"].items()]
    if re.search("[0-9]", part.values.get("applies", "")):
        raise Unread(
            f"“{part.values['applies']}”只适用于哪些党组织，在一部分里怎么算未能识别，请人工核定"
        )
    make = _LOSSES.get(part.shape)
    if make is None:
        raise Unread("各部分里有不能按部分封底的规则")
    made = replace(part, values={**part.values})
    make(made, points)
    made.values.pop("start", None)
    return [made]


def _one_credit(part: Part, label: str, amount: Fraction) -> Part:
    """面积达标1分，设施齐全1分: without it, so much is lost."""
    made = part.turned("binary", points=amount, met=True)
    made.what = label
    return made


def _flag(part: Part, points: Fraction) -> None:
    part.values.pop("all", None)
    part.values.setdefault("points", points)


def _ended(part: Part, points: Fraction) -> None:
    """低于60%的不得分 is a level; any other condition takes the points of its part."""
    bound = part.values.pop("bound", None)
    if bound is None:
        part.shape = "binary"
        part.values["points"] = points
        part.values.pop("when", None)
        return
    if bound.loose:
        raise Unread(f"“{part.what}”的界限在一部分里怎么算未能识别，请人工核定")
    ends = {"points": -points}
    rows = (
        [{"ge": bound.upper, "points": Fraction(0)}, ends]
        if bound.lower is None
        else [{"ge": bound.lower, **ends}, {"points": Fraction(0)}]
    )
    part.shape, part.what, part.counter = "bands", part.values["of_what"], bound.unit
    part.values = {"bands": rows, "as": "add"}


def _counted(part: Part, points: Fraction) -> None:
    if part.values.get("credit") or part.values.get("both_ways"):
        raise Unread("每有一项加多少分的，不能与另外的部分合在一起")


_AMOUNT = re.compile(
    "^其[他余它]|[0-9]|[一二两三四五六七八九十半]个?(?:工作日|月|天|日|周|年|季度)"
)


def _levelled(part: Part, points: Fraction) -> None:
    """80%以上得2分 of a part with 2 points costs nothing, 60%以上得1分 costs one."""
    if any(_AMOUNT.search(row.get("label", "")) for row in part.values["bands"]):
        raise Unread("各档名称里的数字在一部分里怎么算未能识别，请人工核定")
    if part.counter in SPANS:
        raise Unread(f"“{part.what}”各档按时间长短在一部分里怎么算未能识别，请人工核定")
    if part.values.get("as") == "add":
        return
    rows = [{**row, "points": _lowered(row["points"], points)} for row in part.values["bands"]]
    if [row.get("label", "") and row["points"] for row in rows] == [0, -points]:
        part.shape, part.what = "binary", rows[0]["label"]
        part.values = {**part.values, "points": points, "met": True}
        del part.values["bands"]
        return
    best = [row["points"] for row in rows if _top(row) == 0]
    if best != [0]:
        raise Unread("最高一档与这部分的分值对不上")
    if "ge" in rows[-1] and rows[-1]["ge"] > 0:
        rows.append({"points": -points})
    part.values |= {"bands": rows, "as": "add"}


def _lowered(worth: object, points: Fraction) -> object:
    return [one - points for one in worth] if isinstance(worth, list) else worth - points


def _top(row: dict) -> Fraction:
    return row["points"][-1] if isinstance(row["points"], list) else row["points"]


def _as_it_is(part: Part, points: Fraction) -> None:
    pass


def _judged(part: Part, points: Fraction) -> None:
    if _rises(part):
        part.values["range"] = _lowered(part.values["range"], points)


def _gate(part: Part, points: Fraction) -> None:
    if part.values["effect"] == "zero_group":
        raise Unread(f"“{part.what}”不得分的是哪一部分，没有写明")


_LOSSES: dict[str, Callable[[Part, Fraction], None]] = {
    "binary": _flag,
    "zero_if": _ended,
    "step": _counted,
    "escalating": _counted,
    "bands": _levelled,
    "parts": _as_it_is,
    "judged": _judged,
    "gate": _gate,
}


# --- no more than the points of the part

_ENDLESS = Fraction(10**9)


def _cost(part: Part) -> Fraction:
    values = part.values
    if part.shape == "binary":
        return values["points"]
    if part.shape in ("step", "escalating"):
        return values.get("cap", _ENDLESS)
    if part.shape == "bands":
        return -min(map(_bottom, values["bands"]))
    if part.shape == "parts":
        return values["each_missing"] * len(values["parts"])
    return -values["range"][0] if part.shape == "judged" else Fraction(0)


def _bottom(row: dict) -> Fraction:
    return row["points"][0] if isinstance(row["points"], list) else row["points"]


def _capped(part: Part, points: Fraction) -> Part:
    if _cost(part) <= points:
        return part
    if part.shape not in ("step", "escalating"):
        raise Unread(f"“{part.what}”扣的分比这部分的{points}分还多")
    part.values["cap"] = points
    return part


def _is_fixed(part: Part) -> bool:
    return part.shape == "binary" and not part.values.get("met") and "applies" not in part.values


def _levels(made: list[Part], section: Section) -> Part:
    """无清单不得分，清单不规范扣1分: of a part without a list nothing is left to take."""
    worse, worst = sorted(made, key=_cost)
    rows = [
        {"label": _BEST, "points": Fraction(0)},
        *({"label": part.what, "points": -_cost(part)} for part in (worse, worst)),
    ]
    start, end = min(one.start for one in made), max(one.end for one in made)
    return Part(
        "bands", {"bands": rows, "as": "add"}, section.label, "", start, end, worst.sentence
    )


_NEVER = "未(?:建立?|制定|制订|开展|召开|设立?|成立|组织|配备|上?报送?|提交|举办|举行)"
_NONE_OF_IT = re.compile(
    f"^(?:无|没有|{_NEVER})(?P<of>[^，、]{{2,8}})$|^(?:全年|均|都)*{_NEVER}的?$"
)
_QUALITY = re.compile("不|未(?:及时|按)|雷同|造假")
# Who was not at it, how late it came and how good it was says that there was one.
_TOOK_PLACE = re.compile(
    "^(?:逾期|超期|延期|延迟|推迟|拖延|迟|晚|不)|参会|到会|缺席|迟到|早退|请假|雷同|造假|未(?:及时|按)|"
    "不(?:及时|规范|完整|齐全|全|实|真实|准确|认真|具体|清晰|符合)"
)


def _shut_out(whole: Part, counted: Part, section: Section) -> bool:
    """无台账不得分，台账不规范每处扣0.5分: of what is not there nothing is counted."""
    if not _is_fixed(whole) or _cost(whole) != section.points:
        return False
    own = whole.what.removeprefix(section.label)
    none = _NONE_OF_IT.match(own)
    if none is None or counted.shape not in ("step", "judged") or "applies" in counted.values:
        return False
    about = counted.what.removeprefix(section.label)
    if none["of"] is None:
        return bool(_TOOK_PLACE.search(about))
    found = _QUALITY.search(about)
    return bool(found) and none["of"][-2:] in about[: found.start()]


_NOT_ONE = re.compile("(?:全年|均|都|一次)*未(?:召开|开展|组织|举办|举行|进行)的?")


def _is_lost_by_count(part: Part, made: Sequence[Part], section: Section) -> bool:
    """每季度召开1次（4分），少1次扣1分，未召开不得分: the four of them have cost it already."""
    own = part.what.removeprefix(section.label)
    ends = _is_fixed(part) and _cost(part) == section.points and _NOT_ONE.fullmatch(own)
    return bool(ends) and any(_most_short(one) >= section.points for one in made)


def _most_short(part: Part) -> Fraction:
    """What a year without a single one costs."""
    values = part.values
    if part.shape != "step" or values.get("per") not in A_YEAR or "due" in values:
        return Fraction(0)
    return values["unit"] * values["need"] * A_YEAR[values["per"]] / values.get("step", 1)


# --- names

_BARE = 4
_DENIED = re.compile(r"^(?:超期|逾期|届满)?(?P<no>未|没有?|不|无|缺少?)(?P<of>[^，、“”]{1,12})$")


def _named(part: Part, label: str) -> Part:
    """未写入 beside 党建工作要求写入章程, and 不规范 beside 基础工作, say of what only with its name."""
    if not label or part.shape == "gate" or "applies" in part.values or label in part.what:
        return part
    denied = _DENIED.match(part.what)
    again = denied["of"] if denied else ""
    if part.shape == "binary" and again and again in label and _asks(label, denied["no"]):
        part.values["met"], part.what = True, label
    elif _is_thin(part, label):
        part.what = (label.removesuffix(again) or label) + part.what
    return part


def _asks(label: str, no: str) -> bool:
    """无制度 is the opposite of 有制度, but not of 制度."""
    return no in ("未", "没", "不") or label.startswith("有")


def _is_thin(part: Part, label: str) -> bool:
    """Too short to say what it is about, and not a word of the name."""
    listed = part.shape == "parts" and "、" in label
    said = bool(part.what) and part.what[:2] in label
    return len(part.what) <= _BARE and not (listed or said)
