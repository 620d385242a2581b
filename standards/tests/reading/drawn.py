"""Small tables drawn in a test, and what was read of them in short."""

from portal.kit import layouts
from standards.reading import table


def sheet(*rows, merged=(), name="表"):
    return layouts.grid(name, [list(row) for row in rows], merged)


def read(*rows, merged=(), kind="xlsx"):
    return table.read(layouts.Layout(kind, [sheet(*rows, merged=merged)]))


def read_sheets(*blocks, kind="xlsx"):
    return table.read(layouts.Layout(kind, list(blocks)))


def groups(found):
    return [(g.title, g.points, [line.text for line in g.lines]) for g in found.groups]


def shape(found):
    return [
        (g.title, g.points, [(line.text, line.points, line.rule_text) for line in g.lines])
        for g in found.groups
    ]


def clauses(*cells, amounts=None):
    """Each cell as the demand of a table without a column of rules."""
    rows = [
        ["制度建设", cell, *([amounts[at]] if amounts else []), ""] for at, cell in enumerate(cells)
    ]
    head = ["项目", "考核内容", *(["分值"] if amounts else []), "得分"]
    found = read(head, *rows)
    return [(line.text, line.points, line.rule_text) for line in found.lines], [
        r.zh for r in found.remarks
    ]


def paste(*lines):
    return table.read(layouts.paste("\n".join(lines)))
