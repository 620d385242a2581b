"""An uploaded table as what a preview keeps: our own workbook by its columns, anything else by being read."""

from collections.abc import Collection, Mapping
from dataclasses import asdict
from fractions import Fraction
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from portal.kit import layouts, points
from portal.kit.normal import folded
from portal.kit.refusal import Refusal
from portal.kit.sheets import Sheet, Workbook, read
from portal.kit.table import Found, TableRefused, check, find_header, records
from portal.kit.workbooks import returned
from standards import originals, pooling, questions, table_rows
from standards.columns import POINTS, understood
from standards.excel import OPTIONS, TIERS, option_columns, tier_columns
from standards.excel_read import CHANGED, LIMIT, NEW, WRONG, Plan, plan, titles
from standards.models import Edition
from standards.phrases import HUNDRED, READ, Frame, kept, maxima
from standards.reading import phrase, table
from standards.reading.tabletext import PLAIN
from standards.reading.understanding import Understood, understand
from standards.rules.options import QUESTIONS

WORKBOOK = ".xlsx"
OURS = ("key", POINTS)
MOST_TABLES = 20
NOTATION = ("计量", "起评", "measure", "start")


def of_file(
    edition: Edition, path: Path, *, fields: Collection[str]
) -> tuple[dict[str, Any], dict[str, int], bytes | None]:
    """What the preview keeps, its counts, and the user's own workbook back when a row is wrong."""
    if path.suffix.lower() != WORKBOOK:
        return *of_layout(edition, layouts.read(path), fields=fields), None
    workbook = read(path)
    if _is_ours(workbook.first):
        return _of_ours(edition, workbook, path, fields=fields)
    try:
        content, counts = of_layout(edition, layouts.read(path), fields=fields)
    except table.TableRefused as no:
        return _of_ours_or(no, edition, workbook, path, fields=fields)
    sentences: list[str] = content["sentences"]
    content |= {
        "options": _options(edition, workbook, sentences),
        "tiers": _tiers(edition, workbook, sentences),
    }
    return content, counts, _marked_rows(content, path)


def of_layout(
    edition: Edition, layout: layouts.Layout, *, fields: Collection[str]
) -> tuple[dict[str, Any], dict[str, int]]:
    """A county's own table, and beside it the other tables of the file, any of which may be taken instead."""
    tables = table.several(layout)[:MOST_TABLES]
    read = [_of_table(edition, found, fields=fields) for found in tables]
    for found, (content, _counts) in zip(tables, read, strict=True):
        originals.attach(content["rows"], layout, heading=found.heading)
    content, counts = read[0]
    content["others"] = [{"content": other, "counts": count} for other, count in read[1:]]
    return content, counts


def _of_table(
    edition: Edition, found: table.Table, *, fields: Collection[str]
) -> tuple[dict[str, Any], dict[str, int]]:
    """Read, brought into our columns, compared with the draft."""
    said = list(understand(found))
    tiers = {tier["key"] for tier in edition.tiers}
    planned = plan(edition, table_rows.rows_of(found, said), fields=fields, tiers=tiers)
    frame = Frame.of(edition.tiers, titles(edition.chapters.all()) | _fresh(planned))
    content = _content(planned, fields)
    by_number = dict(enumerate(said, start=2))
    for row in content["rows"]:
        one = by_number[row["number"]]
        row["source"] = {"sheet": one.line.source.sheet, "cell": one.line.source.cell}
        _attach(row, one, frame)
    content["reading"] = {
        "title": found.title,
        "notes": found.notes,
        "remarks": table_rows.told(found),
        "heading": found.heading,
        "base": None if edition.clauses.exists() else table_rows.base_of(found),
        "questions": [q.name for q in questions.open_questions(content["rows"], found.notes)],
        "pools": pooling.pools(content["rows"], by_number),
    }
    return content, planned.counts


def _fresh(planned: Plan) -> dict[str, str]:
    return {folded(title): key for key, title in planned.chapters.items()}


