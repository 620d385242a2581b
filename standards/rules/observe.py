"""What may be observed: clean values for storage, their exact form for arithmetic, and meetings short.

A clean value is plain JSON in one spelling, so that two rows with the same answer are equal.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache

from standards.rules.aggregating import aggregate
from standards.rules.amounts import read_amount, show, write_amount
from standards.rules.options import Options
from standards.rules.problems import ValueBad
from standards.rules.shapes import Adjust, Bands, Judged, Measure, Rule

LARGEST = 10**9
MOST_MARKS = 200
MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


def check_value(measure: Measure, value: object) -> object:
    """The clean value, None for "not observed", or ValueBad with a sentence for the form."""
    return None if value is None else _CHECKS[measure.kind](measure, value)


def _flag(measure: Measure, value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueBad("请选择“是”或“否”。", "Choose yes or no.")
    return value


def _count(measure: Measure, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LARGEST:
        raise ValueBad("请填不小于0的整数。", "Give a whole number, 0 or more.")
    return value


def _ratio(measure: Measure, value: object) -> dict[str, int]:
    if not isinstance(value, dict) or set(value) != {"part", "whole"}:
        raise ValueBad("请填分子和分母两个数。", "Give two numbers: the part and the whole.")
    return {"part": _count(measure, value["part"]), "whole": _count(measure, value["whole"])}


def _value(measure: Measure, value: object) -> str:
    amount = read_amount(value)
    if amount is None:
        raise ValueBad("请填数字，如 12 或 12.5。", "Give a number such as 12 or 12.5.")
    return write_amount(amount)


def _grade(measure: Measure, value: object) -> str:
    if not isinstance(value, str) or value not in measure.keys:
        raise ValueBad("请从列出的等级中选择。", "Choose one of the listed grades.")
    return value


def _parts(measure: Measure, value: object) -> list[str]:
    if not isinstance(value, list) or any(
        not isinstance(key, str) or key not in measure.keys for key in value
    ):
        raise ValueBad("请只勾选列出的要素。", "Tick listed parts only.")
    return [key for key in measure.keys if key in value]


def _points(measure: Measure, value: object) -> dict[str, str]:
    if not isinstance(value, dict) or not set(value) <= {"points", "reason"}:
        raise ValueBad("请填分值和理由。", "Give points and a reason.")
    amount = read_amount(value.get("points"))
    if amount is None:
        raise ValueBad(
            "分值请填数字，如 2 或 -0.5。", "Give the points as a number such as 2 or -0.5."
        )
    reason = value.get("reason")
    if not isinstance(reason, str) or not reason.strip():
        raise ValueBad("人工评分要写明理由。", "Points given by a person need a reason.")
    return {"points": write_amount(amount), "reason": reason.strip()}


def _events(measure: Measure, value: object) -> list[dict[str, object]]:
    if not isinstance(value, list):
        raise ValueBad("请逐项列出事项。", "List the events.")
    return [_event(measure, event) for event in value]


def _event(measure: Measure, event: object) -> dict[str, object]:
    if not isinstance(event, dict) or not {"key", "level"} <= set(event) <= {
        "key",
        "level",
        "count",
    }:
        raise ValueBad("每个事项要有编号和级别。", "Every event needs a key and a level.")
    for name in ("key", "level"):
        if not isinstance(event[name], str) or not event[name].strip():
            raise ValueBad(
                "事项的编号和级别不能空着。", "The key and level of an event cannot be empty."
            )
    count = _count(measure, event.get("count", 1))
    return {"key": event["key"].strip(), "level": event["level"].strip(), "count": count}


def _marks(measure: Measure, value: object) -> dict[str, list[str]]:
    known = [panel.key for panel in measure.classes]
    if not isinstance(value, dict) or not set(value) <= set(known):
        raise ValueBad("请分类填写评分。", "Give the marks class by class.")
    found = {key: _marks_of(value[key]) for key in known if key in value}
    return {key: marks for key, marks in found.items() if marks}


def _marks_of(marks: object) -> list[str]:
    if not isinstance(marks, list) or len(marks) > MOST_MARKS:
        raise ValueBad(f"评分最多{MOST_MARKS}个。", f"At most {MOST_MARKS} marks.")
    amounts = [read_amount(mark) for mark in marks]
    if None in amounts:
        raise ValueBad(
            "评分请填数字，几个分数之间用空格隔开。", "Give the marks as numbers, spaces between."
        )
    return [write_amount(amount) for amount in amounts]


def _ballots(measure: Measure, value: object) -> dict[str, dict[str, int]]:
    known = [panel.key for panel in measure.classes]
    if not isinstance(value, dict) or not set(value) <= set(known):
        raise ValueBad("请分类填写票数。", "Give the votes class by class.")
    found = {key: _votes_of(measure, value[key]) for key in known if key in value}
    return {key: votes for key, votes in found.items() if votes}


def _votes_of(measure: Measure, votes: object) -> dict[str, int]:
    if not isinstance(votes, dict) or not set(votes) <= set(measure.keys):
        raise ValueBad("请只填列出的各档票数。", "Give votes for the listed grades only.")
    counted = {key: _count(measure, votes[key]) for key in measure.keys if key in votes}
    return {key: count for key, count in counted.items() if count}


_CHECKS = {
    "flag": _flag,
    "count": _count,
    "ratio": _ratio,
    "value": _value,
    "grade": _grade,
    "parts": _parts,
    "points": _points,
    "events": _events,
    "marks": _marks,
    "ballots": _ballots,
}


def exact(measure: Measure, value: object) -> object | None:
    """A clean value for arithmetic (Fraction, bool, key, set of keys, events); None = not observed."""
    if value is None:
        return None
    if measure.kind == "ratio":
        return Fraction(100 * value["part"], value["whole"]) if value["whole"] else None
    if measure.kind in ("count", "value"):
        return Fraction(value)
    if measure.kind == "points":
        return Fraction(value["points"])
    if measure.kind in ("marks", "ballots"):
        return aggregate(measure, value)
    return frozenset(value) if measure.kind == "parts" else value


def strays(rule: Rule, measure: Measure, value: object) -> ValueBad | None:
    """Why a clean value cannot be used by this rule: points outside every range, an unknown level.

    Forms raise it; `evaluate` takes such a value as not observed.
    """
    if value is None or measure.kind not in ("points", "events"):
        return None
    return (
        _stray_points(rule, measure, value)
        if measure.kind == "points"
        else _stray_level(rule, measure, value)
    )


def _stray_points(rule: Rule, measure: Measure, value: dict[str, str]) -> ValueBad | None:
    points = Fraction(value["points"])
    ranges = _ranges(rule, measure.name)
    if not ranges or any(low <= points <= high for low, high in ranges):
        return None
    zh = "或".join(f"{show(low)}至{show(high)}" for low, high in ranges)
    en = " or ".join(f"{show(low)} to {show(high)}" for low, high in ranges)
    return ValueBad(f"分值要在{zh}之间。", f"The points must lie within {en}.")


def _ranges(rule: Rule, name: str) -> list[tuple[Fraction, Fraction]]:
    judged = [
        (step.low, step.high)
        for step in rule.steps
        if isinstance(step, Judged) and step.measure == name
    ]
    steps = [step for step in rule.steps if isinstance(step, Bands) and step.judge == name]
    return judged + [
        (band.low, band.high) for step in steps for band in step.bands if band.high is not None
    ]


def _stray_level(rule: Rule, measure: Measure, value: list[dict]) -> ValueBad | None:
    tables = [
        dict(step.table)
        for step in rule.steps
        if isinstance(step, Adjust) and step.measure == measure.name
    ]
    for event in value:
        if any(event["level"] not in table for table in tables):
            return ValueBad(
                f"加减分表里没有“{event['level']}”这一级。",
                f"The table has no level “{event['level']}”.",
            )
    return None


@dataclass(frozen=True)
class Meeting:
    """One held event; `kinds` begins with its main kind."""

    on: date
    kinds: tuple[str, ...]
    below_quorum: bool = False


def held(meetings: Iterable[Meeting], *, kind: str, options: Options) -> dict[date, int]:
    """Meetings of a kind by the first day of their month, under options k and l."""
    counts: Counter[date] = Counter()
    for meeting in meetings:
        kinds = meeting.kinds if options.many_kinds else meeting.kinds[:1]
        if kind in kinds and (options.below_quorum or not meeting.below_quorum):
            counts[meeting.on.replace(day=1)] += 1
    return dict(counts)


def shortfall(
    held: Mapping[date, int],
    *,
    per: str,
    need: int,
    first: date,
    last: date,
    founded_on: date | None,
    options: Options,
) -> int:
    """Meetings short of `need` in every whole period from `first` to `last`.

    `held` counts meetings by the first day of their month, already chosen under options k and l.
    Periods run from the month of `first`; one that has not ended by `last` is not yet owed, and
    one that ended before the founding is skipped under option e.
    """
    periods = _periods(first, last, MONTHS[per])
    if founded_on is not None and options.before_founding == "skip":
        periods = tuple(months for months in periods if _next(months[-1]) > founded_on)
    sums = [sum(held.get(month, 0) for month in months) for months in periods]
    if options.frequency == "total":
        return max(0, need * len(sums) - sum(sums))
    return sum(max(0, need - count) for count in sums)


@lru_cache(maxsize=64)
def _periods(first: date, last: date, size: int) -> tuple[tuple[date, ...], ...]:
    """Asked for every branch of a cycle, answered once."""
    periods: list[tuple[date, ...]] = []
    month = first.replace(day=1)
    while True:
        months = [month]
        while len(months) < size:
            months.append(_next(months[-1]))
        month = _next(months[-1])
        if (month - last).days > 1:
            return tuple(periods)
        periods.append(tuple(months))


def _next(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)
