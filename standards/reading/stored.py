"""The steps as a rule of the language of `standards.rules`, in its canonical JSON."""

import re
from collections.abc import Callable
from fractions import Fraction

from standards.reading import naming
from standards.reading.bounds import Bound
from standards.reading.parts import Part, Rules, Unread
from standards.rules.amounts import write_amount
from standards.rules.labels import LEVELS
from standards.rules.parse import parse, to_json, validate
from standards.rules.schema import PERS
from standards.rules.shapes import NUMBERS

_LEVEL_KEYS = {zh: key for key, (zh, _) in LEVELS.items()}


def rule(rules: Rules, points: Fraction | None) -> dict:
    """Raises RuleError where the steps do not make a rule."""
    data: dict = {"measures": [], "steps": []}
    for part in rules.parts:
        measures, step = _MAKERS[part.shape](part, f"m{len(data['measures']) + 1}")
        twin = _twin(part, measures[0], data["measures"])
        data["measures"] += measures[1:] if twin else measures
        data["steps"].append({**step, "measure": (twin or measures[0])["name"]})
    if _starts_at_zero(rules.parts):
        data["start"] = "zero"
    if rules.over is True:
        data["over"] = None
    elif rules.over:
        data["over"] = _amount(rules.over)
    if rules.under:
        data["under"] = _amount(_floor(rules.under, points))
    made = parse(data)
    if points is not None:
        _check_fit(rules, made, points)
    return to_json(made)


_OFTEN = re.compile(r"（每[^（）]+）$")


def _twin(part: Part, measure: dict, known: list[dict]) -> dict | None:
    """每少1次扣0.5分，少3次以上的不得分: one figure is asked for, and serves both."""
    kind, label = measure["kind"], _OFTEN.sub("", measure["label"])
    nameless = not part.what and not label.startswith(_DONE)
    if kind not in NUMBERS or kind == "count" and nameless:
        return None
    same = (one for one in known if one["kind"] == kind)
    return next((one for one in same if _OFTEN.sub("", one["label"]) == label), None)


def by_hand(points: Fraction) -> dict:
    """What a person fills: from nothing to all points."""
    measure = {"name": "m1", "kind": "points", "label": "人工评分"}
    step = {"shape": "judged", "measure": "m1", "low": "0", "high": _amount(points)}
    return {"start": "zero", "measures": [measure], "steps": [step]}


def _floor(under: Fraction | bool, points: Fraction | None) -> Fraction:
    if under is not True:
        return under
    if points is None:
        raise Unread("可以倒扣，但没有本项分值，不知最多倒扣多少")
    return points


def _check_fit(rules: Rules, made: object, points: Fraction) -> None:
    for part in rules.parts:
        if part.shape == "step" and part.values["unit"] > points and not rules.under:
            said = write_amount(part.values["unit"])
            raise Unread(f"一次就{said}分，多于本项分值，是扣本项还是扣总分没有写明")
    tiers = {part.values.get("tier") for part in rules.parts}
    chapters = {part.values.get("chapter") for part in rules.parts}
    for problem in validate(made, maximum=int(points * 100), tiers=tiers, chapters=chapters):
        raise Unread(problem.zh)


def _starts_at_zero(parts: list[Part]) -> bool:
    if any(part.values.get("start") == "zero" or "credits" in part.values for part in parts):
        return True
    counting = [part for part in parts if part.shape not in ("zero_if", "gate")]
    return bool(counting) and all(
        part.shape == "adjust"
        and part.values.get("inside")
        and any(points > 0 for points in part.values["table"].values())
        for part in counting
    )


def _amount(number: Fraction) -> str:
    if (number * 10**6).denominator != 1:
        raise Unread("数字太细，写不成小数")
    return write_amount(number)


def _flag(name: str, label: str) -> dict:
    if len(label) > 200:
        raise Unread("条件太长")
    return {"name": name, "kind": "flag", "label": label}


def _applied(part: Part, what: str, *, inner: bool = False) -> str:
    """Where the rule applies stands before what it is about; `inner` inside quotes of its own."""
    applies = part.values.get("applies", "").removesuffix("的")
    if not applies or applies in what:
        return what
    plain = inner or not re.search("[0-9]", applies)
    return f"{applies}{what}" if plain else f"“{applies}”{what}"


def _binary(part: Part, name: str) -> tuple[list, dict]:
    points = part.values.get("points")
    label = naming.requirement(part.what) if part.values.get("met") else naming.met(part.what)
    if label is None:
        return _happened(part, name, points)
    if part.values.get("all"):
        flag = _flag(name, _applied(part, label, inner=True))
        return [flag], {"shape": "zero_if", "when": {"is": False}}
    step = {"shape": "binary"} | ({"points": _amount(points)} if points is not None else {})
    return [_flag(name, _applied(part, label, inner=True))], step


