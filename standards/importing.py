"""An uploaded standard between preview and confirmation, and what confirming it writes."""

import tempfile
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import trail
from accounts.refusal import Refused
from branches.models import SHEET_FIELDS
from branches.scope import Actor
from portal.kit.layouts import paste
from portal.kit.normal import loose
from portal.kit.refusal import Refusal
from standards.actions import open_draft, put_points, tidy_options
from standards.excel_read import CHANGED, NEW
from standards.import_read import of_file, of_layout
from standards.models import Chapter, Clause, ClausePoints, Edition, EditionImport

MOST_BYTES = 10 * 1024 * 1024


@transaction.atomic
def upload(
    actor: Actor,
    edition: Edition,
    *,
    file: Any = None,
    name: str = "",
    text: str = "",
    fields: Collection[str],
    client_key: UUID,
    now: datetime,
) -> EditionImport:
    """Keeps what the file, an open binary file, or the pasted text would change, for a preview."""
    edition = open_draft(actor, edition)
    known = EditionImport.objects.filter(pk=client_key, edition=edition).first()
    if known:
        return known
    try:
        if file is None:
            content, counts = of_layout(edition, paste(text), fields=fields)
            marked = None
        else:
            content, counts, marked = _of_upload(edition, file, name, fields=fields)
    except Refusal as no:
        raise Refused(no.sentence) from no
    return EditionImport.objects.create(
        pk=client_key, edition=edition, name=name[:255] or content["reading"]["title"][:255],
        rows=content, counts=counts, returned=marked, created_at=now, created_by=actor.user,
    )  # fmt: skip


def waiting(edition: Edition) -> EditionImport | None:
    """The newest upload while nobody has confirmed it: who closed its preview finds it again."""
    newest = edition.imports.defer("rows", "returned").order_by("-created_at", "-pk").first()
    return newest if newest and newest.state == EditionImport.State.PREVIEW else None


def _of_upload(
    edition: Edition, file: Any, name: str, *, fields: Collection[str]
) -> tuple[dict[str, Any], dict[str, int], bytes | None]:
    with tempfile.TemporaryDirectory() as folder:
        # The sender's name says what kind of file it is; it is never a path.
        path = Path(folder) / f"uploaded{PurePosixPath(loose(name)).suffix.lower()}"
        path.write_bytes(_limited(file))
        return of_file(edition, path, fields=fields)


def _limited(file: Any) -> bytes:
    content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise Refused(_("The file is larger than %(limit)s MB.") % {"limit": MOST_BYTES >> 20})
    return content


@transaction.atomic
def confirm(
    actor: Actor,
    uploaded: EditionImport,
    *,
    now: datetime,
    remove_absent: bool = False,
    answers: Mapping[str, str | bool] | None = None,
) -> Edition:
    """Writes the new and changed rows of the preview; wrong ones stay out. Twice is once.

    `answers`: to the questions of interpretation that the table leaves open.
    """
    edition = open_draft(actor, uploaded.edition)
    claimed = EditionImport.objects.filter(pk=uploaded.pk, state=EditionImport.State.PREVIEW)
    if not claimed.update(state=EditionImport.State.CONFIRMED):
        return edition
    content = EditionImport.objects.values_list("rows", flat=True).get(pk=uploaded.pk)
    _write_frame(edition, content, answers or {})
    is_frame = not (edition.composition or edition.clauses.exists())
    _add_chapters(edition, content["chapters"], rows=content["rows"])
    if is_frame:
        _give_way(edition, content["rows"])
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


def _write_frame(
    edition: Edition, content: Mapping[str, Any], answers: Mapping[str, str | bool]
) -> None:
    changed = {name: content[name] for name in ("options", "tiers") if content[name] is not None}
    if answers:
        changed["options"] = edition.options | changed.get("options", {}) | dict(answers)
    if "options" in changed:
        changed["options"] = tidy_options(changed["options"])
    base = (content.get("reading") or {}).get("base")
    if base and base != edition.base:
        # A ceiling above the base leaves room for bonus points; the room stays.
        changed |= {"base": base, "ceiling": base + edition.ceiling - edition.base}
    for name, value in changed.items():
        setattr(edition, name, value)
    edition.save(update_fields=list(changed))


def _give_way(edition: Edition, rows: list[dict[str, Any]]) -> None:
    """The chapters of an empty frame make room for those of the county's table, in its order."""
    named, kept = list(dict.fromkeys(r["chapter"] for r in rows if r.get("chapter"))), repr(rows)
    spare = [key for key in edition.chapters.values_list("key", flat=True) if repr(key) not in kept]
    if named:
        edition.chapters.filter(key__in=spare).delete()
    for at, key in enumerate(named, start=1):
        edition.chapters.filter(key=key).update(position=at)


def _add_chapters(
    edition: Edition, titles: Mapping[str, str], *, rows: Iterable[Mapping[str, Any]]
) -> None:
    """In the order of the file's rows: PostgreSQL keeps the keys of a stored object in an order of its own."""
    last = max(edition.chapters.values_list("position", flat=True), default=0)
    met = dict.fromkeys(row["chapter"] for row in rows if row.get("chapter") in titles)
    ordered = met | dict.fromkeys(titles)
    Chapter.objects.bulk_create(
        (
            Chapter(edition=edition, key=key, title=titles[key], position=last + at)
            for at, key in enumerate(ordered, start=1)
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
        for field in SHEET_FIELDS
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
