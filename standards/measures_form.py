"""The inputs of one clause under 有问题: quick buttons, how they are shown, what comes back.

An input left alone means that its measure conforms, so a form asks only about the exception.
Field names are `prefix + measure name`, with a suffix where one measure takes several inputs.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.kit import points as kit_points
from standards import conform
from standards.measures_read import (
    COUNT,
    KEY,
    LEVEL,
    OTHER,
    PANEL,
    PART,
    POINTS,
    REASON,
    VOTES,
    WHOLE,
    encode,
    is_taken,
    read,
)
from standards.rules.amounts import show
from standards.rules.labels import LEVELS, read_label
from standards.rules.shapes import Adjust, Measure, Panel, Rule, Step
from standards.sheets import Line
from standards.shortfalls import (
    cost,
    default_shortfall,
    exceptions,
    is_guard,
    judged_with,
    points_ranges,
)

__all__ = [
    "Button", "Question", "buttons", "cost", "default_shortfall", "is_conforming", "questions",
    "read",
]  # fmt: skip

GIVEN = Mapping[str, Sequence[str]]
LOCALES = {"zh": "zh-hans", "en": "en"}
EVENT_ROWS = 2


@dataclass(frozen=True)
class Button:
    """One quick choice. `name` is the measure; `value` is posted; `lost` in centi-points, None if open."""

    name: str
    value: str
    label: str
    lost: int | None = None
    checked: bool = False

    @property
    def price(self) -> str:
        return kit_points.signed(-self.lost) if self.lost else ""


@dataclass(frozen=True)
class Box:
    """A typed input beside the buttons; `kind` is number, text or choice."""

    name: str
    label: str
    kind: str = "number"
    value: str = ""
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Question:
    """One typed measure as the form asks for it. `control`: tick, pick or none for its buttons."""

    measure: str
    kind: str
    name: str
    label: str
    hint: str = ""
    is_guard: bool = False
    control: str = ""
    buttons: tuple[Button, ...] = ()
    boxes: tuple[Box, ...] = ()
    error: str = ""


def buttons(line: Line, lang: str) -> list[Button]:
    """Every quick choice of the line in `lang` (zh, en): short by one, two, three; missing parts; grades."""
    with override(LOCALES[lang]):
        return [button for m in line.typed for button in _buttons(line, m, lang)]


def questions(
    line: Line,
    lang: str,
    *,
    prefix: str = "",
    values: Mapping[str, Any] | None = None,
    post: GIVEN | None = None,
    errors: Mapping[str, str] | None = None,
) -> list[Question]:
    """What `standards/measures.html` renders. Shows `post` if given, else stored `values`."""
    given = encode(line, values or {}, prefix=prefix) if post is None else post
    with override(LOCALES[lang]):
        asked = [_question(line, m, lang, prefix=prefix, given=given) for m in line.typed]
    return [replace(q, error=(errors or {}).get(q.measure, "")) for q in asked]


def is_conforming(line: Line, values: Mapping[str, Any]) -> bool:
    """Nothing was pressed: the values say the same as one tap of 符合."""
    return dict(values) == conform.conforming(line.rule)


def _question(line: Line, measure: Measure, lang: str, *, prefix: str, given: GIVEN) -> Question:
    name = prefix + measure.name
    chosen = given.get(name, ())
    offered = [replace(b, checked=b.value in chosen) for b in _buttons(line, measure, lang)]
    control = CONTROLS.get(measure.kind, "")
    if control == "pick":
        touched = given.get(name + OTHER) or any(button.checked for button in offered)
        none = Button(measure.name, "", _("No problem"), checked=not touched)
        offered.insert(0, none)
    boxes = BOXES[measure.kind](line.rule, measure, lang) if measure.kind in BOXES else ()
    return Question(
        measure=measure.name,
        kind=measure.kind,
        name=name,
        label=measure.label_en if lang == "en" and measure.label_en else measure.label,
        hint=_hint(line.rule, measure),
        is_guard=is_guard(line.rule, measure),
        control=control,
        buttons=tuple(offered),
        boxes=tuple(_filled(boxes * _rows(measure, name, given), name=name, given=given)),
    )


def _rows(measure: Measure, name: str, given: GIVEN) -> int:
    """Events are a list: always one row more than are filled, and two to begin with."""
    filled = len(given.get(name + KEY, ()))
    return max(EVENT_ROWS, filled + 1) if measure.kind == "events" else 1


def _filled(boxes: Sequence[Box], *, name: str, given: GIVEN) -> Iterator[Box]:
    """Boxes of one name are rows of a list: each takes its own place in the posted list."""
    seen: dict[str, int] = {}
    for box in boxes:
        full = name + box.name
        at = seen.get(full, 0)
        seen[full] = at + 1
        posted = given.get(full, ())
        yield replace(box, name=full, value=posted[at] if at < len(posted) else "")


def _buttons(line: Line, measure: Measure, lang: str) -> list[Button]:
    if measure.kind not in CONTROLS:
        return []
    if measure.kind == "grade":
        return [_grade(line, measure, key, lang) for key in measure.keys]
    if measure.kind == "parts":
        return [_part(line, measure, key, lang) for key in measure.keys]
    return [_exception(line, measure, value, lang) for value in exceptions(line.rule, measure)]


def _grade(line: Line, measure: Measure, key: str, lang: str) -> Button:
    return _button(line, measure, key, key, _word(measure, key, lang))


def _part(line: Line, measure: Measure, key: str, lang: str) -> Button:
    rest = [other for other in measure.keys if other != key]
    return _button(line, measure, rest, key, _word(measure, key, lang))


def _exception(line: Line, measure: Measure, value: Any, lang: str) -> Button:
    if measure.kind == "flag":
        label = _("This is the case") if value else _("Does not meet this")
        return _button(line, measure, value, "1", label)
    return _button(line, measure, value, str(value), _count_label(line.rule, measure, value, lang))


def _button(line: Line, measure: Measure, value: Any, posted: str, label: str) -> Button:
    seen = {measure.name: value, **judged_with(line.rule, measure, value)}
    return Button(measure.name, posted, label, lost=cost(line, seen))


def _word(measure: Measure, key: str, lang: str) -> str:
    choice = measure.choice(key)
    return (choice.label_en if lang == "en" else "") or choice.label or key


def _count_label(rule: Rule, measure: Measure, value: int, lang: str) -> str:
    """少开2次, 3人; against a target 差1次 or 超1次."""
    target = next(
        (
            step.target
            for step in rule.steps
            if isinstance(step, Step) and step.measure == measure.name and step.target is not None
        ),
        None,
    )
    words = read_label(measure)
    unit = words.counter if lang == "zh" else ""
    if target is None:
        return f"{words.verb if lang == 'zh' else ''}{value}{unit}"
    away = {"number": show(abs(target - value)), "unit": unit}
    if value < target:
        return _("Short by %(number)s%(unit)s") % away
    return _("Over by %(number)s%(unit)s") % away


def _hint(rule: Rule, measure: Measure) -> str:
    if measure.kind == "parts":
        return _("Tick what is missing")
    if measure.kind == "marks":
        return _("Several marks of one class stand side by side, with spaces between")
    if measure.kind != "points":
        return ""
    ranges = points_ranges(rule, measure.name)
    taken = is_taken(rule, measure)
    spans = [sorted((abs(low), abs(high))) if taken else (low, high) for low, high in ranges]
    return " / ".join(
        _("%(low)s to %(high)s points") % {"low": show(low), "high": show(high)}
        for low, high in spans
    )


def _number_boxes(rule: Rule, measure: Measure, lang: str) -> tuple[Box, ...]:
    return (Box(OTHER, _("Other number")),)


def _value_boxes(rule: Rule, measure: Measure, lang: str) -> tuple[Box, ...]:
    return (Box("", _("Observed")),)


def _ratio_boxes(rule: Rule, measure: Measure, lang: str) -> tuple[Box, ...]:
    """满意票数与收回票数 names its two numbers."""
    label = measure.label
    two = label.split("与") if lang == "zh" and label.count("与") == 1 else []
    part, whole = two or (_("Part"), _("Whole"))
    return (Box(PART, part), Box(WHOLE, whole))


def _points_boxes(rule: Rule, measure: Measure, lang: str) -> tuple[Box, ...]:
    word = _("Points taken off") if is_taken(rule, measure) else _("Points given")
    return (Box(POINTS, word), Box(REASON, _("Reason for the points"), "text"))


def _event_boxes(rule: Rule, measure: Measure, lang: str) -> tuple[Box, ...]:
    step = next(s for s in rule.steps if isinstance(s, Adjust) and s.measure == measure.name)
    at = 0 if lang == "zh" else 1
    levels = tuple(
        (
            level,
            f"{LEVELS[level][at] if level in LEVELS else level} {kit_points.signed(int(worth * 100))}",
        )
        for level, worth in step.table
    )
    row = (
        Box(KEY, _("What it is about"), "text"),
        Box(LEVEL, _("Level"), "choice", choices=levels),
    )
    if step.per == "person":
        row += (Box(COUNT, _("Persons")),)
    return row


def _mark_boxes(rule: Rule, measure: Measure, lang: str) -> tuple[Box, ...]:
    """One box for each class of judges; its marks stand side by side."""
    return tuple(
        Box(PANEL + panel.key, _("Marks of %(name)s") % {"name": _named(panel, lang)}, "text")
        for panel in measure.classes
    )


def _ballot_boxes(rule: Rule, measure: Measure, lang: str) -> tuple[Box, ...]:
    return tuple(
        Box(
            PANEL + panel.key + VOTES + key,
            _("%(name)s: votes for “%(grade)s”")
            % {"name": _named(panel, lang), "grade": _word(measure, key, lang)},
        )
        for panel in measure.classes
        for key in measure.keys
    )


def _named(panel: Panel, lang: str) -> str:
    return (panel.label_en if lang == "en" else "") or panel.label or panel.key


CONTROLS = {"flag": "tick", "parts": "tick", "count": "pick", "grade": "pick"}
BOXES = {
    "count": _number_boxes,
    "value": _value_boxes,
    "ratio": _ratio_boxes,
    "points": _points_boxes,
    "events": _event_boxes,
    "marks": _mark_boxes,
    "ballots": _ballot_boxes,
}
