"""What the cells of a column are like, and what a column without a telling name may hold."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from portal.kit.layouts import Grid
from standards.reading.tableroles import (
    EVIDENCE,
    IGNORED,
    LEVEL,
    METHOD,
    NUMBER,
    POINTS,
    RULE,
    SENTENCE,
)
from standards.reading.tablerungs import rungs
from standards.reading.tablesplit import split_rule, worth
from standards.reading.tabletext import (
    HAN_NUMBER,
    LINE_NUMBER,
    is_number,
    narrow,
    plain,
    scores,
    sums,
)

LONGEST_TITLE = 24
GROUP_MARK = re.compile(rf"[(]?{HAN_NUMBER}[)]?[、.]?")
AMOUNTS = re.compile(r"\d分(?![钟之])")
RATES = re.compile(r"[打计记赋评给得扣加](?:\d+(?:\.\d+)?)?分|[得给]满分|不得")

SIGNED_EACH = re.compile(r"[+-]\d+(?:\.\d+)?分?(?:/\w{1,2})?")
METHODS = re.compile(
    r"^(?:[听查看问访评阅核测谈]|实地|查阅|查看|座谈|走访|听取|随机|现场|抽查|个别|问卷|民主|测评|资料|调阅)"
)
RECORDS = re.compile(
    r"台账|记录|照片|资料|材料|登记|名册|档案|文件|方案|计划|总结|会议纪要|清单|凭证|票据"
)
TICKS = re.compile(
    r"(?=.*[□☐☑☒√✓✔])(?:[□☐☑☒√✓✔×()/、:;]|基本|完全|部分|合格|达标|达到|符合|是|否|有|无|不|未)+"
)


@dataclass(frozen=True)
class Content:
    """What the cells below a heading are like: shares of the filled cells, average length.

    demanding: a demand stands before its scoring. titled: no more than the name of a group.
    amounts: points in any wording, scored or not (一次5分).
    rated: how it is scored, with an amount or without (按分项打分). signed: -2/次, +3.
    """

    filled: int
    distinct: int
    numeric: float
    counting: float
    scoring: float
    methods: float
    records: float
    length: float
    ticks: float
    bracketed: float
    demanding: float
    titled: float
    amounts: float
    rated: float
    signed: float

    def guess(self, *, points_taken: bool, first: bool) -> str | None:
        if not self.filled:
            return IGNORED
        if first and self.counting > 0.7:
            return NUMBER
        if self.numeric > 0.7:
            return IGNORED if points_taken else POINTS
        if self.scoring > 0.4:
            return RULE
        if self.methods > 0.6 and self.length < 16:
            return METHOD
        if self.records > 0.7 and self.length < 40:
            return EVIDENCE
        return LEVEL


def content_of(grid: Grid, column: int, *, below: int) -> Content:
    cells, alone = {}, {}
    for at in range(below + 1, len(grid.text)):
        filled = {
            grid.corner[at][c]: grid.text[at][c] for c in range(grid.width) if grid.text[at][c]
        }
        if (
            at in grid.hidden_rows
            or any(map(sums, filled.values()))
            or headed_again(grid, at, below)
        ):
            continue
        if grid.text[at][column]:
            held = cells if len(filled) > 1 else alone
            held[grid.corner[at][column]] = grid.text[at][column]
    texts = list(cells.values()) or _numbered(alone.values())
    count = len(texts) or 1
    numbers = [plain(text) for text in texts]
    return Content(
        filled=len(texts),
        distinct=len(set(texts)),
        numeric=sum(is_number(text) for text in texts) / count,
        counting=_counting(numbers),
        scoring=sum(scores(text) for text in texts) / count,
        methods=sum(bool(METHODS.match(text)) for text in numbers) / count,
        records=sum(bool(RECORDS.search(text)) for text in numbers) / count,
        length=sum(map(len, numbers)) / count,
        ticks=sum(bool(TICKS.fullmatch(text)) for text in numbers) / count,
        bracketed=sum(worth(text)[0] is not None for text in texts) / count,
        demanding=sum(map(_demands, texts)) / count,
        titled=sum(map(_titles, numbers)) / count,
        amounts=sum(bool(AMOUNTS.search(text)) for text in numbers) / count,
        rated=sum(bool(RATES.search(text)) for text in numbers) / count,
        signed=_signed(numbers),
    )


def _numbered(alone: Iterable[str]) -> list[str]:
    """Where every row has one cell the clauses are those that say so by their numbers; the others are titles."""
    return [text for text in alone if LINE_NUMBER.match(narrow(text))]


def headed_again(grid: Grid, at: int, heading: int) -> bool:
    """The headings once more, on the next page of the print; `heading` is their last row."""
    if heading < 0 or not any(grid.text[at]):
        return False
    names = {plain(text) for row in grid.text[max(heading - 1, 0) : heading + 1] for text in row}
    return all(plain(text) in names for text in grid.text[at])


def _counting(numbers: list[str]) -> float:
    """1, 2, 3, or 1, 2, 1, 2 below 一 and 二: in each group from one on."""
    own = [text for text in numbers if not GROUP_MARK.fullmatch(text)]
    values = [int(text) if text.isdecimal() else -1 for text in own]
    on = sum(value == before + 1 > 0 for before, value in pairwise([0, *values]))
    again = sum(value == 1 for value in values[1:])
    return (on + again) / len(own) if len(own) > 1 and 2 * on > len(own) else 0


def _signed(numbers: list[str]) -> float:
    """-5 in every row is what the rows are worth; beside +3, or by the case, each says what happens."""
    told = any(text.startswith("+") or "/" in text for text in numbers)
    return sum(bool(SIGNED_EACH.fullmatch(text)) for text in numbers) / len(numbers) if told else 0


def _demands(text: str) -> bool:
    demand, rule = split_rule(text)
    if rungs(text):
        return True
    return bool(rule) and rule not in (text, demand) and not demand.endswith("的")


def _titles(tight: str) -> bool:
    return len(tight) <= LONGEST_TITLE and not SENTENCE.search(tight)
