"""What a phrase became, between the reading and the rule of a clause: what fits this edition, and who decided.

A reading is kept as plain data beside its row in the preview:
phrase, rule (or None), confidence, reason, kind and cap of its group, decision.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from portal.kit.normal import folded
from standards.issuing import rule_problems
from standards.reading import phrase
from standards.reading.tabletext import BONUS_KIND, PLAIN
from standards.rules.amounts import write_amount
from standards.rules.parse import canonical
from standards.rules.problems import RuleError

READ, PERSON, WRITTEN = "read", "person", "written"
# Below this a person says yes before the rule counts: nothing is guessed silently.
SURE = 0.9
# Centi-points of a clause whose points are still to be given.
HUNDRED = 10_000


@dataclass(frozen=True)
class Frame:
    """What rules may name: label -> key of the edition's tiers, title -> key of its chapters."""

    tiers: Mapping[str, str]
    chapters: Mapping[str, str]

    @classmethod
    def of(cls, tiers: Iterable[Mapping[str, Any]], chapters: Mapping[str, str]) -> "Frame":
        return cls({folded(tier["label"]): tier["key"] for tier in tiers}, chapters)


def maxima(row: Mapping[str, Any]) -> list[int]:
    """What the clause of a row is worth, in centi-points; fields may differ."""
    return sorted(set((row["points"] or row.get("carries") or {}).values()))


def kept(
    reading: phrase.Reading, *, frame: Frame, maxima: Collection[int], kind: str = PLAIN, cap: int | None = None
) -> dict[str, Any]:  # fmt: skip
    """`cap`: centi-points a line of a bonus list may bring, None when the table does not say."""
    rule, why = _fitted(reading, frame=frame, maxima=maxima, kind=kind, cap=cap)
    confidence = reading.confidence if rule is not None else 0.0
    return {
        "phrase": reading.phrase,
        "rule": rule,
        "confidence": confidence,
        "reason": why or reading.reason,
        "kind": kind,
        "cap": cap,
        "decision": READ if confidence >= SURE else PERSON,
    }


def again(
    words: str, old: Mapping[str, Any], *, frame: Frame, maxima: Collection[int], subject: str = ""
) -> dict[str, Any]:
    """The phrase as a person has put it right; `subject` is the text of its clause."""
    most = max(maxima, default=0) or old["cap"] or 0
    reading = phrase.read(words, Fraction(most, 100) if most else None, subject)
    return kept(reading, frame=frame, maxima=maxima, kind=old["kind"], cap=old["cap"])


def _fitted(
    reading: phrase.Reading, *, frame: Frame, maxima: Collection[int], kind: str, cap: int | None
) -> tuple[dict | None, str]:
    """The rule in the words of this edition, or why a person has to judge."""
    if reading.rule is None or not reading.confidence:
        return None, ""
    rule, why = _named(reading.rule, frame)
    if rule is not None and (kind == BONUS_KIND or (kind != PLAIN and _earns(rule))):
        rule, why = _above_zero(rule, cap)
    if rule is None:
        return None, why
    try:
        rule = canonical(rule)
    except RuleError as wrong:
        return None, "；".join(problem.zh for problem in wrong.problems)
    problems = rule_problems(
        rule,
        maxima=sorted(maxima),
        tiers=set(frame.tiers.values()),
        chapters=set(frame.chapters.values()),
    )
    if problems and kind == PLAIN and not maxima:
        return None, "先填分值，再按分值识别"
    return (None, "；".join(dict.fromkeys(p.zh for p in problems))) if problems else (rule, "")


def _named(rule: Mapping[str, Any], frame: Frame) -> tuple[dict | None, str]:
    """Tiers and chapters by their keys; a table speaks of them by their names."""
    steps = []
    for step in rule["steps"]:
        step = dict(step)
        for name, keys, what in (
            ("tier", frame.tiers, "等次"),
            ("chapter", frame.chapters, "章节"),
        ):
            label = step.get(name)
            if label is not None and label not in keys.values():
                if folded(label) not in keys:
                    return None, f"{what}中没有“{label}”，请先增设"
                step[name] = keys[folded(label)]
        steps.append(step)
    return {**rule, "steps": steps}, ""


def _earns(rule: Mapping[str, Any]) -> bool:
    """加分项、扣分项和一票否决项 under one heading: each line says which it is."""
    return any(step.get("credit") for step in rule["steps"])


def _above_zero(rule: Mapping[str, Any], cap: int | None) -> tuple[dict | None, str]:
    """A line of a bonus list carries no points of its own; what it may bring lies above."""
    inside = [
        step
        for step in rule["steps"]
        if step["shape"] not in ("gate", "adjust") or step.get("inside")
    ]
    if not inside or rule.get("over", "") is None or rule.get("over"):
        return dict(rule), ""
    caps = [Fraction(step["cap"]) for step in inside if step.get("cap")]
    most = Fraction(cap, 100) if cap else sum(caps)
    if not most:
        return None, "没有写明最多加几分"
    return {**rule, "start": "zero", "over": write_amount(most)}, ""
