"""A table that was read, as rows of our own import, so that both ways in meet at one preview."""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from openpyxl.utils.cell import coordinate_from_string

from portal.kit import points
from standards.models import Mode
from standards.reading.tablechecks import Pointless
from standards.reading.tableshape import Group, Line, Table
from standards.reading.tabletext import PLAIN
from standards.reading.understanding import Understood

HEADINGS = (
    "章节",
    "条目号",
    "条目",
    "分值",
    "评分细则",
    "检查方式",
    "佐证材料",
    "工作指引",
    "周期",
    "填报方式",
    "考核单位",
    "依据",
)
LONGEST_TITLE = 60
LONGEST_CODE = 20
LONGEST_BESIDE = 100
METHODS = "听查看问访评"
CADENCES = (
    ("季", "quarter"), ("半年", "half"), ("月", "month"), ("年", "year"), ("届", "term"), ("阶段", "stage"),
)  # fmt: skip
COUNTED = ("step", "adjust")


def rows_of(table: Table, understood: list[Understood]) -> list[list[Any]]:
    """The heading row and one row per clause, in order."""
    codes = Counter(line.number for line in table.lines)
    return [
        list(HEADINGS),
        *(_row(table, one, single=codes[one.line.number] == 1) for one in understood),
    ]


def _row(table: Table, one: Understood, *, single: bool) -> list[Any]:
    line, group = one.line, one.group
    methods = "".join(mark for mark in METHODS if mark in line.method)
    return [
        _title(table, group),
        line.number if single and len(line.number) <= LONGEST_CODE else None,
        _text(line),
        _points(line, group),
        line.rule_text or None,
        methods or None,
        line.evidence or None,
        _guidance(line, methods),
        next((code for word, code in CADENCES if word in line.cadence), None),
        _mode(one),
        _short(line.checker),
        _short(line.basis),
    ]


def _title(table: Table, group: Group) -> str:
    return (group.title or table.title or "评分表")[:LONGEST_TITLE]


def _text(line: Line) -> str:
    """What stands between group and demand goes before the demand, unless it says it already."""
    if not line.subgroup or line.text.startswith(line.subgroup):
        return line.text
    return f"{line.subgroup}：{line.text}"


def _points(line: Line, group: Group) -> str | None:
    """Lists of bonus and veto stay on the sheet and carry nothing: what they do is done to the total."""
    if group.kind != PLAIN:
        return "0"
    return None if line.points is None else points.show(line.points)


def _short(words: str) -> str | None:
    return words if 0 < len(words) <= LONGEST_BESIDE else None


def _guidance(line: Line, methods: str) -> str | None:
    """What has no place of its own; a checker or a basis too long for its own comes here whole."""
    words = re.sub(r"[、，,；;/\s]", "", line.method)
    beside = (
        ("检查方式", line.method if words != methods else ""),
        ("考核单位", "" if _short(line.checker) else line.checker),
        ("责任单位", line.unit),
        ("依据", "" if _short(line.basis) else line.basis),
    )
    return "\n".join(f"{name}：{said}" for name, said in beside if said) or None


def _mode(one: Understood) -> str:
    """What is counted anew each period is asked for each period; what is so or not so is carried over."""
    counted = any(rule["shape"] in COUNTED or "per" in rule for rule in one.reading.rules)
    return (Mode.PERIOD if counted and one.reading.confidence else Mode.CARRIED).value


def mode_of(rule: Mapping[str, Any]) -> str:
    """The same for a rule as it is stored, once a person has put a phrase right."""
    counted = any(step["shape"] in COUNTED for step in rule["steps"])
    return (Mode.PERIOD if counted else Mode.CARRIED).value


def place_of(line: Line) -> tuple[str, int]:
    """The sheet and the row of a line of a workbook, as Excel numbers it."""
    _column, row = coordinate_from_string(line.source.cell)
    return line.source.sheet, row


def base_of(table: Table) -> int | None:
    """What the sheet of a field sums to: what the table says where its clauses agree."""
    complete = all(
        line.points is not None for g in table.groups if g.kind == PLAIN for line in g.lines
    )
    return table.sum if complete and table.sum else None


def told(table: Table) -> list[Mapping[str, str]]:
    """What is to be said of the table beside what is said at its rows."""
    said = [remark for remark in table.remarks if not isinstance(remark, Pointless)]
    return [{"path": r.path, "zh": r.zh, "en": r.en} for r in said]
