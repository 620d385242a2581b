"""Hypothesis strategies: whole editions of one field, and what was observed under them."""

from dataclasses import dataclass, fields

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


@st.composite
def standing(draw, of):
    """None: nobody judged the clause. Events are rare, as in the field: they go to the pure evaluator."""
    said = draw(st.sampled_from(["judged"] * 6 + ["silent", "out"]))
    if said != "judged":
        return None if said == "silent" else Standing("self", "rest", False, {})
    seen = {}
    for measure in of.rule.measures:
        shape = {"name": measure.name, "kind": measure.kind}
        shape["grades" if measure.kind == "grade" else "parts"] = [{"key": k} for k in measure.keys]
        near = (
            st.just([]) if measure.kind == "events" and draw(st.integers(0, 3)) else values(shape)
        )
        value = draw(st.one_of(near, near, wide(measure)))
        seen[measure.name] = observe.check_value(measure, value)
    return Standing("self", "single", True, seen)


@st.composite
def made(draw, most=6):
    own = draw(lines())
    branches = [
        {each.key: found for each in own if (found := draw(standing(each))) is not None}
        for _branch in range(draw(st.integers(1, most)))
    ]
    return Made(draw(editions()), own, branches)
