"""The work steps and the blank form of a clause, as the officer writes them: one step or one column per line."""

import io
from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.kit.table import Column
from portal.kit.workbooks import ledger

EMPTY_ROWS = 15
# A4 across holds no more; the rest would be cut off on paper.
MOST_COLUMNS = 12


@dataclass(frozen=True)
class BlankForm:
    title: str
    columns: tuple[str, ...]

    @property
    def rows(self) -> range:
        return range(1, EMPTY_ROWS + 1)


def steps_of(text: str) -> list[str]:
    return lines(text)


def form_of(text: str) -> BlankForm | None:
    """None: the clause has no form."""
    written = lines(text)
    return BlankForm(written[0], tuple(written[1:])) if written else None


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def problem(text: str) -> str:
    """Why the text is no form; empty when it is one, or nothing was written."""
    form = form_of(text)
    if form is None:
        return ""
    if not form.columns:
        return _("The blank form needs its columns below the title, one per line.")
    if len(form.columns) > MOST_COLUMNS:
        return _("A blank form has at most %(most)s columns.") % {"most": MOST_COLUMNS}
    return ""


def write_form(out: io.IOBase, form: BlankForm) -> int:
    columns = [
        Column(key=f"c{n}", header=name, width=max(10, 120 // len(form.columns)))
        for n, name in enumerate(form.columns)
    ]
    units = [_("Unit: %(unit)s") % {"unit": ""}, "", _("Date:")]
    empty = ([None] * len(columns) for _row in form.rows)
    return ledger(out, title=form.title, columns=columns, rows=empty, unit_line=units)
