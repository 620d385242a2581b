"""A standard without a table: numbered paragraphs, 一、 for groups, （一） for what is between, 1. for clauses."""

import re
from collections.abc import Iterable

from standards.reading.tablegroups import BETWEEN
from standards.reading.tableshape import Group, Line, Source, Table
from standards.reading.tablesplit import earned, headed, split_rule, worth
from standards.reading.tabletext import (
    GROUP_NUMBER,
    LINE_NUMBER,
    NOTES,
    PLAIN,
    SIGNED,
    SUB_NUMBER,
    SUMS,
    bare,
    brackets,
    items,
    kind_of,
    narrow,
    numbered,
    plain,
    said,
    said_ahead,
    scores,
    tail_points,
    title_points,
    without,
)

LABELS = (
    ("rule_text", re.compile(r"^\s*[(（【\[]?(?:评分|计分|扣分|考核|考评|评价|加分|赋分)(?:标准|细则|办法|方法|说明|规则|情形)[)）】\]]?[:：]\s*")),
    ("method", re.compile(r"^\s*[(（【\[]?(?:检查|考核|考评|查验|核查|评价)(?:方式|方法|办法)[)）】\]]?[:：]\s*")),
    ("evidence", re.compile(r"^\s*[(（【\[]?(?:佐证|印证|备查|查阅|支撑|证明)(?:材料|资料)[)）】\]]?[:：]\s*")),
)  # fmt: skip
BULLET = re.compile(r"^\s*[-*•●■◆▪·]\s*")
CIRCLED = re.compile(r"^\s*[①②③④⑤⑥⑦⑧⑨⑩]")
DEEPER = re.compile(r"^\s*(?:[(（]\d{1,2}[)）]|[⑴-⒇]|[A-Ha-h][、.．)）](?![A-Za-z]))")
TITLE_END = re.compile(r"[。；;]$")
LONGEST_TITLE = 40


class Outline:
    """Goes down the lines. `only_marked`: nothing but bonus and veto sections is read, as below a table;
    `unread` are the lines passed over.

    `opener`: the numbering of groups, 一、 or, where there is none, （一）.
    """

    def __init__(
        self, table: Table, *, only_marked: bool = False, opener: re.Pattern = GROUP_NUMBER
    ) -> None:
        self.table, self.only_marked, self.opener = table, only_marked, opener
        self.group: Group | None = None
        self.subgroup = self.upper = ""
        self.line: Line | None = None
        self.unread: list[str] = []

    def read(self, lines: Iterable[tuple[int, str]]) -> None:
        """`lines`: number of the line and its text."""
        for number, text in lines:
            if text:
                self.take(number, BULLET.sub("", text))
        for group in self.table.groups:
            for line in group.lines:
                self.finish(line, group.kind)

    def take(self, number: int, text: str) -> None:
        tight = plain(text)
        if NOTES.match(tight):
            self.table.notes.append(text)
            self.group, self.line = None, None
        elif SUMS.match(tight) and len(tight) < 20:
            marks = brackets(text)
            self.table.total = self.table.total or (marks[0].points if marks else tail_points(text))
        elif SIGNED.search(tight) and len(tight) < 40 and not brackets(text):
            self.line = None
        elif self.opens(text):
            self.open(text)
        elif self.group is not None:
            self.inside(number, text)
        else:
            self.unread.append(text)

    def opens(self, text: str) -> bool:
        narrowed = narrow(text).strip()
        marked = kind_of(text) != PLAIN and (len(narrowed) <= LONGEST_TITLE or ":" in narrowed[:20])
        if LINE_NUMBER.match(narrowed) or self.only_marked:
            return marked and not LINE_NUMBER.match(narrowed)
        return marked or bool(self.opener.match(narrowed) and len(narrowed) <= 2 * LONGEST_TITLE)

    def open(self, text: str) -> None:
        head, colon, rest = text.partition("：") if "：" in text else text.partition(":")
        title = head if colon and kind_of(head) != PLAIN else text
        self.group = Group(bare(title), kind_of(title), title_points(title))
        self.table.groups.append(self.group)
        self.subgroup, self.upper, self.line = "", "", None
        if title is head and rest.strip():
            for item in items(rest.strip()):
                self.begin(0, item)

    def inside(self, number: int, text: str) -> None:
        narrowed = narrow(text).strip()
        label = next((name for name, pattern in LABELS if pattern.match(text)), "")
        if label and self.line is not None:
            self.add(label, dict(LABELS)[label].sub("", text))
        elif (
            SUB_NUMBER.match(narrowed)
            and len(narrowed) <= LONGEST_TITLE
            and not scores(_bare(text))
            and self.group.kind == PLAIN
        ):
            self.subgroup = self.upper = bare(text)
            self.line = None
            if (amount := title_points(text)) is not None:
                self.group.within[self.upper] = amount
        elif self.line is not None and DEEPER.match(narrowed) and not DEEPER.match(self.line.text):
            self.below(number, text)
        elif (
            LINE_NUMBER.match(narrowed)
            or SUB_NUMBER.match(narrowed)
            or self.line is None
            or (brackets(text) and not CIRCLED.match(text) and not scores(_bare(text)))
        ):
            self.begin(number, text)
        else:
            self.add("rule_text" if self.line.rule_text or scores(text) else "text", text)

    def below(self, number: int, text: str) -> None:
        """（1）…扣2分 below 1.…（5分） is its rule; A.… below 2.队伍建设 is a clause, and what stands above it no more than a title."""
        above = self.line
        scored = bool(above.rule_text) or scores(_bare(above.text))
        if brackets(above.text) and not brackets(text) and scores(text):
            self.add("rule_text", text)
            return
        if not brackets(above.text) and not scored and len(above.text) <= LONGEST_TITLE:
            self.group.lines.remove(above)
            self.subgroup = BETWEEN.join(filter(None, [self.upper, bare(above.text)]))
        self.begin(number, text)

    def begin(self, number: int, text: str) -> None:
        if LINE_NUMBER.match(narrow(text).strip()) and not DEEPER.match(text):
            self.subgroup = self.upper
        self.line = Line(
            text=text,
            source=Source("", str(number) if number else ""),
            subgroup=self.subgroup,
        )
        self.group.lines.append(self.line)

    def add(self, name: str, text: str) -> None:
        before = getattr(self.line, name)
        setattr(self.line, name, f"{before}\n{text}" if before else text)

    def finish(self, line: Line, kind: str) -> None:
        if line.points is not None or line.number:
            return
        if not line.rule_text:
            line.text, line.rule_text = headed(line.text)
        line.points, line.text = worth(line.text)
        if line.points is None:
            line.points, line.text = said(line.text)
        line.number, line.text = numbered(line.text)
        if not line.rule_text:
            line.text, line.rule_text = split_rule(line.text)
        if line.points is None:
            line.points, line.rule_text = said_ahead(line.rule_text)
            line.points = line.points or (earned(line.rule_text) if kind == PLAIN else None)
        line.text = line.text.lstrip("。：:，,；; ").rstrip("；;")


def labelled(text: str) -> tuple[str, str]:
    """评分标准：少一次扣1分 -> ("rule_text", 少一次扣1分); without a label the name is empty."""
    for name, pattern in LABELS:
        if pattern.match(text):
            return name, pattern.sub("", text)
    return "", text


def _bare(text: str) -> str:
    return without(text, brackets(text))
