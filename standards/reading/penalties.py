"""Kinds of penalty, each with what it costs, are one table: 警告每人扣1分，严重警告每人扣2分."""

import re
from itertools import pairwise

from standards.reading.lexicon import WORDS
from standards.reading.parts import Part
from standards.reading.walk import PERSONS

_KINDS = "|".join(sorted(WORDS["penal"], key=len, reverse=True))
_NAME = re.compile(rf"(?:{_KINDS})(?:及?以上)?")
# What stands around the name and tells no case from another.
_AROUND = re.compile(
    r"党员|党内|党纪|违纪|违法|政务|纪律|处分|处理|给予|受到?|被|[的、和或及每有1一名人]"
)
# A penalty of another name beside them: all stay rules of their own.
_OTHERS = re.compile(r"处分|处罚|批评|问责|处理|曝光|追究|立案|谈话")
_BY_CASE = ("次", "件", "例", "起", "个")
_PLAIN = {"words", "unit", "of", "applies", "number", "points", "verb"}


def tables(parts: list[Part]) -> list[Part]:
    found: list[Part] = []
    at = 0
    while at < len(parts):
        run = _run(parts[at:])
        beside = parts[at + len(run) : at + len(run) + 1]
        if len(run) > 1 and not any(_OTHERS.search(part.what) for part in (*found[-1:], *beside)):
            found += _rows(run)
        else:
            found += run or parts[at : at + 1]
        at += max(len(run), 1)
    return found


def _run(parts: list[Part]) -> list[Part]:
    """Rows that differ in the penalty alone."""
    run: list[Part] = []
    seen: set[str] = set()
    for part in parts:
        names, rest = _names(part)
        counted = part.shape != "~entry"
        if not names or rest or seen & set(names) or not _is_row(part):
            break
        if run and counted and _per(part) != _per(run[0]):
            break
        run.append(part)
        seen |= set(names)
    return run if any(part.shape != "~entry" for part in run) else run[:1]


def _names(part: Part) -> tuple[list[str], str]:
    words = part.values["whole"] if part.shape == "~entry" else part.what
    return _NAME.findall(words), _AROUND.sub("", _NAME.sub("", words))


def _is_row(part: Part) -> bool:
    if part.shape == "~entry":
        return part.values["verb"] == "lose"
    counts = part.shape == "step" or part.shape == "~less" and part.values["number"] == 1
    loses = part.values.get("points") != "none"
    return counts and loses and part.values.keys() <= _PLAIN and _per(part) != ""


def _per(part: Part) -> str:
    if part.shape == "~entry":
        return part.values["per"]
    return "person" if part.counter in PERSONS else "event" * (part.counter in _BY_CASE)


def _rows(run: list[Part]) -> list[Part]:
    rows = []
    for part in run:
        if part.shape == "~entry":
            rows.append(part.turned("~entry", **part.values | {"per": _per(run[0])}))
            continue
        amount = part.values.get("unit", part.values.get("points"))
        applies = {key: part.values[key] for key in ("applies",) if key in part.values}
        for name in _names(part)[0]:
            made = part.turned(
                "~entry", name=name, points=amount, verb="lose", per=_per(run[0]), whole=part.what, **applies
            )  # fmt: skip
            made.what = ""
            rows.append(made)
    for before, after in pairwise(rows):
        after.sentence = before.sentence
    return rows
