"""Filling an edition with chapters and clauses: from plain data, or copied from another edition."""

from collections.abc import Iterable, Mapping
from typing import Any

from portal.kit import points
from standards.models import Chapter, Clause, ClausePoints, Edition
from standards.sheets import clauses

COPIED = tuple(
    field.attname
    for field in Clause._meta.concrete_fields
    if field.attname not in ("id", "edition_id", "chapter_id")
)


def fill(edition: Edition, *, data: Mapping[str, Any]) -> None:
    """Chapters and clauses in the form of `data/example.json`, in three statements."""
    chapters = add_chapters(edition, rows=data["chapters"])
    pairs = [
        (clause_of(edition, item, chapter=chapters[item["chapter"]], position=position), item)
        for position, item in enumerate(data["clauses"], start=1)
    ]
    Clause.objects.bulk_create([clause for clause, _ in pairs])
    ClausePoints.objects.bulk_create(
        ClausePoints(clause=clause, field=field, points=points.parse(amount))
        for clause, item in pairs
        for field, amount in item["points"].items()
    )


def add_chapters(edition: Edition, *, rows: Iterable[Mapping[str, str]]) -> dict[str, Chapter]:
    chapters = [
        Chapter(
            edition=edition,
            key=row["key"],
            title=row["title"],
            title_en=row.get("title_en", ""),
            position=position,
        )
        for position, row in enumerate(rows, start=1)
    ]
    Chapter.objects.bulk_create(chapters)
    return {chapter.key: chapter for chapter in chapters}


PLAIN = (
    "key", "code", "text", "text_en", "guidance", "evidence", "mode", "cadence", "rule_text",
    "rule", "applies", "mandatory", "basis", "severity", "phrases", "under_review",
)  # fmt: skip


def clause_of(
    edition: Edition, item: Mapping[str, Any], *, chapter: Chapter, position: int
) -> Clause:
    return Clause(
        edition=edition,
        chapter=chapter,
        position=position,
        methods=item["method"],
        good_example=item.get("good_example", ""),
        work_steps=item.get("work_steps", ""),
        blank_form=item.get("blank_form", ""),
        checked_by=item.get("checked_by", ""),
        deadline_days=item["deadline"]["n"],
        deadline_unit=item["deadline"]["unit"],
        **{name: item[name] for name in PLAIN},
    )


def copy(source: Edition, *, into: Edition) -> None:
    """Everything of `source` under the same keys, so that answers can be carried over."""
    rows = source.chapters.order_by("position", "pk").values("key", "title", "title_en")
    chapters = add_chapters(into, rows=rows)
    originals = list(clauses(source))
    copies = [
        Clause(
            edition=into,
            chapter=chapters[original.chapter.key],
            **{name: getattr(original, name) for name in COPIED},
        )
        for original in originals
    ]
    Clause.objects.bulk_create(copies)
    ClausePoints.objects.bulk_create(
        ClausePoints(clause=twin, field=row.field, points=row.points)
        for original, twin in zip(originals, copies, strict=True)
        for row in original.points.all()
    )
