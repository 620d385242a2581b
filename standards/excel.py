"""An edition as a workbook: 条目, 选项, 等次, 填写说明. What is exported comes back unchanged."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook

from portal.kit.celltext import row_height, safe_text
from portal.kit.pages import (
    HEAD_FONT,
    TITLE_FONT,
    Look,
    Page,
    freeze,
    set_printing,
    set_widths,
    write_body,
    write_head,
)
from portal.kit.table import Column
from standards import sheets
from standards.columns import written
from standards.language import reader
from standards.models import Edition
from standards.rules.options import QUESTIONS
from standards.sheets import edition_options

OPTIONS, TIERS = ("选项", "Options"), ("等次", "Tiers")


def option_columns() -> list[Column]:
    return [
        Column(key="letter", header=_("Letter"), aliases=("代号",), width=6),
        Column(key="question", header=_("Question"), aliases=("口径问题",), width=46, kind="lines"),
        Column(key="answer", header=_("Answer"), aliases=("答案",), width=40, kind="lines"),
        Column(
            key="offered", header=_("Choose one of"), aliases=("可选答案",), width=60, kind="lines"
        ),
    ]


def tier_columns() -> list[Column]:
    return [
        Column(key="key", header=_("System number"), aliases=("系统编号",), width=12),
        Column(key="label", header=_("Tier"), aliases=("等次",), width=14, longest=20),
        Column(key="label_en", header=_("In English"), aliases=("英文",), width=22, longest=40),
        Column(key="floor", header=_("From points"), aliases=("起点分",), width=10, kind="points"),
        Column(
            key="passes",
            header=_("Passes"),
            aliases=("算达标", "计为达标"),
            width=10,
            kind="boolean",
        ),
    ]


def write(out: Any, edition: Edition) -> None:
    """The workbook to a path or stream, in the reader's language."""
    workbook = Workbook(write_only=True)
    title = f"{edition.name} {edition.year}"
    add_sheet(workbook, title, _("Clauses of the standard"), written(), sheets.clauses(edition))
    add_sheet(workbook, title, _("Options"), option_columns(), option_rows(edition))
    add_sheet(workbook, title, _("Tiers"), tier_columns(), tier_rows(edition))
    write_guide(Page(workbook, _("How to fill it in")), written())
    workbook.save(out)


def add_sheet(
    workbook: Workbook, title: str, name: str, columns: Sequence[Column], rows: Iterable[Any]
) -> None:
    page = Page(workbook, name)
    set_widths(page, columns)
    set_printing(page, "")
    freeze(page, columns)
    write_head(page, title, [], [(str(column.header), HEAD_FONT) for column in columns], columns)
    write_body(page, columns, rows)


def option_rows(edition: Edition) -> list[dict[str, str]]:
    lang, options = reader(), edition_options(edition)
    return [
        {
            "letter": question.letter,
            "question": getattr(question, lang),
            "answer": getattr(question.answer(getattr(options, question.name)), lang),
            "offered": " / ".join(getattr(answer, lang) for answer in question.answers),
        }
        for question in QUESTIONS
    ]


def tier_rows(edition: Edition) -> list[dict[str, Any]]:
    return [tier | {"floor": float(tier["floor"])} for tier in edition.tiers]


def write_guide(page: Page, columns: Sequence[Column]) -> None:
    widths = (22, 90)
    for letter, width in zip("AB", widths, strict=True):
        page.sheet.column_dimensions[letter].width = width
    page.add([page.cell(_("How to fill it in"), Look(font=TITLE_FONT, grid=False))], height=36)
    left = Look(align="left")
    for column in columns:
        texts = [safe_text(str(text)) for text in (column.header, column.hint)]
        height = row_height(list(zip(texts, widths, strict=True)))
        page.add([page.cell(text, left) for text in texts], height=height)
    for sentence in guide():
        page.merge(page.row + 1, 1, 2)
        height = row_height([(sentence, sum(widths))])
        page.add([page.cell(sentence, Look(grid=False, align="left"))], height=height)


def guide() -> list[str]:
    return [
        _(
            "Columns are found by their headings; their order does not matter and columns may be missing."
        ),
        _("A row with a system number changes that clause; a row without one is a new clause."),
        _("The points of every field must add up to the base before the standard can be issued."),
    ]
