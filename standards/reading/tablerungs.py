"""Levels in one cell, 健全（2分）；比较健全（1分）；不健全（0分）: one of them holds, and the best is what can be had."""

import re

from portal.kit.points import parse
from standards.reading.tabletext import AMOUNT, Bracket, brackets, narrow

INSIDE = re.compile(r"[(\[【〔][^()\[\]【】〔〕]*[)\]】〕]")
BARE = re.compile(rf"(?<![\d.扣加减得计记])({AMOUNT})\s*分(?=\s*(?:[；;。，,、\n]|$))")
CHANGES = re.compile(r"扣|[加减]\s*\d|每[^\d。；;]{0,4}得")
LOWER = re.compile(r"较好|较差|一般|比较|不太|不够")
NAUGHT = re.compile(r"[(\[【〔](?:不[得计给]分|零分|0)[)\]】〕]")
# 未换届的不得分 behind the last of them.
LAST = re.compile(r"[。；;\n]\s*[^()\[【〔\d]*不[得计给]分[。；;]?\s*")
END = "。；;，,、 \n"


def rungs(text: str) -> list[int]:
    """The amounts of the levels; nothing where the text holds anything else."""
    marks = _marks(text)
    amounts = [mark.points for mark in marks]
    if len(marks) < 2 or CHANGES.search(narrow(text)):
        return []
    rest = narrow(text[marks[-1].end :])
    if rest.strip(END) and not LAST.fullmatch(rest):
        return []
    if amounts[0] == 0:
        return amounts if amounts == sorted(set(amounts)) else []
    lower = amounts[-1] == 0 or all(map(LOWER.search, _labels(text, marks)[1:]))
    return amounts if lower and falling(marks) else []


def falling(marks: list[Bracket]) -> bool:
    """健全（2分）；比较健全（1分） may be levels, of which the best is what can be had."""
    return all(a.points > b.points for a, b in zip(marks, marks[1:], strict=False))


def _marks(text: str) -> list[Bracket]:
    """The amounts in brackets, or those that close a part each without any."""
    open_text = INSIDE.sub(lambda found: "□" * len(found.group()), narrow(text))
    bare = [
        Bracket(found.start(1), found.end(), parse(found.group(1)) or 0)
        for found in BARE.finditer(open_text)
    ]
    naught = [Bracket(*found.span(), 0) for found in NAUGHT.finditer(narrow(text))]
    inside = _unheaded(text, sorted([*brackets(text), *naught]))
    return inside if not bare else bare if not inside else []


def _unheaded(text: str, marks: list[Bracket]) -> list[Bracket]:
    """支委班子（3分）：健全（3分）… says the best of them before."""
    said = len(marks) > 2 and marks[0].points == max(mark.points for mark in marks[1:])
    return marks[1:] if said and text[marks[0].end :].lstrip()[:1] in (":", "：") else marks


def _labels(text: str, marks: list[Bracket]) -> list[str]:
    ends = [0, *(mark.end for mark in marks)]
    return [text[end : mark.start] for end, mark in zip(ends, marks, strict=False)]
