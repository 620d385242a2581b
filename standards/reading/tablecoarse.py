"""Which amounts of a table speak of groups, and whether its lines stand in any."""

from standards.reading.tablerows import LINE, Row
from standards.reading.tabletext import PLAIN, brackets, kind_of, scores


def coarse_points(rows: list[Row]) -> set[int]:
    """The columns of points that speak of groups, as places in `Row.points`.

    Of two columns the one with fewer amounts; a single one when the demands carry points, or a number and scoring, of their own.
    """
    lines = [row for row in rows if row.what == LINE]
    width = max((len(row.points) for row in lines), default=0)
    counts = {
        at: len({row.points[at].corner for row in lines if row.points[at]}) for at in range(width)
    }
    filled = [at for at in counts if counts[at]]
    if len(filled) > 1:
        most = max(counts[at] for at in filled)
        finest = max(at for at in filled if counts[at] == most)
        return {at for at in filled if at != finest}
    texts = {row.text.corner: row.text.text for row in lines if row.text}
    marked = sum(bool(brackets(text)) for text in texts.values())
    fewer = bool(filled) and counts[filled[0]] < 0.7 * len(texts)
    if fewer and (marked >= 0.6 * len(texts) or _each_by_itself(lines, filled[0])):
        return set(filled)
    return set()


def _each_by_itself(lines: list[Row], at: int) -> bool:
    """Amounts as high as the groups beside them, over lines that each have a number and their scoring."""
    if any(row.rules or len(row.levels) < 2 for row in lines):
        return False
    begun = {(row.levels[0].corner[0], row.points[at].corner[0]) for row in lines if row.points[at]}
    numbered = len({row.number.corner for row in lines if row.number})
    scoring = sum(scores(row.text.text) for row in lines)
    beside = all(group == amount for group, amount in begun)
    return beside and numbered >= 0.8 * len(lines) and scoring >= 0.6 * len(lines)


def groupless(rows: list[Row]) -> bool:
    """More lines span the column of groups than there are groups in it: they stand in none."""
    lines = [row for row in rows if row.what == LINE and len(row.levels) > 1]
    lines = [row for row in lines if kind_of(row.number.text) == PLAIN]
    spanning = sum(row.covered and bool(row.levels[0]) and not any(row.levels[1:]) for row in lines)
    groups = {row.levels[0].text for row in lines if row.levels[0] and not row.covered}
    return spanning > len(groups)
