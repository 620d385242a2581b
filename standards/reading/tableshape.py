"""What a scoring table says, once its layout is understood."""

from dataclasses import dataclass, field

from standards.reading.tabletext import PLAIN
from standards.rules.problems import Problem


@dataclass(frozen=True)
class Source:
    """Where a line stands in its file: sheet (or number of the table) and cell as Excel names it."""

    sheet: str
    cell: str


@dataclass
class Line:
    """One clause. points: centi-points, None when the table gives none. What stands beside is as printed.

    checker: the unit that scores the clause; unit: the one that answers for it.
    """

    text: str
    source: Source
    number: str = ""
    subgroup: str = ""
    points: int | None = None
    rule_text: str = ""
    method: str = ""
    evidence: str = ""
    cadence: str = ""
    checker: str = ""
    unit: str = ""
    basis: str = ""


@dataclass
class Group:
    """kind: plain, bonus, veto or deduct; only plain groups count towards the total.

    columned: a column names it, no row. within: what stands between it and its clauses, with the points that says.
    """

    title: str
    kind: str = PLAIN
    points: int | None = None
    lines: list[Line] = field(default_factory=list)
    columned: bool = False
    within: dict[str, int] = field(default_factory=dict)

    @property
    def sum(self) -> int:
        return sum(line.points or 0 for line in self.lines)


@dataclass
class Table:
    """total: what the table says of itself. remarks: what a reader should know, with the place in the file.

    heading: the heading row as Excel numbers it, 0 when there is none.
    """

    title: str
    groups: list[Group] = field(default_factory=list)
    total: int | None = None
    notes: list[str] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)
    heading: int = 0

    @property
    def lines(self) -> list[Line]:
        return [line for group in self.groups for line in group.lines]

    @property
    def sum(self) -> int:
        return sum(group.sum for group in self.groups if group.kind == PLAIN)