def _happened(part: Part, name: str, points: Fraction | None) -> tuple[list, dict]:
    """A loss for something done, not for something missing: once, or the whole line."""
    if points is None:
        return _zero_if(part, name)
    label = naming.fault(_applied(part, naming.bare(part.what)))
    lost = {"shape": "binary", "points": _amount(points)}
    if (asked := naming.met(label)) is not None:
        return [_flag(name, asked)], lost
    return [_flag(name, label)], lost | {"fault": True}


def _zero_if(part: Part, name: str) -> tuple[list, dict]:
    bound = part.values.get("bound")
    if bound is not None:
        short_of = bound.lower is None and bound.unit not in ("%", "", "分")
        kind, label = _number_measure(part.values["of_what"] or _DONE * short_of, bound.unit)
        step = {"shape": "zero_if", "when": _beyond(bound)}
        return [{"name": name, "kind": kind, "label": label}], step
    negated = part.what.startswith("未达到“")
    label = naming.requirement(part.what) if negated else _applied(part, naming.bare(part.what))
    return [_flag(name, label)], {"shape": "zero_if", "when": {"is": not negated}}


def _beyond(bound: Bound) -> dict:
    """低于60%, 20%以上; of 超过20% exactly 20 is not yet beyond."""
    if bound.lower is None:
        return {"op": "<=" if bound.loose else "<", "value": _amount(bound.upper)}
    return {"op": ">" if bound.loose else ">=", "value": _amount(bound.lower)}


def _number_measure(what: str, unit: str) -> tuple[str, str]:
    if unit == "%":
        return "ratio", naming.share(what)
    if unit in ("", "分") or naming.is_size(unit):
        return "value", naming.counted(what, unit) if unit not in ("", "分") else naming.bare(
            what
        ) or "测评成绩"
    return "count", naming.counted(what, unit)


def _step(part: Part, name: str) -> tuple[list, dict]:
    values = part.values
    if values.get("of") == "ratio":
        measure = {"name": name, "kind": "ratio", "label": naming.share(_applied(part, part.what))}
    else:
        measure = _counting(part, name)
    step = {"shape": "step", "unit": _amount(values["unit"])}
    for key, stored in (("free", "free"), ("target", "target"), ("step", "each"), ("cap", "cap")):
        if key in values:
            step[stored] = _amount(values[key])
    for key in ("rounding", "both_ways", "credit"):
        if key in values and not (key == "rounding" and _one_by_one(measure, values)):
            step[key] = values[key]
    if "target" in values:
        step["direction"] = values["direction"]
    return [measure], step


def _one_by_one(measure: dict, values: dict) -> bool:
    """Of whole months nothing is left over: whoever counts them rounds."""
    bounds = [values.get(key, Fraction(0)) for key in ("free", "target")]
    whole = all(bound.denominator == 1 for bound in bounds)
    return measure["kind"] == "count" and values.get("step", 1) == 1 and whole


def _escalating(part: Part, name: str) -> tuple[list, dict]:
    step: dict = {"shape": "escalating", "units": [_amount(unit) for unit in part.values["units"]]}
    if "cap" in part.values:
        step["cap"] = _amount(part.values["cap"])
    return [_counting(part, name)], step


def _counting(part: Part, name: str) -> dict:
    values = part.values
    what = _applied(part, part.what or _DONE * bool(values.get("credit")))
    if part.counter == "分":
        return {"name": name, "kind": "value", "label": naming.bare(what) or "测评成绩"}
    label = naming.counted(what, part.counter)
    kind = "value" if naming.is_size(part.counter) else "count"
    if "per" not in values:
        return {"name": name, "kind": kind, "label": label}
    need = values["need"]
    whole = int(need) if need.denominator == 1 else None
    measure = {
        "name": name,
        "kind": kind,
        "label": naming.periodic(label, values["per"], whole or _amount(need), part.counter),
    }
    meeting = naming.meeting(what)
    if meeting and whole and values["per"] in PERS and kind == "count":
        measure["derive"] = {
            "from": "meetings",
            "kind": meeting,
            "per": values["per"],
            "need": whole,
        }
    return measure


