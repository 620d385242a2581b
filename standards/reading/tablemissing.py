"""Why a file holds no scoring table, as far as it can be told."""

from django.utils.translation import gettext_noop as _

from portal.kit.layouts import Grid, Layout
from standards.reading import tableheads as heads
from standards.reading.tableroles import EITHER, LEVEL, POINTS, RULE, role_of

NONE = _(
    "No scoring table was found. It needs a column of demands and one of points or scoring rules, or numbered paragraphs such as 一、… 1.…（5分）."
)
HIDDEN = _(
    "The scoring table stands on a hidden sheet (%(names)s). Show it and upload the file again."
)
EMPTY = _(
    "Below the headings (%(names)s) no line has points or a scoring rule. Fill the table in and upload it again."
)


def why(layout: Layout) -> tuple[str, dict[str, str]]:
    hidden = [grid.name for grid in layout.grids if grid.hidden and heads.find(grid)]
    if hidden:
        return HIDDEN, {"names": "、".join(hidden)}
    shown = (grid for grid in layout.grids if not grid.hidden)
    names = next(filter(None, map(_headings, shown)), [])
    return (EMPTY, {"names": "、".join(names)}) if names else (NONE, {})


def _headings(grid: Grid) -> list[str]:
    """The first row that names demands and their points or rules."""
    for row in grid.text:
        named = {role_of(text) for text in row if text}
        if named & {LEVEL, EITHER} and named & {POINTS, RULE}:
            return list(dict.fromkeys(filter(None, row)))
    return []
