"""A filled table back from Excel: read, compared with what is stored, shown, and saved as drafts."""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.refusal import Refused
from branches.scope import Actor
from inspections import filing
from inspections.answers_form import (
    NO,
    PAPER,
    REMARK,
    VERDICT,
    Fields,
    filled,
    prefix_of,
    read_clause,
)
from inspections.filing import Entry
from inspections.filing_table import COLUMNS, TableRow, main_measure, read_amount_cell, table_rows
from inspections.models import Assessment
from inspections.sheets import DRAFT
from portal.kit import sheets
from portal.kit.refusal import Refusal
from portal.kit.table import check, complete, find_header, records
from portal.kit.values import plain
from portal.kit.workbooks import returned

LARGEST = 5 << 20
KEPT_SECONDS = 24 * 3600
LIMIT = 5_000


@dataclass
class Line:
    """One row of the table. errors: sentences by column key. entry: set when the row changes something."""

    number: int
    row: TableRow | None
    entry: Entry | None = None
    errors: dict[str, str] = field(default_factory=dict)
    raw: Mapping[str, Any] = field(default_factory=dict)

    @property
    def status(self) -> str:
        return "wrong" if self.errors else "changed" if self.entry else "same"


@dataclass
class Upload:
    sheet: str
    header_row: int
    columns: Mapping[str, int]
    lines: list[Line]

    def count(self, status: str) -> int:
        return sum(line.status == status for line in self.lines)


def keep_file(actor: Actor, upload: Any, key: UUID) -> None:
    """Kept for a day under the sender's own name, so that nobody else can open it."""
    if upload.size > LARGEST:
        sentence = _("The file is larger than %(limit)s MB.") % {"limit": LARGEST >> 20}
        raise Refused(sentence, field="file")
    folder().mkdir(parents=True, exist_ok=True)
    for old in folder().glob(f"filing-{actor.user.pk}-*.xlsx"):
        if time.time() - old.stat().st_mtime > KEPT_SECONDS:
            old.unlink(missing_ok=True)
    with path_of(actor, key).open("wb") as out:
        for chunk in upload.chunks():
            out.write(chunk)


def folder() -> Path:
    return Path(settings.VAR) / "imports"


def path_of(actor: Actor, key: UUID) -> Path:
    return folder() / f"filing-{actor.user.pk}-{key.hex}.xlsx"


def read_upload(actor: Actor, key: UUID, assessments: Iterable[Assessment]) -> Upload:
    """What the kept file would change. Raises Refused with a sentence about the file as a whole."""
    path = path_of(actor, key)
    if not path.exists():
        raise Refused(_("The uploaded file is no longer there. Upload it again."), field="file")
    try:
        page = sheets.read(path).first
        found = find_header(page.rows, COLUMNS)
        complete(found)
        rows = list(records(page.rows, found, limit=LIMIT))
    except Refusal as bad:
        # Nothing of a file that cannot be used stays on the server.
        path.unlink(missing_ok=True)
        raise Refused(bad.sentence, field="file") from bad
    known = {row.id: row for row in table_rows(assessments, today=actor.today)}
    seen: set[str] = set()
    lines = [read_line(each.number, each.raw, known, seen) for each in rows]
    return Upload(page.name, found.header_row, found.mapping, lines)


def read_line(
    number: int, raw: Mapping[str, Any], known: Mapping[str, TableRow], seen: set[str]
) -> Line:
    values, bad = check(COLUMNS, raw)
    name = plain(raw.get("id")).strip()
    row = known.get(name)
    errors = {key: refusal.sentence for key, refusal in bad.items()}
    if row is None:
        errors["id"] = _("This clause is not open for filing, or not in your unit.")
    elif name in seen:
        errors["id"] = _("This clause stands in the table twice.")
    seen.add(name)
    line = Line(number, row, errors=errors, raw=raw)
    if not errors:
        compare(
            line, {key: values.get(key) or "" for key in ("verdict", "amount", "remark", "paper")}
        )
    return line


def compare(line: Line, said: Mapping[str, str]) -> None:
    """Set the entry where the row says something else than what is stored."""
    row = line.row
    if said == stored(row):
        return
    if said["verdict"] == NO and main_measure(row.line).kind == "events":
        line.errors["amount"] = _("Please fill this one in on the screen")
        return
    entry, errors = read_clause(row.line, fields_of(row, said))
    line.errors |= {COLUMN_OF.get(key, "amount"): sentence for key, sentence in errors.items()}
    if entry is not None and entry.how == DRAFT:
        line.errors |= missing(said["verdict"])
    if not line.errors:
        line.entry = entry


COLUMN_OF = {VERDICT: "verdict", REMARK: "remark", PAPER: "paper"}


def missing(verdict: str) -> dict[str, str]:
    if verdict == NO:
        return {"amount": _("Say how far it falls short.")}
    return {"remark": _("Say why it does not apply.")}


def stored(row: TableRow) -> dict[str, str]:
    prefix = prefix_of(row.line.key)
    return {
        "verdict": row.verdict,
        "amount": row.amount or "",
        "remark": "".join(row.fields.get(prefix + REMARK, ())),
        "paper": "".join(row.fields.get(prefix + PAPER, ())),
    }


def fields_of(row: TableRow, said: Mapping[str, str]) -> Fields:
    """What the table has no column for stays as it is stored."""
    prefix, measure = prefix_of(row.line.key), main_measure(row.line)
    own = {prefix + VERDICT, prefix + REMARK, prefix + PAPER}
    kept = {name: values for name, values in row.fields.items() if name not in own}
    if measure is not None:
        mine = prefix + measure.name
        kept = {n: v for n, v in kept.items() if n != mine and not n.startswith(mine + "__")}
    typed = {
        prefix + VERDICT: [said["verdict"]],
        prefix + REMARK: [said["remark"]],
        prefix + PAPER: [said["paper"]],
    }
    if said["verdict"] == NO:
        typed |= read_amount_cell(row.line, said["amount"], said["remark"])
    return filled(kept | typed)


@transaction.atomic
def save_upload(actor: Actor, upload: Upload, *, now) -> dict[str, int]:
    """Saves the rows without errors as drafts; nothing is submitted."""
    entries: dict[int, list[Entry]] = {}
    rows: dict[int, Assessment] = {}
    for line in upload.lines:
        if line.status == "changed":
            assessment = line.row.assessment
            rows[assessment.pk] = assessment
            entries.setdefault(assessment.pk, []).append(line.entry)
    for pk, assessment in rows.items():
        filing.save(actor, assessment, entries[pk], now=now)
    return {"clauses": sum(map(len, entries.values())), "branches": len(rows)}


def write_returned(actor: Actor, key: UUID, upload: Upload, out: Path) -> None:
    """The sender's own file with the wrong cells marked."""
    errors = {
        (line.number, upload.columns.get(name, -1) + 1): sentence
        for line in upload.lines
        for name, sentence in line.errors.items()
    }
    returned(path_of(actor, key), out, errors, header_row=upload.header_row, sheet=upload.sheet)