def _attach(row: dict[str, Any], one: Understood, frame: Frame) -> None:
    """The reading beside its row; a sure one is the rule of the clause until somebody says otherwise."""
    if row["state"] == CHANGED and row["settled"]:
        return
    plain = one.group.kind == PLAIN
    cap = (
        None
        if plain
        else one.line.points or (one.group.points if len(one.group.lines) == 1 else None)
    )
    # Points that are still to be given may be as many as those of the heading.
    most = maxima(row) or [one.group.points or HUNDRED]
    row["reading"] = kept(one.reading, frame=frame, maxima=most, kind=one.group.kind, cap=cap)
    row["reading"]["subject"] = one.line.text if plain else ""
    if row["state"] in (NEW, CHANGED):
        # Other words end the rule of the words before, even where a person has yet to say what comes instead.
        row["values"]["rule"] = (
            row["reading"]["rule"] if row["reading"]["decision"] == READ else None
        )


def _content(planned: Plan, fields: Collection[str]) -> dict[str, Any]:
    return {
        "fields": list(fields),
        "rows": [asdict(row) for row in planned.rows if row.state in (NEW, CHANGED, WRONG)],
        "order": [row.key for row in planned.rows if row.state != WRONG],
        "chapters": planned.chapters,
        "absent": planned.absent,
        "unknown": planned.unknown,
        "options": None,
        "tiers": None,
        "sentences": [],
        "reading": None,
    }


def _is_ours(sheet: Sheet) -> bool:
    """Our own export, or a table with points per field or with rules in the notation."""
    try:
        found = find_header(sheet.rows, understood())
    except TableRefused:
        return False
    if any(key.startswith(OURS) for key in found.mapping):
        return True
    at = found.mapping.get("rule")
    below = sheet.rows[found.row + 1 :] if at is not None else []
    return any(len(row) > at and str(row[at] or "").lstrip().startswith(NOTATION) for row in below)


def _of_ours_or(
    no: table.TableRefused,
    edition: Edition,
    workbook: Workbook,
    path: Path,
    *,
    fields: Collection[str],
) -> tuple[dict[str, Any], dict[str, int], bytes | None]:
    """What the reader does not know may still be in our columns, in English for one; else its sentence stands."""
    try:
        return _of_ours(edition, workbook, path, fields=fields)
    except TableRefused:
        raise no from None


def _of_ours(
    edition: Edition, workbook: Workbook, path: Path, *, fields: Collection[str]
) -> tuple[dict[str, Any], dict[str, int], bytes | None]:
    sentences: list[str] = []
    options = _options(edition, workbook, sentences)
    tiers = _tiers(edition, workbook, sentences)
    keys = {tier["key"] for tier in tiers or edition.tiers}
    found = plan(edition, workbook.first.rows, fields=fields, tiers=keys)
    if not found.rows:
        raise Refusal(gettext_noop("The table has a heading and no clauses below it."))
    content = _content(found, fields) | {"options": options, "tiers": tiers, "sentences": sentences}
    frame = Frame.of(tiers or edition.tiers, titles(edition.chapters.all()) | _fresh(found))
    for row in content["rows"]:
        _read_rule(row, frame)
    if any("reading" in row for row in content["rows"]):
        asked = questions.open_questions(content["rows"], [])
        names = [question.name for question in asked] if options is None else []
        content["reading"] = {
            "title": "",
            "notes": [],
            "remarks": [],
            "base": None,
            "questions": names,
        }
    return content, found.counts, _marked(found, sheet=workbook.first, path=path)


def _read_rule(row: dict[str, Any], frame: Frame) -> None:
    """A new clause whose file gives the rule in words only."""
    words = row["values"].get("rule_text")
    if row["state"] != NEW or row["values"].get("rule") is not None or not words:
        return
    held = maxima(row)
    most = Fraction(max(held, default=0), 100)
    reading = phrase.read(words, most or None, row["values"].get("text") or "")
    row["reading"] = kept(reading, frame=frame, maxima=held)
    if row["reading"]["decision"] == READ:
        row["values"]["rule"] = row["reading"]["rule"]


