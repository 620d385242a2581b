"""Natural exceptions of a clause, made from its own measures: short by one, a part missing, points off."""

from collections.abc import Iterator
from dataclasses import dataclass

from standards.conform import best, conforming
from standards.rules.evaluate import evaluate
from standards.rules.options import Options
from standards.rules.shapes import Binary, Judged, Measure, Parts, Step
from standards.sheets import Line

Values = dict[str, object]


@dataclass(frozen=True)
class Flaw:
    """An exception of one clause: what is observed, what it costs, how the filer words it."""

    key: str
    values: Values
    loss: int
    remark: str


def flaws_in(line: Line, options: Options) -> list[Flaw]:
    """Smaller and larger exceptions, those that cost something."""
    neutral = {m.name: best(line.rule, m) for m in line.rule.measures}
    rows = []
    for n, values in enumerate(exceptions(line)):
        outcome = evaluate(
            line.rule, maximum=line.maximum, values=neutral | values, options=options
        )
        if outcome.lost:
            rows.append(
                Flaw(
                    line.key, conforming(line.rule) | values, outcome.lost, worded(line, values, n)
                )
            )
    return rows


def worded(line: Line, values: Values, n: int) -> str:
    """What is missing by name, so that the words beside a loss never say something else than it; a usual phrase else."""
    missing = [name for key, kept in values.items() for name in left_out(line, key, kept)]
    return f"缺{'、'.join(missing)}" if missing else phrase(line, n)


def left_out(line: Line, name: str, kept: object) -> list[str]:
    if not isinstance(kept, list):
        return []
    return [choice.label for choice in line.rule.measure(name).choices if choice.key not in kept]


def phrase(line: Line, n: int) -> str:
    return line.phrases[n % len(line.phrases)] if line.phrases else line.text[:20]


def exceptions(line: Line) -> Iterator[Values]:
    for step in line.rule.steps:
        if type(step) in SHORT:
            measure = line.rule.measure(step.measure)
            if measure.derive is None:
                yield from ({measure.name: value} for value in SHORT[type(step)](step, measure))


def short_step(step: Step, measure: Measure) -> list[object]:
    return [1, 2, 3] if measure.kind == "count" else []


def short_parts(step: Parts, measure: Measure) -> list[object]:
    keys = list(measure.keys)
    return [keys[1:], keys[2:], keys[3:]]


def short_binary(step: Binary, measure: Measure) -> list[object]:
    return [step.fault]


def short_judged(step: Judged, measure: Measure) -> list[object]:
    if step.low >= 0:
        return []
    return [
        {"points": "-1", "reason": "实事办理进度慢于承诺"},
        {"points": f"{float(step.low):g}", "reason": "承诺事项未办"},
    ]


SHORT = {Step: short_step, Parts: short_parts, Binary: short_binary, Judged: short_judged}
