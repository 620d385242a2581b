"""What an answer given under one rule still says under another: measure by measure, by its name.

A plain 符合 holds under a changed rule where what conformed before is worth as much as what conforms
now; a bar that was raised has to be looked at again.
"""

from collections.abc import Mapping
from typing import Any

from standards.conform import best
from standards.rules.evaluate import Outcome, evaluate
from standards.rules.observe import check_value
from standards.rules.options import Options
from standards.rules.problems import ValueBad
from standards.rules.shapes import Measure
from standards.sheets import Line

WHOLE = ("grade", "parts", "marks", "ballots")


def carried(
    old: Line | None, new: Line, written: Mapping[str, Any], *, options: Options
) -> dict[str, Any] | None:
    """`written` (the measures that did not conform) under the new rule; None: it has to be answered again."""
    if old is None:
        return None
    if old.rule == new.rule:
        return dict(written)
    before = {measure.name: measure for measure in old.typed}
    if not all(is_alike(before.get(measure.name), measure) for measure in new.typed):
        return None
    kept = {m.name: fitted(m, written[m.name]) for m in new.typed if m.name in written}
    assumed = {
        m.name: fitted(m, old.conforming[m.name]) for m in new.typed if m.name not in written
    }
    now = outcome(new, kept | {name: new.conforming[name] for name in assumed}, options)
    then = outcome(new, kept | assumed, options)
    holds = then is not None and now is not None and worth(then) == worth(now)
    return kept if holds else None


def is_alike(old: Measure | None, new: Measure) -> bool:
    """Whether the same thing was observed: a part or grade that is new was never looked at."""
    if old is None or old.kind != new.kind:
        return False
    return new.kind not in WHOLE or set(new.keys) <= set(old.keys)


def fitted(measure: Measure, value: Any) -> Any:
    """A part nobody asks for any more drops out of what was ticked."""
    if measure.kind != "parts":
        return value
    return [key for key in value if key in measure.keys]


def outcome(line: Line, values: Mapping[str, Any], options: Options) -> Outcome | None:
    """None where the rule cannot take one of the values. Records are left as they should be."""
    derived = {measure.name: best(line.rule, measure) for measure in line.derived}
    try:
        for measure in line.typed:
            check_value(measure, values[measure.name])
    except ValueBad:
        return None
    found = evaluate(line.rule, maximum=line.maximum, values=derived | values, options=options)
    return None if found.points is None else found


def worth(found: Outcome) -> tuple:
    return found.points, found.gates, found.adjustments
