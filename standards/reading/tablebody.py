"""From the rows of a table to groups and clauses: what is merged or left blank belongs to what stands above."""

import re
from collections.abc import Iterator
from dataclasses import replace

from portal.kit import points
from portal.kit.layouts import Corner, Grid
from standards.reading import tableheads as heads
from standards.reading import tableroles as roles
from standards.reading import tablerows
from standards.reading.tablecell import Cell
from standards.reading.tablecoarse import coarse_points, groupless
from standards.reading.tablecontent import METHODS
from standards.reading.tablegroups import BETWEEN
from standards.reading.tablekinds import mixed
from standards.reading.tablepiece import Piece, joined, listed, scoring
from standards.reading.tableplace import name_of, place
from standards.reading.tablerows import Row
from standards.reading.tablerungs import rungs
from standards.reading.tableshape import Group, Line, Source, Table
from standards.reading.tableshared import hand_out
from standards.reading.tablesplit import earned, headed, split_earned, split_rule, worth
from standards.reading.tabletext import (
    DEDUCT_KIND,
    HAN_NUMBER,
    PLAIN,
    VETO_KIND,
    bare,
    brackets,
    cell_points,
    items,
    kind_of,
    numbered,
    one_line,
    plain,
    said,
    said_ahead,
    scores,
    subtotals,
    title_points,
)
from standards.reading.tableunsaid import sums_up
from standards.reading.tablewithin import Parts, demands, paired, titled, told_apart
from standards.rules.problems import Problem

CONTINUED = re.compile(r"[(（](?:续|續|接上页|续表)\d*[)）]$")
SAME_AS_ABOVE = ("同上", "同上条", "〃", '"')
LOOKED_AT = re.compile(r"([^，,。；;\n]{2,24})[，,。；;\n]\s*(.+)", re.DOTALL)
LEVELLED = re.compile(r"较好|一般|基本|较差|比较")
SHARE = re.compile(r"(?:占|权重)?\d+(?:\.\d+)?%")
# 一 on a line of its own above the title; in vertical print every character is.
NUMBER_ABOVE = re.compile(rf"^({HAN_NUMBER})\s*\n\s*(?=[^\n]{{3,}})")
TICK = re.compile(r"^\s*[□☐☑◻▢]\s*(?=[^□☐☑◻▢]*$)")


