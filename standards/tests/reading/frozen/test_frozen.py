"""The corpus itself: well formed, agreeing with itself, and its tables drawn from its grids."""

import copy
import io
import json
import zipfile

import pytest

from standards.tests.reading.frozen import build_tables, grade

ROWS = grade.phrases()
SHAPES = set(grade.PLAIN)


def read(row, rules, confidence=1):
    under = {"under": True} if row.get("under") else {}
    return {"rules": rules, "confidence": confidence, "reason": "读不懂", **under}


def worsened(rules):
    """The first rule with a figure changed, or of another kind."""
    rules = copy.deepcopy(rules)
    first = rules[0]
    if first["shape"] == "step":
        first["unit"] += 7
    elif first["shape"] == "judged":
        first["range"] = [-99, 99]
    else:
        rules[0] = {"shape": "step", "unit": 77}
    return rules


def members(raw):
    """What is in the file; its compression and the library's own note of its version may differ."""
    with zipfile.ZipFile(io.BytesIO(raw)) as made:
        return {
            name: made.read(name) for name in made.namelist() if not name.startswith("docProps/")
        }


def test_ids_and_phrases_are_given_once():
    assert len({row["id"] for row in ROWS}) == len(ROWS) >= 150
    assert len({(row["phrase"], row["points"]) for row in ROWS}) == len(ROWS)


def test_every_example_and_every_shape_is_covered():
    assert {f"E{number}" for number in range(1, 34)} <= {row["source"] for row in ROWS}
    readable = [rule["shape"] for row in ROWS if not row.get("unreadable") for rule in row["rules"]]
    assert set(readable) == SHAPES
    assert sum(1 for row in ROWS if row.get("unreadable")) >= 20


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_a_row_grades_its_own_readings(row):
    if row.get("unreadable"):
        assert grade.verdict(row, read(row, row["rules"], 0)) == "right"
        assert grade.verdict(row, read(row, row["rules"])) == "wrong"
        return
    for rules in (row["rules"], *row["accept"]):
        assert grade.verdict(row, read(row, rules)) == "right"
    assert grade.verdict(row, read(row, worsened(row["rules"]))) == "wrong"
    assert grade.verdict(row, read(row, [*row["rules"], {"shape": "step", "unit": 77}])) == "wrong"


@pytest.mark.parametrize(
    "path", sorted((grade.HERE / "grids").glob("*.txt")), ids=lambda path: path.stem
)
def test_a_table_is_the_one_its_grid_draws(path):
    grid = build_tables.Grid(path)
    kept = json.loads(
        (grade.HERE / "tables" / f"{path.stem}.expected.json").read_text(encoding="utf-8")
    )
    assert kept == grid.expected()
    assert grade.table_faults(kept, kept) == []
    drawn = build_tables.DRAWERS[grid.kind](grid)
    made = grade.HERE / "tables" / f"{path.stem}.{grid.kind}"
    assert members(drawn) == members(made.read_bytes())


def test_a_table_read_wrongly_is_told_apart():
    path = grade.HERE / "tables" / "village.expected.json"
    wanted = json.loads(path.read_text(encoding="utf-8"))
    found = copy.deepcopy(wanted)
    found["clauses"][2]["points"] = 9
    found["groups"].pop()
    assert grade.table_faults(wanted, found) == ["groups", "clause 3: points"]
