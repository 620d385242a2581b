"""Posted inputs -> checked values, and stored values -> the inputs that would have posted them."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from portal.kit.normal import NARROW, Unclean, clean_line
from standards import conform
from standards.language import reader
from standards.rules.amounts import read_amount, show, write_amount
from standards.rules.observe import check_value, strays
from standards.rules.problems import ValueBad
from standards.rules.shapes import Bands, Measure, Rule
from standards.sheets import Line
from standards.shortfalls import band_of, exceptions, points_ranges

OTHER, PART, WHOLE, POINTS, REASON = "__other", "__part", "__whole", "__points", "__reason"
KEY, LEVEL, COUNT = "__key", "__level", "__count"
PANEL, VOTES = "__of_", "__for_"  # a class of judges or voters, a grade on its ballots
LONGEST = 300
MARKS = re.compile(r"[\s,，;；、]+")
GIVEN = Mapping[str, Sequence[str]]


def read(line: Line, post: GIVEN, prefix: str = "") -> tuple[dict[str, Any], dict[str, str]]:
    """(values of every typed measure, sentences by measure name in the reader's language).

    A measure with an error has no value; one without input takes its conforming value.
    """
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for measure in line.typed:
        try:
            values[measure.name] = _value(line.rule, measure, post, prefix + measure.name)
        except ValueBad as bad:
            errors[measure.name] = bad.say(reader())
    errors |= _judges(line, values, post, prefix)
    return {name: value for name, value in values.items() if name not in errors}, errors


def encode(line: Line, values: Mapping[str, Any], *, prefix: str = "") -> dict[str, list[str]]:
    """The inputs that `read` turns into these values; conforming measures leave theirs empty."""
    given: dict[str, list[str]] = {}
    for measure in line.typed:
        value = values.get(measure.name)
        if value is None or value == conform.best(line.rule, measure):
            continue
        for suffix, typed in WRITERS[measure.kind](line.rule, measure, value).items():
            given[prefix + measure.name + suffix] = typed
    return given


def is_taken(rule: Rule, measure: Measure) -> bool:
    """All the points a person may give here are deductions, so the form asks how much to take off."""
    ranges = points_ranges(rule, measure.name)
    return bool(ranges) and all(high <= 0 for _, high in ranges)


def _value(rule: Rule, measure: Measure, post: GIVEN, name: str) -> Any:
    value = READERS[measure.kind](rule, measure, post, name)
    if value is None:
        return conform.best(rule, measure)
    clean = check_value(measure, value)
    stray = strays(rule, measure, clean)
    if stray:
        raise _positive(rule, measure) if is_taken(rule, measure) else stray
    return clean


def _judges(line: Line, values: dict[str, Any], post: GIVEN, prefix: str) -> dict[str, str]:
    """Points that a band leaves to a person must be typed and lie in that band."""
    errors = {}
    for step in line.rule.steps:
        if not isinstance(step, Bands) or step.judge is None or step.measure not in values:
            continue
        band = band_of(step, line.rule.measure(step.measure), values[step.measure])
        judged = values.get(step.judge)
        if band is None or band.high is None or judged is None:
            continue
        if not band.low <= read_amount(judged["points"]) <= band.high:
            span = ValueBad(
                f"这一档的分值要在{show(band.low)}至{show(band.high)}之间。",
                f"In this band the points lie within {show(band.low)} to {show(band.high)}.",
            )
            errors[step.judge] = span.say(reader())
    return errors


def _positive(rule: Rule, measure: Measure) -> ValueBad:
    spans = [
        (show(min(abs(low), abs(high))), show(max(abs(low), abs(high))))
        for low, high in points_ranges(rule, measure.name)
    ]
    zh = "或".join(f"{low}至{high}" for low, high in spans)
    en = " or ".join(f"{low} to {high}" for low, high in spans)
    return ValueBad(f"扣分要在{zh}之间。", f"The points taken off must lie within {en}.")


def _typed(post: GIVEN, name: str) -> str:
    return next((text for raw in post.get(name, ()) if (text := _narrow(raw))), "")


def _narrow(text: str) -> str:
    return text.translate(NARROW).strip()


def _line(text: str) -> str:
    try:
        line = clean_line(text)
    except Unclean:
        raise ValueBad(
            "文字里有不能保存的字符，请重新输入。",
            "Some characters cannot be kept; type the text again.",
        )
    if len(line) > LONGEST:
        raise ValueBad(
            f"最多{LONGEST}字，现在{len(line)}字。",
            f"At most {LONGEST} characters; there are {len(line)} now.",
        )
    return line


def _whole(text: str) -> int | str:
    """A number, or the text itself so that the check refuses it with its own sentence."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 12 else text


def _read_flag(rule: Rule, measure: Measure, post: GIVEN, name: str) -> Any:
    return next(iter(exceptions(rule, measure)), None) if _typed(post, name) else None


def _read_count(rule: Rule, measure: Measure, post: GIVEN, name: str) -> Any:
    text = _typed(post, name + OTHER) or _typed(post, name)
    return _whole(text) if text else None


def _read_value(rule: Rule, measure: Measure, post: GIVEN, name: str) -> Any:
    return _typed(post, name) or None


def _read_ratio(rule: Rule, measure: Measure, post: GIVEN, name: str) -> Any:
    part, whole = (_typed(post, name + suffix) for suffix in (PART, WHOLE))
    if not part and not whole:
        return None
    value = check_value(measure, {"part": _whole(part), "whole": _whole(whole)})
    if not value["whole"]:
        raise ValueBad("总数要大于0。", "The whole must be more than 0.")
    return value


def _read_grade(rule: Rule, measure: Measure, post: GIVEN, name: str) -> Any:
    return next((key for key in post.get(name, ()) if key), None)


def _read_parts(rule: Rule, measure: Measure, post: GIVEN, name: str) -> Any:
    missing = [key for key in post.get(name, ()) if key]
    strange = [key for key in missing if key not in measure.keys]
    return strange or ([key for key in measure.keys if key not in missing] if missing else None)


def _read_points(rule: Rule, measure: Measure, post: GIVEN, name: str) -> Any:
    amount = _typed(post, name + POINTS)
    reason = _line(next(iter(post.get(name + REASON, ())), ""))
    if not amount and not reason:
        return None
    number = read_amount(amount)
    if number is not None and number > 0 and is_taken(rule, measure):
        amount = write_amount(-number)
    return {"points": amount, "reason": reason}


def _read_events(rule: Rule, measure: Measure, post: GIVEN, name: str) -> Any:
    keys, levels, counts = (list(post.get(name + suffix, ())) for suffix in (KEY, LEVEL, COUNT))
    events = []
    for at, (key, level) in enumerate(zip(keys, levels, strict=False)):
        if key.strip() or level:
            count = _narrow(counts[at]) if at < len(counts) else ""
            events.append({"key": _line(key), "level": level, "count": _whole(count or "1")})
    return events or None


def _read_marks(rule: Rule, measure: Measure, post: GIVEN, name: str) -> Any:
    typed = {panel.key: _typed(post, name + PANEL + panel.key) for panel in measure.classes}
    return {key: MARKS.split(text) for key, text in typed.items() if text} or None


def _read_ballots(rule: Rule, measure: Measure, post: GIVEN, name: str) -> Any:
    found: dict[str, dict[str, Any]] = {}
    for panel in measure.classes:
        for key in measure.keys:
            text = _typed(post, name + PANEL + panel.key + VOTES + key)
            if text:
                found.setdefault(panel.key, {})[key] = _whole(text)
    return found or None


def _write_flag(rule: Rule, measure: Measure, value: Any) -> dict[str, list[str]]:
    return {"": ["1"]}


def _write_count(rule: Rule, measure: Measure, value: Any) -> dict[str, list[str]]:
    offered = value in exceptions(rule, measure)
    return {"": [str(value)]} if offered else {OTHER: [str(value)]}


def _write_plain(rule: Rule, measure: Measure, value: Any) -> dict[str, list[str]]:
    return {"": [str(value)]}


def _write_ratio(rule: Rule, measure: Measure, value: Any) -> dict[str, list[str]]:
    return {PART: [str(value["part"])], WHOLE: [str(value["whole"])]}


def _write_parts(rule: Rule, measure: Measure, value: Any) -> dict[str, list[str]]:
    return {"": [key for key in measure.keys if key not in value]}


def _write_points(rule: Rule, measure: Measure, value: Any) -> dict[str, list[str]]:
    amount = value["points"].lstrip("-") if is_taken(rule, measure) else value["points"]
    return {POINTS: [amount], REASON: [value["reason"]]}


def _write_events(rule: Rule, measure: Measure, value: Any) -> dict[str, list[str]]:
    given = {
        KEY: [event["key"] for event in value],
        LEVEL: [event["level"] for event in value],
    }
    if any(event["count"] != 1 for event in value):
        given[COUNT] = [str(event["count"]) for event in value]
    return given


def _write_marks(rule: Rule, measure: Measure, value: Any) -> dict[str, list[str]]:
    return {PANEL + key: [" ".join(marks)] for key, marks in value.items()}


def _write_ballots(rule: Rule, measure: Measure, value: Any) -> dict[str, list[str]]:
    return {
        PANEL + panel + VOTES + key: [str(count)]
        for panel, votes in value.items()
        for key, count in votes.items()
    }


READERS: dict[str, Callable] = {
    "flag": _read_flag,
    "count": _read_count,
    "value": _read_value,
    "ratio": _read_ratio,
    "grade": _read_grade,
    "parts": _read_parts,
    "points": _read_points,
    "events": _read_events,
    "marks": _read_marks,
    "ballots": _read_ballots,
}
WRITERS: dict[str, Callable] = {
    "flag": _write_flag,
    "count": _write_count,
    "value": _write_plain,
    "ratio": _write_ratio,
    "grade": _write_plain,
    "parts": _write_parts,
    "points": _write_points,
    "events": _write_events,
    "marks": _write_marks,
    "ballots": _write_ballots,
}
