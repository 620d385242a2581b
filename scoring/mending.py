"""The same sheet with some lines made full or some barriers taken away: what would then come of it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from scoring.sums import Composed, Line, Sheet
from standards.rules.outcome import GateHit, Outcome

CONDITIONS = ("total", "fact", "figure", "component")


@dataclass(frozen=True)
class Item:
    """One thing to mend: a line, or all lines with one problem. `lost` is what the line counts less
    than full, `unjudged` that nobody has judged it."""

    keys: tuple[str, ...]
    chapter: str
    lost: int
    mandatory: bool = False
    unjudged: bool = False

    @property
    def key(self) -> str:
        return self.keys[0]


def items(sheet: Sheet, composed: Composed, *, mandatory: Collection[str]) -> list[Item]:
    """Everything that lines could still gain, in the order of the sheet."""
    found = []
    for line in composed.lines:
        is_open = line.state == "unjudged"
        if line.lost or is_open:
            keys = (line.key, *_same_problem(sheet, composed, line.key))
            lost = line.maximum if is_open else line.lost
            asked = any(key in mandatory for key in keys)
            found.append(Item(keys, line.chapter, lost, asked, is_open))
    return found


def _same_problem(sheet: Sheet, composed: Composed, key: str) -> list[str]:
    """Other lines whose loss is counted on this one."""
    problems = {line.key: line.problem for line in sheet.lines if line.problem}
    return [
        line.key
        for line in composed.lines
        if line.state == "restored" and key in problems and problems[line.key] == problems[key]
    ]


def mended(sheet: Sheet, chosen: Iterable[Item]) -> Sheet:
    keys = {key for item in chosen for key in item.keys}
    return replace(
        sheet, lines=tuple(_full(line) if line.key in keys else line for line in sheet.lines)
    )


def _full(line: Line) -> Line:
    outcome = line.outcome or Outcome(None)
    return replace(line, outcome=replace(outcome, points=max(line.maximum, outcome.points or 0)))


def cleared(sheet: Sheet, barriers: Iterable) -> Sheet:
    """Without the gates and conditions that the barriers name."""
    named = {(barrier.kind, barrier.name) for barrier in barriers}
    plan = sheet.composition
    conditions = tuple(
        row
        for row in plan.conditions
        if row.kind not in CONDITIONS or (row.kind, row.name) not in named
    )
    return replace(
        sheet,
        lines=tuple(_ungated(line, named) for line in sheet.lines),
        composition=replace(plan, conditions=conditions),
    )


def _ungated(line: Line, named: Collection[tuple[str, str]]) -> Line:
    if line.outcome is None or not line.outcome.gates:
        return line
    gates = tuple(gate for gate in line.outcome.gates if _name(gate) not in named)
    return replace(line, outcome=replace(line.outcome, gates=gates))


def _name(gate: GateHit) -> tuple[str, str]:
    return gate.effect, gate.chapter if gate.effect == "zero_group" else gate.tier
