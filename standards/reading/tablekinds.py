"""加分项、扣分项和一票否决项 in one heading: each of its lines is known for what its own text says."""

import re

from portal.kit.points import show
from standards.reading.tableshape import Group, Line, Table
from standards.reading.tabletext import BONUS_KIND, DEDUCT_KIND, PLAIN, VETO_KIND, plain
from standards.rules.problems import Problem

NAMES = {BONUS_KIND: "加分项", DEDUCT_KIND: "扣分项", VETO_KIND: "一票否决项"}
NAMED = (
    (BONUS_KIND, re.compile(r"加分|附加分|奖励?分|加[、和与及/]?[减扣]分")),
    (DEDUCT_KIND, re.compile(r"[扣减]分")),
    (VETO_KIND, re.compile(r"否决")),
)
# What is said with an amount or an effect goes before a mere word.
SAYS = (
    re.compile(
        r"(?P<veto>否决|不得评|取消[^，。；]{0,10}(?:资格|评优|评先|称号)|为[^，。；]{0,6}(?:不合格|不达标|不称职|差|末位|后进)(?!的))|"
        r"(?P<bonus>(?:加计?|奖励?)\d)|(?P<deduct>[扣减][^，。；]{0,4}?\d)"
    ),
    re.compile("(?P<bonus>加分|奖励)|(?P<deduct>扣|减分)|(?P<veto>不合格)"),
)
LONGEST = 40


def mixed(title: str) -> bool:
    """The heading names several kinds."""
    tight = plain(title)
    return len(tight) <= LONGEST and sum(bool(words.search(tight)) for _k, words in NAMED) > 1


def part_kinds(table: Table) -> None:
    for group in [group for group in table.groups if mixed(group.title)]:
        if group.kind != PLAIN or not group.sum:
            _part(table, group)


def _part(table: Table, group: Group) -> None:
    by_kind = [(kind, [line for line in group.lines if _kind(line) == kind]) for kind in NAMES]
    by_kind = [(kind, lines) for kind, lines in by_kind if lines]
    rest = [line for line in group.lines if _kind(line) == PLAIN]
    if len(by_kind) == 1 and not rest:
        group.kind = by_kind[0][0]
        return
    table.remarks += [_unsaid(group, line) for line in rest]
    at = table.groups.index(group)
    group.lines = rest
    if group.points is not None:
        table.notes.append(f"“{group.title}”写明{show(group.points)}分。")
    opened = [_opened(table, kind, lines) for kind, lines in by_kind]
    table.groups[at : at + 1] = [*filter(None, opened), *([group] if rest else [])]


def _opened(table: Table, kind: str, lines: list[Line]) -> Group | None:
    """A new group; None where the table has one of that name, to which the lines go."""
    known = next((one for one in table.groups if one.title == NAMES[kind]), None)
    if known:
        known.lines += lines
        return None
    return Group(NAMES[kind], kind, lines=lines)


def _kind(line: Line) -> str:
    texts = [plain(text) for text in (line.rule_text, line.text)]
    found = (words.search(text) for words in SAYS for text in texts)
    return next((one.lastgroup for one in found if one), PLAIN)


def _unsaid(group: Group, line: Line) -> Problem:
    return Problem(
        f"{line.source.sheet}!{line.source.cell}" if line.source.sheet else line.source.cell,
        f"“{group.title}”里的“{line.text[:20]}”没有写明是加分、扣分还是一票否决，请核对。",
        f"“{line.text[:20]}” below “{group.title}” does not say whether it adds, takes or rules out; check it.",
    )
