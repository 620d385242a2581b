"""Trying a rule out: what somebody might observe -> the points and why. Stores nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from portal.kit import points
from standards.language import reader
from standards.measures_form import Question, questions, read
from standards.rules.evaluate import evaluate
from standards.rules.explain import account
from standards.rules.options import Options
from standards.sheets import Line


@dataclass(frozen=True)
class Trial:
    questions: list[Question]
    points: str
    maximum: str
    reasons: list[str]


def trial(
    line: Line, given: Mapping[str, Sequence[str]], *, options: Options, names: Mapping[str, str]
) -> Trial:
    """Measures that records would give are asked for as well."""
    open_line = asking_everything(line)
    values, errors = read(open_line, given, PREFIX)
    rule = open_line.rule
    outcome = evaluate(rule, maximum=line.maximum, values=values, options=options)
    reasons = account(
        rule, outcome, maximum=line.maximum, values=values, lang=reader(), names=names
    )
    return Trial(
        questions=questions(open_line, reader(), prefix=PREFIX, post=given, errors=errors),
        points=points.show(outcome.points),
        maximum=points.show(line.maximum),
        reasons=[] if errors else reasons,
    )


PREFIX = "m-"


def asking_everything(line: Line) -> Line:
    measures = tuple(replace(measure, derive=None) for measure in line.rule.measures)
    return replace(line, rule=replace(line.rule, measures=measures))
