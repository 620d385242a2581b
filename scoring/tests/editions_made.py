"""Hypothesis strategies: whole editions of one field, and what was observed under them."""

from dataclasses import dataclass, fields
from functools import partial
from random import Random

from hypothesis import strategies as st

from inspections.standing import Standing
from scoring.program import Program, compiled_of
from standards.models import Edition
from standards.rules import observe
from standards.rules.options import to_dict
from standards.rules.parse import parse
from standards.sheets import Line
from standards.tests.rules_made import EDITIONS, rules, values

CHAPTERS = ("a", "b", "c")
TIERS = ("top", "good", "fair", "poor")
WIDE = st.integers(-(10**9), 10**9)
PLACELESS = {"events": st.just([]), "marks": st.none(), "ballots": st.none()}


@dataclass
class Made:
    edition: Edition
    lines: tuple[Line, ...]
    branches: list[dict[str, Standing]]

    @property
    def program(self) -> Program:
        return compiled_of(self.edition, "rural", self.lines)


def line(key, chapter, data, maximum, not_applicable) -> Line:
    """Only what decides points is filled in."""
    blank = {field.name: "" for field in fields(Line)}
    own = {"key": key, "chapter": chapter, "maximum": maximum, "not_applicable": not_applicable}
    return Line(**blank | own | {"rule": parse(data), "applies": ()})


@st.composite
def lines(draw):
    found = []
    for number in range(draw(st.integers(1, 5))):
        data = draw(rules())
        for step in data["steps"]:
            # Names that exist in this edition, so that gates meet tiers and chapters.
            if "tier" in step:
                step["tier"] = draw(st.sampled_from(TIERS))
            if "chapter" in step:
                step["chapter"] = draw(st.sampled_from(CHAPTERS))
        chapter, way = draw(st.sampled_from(CHAPTERS)), draw(st.sampled_from(["", "", "full", "zero", "rescale"]))  # fmt: skip
        found.append(line(f"k{number}", chapter, data, draw(st.integers(0, 3000)), way))
    return tuple(found)


@st.composite
def editions(draw):
    count = draw(st.integers(0, 4))
    floors = sorted(
        draw(st.sets(st.integers(0, 120), min_size=count, max_size=count)), reverse=True
    )
    tiers = [
        {
            "key": key,
            "floor": f"{floor}.5" if floor % 2 else str(floor),
            "passes": draw(st.booleans()),
        }
        for key, floor in zip(TIERS, floors, strict=False)
    ]
    ceiling = draw(st.sampled_from([10_000, 5_000, 0, None]))
    return Edition(tiers=tiers, ceiling=ceiling, options=to_dict(draw(EDITIONS)))


def wide(measure):
    """Numbers too far apart for a table."""
    made = {
        "count": st.integers(0, 10**9),
        "value": st.one_of(
            WIDE.map(str), st.decimals(-(10**6), 10**6, places=6).map("{:f}".format)
        ),
        "ratio": st.fixed_dictionaries(
            {"part": st.integers(0, 10**9), "whole": st.integers(0, 10**9)}
        ),
        "points": st.decimals(-9, 9, places=6).map(
            lambda n: {"points": f"{n:f}", "reason": "现场"}
        ),
    }
    return made.get(measure.kind, st.none())


def value_of(measure):
    """A clean value or None. What has no place in a vector is rare here: the pure evaluator takes it."""
    shape = {"name": measure.name, "kind": measure.kind}
    shape["grades" if measure.kind == "grade" else "parts"] = [{"key": k} for k in measure.keys]
    near = values(shape)
    if measure.kind in PLACELESS:
        ways = [near, *[PLACELESS[measure.kind]] * 4]
        near = st.integers(0, 4).flatmap(ways.__getitem__)
    return st.one_of(near, wide(measure)).map(partial(observe.check_value, measure))


def standing(of):
    """None: nobody judged the clause."""
    seen = st.fixed_dictionaries({each.name: value_of(each) for each in of.rule.measures})
    judged = seen.map(lambda found: Standing("self", "single", True, found))
    ways = [judged] * 6 + [st.none(), st.just(Standing("self", "rest", False, {}))]
    return st.integers(0, len(ways) - 1).flatmap(ways.__getitem__)


@st.composite
def made(draw, most=6, fewest=1):
    """Drawing a value costs far more than judging it, so the branches are shuffled from a few standings a line."""
    own = draw(lines())
    said = {each.key: draw(several(standing(each))) for each in own}
    count, chance = draw(st.integers(fewest, most)), Random(draw(st.integers(0, 2**32)))
    branches = [{key: chance.choice(found) for key, found in said.items()} for _ in range(count)]
    judged = [{key: found for key, found in row.items() if found} for row in branches]
    return Made(draw(editions()), own, judged)


def several(strategy):
    return st.lists(strategy, min_size=6, max_size=10)
