"""The sheet of one field on paper: 自评表 / 评分表, blank or filled, and its workbook."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from portal.kit import points
from portal.kit.table import Column
from portal.kit.workbooks import ledger
from standards.language import reader
from standards.models import Edition
from standards.rules.explain import describe
from standards.screens import chapter_title, word_keys
from standards.sheets import Line, sheet


@dataclass(frozen=True)
class PaperRow:
    """One printed line. The four last are empty on a blank sheet; points as texts."""

    number: int
    chapter: str
    span: int
    text: str
    points: str
    rule: str
    self_points: str = ""
    check_points: str = ""
    acceptance_points: str = ""
    remark: str = ""


@dataclass(frozen=True)
class Filled:
    """What is known of one clause, by key: centi-points or None, and a remark."""

    self_points: int | None = None
    check_points: int | None = None
    acceptance_points: int | None = None
    remark: str = ""


def paper(
    edition: Edition, *, field: str, label: str, filled: Mapping[str, Filled] | None = None
) -> dict[str, Any]:
    """What `standards/score_sheet.html` needs: rows, total and the words of its lines."""
    lines = sheet(edition, field)
    total = points.show(sum(line.maximum for line in lines))
    rows = paper_rows(edition, lines=lines, filled=filled or {})
    return {"rows": rows, "total": total, "field_label": label}


def paper_rows(
    edition: Edition, *, lines: Sequence[Line], filled: Mapping[str, Filled]
) -> list[PaperRow]:
    """In the order of the sheet; `span` is set on the first row of a chapter."""
    chapters = list(edition.chapters.all())
    titles = {chapter.key: chapter_title(chapter, reader()) for chapter in chapters}
    names = word_keys(edition, chapters=chapters, lang=reader())
    spans = chapter_spans(lines)
    return [
        paper_row(number, line, span=spans[number - 1], titles=titles, names=names,
                  known=filled.get(line.key, Filled()))
        for number, line in enumerate(lines, start=1)
    ]  # fmt: skip


def chapter_spans(lines: Sequence[Line]) -> list[int]:
    """How many rows the chapter cell of each row covers; 0 where the cell above covers it."""
    spans = [0] * len(lines)
    first = 0
    for at, line in enumerate(lines):
        if line.chapter != lines[first].chapter:
            first = at
        spans[first] += 1
    return spans


def paper_row(
    number: int,
    line: Line,
    *,
    span: int,
    titles: Mapping[str, str],
    names: Mapping[str, str],
    known: Filled,
) -> PaperRow:
    return PaperRow(
        number=number,
        chapter=titles[line.chapter],
        span=span,
        text=f"{'★' if line.mandatory else ''}{line.code} {line.wording(reader())}",
        points=points.show(line.maximum),
        rule=line.rule_text or rule_sentences(line, names),
        self_points=shown(known.self_points),
        check_points=shown(known.check_points),
        acceptance_points=shown(known.acceptance_points),
        remark=known.remark,
    )


def rule_sentences(line: Line, names: Mapping[str, str]) -> str:
    if line.is_judged:
        return _("Judged by a person, with a reason.")
    return "".join(describe(line.rule, maximum=line.maximum, lang=reader(), names=names))


def shown(amount: int | None) -> str:
    return "" if amount is None else points.show(amount)


def columns() -> list[Column]:
    return [
        Column(key="number", header=_("No."), kind="integer", width=5),
        Column(key="chapter", header=_("Chapter"), width=11),
        Column(key="text", header=_("Clause"), kind="lines", width=38),
        Column(key="points", header=_("Points"), width=6),
        Column(key="rule", header=_("Scoring rule"), kind="lines", width=36),
        Column(key="self_points", header=_("Self-assessed"), width=8),
        Column(key="check_points", header=_("First check"), width=8),
        Column(key="acceptance_points", header=_("Acceptance"), width=8),
        Column(key="remark", header=_("Remark"), width=14),
    ]


def write_blank(out: Any, edition: Edition, *, field: str, label: str) -> int:
    rows = paper_rows(edition, lines=sheet(edition, field), filled={})
    return write_rows(out, edition, label=label, rows=rows)


def write_rows(
    out: Any, edition: Edition, *, label: str, rows: Iterable[PaperRow], branch: str = ""
) -> int:
    """The workbook of a blank or filled sheet, with its signature lines below the table."""
    units = [
        _("Branch: %(branch)s") % {"branch": branch},
        _("Field: %(field)s") % {"field": label},
        _("Date:"),
    ]
    return ledger(
        out,
        title=_("%(name)s: scoring sheet") % {"name": edition.name},
        columns=columns(),
        rows=({c.key: getattr(row, c.key) for c in columns()} for row in rows),
        unit_line=units,
        notes=[
            _("★ marks a mandatory clause."),
            "　　　　　　".join(f"{s}：" for s in signatures()),
        ],
        sheet_title=label,
    )


def signatures() -> list[str]:
    return [
        _("Branch secretary (signature)"),
        _("Parent organization (seal)"),
        _("Inspection team leader (signature)"),
    ]
