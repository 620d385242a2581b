"""Self-assessment by Excel: one row per branch and clause that asks, prefilled with what is known."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inspections.answers_form import NA, NO, PAPER, REMARK, VERDICT, YES, Fields, first, prefix_of
from inspections.answers_form import stored as stored_fields
from inspections.filing_page import section_of
from inspections.filing_words import said_last
from inspections.models import Assessment
from inspections.worklist import Item, worklists
from portal.kit.table import Column
from standards.language import reader
from standards.rules.shapes import Measure
from standards.sheets import Line, edition_options
from standards.shortfalls import is_guard

SEPARATOR = "、"


def choices() -> dict[str, str]:
    return {"符合": YES, "不符合": NO, "不适用": NA, "没有": YES, "有": NO}


COLUMNS = (
    Column(
        key="id",
        header=gettext_lazy("System number"),
        required=True,
        hidden=True,
        locked=True,
        width=12,
        value=lambda r: r.id,
    ),
    Column(
        key="branch",
        header=gettext_lazy("Branch"),
        locked=True,
        width=20,
        value=lambda r: r.assessment.branch.short_name,
    ),
    Column(
        key="code",
        header=gettext_lazy("Clause no."),
        kind="code",
        locked=True,
        width=8,
        value=lambda r: r.line.code,
    ),
    Column(
        key="text",
        header=gettext_lazy("Clause"),
        kind="lines",
        locked=True,
        width=34,
        longest=2_000,
        value=lambda r: r.line.wording(reader()),
    ),
    Column(
        key="last",
        header=gettext_lazy("Last time"),
        locked=True,
        width=16,
        longest=2_000,
        value=lambda r: r.last,
    ),
    Column(
        key="verdict",
        header=gettext_lazy("Self-assessment"),
        kind="choice",
        width=11,
        choices=choices,
        hint=gettext_lazy("Leave empty what is not known yet"),
        example="符合",
        value=lambda r: r.verdict_word,
    ),
    Column(
        key="amount",
        header=gettext_lazy("How far short"),
        width=14,
        hint=gettext_lazy("Only where it does not conform; see the column beside it"),
        example="2",
        value=lambda r: r.amount,
    ),
    Column(
        key="how",
        header=gettext_lazy("What to write there"),
        kind="lines",
        locked=True,
        width=22,
        longest=2_000,
        value=lambda r: r.how,
    ),
    Column(
        key="remark",
        header=gettext_lazy("What is the matter"),
        kind="lines",
        width=26,
        longest=1_000,
        example="因秋收推迟",
        value=lambda r: first(r.fields, prefix_of(r.line.key) + REMARK),
    ),
    Column(
        key="paper",
        header=gettext_lazy("Where the paper record is kept"),
        width=18,
        longest=100,
        example="村档案柜2号",
        value=lambda r: first(r.fields, prefix_of(r.line.key) + PAPER),
    ),
)
TYPED = ("verdict", "amount", "remark", "paper")


@dataclass(frozen=True)
class TableRow:
    """One clause of one branch. fields: as the screen form would have them stored."""

    assessment: Assessment
    item: Item
    last: str
    fields: Fields

    @property
    def line(self) -> Line:
        return self.item.line

    @property
    def id(self) -> str:
        return f"{self.assessment.pk}-{self.line.key}"

    @property
    def verdict(self) -> str:
        return first(self.fields, prefix_of(self.line.key) + VERDICT)

    @property
    def verdict_word(self) -> str | None:
        words = {YES: "符合", NO: "不符合", NA: "不适用"}
        return words.get(self.verdict)

    @property
    def amount(self) -> str | None:
        return written(self.line, self.fields)

    @property
    def how(self) -> str:
        return instruction(self.line)


def table_rows(assessments: Iterable[Assessment], *, today) -> list[TableRow]:
    """Clauses that ask or were answered, branch by branch; what rests or is on record is left out."""
    rows = list(assessments)
    lists = worklists(rows, today=today)
    return [
        table_row(assessment, item)
        for assessment in rows
        for item in lists[assessment.pk]
        if section_of(item) == "attention"
    ]


def table_row(assessment: Assessment, item: Item) -> TableRow:
    options = edition_options(assessment.cycle.edition)
    last = said_last(item, options=options)
    return TableRow(assessment, item, last, stored_fields(item))


def main_measure(line: Line) -> Measure | None:
    """The measure the one column speaks of: the first that says how well the demand is met."""
    plain = [m for m in line.typed if not is_guard(line.rule, m)]
    return next(iter(plain or line.typed), None)


def label_of(measure: Measure) -> str:
    return (measure.label_en if reader() == "en" else "") or measure.label or measure.name


def instruction(line: Line) -> str:
    measure = main_measure(line)
    if measure is None:
        return ""
    words = {
        "count": _("A whole number: %(label)s"),
        "value": _("A number: %(label)s"),
        "ratio": _("Two numbers with a slash, such as 17/20: %(label)s"),
        "grade": _("One of: %(choices)s"),
        "parts": _("What is missing, divided by 、: %(choices)s"),
        "points": _("Points taken off; say why under “What is the matter”"),
        "flag": _("Nothing to write"),
        "events": _("Please fill this one in on the screen"),
        "marks": _("Please fill this one in on the screen"),
        "ballots": _("Please fill this one in on the screen"),
    }
    listed = SEPARATOR.join(choice.label or choice.key for choice in measure.choices)
    return words[measure.kind] % {"label": label_of(measure), "choices": listed}


def written(line: Line, fields: Fields) -> str | None:
    """The stored fields of the main measure as one cell."""
    measure = main_measure(line)
    if measure is None:
        return None
    name = prefix_of(line.key) + measure.name
    labels = {choice.key: choice.label or choice.key for choice in measure.choices}
    if measure.kind == "ratio":
        both = [first(fields, name + suffix) for suffix in ("__part", "__whole")]
        return "/".join(both) if any(both) else None
    if measure.kind in ("parts", "grade"):
        return SEPARATOR.join(labels.get(key, key) for key in fields.get(name, ())) or None
    if measure.kind == "points":
        return first(fields, name + "__points") or None
    if measure.kind in ("flag", "events", "marks", "ballots"):
        return None
    return first(fields, name + "__other") or first(fields, name) or None


def read_amount_cell(line: Line, text: str, remark: str) -> Fields:
    """The cell as the fields the screen would have posted."""
    measure = main_measure(line)
    if measure is None:
        return {}
    name, typed = prefix_of(line.key) + measure.name, text.strip()
    if measure.kind == "ratio":
        part, _slash, whole = typed.replace("／", "/").partition("/")
        return {name + "__part": [part.strip()], name + "__whole": [whole.strip()]}
    if measure.kind in ("parts", "grade"):
        keys = {choice.label or choice.key: choice.key for choice in measure.choices}
        return {name: [keys.get(part, part) for part in divided(typed)]}
    if measure.kind == "points":
        return {name + "__points": [typed], name + "__reason": [remark]} if typed else {}
    if measure.kind == "flag":
        return {name: ["1"]}
    if measure.kind in ("events", "marks", "ballots"):
        return {}
    return {name + "__other": [typed]} if measure.kind == "count" else {name: [typed]}


def divided(text: str) -> Sequence[str]:
    for mark in "，,;；/ \n":
        text = text.replace(mark, SEPARATOR)
    return [part.removeprefix("缺") for part in text.split(SEPARATOR) if part]


def values_of(row: TableRow) -> dict[str, Any]:
    return {column.key: column.value(row) for column in COLUMNS}
