"""What one cell holds besides a demand: 评分标准：… behind it, or several numbered demands with points of their own."""

import re
from typing import NamedTuple

from standards.reading.tableoutline import LABELS
from standards.reading.tabletext import LINE_NUMBER, brackets, narrow, scores, without

ITEM = re.compile(r"(?:^|(?<=[\n。；;]))[ \t]*(?=[(（]?\d{1,2}[)）.．、](?!\d))")
# Where a label may stand: on a line of its own, or behind a sentence or the points of the demand.
STARTS = re.compile(r"(?:^|(?<=[\n。；;，,）)】\]]))\s*(?=[^\s])")


class Parts(NamedTuple):
    """A cell told apart by its labels."""

    text: str
    rule_text: str = ""
    method: str = ""
    evidence: str = ""


def told_apart(text: str) -> Parts:
    """按期换届（5分）。评分标准：未换届不得分 -> the demand and what each label announces."""
    cuts: list[tuple[int, int, str]] = []
    for start in (found.end() for found in STARTS.finditer(text)):
        for name, pattern in LABELS:
            if found := pattern.match(text[start:]):
                cuts.append((start, start + found.end(), name))
                break
    if not cuts or not text[: cuts[0][0]].strip():
        return Parts(text)
    said: dict[str, str] = {}
    for at, (_start, begin, name) in enumerate(cuts):
        end = cuts[at + 1][0] if at + 1 < len(cuts) else len(text)
        said[name] = "\n".join(filter(None, [said.get(name, ""), text[begin:end].strip()]))
    return Parts(text[: cuts[0][0]].strip("。；;，,：: \n"), **said)


def demands(text: str) -> list[str]:
    """1.…（5分）… 2.…（3分）… -> each numbered demand with what follows it; anything else is one."""
    starts = [found.end() for found in ITEM.finditer(text)]
    if len(starts) < 2 or text[: starts[0]].strip():
        return [text]
    found = [text[a:b].strip() for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]
    numbers = [LINE_NUMBER.match(narrow(one)) for one in found]
    in_order = [re.sub(r"\D", "", mark.group()) if mark else "" for mark in numbers] == [
        str(at) for at in range(1, len(found) + 1)
    ]
    return found if in_order and all(map(_pointed, found)) else [text]


def _pointed(one: str) -> bool:
    demand = told_apart(one).text
    marks = brackets(demand)
    return len(marks) == 1 and not scores(without(demand, marks)[: marks[0].start])
