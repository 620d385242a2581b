"""Conditions of a rule and what a gate does, in Chinese."""

from fractions import Fraction

from standards.rules import shapes
from standards.rules.amounts import show
from standards.rules.labels import Label, read_label
from standards.rules.wording import Clause


def measured(number: Fraction, label: Label) -> str:
    return f"{show(number)}{label.counter}"


def effect(hit: shapes.Gate, clause: Clause) -> str:
    tier, chapter = clause.name(hit.tier), clause.name(hit.chapter)
    return {
        "fail": "一票否决，不得评为达标",
        "cap_tier": f"等次不得高于“{tier}”",
        "force_tier": f"等次直接定为“{tier}”",
        "not_graded": "不定等次",
        "zero_group": f"“{chapter}”一章记0分",
        "grant_tier": f"等次不低于“{tier}”",
    }[hit.effect]


def condition(step: shapes.ZeroIf | shapes.Gate, clause: Clause) -> str:
    if step.when.parts:
        word = "，或者" if step.when.test == "any" else "，并且"
        return word.join(_part(part, clause) for part in step.when.parts)
    return _single(clause.measure(step), step.when)


def _part(when: shapes.When, clause: Clause) -> str:
    """One of several conditions; a group of its own in brackets."""
    if not when.parts:
        return _single(clause.rule.measure(when.measure), when)
    word = "或" if when.test == "any" else "且"
    return f"（{word.join(_part(part, clause) for part in when.parts)}）"


def _single(measure: shapes.Measure, when: shapes.When) -> str:
    name = measure.label or measure.name
    if when.test == "missing":
        part = measure.choice(when.value)
        return f"{name}缺“{part.label or part.key}”"
    if when.test == "missing_count":
        return f"{name}缺{when.value}项及以上要素"
    if when.test == "op":
        return _compared(measure, when)
    if isinstance(when.value, str):
        grade = measure.choice(when.value)
        return f"{name}为“{grade.label or grade.key}”"
    return name.removesuffix("的") if when.value else f"未达到“{name}”要求"


def _compared(measure: shapes.Measure, when: shapes.When) -> str:
    label, value = read_label(measure), when.value
    if measure.kind == "count" and value.denominator == 1 and when.op in (">", ">="):
        least = measured(value + 1 if when.op == ">" else value, label)
        if not label.stem.endswith("的"):
            return f"{label.stem}{least}及以上{label.note}"
        return f"{label.whole}达到{least}"
    bound = measured(value, label)
    words = {
        ">": f"超过{bound}",
        ">=": f"达到{bound}及以上",
        "<": f"低于{bound}",
        "<=": f"在{bound}及以下",
        "=": f"为{bound}",
    }
    return f"{label.whole}{words[when.op]}"
