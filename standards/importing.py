"""An uploaded standard between preview and confirmation, and what confirming it writes."""

import tempfile
from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import trail
from accounts.refusal import Refused
from branches.models import Field
from branches.scope import Actor
from portal.kit import points
from portal.kit.normal import folded
from portal.kit.refusal import Refusal
from portal.kit.sheets import Sheet, Workbook, read
from portal.kit.table import Found, TableRefused, check, find_header, records
from portal.kit.workbooks import returned
from standards.actions import open_draft, put_points, tidy_options
from standards.excel import OPTIONS, TIERS, option_columns, tier_columns
from standards.excel_read import CHANGED, LIMIT, NEW, WRONG, Plan, plan
from standards.models import Chapter, Clause, ClausePoints, Edition, EditionImport
from standards.rules.options import QUESTIONS

MOST_BYTES = 10 * 1024 * 1024


@transaction.atomic
def upload(
    actor: Actor,
    edition: Edition,
    *,
    file: Any,
    name: str,
    fields: Collection[str],
    client_key: UUID,
    now: datetime,
) -> EditionImport:
    """Keeps what the file would change, for a preview. `file` is an open binary file."""
    edition = open_draft(actor, edition)
    known = EditionImport.objects.filter(pk=client_key, edition=edition).first()
    if known:
        return known
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "uploaded.xlsx"
        path.write_bytes(_limited(file))
        try:
            content, counts, marked = _planned(edition, path, fields=fields)
        except Refusal as no:
            raise Refused(no.sentence) from no
    return EditionImport.objects.create(
        pk=client_key, edition=edition, name=name[:255], rows=content, counts=counts,
        returned=marked, created_at=now, created_by=actor.user,
    )  # fmt: skip


def _limited(file: Any) -> bytes:
    content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise Refused(_("The file is larger than %(limit)s MB.") % {"limit": MOST_BYTES >> 20})
    return content


def _planned(
    edition: Edition, path: Path, *, fields: Collection[str]
) -> tuple[dict[str, Any], dict[str, int], bytes | None]:
    """What the preview keeps, its counts, and the user's own file back when a row is wrong."""
    workbook = read(path)
    sentences: list[str] = []
    options = _options(edition, workbook, sentences)
    tiers = _tiers(edition, workbook, sentences)
    sheet = workbook.first
    keys = {tier["key"] for tier in tiers or edition.tiers}
    found = plan(edition, sheet.rows, fields=fields, tiers=keys)
    content = {
        "rows": [asdict(row) for row in found.rows if row.state in (NEW, CHANGED, WRONG)],
        "order": [row.key for row in found.rows if row.state != WRONG],
        "chapters": found.chapters,
        "absent": found.absent,
        "unknown": found.unknown,
        "options": options,
        "tiers": tiers,
        "sentences": sentences,
    }
    return content, found.counts, _marked(found, sheet=sheet, path=path)


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


@transaction.atomic
def confirm(
    actor: Actor, uploaded: EditionImport, *, now: datetime, remove_absent: bool = False
) -> Edition:
    """Writes the new and changed rows of the preview; wrong ones stay out. Twice is once."""
    edition = open_draft(actor, uploaded.edition)
    claimed = EditionImport.objects.filter(pk=uploaded.pk, state=EditionImport.State.PREVIEW)
    if not claimed.update(state=EditionImport.State.CONFIRMED):
        return edition
    content = uploaded.rows
    _write_frame(edition, content)
    _add_chapters(edition, content["chapters"])
    chapters = {chapter.key: chapter for chapter in edition.chapters.all()}
    _write_rows(edition, content["rows"], chapters=chapters)
    if remove_absent:
        edition.clauses.filter(key__in=content["absent"]).delete()
    _put_in_order(edition, content["order"])
    trail.record(
        actor.user, "edition.import", edition, now=now, path=edition.owner.path,
        counts=uploaded.counts, file=uploaded.name, removed=remove_absent,
    )  # fmt: skip
    return edition


def _write_frame(edition: Edition, content: Mapping[str, Any]) -> None:
    changed = {name: content[name] for name in ("options", "tiers") if content[name] is not None}
    if "options" in changed:
        changed["options"] = tidy_options(changed["options"])
    for name, value in changed.items():
        setattr(edition, name, value)
    edition.save(update_fields=list(changed))


def _add_chapters(edition: Edition, titles: Mapping[str, str]) -> None:
    last = max(edition.chapters.values_list("position", flat=True), default=0)
    Chapter.objects.bulk_create(
        (
            Chapter(edition=edition, key=key, title=title, position=last + at)
            for at, (key, title) in enumerate(titles.items(), start=1)
        ),
        ignore_conflicts=True,
    )


def _write_rows(
    edition: Edition, rows: list[dict[str, Any]], *, chapters: Mapping[str, Chapter]
) -> None:
    existing = {clause.key: clause for clause in edition.clauses.all()}
    fresh = [row for row in rows if row["state"] == NEW and row["key"] not in existing]
    made = [
        Clause(
            edition=edition, key=row["key"], chapter=chapters[row["chapter"]], position=0,
            **{"code": row["code"]} | row["values"],
        )
        for row in fresh
    ]  # fmt: skip
    Clause.objects.bulk_create(made)
    ClausePoints.objects.bulk_create(
        ClausePoints(clause=clause, field=field.value, points=row["points"][field.value])
        for clause, row in zip(made, fresh, strict=True)
        for field in Field
        if field.value in (row["points"] or {})
    )
    for row in rows:
        if row["state"] == CHANGED and row["key"] in existing:
            _change(existing[row["key"]], row, chapters=chapters)


def _change(clause: Clause, row: Mapping[str, Any], *, chapters: Mapping[str, Chapter]) -> None:
    values = row["values"] | {"chapter": chapters[row["chapter"]]}
    for name, value in values.items():
        setattr(clause, name, value)
    clause.save(update_fields=list(values))
    if row["points"] is not None:
        put_points(clause, row["points"])


def _put_in_order(edition: Edition, order: list[str]) -> None:
    """New clauses stand where the file has them: behind the row before them, within their chapter."""
    rows = list(edition.clauses.select_related("chapter").order_by("position", "pk"))
    placed = [clause for clause in rows if clause.position]
    fresh = {clause.key: clause for clause in rows if not clause.position}
    before = None
    for key in order:
        if key in fresh:
            keys = [clause.key for clause in placed]
            at = keys.index(before) + 1 if before in keys else len(placed)
            placed.insert(at, fresh.pop(key))
        before = key
    ranked = sorted(placed, key=lambda clause: (clause.chapter.position, clause.chapter_id))
    moved = [clause for at, clause in enumerate(ranked, start=1) if clause.position != at]
    for at, clause in enumerate(ranked, start=1):
        clause.position = at
    Clause.objects.bulk_update(moved, ["position"])