def _bands(part: Part, name: str) -> tuple[list, dict]:
    table = part.values["bands"]
    graded = any("label" in band for band in table)
    measure = {"name": name, **(_grades(part, table) if graded else _numbers(part))}
    bands = [_band(band, index) for index, band in enumerate(table, 1)]
    adds = part.values.get("as") == "add"
    if (
        not graded
        and _worth(table[-1]) == "0"
        and table[-1].get("ge") in (None, 0)
        and not (adds and len(table) == 1)
    ):
        bands = bands[:-1]
    step: dict = {"shape": "bands", "bands": bands} | ({"as": "add"} if adds else {})
    if any(isinstance(band["points"], list) for band in bands):
        step["judge"] = f"{name}_points"
        return [measure, {"name": f"{name}_points", "kind": "points", "label": "档内评分"}], step
    return [measure], step


def _grades(part: Part, table: list[dict]) -> dict:
    grades = [
        {"key": f"g{index}", "label": naming.bare(band["label"])}
        for index, band in enumerate(table, 1)
    ]
    return {
        "kind": "grade",
        "label": _applied(part, naming.bare(part.what)) or "完成情况",
        "grades": grades,
    }


def _numbers(part: Part) -> dict:
    what = part.what or _DONE * _more_is_better(part)
    kind, label = _number_measure(_applied(part, what), part.counter)
    return {"kind": kind, "label": label}


# 5次以上得3分 without a name counts what was done, not what was wrong.
_DONE = "完成"


def _more_is_better(part: Part) -> bool:
    bands = part.values["bands"]
    worst = bands[-1] if len(bands) > 1 else {"points": Fraction(0)}
    return part.counter not in ("%", "", "分") and _lowest(bands[0]) > _lowest(worst)


def _lowest(band: dict) -> Fraction:
    points = band["points"]
    return min(points) if isinstance(points, list) else points


def _band(band: dict, index: int) -> dict:
    where = (
        {"is": f"g{index}"} if "label" in band else {"from": _amount(band.get("ge", Fraction(0)))}
    )
    return {**where, "points": _worth(band)}


def _worth(band: dict) -> object:
    points = band["points"]
    return [_amount(end) for end in points] if isinstance(points, list) else _amount(points)


def _parts(part: Part, name: str) -> tuple[list, dict]:
    labels = [naming.part(label) for label in part.values["parts"]]
    items = [{"key": f"p{index}", "label": label} for index, label in enumerate(labels, 1)]
    measure = {
        "name": name,
        "kind": "parts",
        "label": _applied(part, naming.bare(part.what)) or "各项要求",
        "parts": items,
    }
    if "each_missing" in part.values:
        return [measure], {"shape": "parts", "missing": _amount(part.values["each_missing"])}
    amounts = part.values["credits"].values()
    credits = {f"p{index}": _amount(amount) for index, amount in enumerate(amounts, 1)}
    return [measure], {"shape": "parts", "credits": credits}


def _judged(part: Part, name: str) -> tuple[list, dict]:
    low, high = part.values["range"]
    label = _applied(part, naming.bare(part.what)) or "综合表现"
    measure = {"name": name, "kind": "points", "label": label}
    return [measure], {"shape": "judged", "low": _amount(low), "high": _amount(high)}


def _gate(part: Part, name: str) -> tuple[list, dict]:
    step, is_met = (
        {"shape": "gate", "effect": part.values["effect"]},
        part.what.startswith("未达到“"),
    )
    label = naming.requirement(part.what) if is_met else _applied(part, naming.bare(part.what))
    step |= {key: part.values[key] for key in ("tier", "chapter") if key in part.values}
    return [_flag(name, label)], {**step, "when": {"is": not is_met}}


def _adjust(part: Part, name: str) -> tuple[list, dict]:
    loses = all(points < 0 for points in part.values["table"].values())
    label = _applied(part, naming.bare(part.what)) or ("处理处分" if loses else "表彰奖励")
    table = {
        _LEVEL_KEYS.get(key, naming.bare(key)): _amount(points)
        for key, points in part.values["table"].items()
    }
    step: dict = {"shape": "adjust", "table": table}
    step |= {key: part.values[key] for key in ("take", "per") if key in part.values}
    if part.values.keys() & {"dedupe", "repeats"}:
        step["dedupe"] = "repeats" not in part.values
    if part.values.get("inside"):
        step["inside"] = True
    if "cap" in part.values:
        step["cap"] = _amount(part.values["cap"])
    return [{"name": name, "kind": "events", "label": label}], step


_MAKERS: dict[str, Callable[[Part, str], tuple[list, dict]]] = {
    "binary": _binary,
    "step": _step,
    "escalating": _escalating,
    "bands": _bands,
    "parts": _parts,
    "judged": _judged,
    "zero_if": _zero_if,
    "gate": _gate,
    "adjust": _adjust,
}