def _marked_rows(content: Mapping[str, Any], path: Path) -> bytes | None:
    wrong = [row for row in content["rows"] if row["state"] == WRONG]
    places = {_place(row): "".join(row["sentences"].values()) for row in wrong}
    sheets = {sheet for sheet, _number in places}
    if len(sheets) != 1:
        return None
    errors = {(number, 0): sentence for (_sheet, number), sentence in places.items()}
    out = path.with_name("returned.xlsx")
    heading = max(content["reading"]["heading"], 1)
    returned(path, out, errors, header_row=heading, sheet=sheets.pop())
    return out.read_bytes()


def _place(row: Mapping[str, Any]) -> tuple[str, int]:
    cell = row["source"]["cell"]
    return row["source"]["sheet"], int("".join(char for char in cell if char.isdigit()) or 1)


def _marked(found: Plan, *, sheet: Sheet, path: Path) -> bytes | None:
    errors = {
        (row.number, found.found.column_number(key)): sentence
        for row in found.rows
        for key, sentence in row.sentences.items()
    }
    if not errors:
        return None
    out = path.with_name("returned.xlsx")
    returned(path, out, errors, header_row=found.found.header_row, sheet=sheet.name)
    return out.read_bytes()


def _sheet(workbook: Workbook, names: Collection[str]) -> Sheet | None:
    known = {folded(name) for name in names}
    later = [sheet for sheet in workbook.sheets if sheet is not workbook.first]
    return next((sheet for sheet in later if folded(sheet.name) in known and sheet.rows), None)


def _options(edition: Edition, workbook: Workbook, sentences: list[str]) -> dict | None:
    """The answers of the sheet, None when it is absent or says nothing new."""
    sheet = _sheet(workbook, (*OPTIONS, _("Options")))
    if sheet is None:
        return None
    asked = {question.letter: question for question in QUESTIONS}
    answers = dict(edition.options)
    for values in _values(sheet, option_columns(), sentences):
        question = asked.get(folded(values.get("letter") or ""))
        answer = folded(values.get("answer") or "")
        if question is None or not answer:
            continue
        chosen = [
            a for a in question.answers if answer in {folded(t) for t in (a.zh, a.en, str(a.value))}
        ]
        if chosen:
            answers[question.name] = chosen[0].value
        else:
            sentences.append(
                _("Question %(letter)s: “%(value)s” is not among the answers.")
                % {"letter": question.letter, "value": values["answer"]}
            )
    return answers if answers != edition.options else None


def _tiers(edition: Edition, workbook: Workbook, sentences: list[str]) -> list[dict] | None:
    sheet = _sheet(workbook, (*TIERS, _("Tiers")))
    if sheet is None:
        return None
    before = len(sentences)
    tiers = [
        {
            "key": values.get("key") or f"tier{at}",
            "label": values["label"],
            "label_en": values.get("label_en") or "",
            "floor": points.show(values["floor"]),
            "passes": bool(values.get("passes")),
        }
        for at, values in enumerate(_values(sheet, tier_columns(), sentences), start=1)
        if values.get("label") and values.get("floor") is not None
    ]
    floors = [points.parse(tier["floor"]) for tier in tiers]
    if floors != sorted(set(floors), reverse=True) or floors[-1:] != [0]:
        sentences.append(_("The tiers must run from high to low and end at 0."))
    fresh = tiers != edition.tiers and len(sentences) == before
    return tiers if fresh else None


def _values(sheet: Sheet, columns: list, sentences: list[str]) -> list[dict[str, Any]]:
    try:
        found: Found = find_header(sheet.rows, columns)
        rows = list(records(sheet.rows, found, limit=LIMIT))
    except TableRefused as no:
        sentences.append(_(": ").join((sheet.name, str(no.sentence))))
        return []
    checked = [(record.number, *check(columns, record.raw)) for record in rows]
    sentences += [
        _("Sheet %(sheet)s, row %(row)s: %(sentence)s")
        % {"sheet": sheet.name, "row": number, "sentence": refusal.sentence}
        for number, _read, bad in checked
        for refusal in bad.values()
    ]
    return [values for _number, values, _bad in checked]
