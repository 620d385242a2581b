"""How few lines reach a tier: the best result for every number of lines, chapter by chapter, exactly.

A count is (mandatory, other): how many lines of each sort are made full. Every table maps a count to
the best value for it and to the counts per chapter behind it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from scoring.formula import clamped, entries_of, judged_of, scaled
from scoring.mending import Item
from scoring.sums import ChapterSum, Composed, Sheet
from scoring.tiering import has_star
from scoring.weighing import basis, bonuses, held_within
from standards.rules.amounts import to_centi

Count = tuple[int, int]
Picks = dict[str, Count]
Table = dict[Count, tuple[int, Picks]]


def chapter_picks(
    sheet: Sheet,
    composed: Composed,
    forced: Sequence[Item],
    offered: Sequence[Item],
    *,
    least: Mapping[str, int],
) -> dict[str, Table]:
    """Per chapter what it gives with so many lines made full, those with most to gain first."""
    found = {}
    for chapter in composed.chapters:
        own = [item for item in offered if item.chapter == chapter.key]
        start = sum(item.lost for item in forced if item.chapter == chapter.key)
        table: Table = {}
        for mandatory, most in enumerate(_sums(own, mandatory=True)):
            for other, more in enumerate(_sums(own, mandatory=False)):
                points = _points(sheet, composed, chapter, start + most + more)
                if points >= least.get(chapter.key, points):
                    count = (mandatory, other)
                    table[count] = (points, {chapter.key: count})
        found[chapter.key] = table
    return found


def _sums(own: Iterable[Item], *, mandatory: bool) -> list[int]:
    """What none, the largest, the two largest ... are worth."""
    sums = [0]
    for item in sorted((i for i in own if i.mandatory == mandatory), key=lambda i: -i.lost):
        sums.append(sums[-1] + item.lost)
    return sums


def _points(sheet: Sheet, composed: Composed, chapter: ChapterSum, gained: int) -> int:
    if chapter.zeroed:
        return 0
    own = [line for line in composed.lines if line.chapter == chapter.key]
    counted = [line for line in own if line.state != "left_out"]
    if counted:
        counted = [replace(counted[0], points=counted[0].points + gained), *counted[1:]]
    return clamped(chapter.key, scaled(chapter.maximum, own, counted), sheet)


def pick(
    sheet: Sheet,
    by_chapter: Mapping[str, Table],
    place: int,
    *,
    bound: Callable[[Sheet, int], int],
    stars: Callable[[Sheet, int], int],
) -> Picks | None:
    """The counts per chapter of the smallest set that reaches the tier at `place`."""
    if not all(by_chapter.values()):
        return None
    plan = sheet.composition
    if plan.stars:
        table = joined([_starred(sheet, key, table) for key, table in by_chapter.items()])
        return smallest(table, lambda won: won >= stars(sheet, place))
    if plan.sheets:
        return _by_sheets(sheet, by_chapter, place)
    table = _weighed(sheet, by_chapter, place)
    return smallest(table, lambda base: total_of(sheet, base) >= bound(sheet, place))


def smallest(table: Table, enough: Callable[[int], bool]) -> Picks | None:
    """The fewest lines, then the most mandatory ones, then the best value."""
    fitting = [(count, value, picks) for count, (value, picks) in table.items() if enough(value)]
    if not fitting:
        return None
    return min(fitting, key=lambda row: (sum(row[0]), -row[0][0], -row[1]))[2]


def joined(tables: Iterable[Table]) -> Table:
    """The best sum for every count; of equal ones the one that begins earlier on the sheet."""
    found: Table = {(0, 0): (0, {})}
    for table in tables:
        merged: Table = {}
        for (m, o), (value, picks) in sorted(found.items(), key=lambda row: -sum(row[0])):
            for (i, j), (more, own) in table.items():
                count, total = (m + i, o + j), value + more
                if count not in merged or total > merged[count][0]:
                    merged[count] = (total, picks | own)
        found = merged
    return found


def _starred(sheet: Sheet, key: str, table: Table) -> Table:
    worth = sum(line.maximum for line in sheet.lines if line.chapter == key)
    stated = {chapter.key: chapter.maximum for chapter in sheet.chapters}
    full = ChapterSum(key, stated.get(key, worth), 0, scaled=False, zeroed=False, unjudged=0)
    return {
        count: (int(has_star(sheet.composition, replace(full, points=points))), picks)
        for count, (points, picks) in table.items()
    }


def _by_sheets(sheet: Sheet, by_chapter: Mapping[str, Table], place: int) -> Picks | None:
    """Sheets share no chapter, so the smallest set of each is the smallest of all."""
    found: Picks = {}
    left = dict(by_chapter)
    for each in sheet.composition.sheets:
        own = [left.pop(key) for key in each.chapters if key in left]
        least = to_centi(each.least) if sheet.tiers[place].key in each.tiers else None
        picks = smallest(joined(own), lambda points, least=least: least is None or points >= least)
        if picks is None:
            return None
        found |= picks
    return found | smallest(joined(left.values()), lambda points: True)


def _weighed(sheet: Sheet, by_chapter: Mapping[str, Table], place: int) -> Table:
    """Counts -> the base: chapters summed, or weighted component by component."""
    parts = [part for part in sheet.composition.components if part.kind == "chapters"]
    if not sheet.composition.components:
        return _shifted(joined(by_chapter.values()), _constant(sheet))
    least = {
        row.component: to_centi(row.least)
        for row in sheet.composition.conditions
        if row.kind == "component" and row.tier == sheet.tiers[place].key
    }
    tables = [_component(sheet, part, by_chapter, least.get(part.key)) for part in parts]
    rest = [
        table
        for key, table in by_chapter.items()
        if not any(key in part.chapters for part in parts)
    ]
    tables += [{count: (0, picks) for count, (_, picks) in table.items()} for table in rest]
    return _shifted(joined(tables), _constant(sheet))


def _component(sheet: Sheet, part, by_chapter: Mapping[str, Table], least: int | None) -> Table:
    own = [key for key in part.chapters if key in by_chapter]
    table = joined(by_chapter[key] for key in own)
    found = {
        count: (_weight(sheet, part, points, own), picks)
        for count, (points, picks) in table.items()
    }
    return {count: row for count, row in found.items() if least is None or row[0] >= least}


def _weight(sheet: Sheet, part, points: int, own: Sequence[str]) -> int:
    """The component's points when its chapters together have `points`."""
    worth = _maxima(sheet)
    chapters = [
        ChapterSum(key, worth[key], points if not index else 0, False, False, 0)
        for index, key in enumerate(own)
    ]
    alone = replace(sheet, composition=replace(sheet.composition, components=(part,), extra=()))
    [term], _ = basis(alone, chapters)
    return term.points


def _maxima(sheet: Sheet) -> dict[str, int]:
    worth: dict[str, int] = {}
    for line in sheet.lines:
        worth[line.chapter] = worth.get(line.chapter, 0) + line.maximum
    return worth | {chapter.key: chapter.maximum for chapter in sheet.chapters}


def _constant(sheet: Sheet) -> int:
    """What no line changes: figures, other sources, extra lines."""
    fixed = tuple(part for part in sheet.composition.components if part.kind != "chapters")
    terms, _ = basis(replace(sheet, composition=replace(sheet.composition, components=fixed)), ())
    return sum(term.points for term in terms)


def _shifted(table: Table, constant: int) -> Table:
    return {count: (value + constant, picks) for count, (value, picks) in table.items()}


def total_of(sheet: Sheet, base: int) -> int:
    """The total with this base and the bonus and penalties there are."""
    entries = [(key, entry.amount) for key, entry in entries_of(judged_of(sheet))]
    added, _ = bonuses(sheet, entries, base)
    raw = base + sum(term.points for term in added)
    return raw + sum(term.points for term in held_within(sheet, raw))
