"""Conditions: of a step on what was observed, of a clause on the facts of a branch."""

import operator
from collections.abc import Iterable, Mapping
from fractions import Fraction

from standards.rules.amounts import read_amount
from standards.rules.problems import Problem
from standards.rules.schema import OPS
from standards.rules.shapes import Measure, When

COMPARE = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
}


def holds(when: When, measure: Measure, seen: object) -> bool:
    """`seen` is exact (`observe.exact`) and not None."""
    if when.test == "op":
        return COMPARE[when.op](seen, when.value)
    if when.test == "is":
        return seen == when.value
    if when.test == "missing":
        return when.value not in seen
    return len(measure.keys) - len(seen) >= when.value


def truth(
    when: When, measure: str, *, measures: Mapping[str, Measure], seen: Mapping[str, object]
) -> bool | None:
    """True, False, or None while what is not answered could still decide it."""
    if not when.parts:
        value = seen[measure]
        return None if value is None else bool(holds(when, measures[measure], value))
    found = [truth(part, part.measure, measures=measures, seen=seen) for part in when.parts]
    settled = when.test == "any"
    if settled in found:
        return settled
    return None if None in found else not settled


def applies(conditions: Iterable[Mapping[str, object]], facts: Mapping[str, object]) -> bool:
    """All conditions hold; none at all means always. An unknown fact never holds."""
    return all(_fact_holds(condition, facts.get(condition["fact"])) for condition in conditions)


def _fact_holds(condition: Mapping[str, object], fact: object) -> bool:
    number, bound = _number(fact), _number(condition["value"])
    if number is not None and bound is not None:
        return COMPARE[condition["op"]](number, bound)
    return (
        condition["op"] == "="
        and type(fact) is type(condition["value"])
        and fact == condition["value"]
    )


def _number(value: object) -> Fraction | None:
    return read_amount(value)


def check_applies(data: object) -> list[Problem]:
    """What is wrong with `Clause.applies`; texts and true/false can only be compared with "="."""
    if not isinstance(data, list):
        return [Problem("$", "适用条件应为列表。", "Conditions are a list.")]
    return [
        problem
        for index, item in enumerate(data)
        for problem in _check_condition(item, f"$[{index}]")
    ]


def _check_condition(item: object, path: str) -> list[Problem]:
    if (
        not isinstance(item, dict)
        or set(item) != {"fact", "op", "value"}
        or not isinstance(item["fact"], str)
    ):
        return [
            Problem(
                path, "每个适用条件写 fact、op、value 三项。", "A condition has fact, op and value."
            )
        ]
    if item["op"] not in OPS:
        listed = " ".join(OPS)
        return [
            Problem(f"{path}.op", f"比较符只能是：{listed}。", f"“op” must be one of: {listed}.")
        ]
    if read_amount(item["value"]) is None and (
        item["op"] != "=" or not isinstance(item["value"], str | bool)
    ):
        return [
            Problem(f"{path}.value", "只有数字能比较大小。", "Only numbers can be more or less.")
        ]
    return []
