"""达标差距清单 of a stored result, in the reader's words: how far it is, which lines reach it, what else bars it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.kit import points
from scoring.explaining import names_of
from scoring.knowing import read_back
from scoring.mending import Item
from scoring.missing import Barrier, Path, missing
from scoring.models import Result
from scoring.record import gates_of
from scoring.results import frozen
from scoring.sums import Sheet
from scoring.tallies import composition, outcomes_of
from standards.composing.describe import condition, naming
from standards.language import reader
from standards.sheets import Line, edition_composition, sheet


@dataclass(frozen=True)
class Step:
    """Lines that one repair makes full; several only where they share a problem."""

    lines: tuple[Line, ...]
    lost: int
    mandatory: bool
    unjudged: bool


@dataclass(frozen=True)
class GapList:
    headline: str
    steps: tuple[Step, ...] = ()
    barriers: tuple[str, ...] = ()
    note: str = ""


def gap_list(result: Result) -> GapList:
    """From what the result itself keeps; nothing is read anew but the edition."""
    lines = sheet(result.cycle.edition, result.field)
    asked = {line.key for line in lines if line.mandatory}
    path = missing(sheet_of(result, lines), mandatory=asked)
    names = names_of(result.cycle.edition, lang=reader())
    by_key = {line.key: line for line in lines}
    return GapList(
        headline=headline(result, path, names),
        steps=tuple(step(item, by_key) for item in path.steps),
        barriers=tuple(said(result, path.barriers, names)),
        note=note(result, path),
    )


def sheet_of(result: Result, lines: Iterable[Line]) -> Sheet:
    edition, standings = result.cycle.edition, frozen(result)
    outcomes = outcomes_of(lines, standings, edition)
    known = read_back(result.sums.get("known", {}))
    return composition(edition, lines, standings, outcomes, known=known)


def step(item: Item, by_key: Mapping[str, Line]) -> Step:
    lines = tuple(by_key[key] for key in item.keys)
    return Step(lines, item.lost, item.mandatory, item.unjudged)


def headline(result: Result, path: Path, names: Mapping[str, str]) -> str:
    if path.target is None:
        if result.sums.get("moved"):
            return _("The points suffice for the best tier; its places are taken.")
        return _("The best tier has been reached.")
    tier = names[path.target]
    if not path.short:
        return _("The points suffice for “%(tier)s”.") % {"tier": tier}
    if edition_composition(result.cycle.edition).stars:
        return _("Short of “%(tier)s” by %(n)s stars") % {"tier": tier, "n": path.short}
    short = points.show(path.short)
    if is_pass_line(result, path.target):
        return _("Short of the standard by %(points)s points") % {"points": short}
    return _("Short of “%(tier)s” by %(points)s points") % {"tier": tier, "points": short}


def is_pass_line(result: Result, target: str) -> bool:
    passing = [tier["key"] for tier in result.cycle.edition.tiers if tier["passes"]]
    return bool(passing) and passing[-1] == target


def note(result: Result, path: Path) -> str:
    if not path.reachable:
        return _("Making up lost points alone does not reach it this time.")
    if path.target and edition_composition(result.cycle.edition).quotas:
        return _("Places are limited: the order of points decides in the end.")
    return ""


def said(result: Result, barriers: Iterable[Barrier], names: Mapping[str, str]) -> Iterable[str]:
    plan = edition_composition(result.cycle.edition)
    name = naming(plan, lang=reader(), names=names)
    for barrier in barriers:
        gates = [gate_word(gate) for gate in gates_of(result) if gate["effect"] == barrier.kind]
        label = _(", ").join(filter(None, gates))
        word = GATES.get(barrier.kind)
        if word is not None:
            yield word(name(barrier.name), label)
        else:
            rows = [row for row in plan.conditions if (row.kind, row.name) == tuple_of(barrier)]
            yield from (condition(row, plan, lang=reader(), names=names) for row in rows)


def tuple_of(barrier: Barrier) -> tuple[str, str]:
    return barrier.kind, barrier.name


def gate_word(gate: Mapping[str, str]) -> str:
    return (gate["label_en"] if reader() == "en" else "") or gate["label"]


GATES = {
    "fail": lambda name, label: _("Veto: %(label)s") % {"label": label or _("see the clauses")},
    "not_graded": lambda name, label: _("Not graded: %(label)s") % {"label": label},
    "cap_tier": lambda name, label: _("No better than “%(tier)s”: %(label)s") % {"tier": name, "label": label},
    "force_tier": lambda name, label: _("Set to “%(tier)s”: %(label)s") % {"tier": name, "label": label},
    "zero_group": lambda name, label: _("The chapter “%(chapter)s” counts zero") % {"chapter": name},
    "climb": lambda name, label: _("One tier at a time: no better than “%(tier)s” this time") % {"tier": name},
    "waiting": lambda name, label: _("Not known yet: %(name)s") % {"name": name},
}  # fmt: skip