class Body:
    """Goes down the rows of one table. `section` opens a group that the rows themselves do not name."""

    def __init__(self, table: Table, grid: Grid, head: heads.Head, *, section: str = "") -> None:
        self.table, self.grid, self.head = table, grid, head
        self.section: Group | None = None
        self.subsection = ""
        self.pieces: list[Piece] = []
        self.above: list[Cell] = []
        self.rows = tablerows.rows(grid, head)
        self.coarse = coarse_points(self.rows)
        self.groupless = groupless(self.rows)
        amounts = [cell.text for row in self.rows for cell in row.points if cell]
        # A column of minus signs: nothing is earned here.
        self.deducts = bool(amounts) and all(text.startswith(("-", "－")) for text in amounts)
        self.shares: set[Corner] = set()
        self.sums: list[tuple[Row, int]] = []
        if section:
            self.open(section)

    def resume(self, page: "Body") -> None:
        """What the table was at when the page before ended."""
        self.section, self.subsection = page.section, page.subsection
        self.above = [replace(cell, corner=(-1, cell.corner[1])) for cell in page.above]
        first = self.rows[0] if self.rows else None
        if (
            page.pieces
            and first
            and first.what == tablerows.LINE
            and not (first.demand or first.pointed or first.number)
        ):
            # The page cut a clause in two: it is finished here.
            self.pieces = [page.pieces[-1]]
            del self.pieces[0].group.lines[-self.pieces[0].made :]

    @property
    def names_groups(self) -> bool:
        """Whether the table itself says which groups there are."""
        several = len(self.head.columns(roles.LEVEL)) > 1 or self.head.sided
        return several or any(row.what == tablerows.SECTION for row in self.rows)

    def read(self) -> None:
        for row in self.rows:
            if row.what == tablerows.LINE and sums_up(row, self.pieces):
                row.what = tablerows.SUM
            {
                tablerows.SECTION: self.title,
                tablerows.SUBSECTION: self.subtitle,
                tablerows.SUM: self.sum,
                tablerows.NOTE: self.note,
                tablerows.LINE: self.line,
            }[row.what](row)
        for at, zh, en in hand_out(self.pieces):
            self.remark(*at, zh, en)
        for piece in self.pieces:
            made = list(self.finished(piece))
            piece.made = len(made)
            piece.group.lines += made

    def title(self, row: Row) -> None:
        title, colon, rest = titled(row.title)
        self.open(title, row)
        if colon and rest:
            self.pieces += [
                Piece(self.section, row, "", self.grid, [Cell(item, (row.at, -1))])
                for item in items(rest)
            ]

    def open(self, title: str, row: Row | None = None) -> None:
        self.section = self.group(title)
        self.subsection = ""
        self.above = []
        amount = next(
            (a for cell in (row.points if row else []) if (a := cell_points(cell.text))), None
        )
        if self.section.points is None:
            self.section.points = amount

    def subtitle(self, row: Row) -> None:
        self.subsection = bare(row.title)
        self.above = []

    def sum(self, row: Row) -> None:
        amount = tablerows.sum_points(row, self.grid)
        if amount is not None:
            self.sums.append((row, amount))
            if subtotals(row.title):
                self.check_sum(row, amount)
            elif self.table.total is None and "本页" not in plain(row.title):
                self.table.total = amount

    def check_sum(self, row: Row, amount: int) -> None:
        group = self.pieces[-1].group if self.pieces else self.section
        if group is None:
            return
        if group.points is None:
            group.points = amount
        elif self.table.total is None and amount == self.said_so_far():
            self.table.total = amount
        elif group.points != amount:
            self.remark(
                row.at, 0,
                f"“{group.title}”写明{points.show(group.points)}分，小计却是{points.show(amount)}分。",
                f"“{group.title}” says {points.show(group.points)} points, its sum line {points.show(amount)}.",
            )  # fmt: skip

    def said_so_far(self) -> int:
        """What a 小计 may sum up instead of the last group."""
        return sum(group.points or 0 for group in self.table.groups if group.kind == PLAIN)

    def note(self, row: Row) -> None:
        self.table.notes.append(one_line(row.title))

    def line(self, row: Row) -> None:
        carried = self.carried(row)
        if self.head.sided:
            self.pieces += self.sides(row, carried)
            return
        if row.closes:
            self.subsection = ""
        group, subgroup = self.place(row, carried)
        own = [row.points[at] for at in range(len(row.points)) if at not in self.coarse]
        amount = next((cell for cell in own if cell and not self.weighs(cell)), Cell())
        last = self.pieces[-1] if self.pieces else None
        words = row.demand or carried[-1]
        if last is None or last.group is not group or self.begins(row, amount, last):
            if not row.demand and amount and words:
                words = Cell(words.text, (row.at, words.corner[1]))
            self.pieces.append(
                Piece(group, row, subgroup, self.grid, [words] if words else [], amount)
            )
        elif row.demand and row.demand.corner not in {cell.corner for cell in last.texts}:
            last.texts.append(row.demand)
        piece = self.pieces[-1]
        for name in ("rules", *roles.BESIDE):
            kept = getattr(piece, name)
            kept += [cell for cell in getattr(row, name) if cell not in kept]

    def sides(self, row: Row, levels: list[Cell]) -> list[Piece]:
        """Each cell that takes or adds points is a clause of the group beside it."""
        group, between = self.place(row, [*levels, Cell()])
        amounts = (cell_points(cell.text) for cell in row.points)
        group.points = group.points or next(filter(None, amounts), None)
        return [
            Piece(self.vetoed(cell) or group, row, between, self.grid, [cell]) for cell in row.rules
        ]

    def vetoed(self, cell: Cell) -> Group | None:
        """一票否决项 beside 扣分项 and 加分项 is a list of its own."""
        name = self.head.names.get(cell.corner[1], "")
        return self.group(name) if kind_of(name) == VETO_KIND else None

    def weighs(self, cell: Cell) -> bool:
        """30% in the column of points binds no demands together."""
        share = bool(SHARE.fullmatch(plain(cell.text)))
        if share and cell.corner not in self.shares:
            self.shares.add(cell.corner)
            self.remark(
                *cell.corner,
                f"“{cell.text}”是权重，不是分值，没有读入；请人工填写各条目的分值。",
                f"“{cell.text}” is a weight and no number of points; a person must give the points.",
            )
        return share

    def carried(self, row: Row) -> list[Cell]:
        """The levels of the row, blank ones taken from above, for as long as nothing coarser changed."""
        filled: list[Cell] = []
        changed = False
        for at, cell in enumerate(row.levels):
            before = self.above[at] if at < len(self.above) else Cell()
            cell = before if cell.text in SAME_AS_ABOVE else cell
            if cell:
                changed = changed or (cell.corner != before.corner and cell.text != before.text)
            filled.append(cell if cell or changed else before)
        self.above = filled
        return filled

    def place(self, row: Row, levels: list[Cell]) -> tuple[Group, str]:
        """The group of a row and what stands between it and the demand."""
        outer = [cell for cell in levels[:-1] if cell]
        if kind_of(row.number.text) != PLAIN:
            return self.group(row.number.text), ""
        if outer and self.section and mixed(self.section.title) and kind_of(outer[0].text) != PLAIN:
            return self.group(outer[0].text, row), self.between(self.section, outer[1:])
        if self.section is not None:
            outer = [cell for cell in outer if bare(cell.text) != self.section.title]
            return self.section, self.between(self.section, outer)
        if not row.text and len(levels) > 1 and row.levels[0]:
            named = kind_of(levels[0].text) != PLAIN or not self.groupless
            return self.group(levels[0].text if named else "", row), ""
        if not outer:
            return self.group(""), self.subsection
        group = self.group(outer[0].text, row)
        group.columned = True
        return group, self.between(group, outer[1:])

    def between(self, group: Group, cells: list[Cell]) -> str:
        """What stands between the group and the demand; what it says of points is kept."""
        for cell in cells:
            amount = title_points(one_line(cell.text))
            if amount is not None:
                group.within[bare(cell.text)] = amount
        names = [bare(cell.text) for cell in cells if not cell.text.isdecimal()]
        return BETWEEN.join(filter(None, [self.subsection, *names]))

    def group(self, text: str, row: Row | None = None) -> Group:
        whole = CONTINUED.sub("", one_line(NUMBER_ABOVE.sub(r"\1、", text)))
        title = bare(whole)
        known = next((g for g in self.table.groups if plain(g.title) == plain(title)), None)
        if known is None:
            amount = title_points(whole)
            kind = kind_of(whole)
            known = Group(title, DEDUCT_KIND if self.deducts and kind == PLAIN else kind, amount)
            self.table.groups.append(known)
            if amount is None and row is not None:
                cells = (row.points[at] for at in self.coarse if row.points[at])
                known.points = next((a for cell in cells if (a := cell_points(cell.text))), None)
        return known

    def begins(self, row: Row, amount: Cell, last: Piece) -> bool:
        """A row begins a clause unless its points, or its demand, are those of the row above."""
        if amount:
            return amount.corner != last.points.corner
        if not row.demand or row.demand.corner in {cell.corner for cell in last.texts}:
            return False
        if brackets(row.demand.text) or row.number or not last.points:
            return True
        subtitle = row.levels[-2] if len(row.levels) > 2 else Cell("own")
        return bool(subtitle) or last.group.kind != PLAIN

    def finished(self, piece: Piece) -> Iterator[Line]:
        """The clause; several where one cell holds them all, each with its points."""
        text = joined(piece.texts)
        rules = joined(piece.rules)
        whole = cell_points(piece.points.text) if piece.points else None
        pairs = (
            paired(text, rules, alone=not piece.points)
            if rules
            else [(one, "") for one in demands(text)]
        )
        if (
            len(pairs) < 2
            or rungs(text)
            or whole not in (None, sum(worth(one)[0] or 0 for one, _rule in pairs))
        ):
            yield self.clause(piece, told_apart(text))
            return
        alone = replace(piece, points=Cell(), rules=[])
        for demand, rule in pairs:
            yield self.clause(alone, Parts(demand, rule) if rule else told_apart(demand))

    def clause(self, piece: Piece, cell: Parts) -> Line:
        text = cell.text
        rule = "\n".join(filter(None, [cell.rule_text, joined(piece.rules)]))
        if rule.strip() in SAME_AS_ABOVE and piece.group.lines:
            rule = piece.group.lines[-1].rule_text
        if not text:
            outer = [cell for cell in piece.row.levels if cell]
            text, rule = (outer[-1].text, rule) if outer else (rule, rule)
        if plain(bare(text)) == plain(piece.group.title) and rule and len(piece.row.levels) > 1:
            text = rule if piece.group.kind != PLAIN else text
        at = self.corner(piece)
        if not rule:
            text, rule = headed(text)
        amount, text = self.amount(piece, text, at)
        text = TICK.sub("", text)
        number, text = numbered(text) if len(piece.texts) == 1 else ("", text)
        if not rule:
            text, rule = split_earned(text, amount) or split_rule(text)
        rule = rule or scoring(piece.method)
        looked, rule = self.looked_at(piece, rule)
        if amount is None and piece.group.kind == PLAIN:
            ahead, rule = said_ahead(rule)
            behind, text = said(text) if rule else (None, text)
            amount = ahead or behind or earned(rule) or max(rungs(rule), default=None)
        printed = piece.row.number.text if kind_of(piece.row.number.text) == PLAIN else ""
        return Line(
            text=text.rstrip("；;"), source=Source(piece.grid.name, name_of(piece.grid, at)), number=one_line(printed) or number,
            subgroup=piece.subgroup, points=amount, rule_text=rule,
            method=joined(piece.method) or cell.method or looked, evidence=joined(piece.evidence) or cell.evidence, cadence=joined(piece.cadence),
            checker=listed(piece.checker), unit=listed(piece.unit), basis=listed(piece.basis),
        )  # fmt: skip

    def looked_at(self, piece: Piece, rule: str) -> tuple[str, str]:
        """查看记录。少一次扣1分 in a column for both -> where to look, and the rule."""
        both = any(roles.WITH_METHOD.search(plain(name)) for name in self.head.names.values())
        found = LOOKED_AT.match(rule) if both and piece.rules else None
        if not found or not METHODS.match(plain(found[1])) or scores(found[1]):
            return "", rule
        return found[1], found[2]

    def corner(self, piece: Piece) -> Corner:
        first = piece.texts[0].corner if piece.texts else (piece.row.at, -1)
        if first[1] >= 0 and first[0] >= 0:
            return first
        rest = [cell.corner for cell in (*piece.rules, piece.points) if cell]
        return (piece.row.at, max(0, rest[0][1] if rest else 0))

    def amount(self, piece: Piece, text: str, at: Corner) -> tuple[int | None, str]:
        """The points of a clause, and its text without the brackets that said them."""
        given = cell_points(piece.points.text)
        if piece.points and given is None:
            if brackets(piece.points.text):
                given = brackets(piece.points.text)[0].points
            else:
                self.unreadable(piece)
        inside, freed = worth(text)
        if given is None:
            return (inside, freed) if inside else said(text)
        if inside and inside != given:
            self.differing(at, given, inside, text)
            return given, text
        return given, freed

    def differing(self, at: Corner, given: int, inside: int, text: str) -> None:
        """各2分 may be said of several, and levels are not summed."""
        if "各" in text or LEVELLED.search(text):
            return
        self.remark(
            *at,
            f"分值栏是{points.show(given)}分，条目文字里写的是{points.show(inside)}分；按分值栏读入。",
            f"The points column says {points.show(given)}, the text {points.show(inside)}; the column was taken.",
        )  # fmt: skip

    def unreadable(self, piece: Piece) -> None:
        self.remark(
            *piece.points.corner,
            f"“{one_line(piece.points.text)}”读不出分值，需要人工填写。",
            f"“{one_line(piece.points.text)}” is no number of points; a person must give it.",
        )

    def remark(self, row: int, column: int, zh: str, en: str) -> None:
        self.table.remarks.append(Problem(place(self.grid, row, column), zh, en))
