"""Which of the questions of interpretation a table leaves open: only these are asked at its import."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from standards.phrases import READ, WRITTEN
from standards.rules.options import QUESTIONS, Question

QUOTAS = ("名额", "比例", "不超过")
WITHOUT_CASE = ("不涉及", "没有的不", "无此项", "不适用", "不考核")


def open_questions(rows: Iterable[Mapping[str, Any]], notes: Iterable[str]) -> list[Question]:
    """`rows` of a preview with their readings; `notes` as printed below the table."""
    rows = list(rows)
    asked = set(_from_rules([row for row in rows if row.get("reading")]))
    text = "".join([*notes, *(str(row["values"].get("rule_text", "")) for row in rows)])
    if any(word in text for word in QUOTAS) and "等次" in text:
        asked.add("quota_rounding")
    if any(word in text for word in WITHOUT_CASE):
        asked.add("not_applicable")
    return [question for question in QUESTIONS if question.name in asked]


def _from_rules(rows: list[Mapping[str, Any]]) -> Iterator[str]:
    steps = [(row, step) for row in rows for step in _steps(row)]
    measures = [measure for row in rows for measure in (_rule(row) or {}).get("measures", [])]
    if any(_periodic(measure) for measure in measures):
        yield from ("frequency", "before_founding")
    for row, step in steps:
        yield from _from_step(row, step)
    labels = [measure.get("label") for measure in measures if measure.get("label")]
    if len(labels) != len(set(labels)):
        yield "one_problem"
    if any(str(row["values"].get("rule_text", "")) for row in rows) and steps:
        yield "restore"
    if any("." in str(step.get("unit", "")) for _row, step in steps):
        yield "tier_rounding"


def _from_step(row: Mapping[str, Any], step: Mapping[str, Any]) -> Iterator[str]:
    if step["shape"] == "step" and not step.get("credit"):
        if str(step.get("each", "1")) != "1" and not step.get("rounding"):
            yield "rounding"
        if not step.get("cap") and "扣完" not in row["reading"]["phrase"]:
            yield "below_zero"
    if step["shape"] == "judged":
        yield "clause_step"


def _periodic(measure: Mapping[str, Any]) -> bool:
    derived = measure.get("derive") or {}
    return bool(derived.get("per")) or "每" in str(measure.get("label", ""))


def _rule(row: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The rule that will count, or would if somebody said yes."""
    decided = row["reading"]["decision"] in (READ, WRITTEN)
    return row["values"].get("rule") if decided else row["reading"]["rule"]


def _steps(row: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return (_rule(row) or {}).get("steps", [])
