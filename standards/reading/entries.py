"""Rows of awards and penalties become one table: 省级加3分，市级加2分."""

from fractions import Fraction

from standards.reading.awarding import level_in
from standards.reading.parts import Part, Rules, Unread

KEYS = ("take", "cap", "inside", "applies")


def table(run: list[Part], rules: Rules, points: Fraction | None) -> list[Part]:
    repeated = len({part.values["name"] for part in run}) < len(run)
    rows: dict[str, Fraction] = {}
    for part in run:
        name, amount = part.values["whole" if repeated else "name"], part.values["points"]
        if name in rows:
            raise Unread(f"“{name}”有两个分值")
        rows[name] = -amount if part.values["verb"] == "lose" else amount
    if len({part.values["per"] for part in run}) > 1:
        raise Unread("有的按人、有的按件计分")
    values: dict = {"table": rows} | ({"per": "person"} if run[0].values["per"] == "person" else {})
    for part in run:
        values |= {key: part.values[key] for key in KEYS if key in part.values}
    if points is not None and all(amount < 0 for amount in rows.values()):
        values.setdefault("inside", True)
    if any(part.values["verb"] == "get" for part in run):
        values.setdefault("inside", True)
        values["start"] = "zero"
    return [run[0].turned("adjust", **values)]


def full_levels(parts: list[Part], points: Fraction | None) -> list[Part]:
    """获省级表彰得满分，获市级表彰得3分: a row of the table as well."""
    if points is None or not any(_earns(part) for part in parts):
        return parts
    return [_entry(part, points) or part if part.shape == "~full" else part for part in parts]


def _earns(part: Part) -> bool:
    return part.shape == "~entry" and part.values["verb"] == "get"


def _entry(part: Part, points: Fraction) -> Part | None:
    name = level_in(part.what)
    if not name:
        return None
    values = {"name": name, "points": points, "verb": "get", "per": "event", "whole": part.what}
    made = part.turned("~entry", **values)
    made.what = ""
    return made
