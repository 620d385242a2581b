"""A stored rule as the sentences of a 评分细则, wherever reading these gives the very rule again."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from standards.phrases import SURE
from standards.reading import phrase
from standards.rules.explain import describe
from standards.rules.parse import parse
from standards.rules.problems import RuleError
from standards.rules.shapes import Rule

WORDS = ("label", "label_en")


def prose(rule: Mapping[str, Any], *, maximum: int, demand: str, printed: str = "") -> str:
    """In Chinese; empty where the reader would not come back to the rule. `maximum` in hundredths, 0: none.

    `printed`: the rule as the county's table has it, tried where the canonical sentences do not lead back.
    """
    canonical = "".join(describe(parse(rule), maximum=maximum, lang="zh"))
    points = Fraction(maximum, 100) if maximum else None
    for text in filter(None, (canonical, printed)):
        again = phrase.read(text, points, demand)
        is_sure = again.rule is not None and again.confidence >= SURE
        if is_sure and bare(as_named(again.rule, rule)) == bare(rule):
            return text
    return ""


def as_named(rule: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """A rule read again keeps the names and sources of its measures, and so what was answered to them."""
    new, old = rule.get("measures", []), before.get("measures", [])
    if [each["kind"] for each in new] != [each["kind"] for each in old]:
        return dict(rule)
    names = {one["name"]: other["name"] for one, other in zip(new, old, strict=True)}
    keys = {one["name"]: keys_of(one, other) for one, other in zip(new, old, strict=True)}
    measures = [
        kept(swapped(one, names | keys[one["name"]]), other, {"derive"})
        for one, other in zip(new, old, strict=True)
    ]
    steps = [swapped(step, names | keys.get(step.get("measure", ""), {})) for step in rule["steps"]]
    return {**rule, "measures": list(measures), "steps": list(alike(steps, before["steps"]))}


def keys_of(new: Mapping[str, Any], old: Mapping[str, Any]) -> dict[str, str]:
    """Parts and grades keep their keys as long as there are as many."""
    found: dict[str, str] = {}
    for name in ("parts", "grades"):
        one, other = new.get(name, []), old.get(name, [])
        if len(one) == len(other):
            found |= {a["key"]: b["key"] for a, b in zip(one, other, strict=True)}
    return found


def swapped(data: Any, names: Mapping[str, str]) -> Any:
    """The names replaced wherever they stand, but for the words people read."""
    if isinstance(data, list):
        return [swapped(one, names) for one in data]
    if isinstance(data, dict):
        return {
            names.get(key, key): value if key in WORDS else swapped(value, names)
            for key, value in data.items()
        }
    return names.get(data, data) if isinstance(data, str) else data


def kept(new: dict[str, Any], old: Mapping[str, Any], which: Iterable[str]) -> dict[str, Any]:
    """With what only the old one says; its words as long as they still name the same."""
    said = {key: old[key] for key in which if key in old and key not in new}
    words = {word: old[word] for word in WORDS if word in old}
    return new | said | (words if new.get("label") == old.get("label") else {})


def alike(new: list[dict[str, Any]], old: list[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    """Steps of the same shapes in the same order keep their own words."""
    if [step["shape"] for step in new] != [step["shape"] for step in old]:
        return new
    return (kept(one, other, WORDS) for one, other in zip(new, old, strict=True))


def bare(rule: Mapping[str, Any]) -> Rule | None:
    """Without the words of its measures, their parts and grades, which the reader makes anew."""
    try:
        return parse({**rule, "measures": wordless(rule.get("measures", []))})
    except RuleError:
        return None


def wordless(data: Any) -> Any:
    if isinstance(data, list):
        return [wordless(one) for one in data]
    if isinstance(data, dict):
        return {key: wordless(value) for key, value in data.items() if key not in WORDS}
    return data
