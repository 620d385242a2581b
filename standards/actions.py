"""Everything that changes a standard: drafts only; an issued edition is fixed by the database too."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from accounts import trail
from accounts.refusal import Refused
from branches.models import SHEET_FIELDS, Organization
from branches.permits import require
from branches.scope import Actor
from standards import contents
from standards.example import start_from_example
from standards.language import reader
from standards.models import Chapter, Clause, ClausePoints, Edition, EditionState
from standards.permissions import TABLE
from standards.rules.conditions import check_applies
from standards.rules.options import from_dict
from standards.rules.parse import canonical
from standards.rules.problems import Problem, RuleError

HEAD = (
    "name", "year", "issuer", "document_number", "approving_authority", "approving_number",
    "note", "tiers", "ceiling", "base",
)  # fmt: skip
CLAUSE = (
    "code", "text", "text_en", "guidance", "evidence", "good_example", "work_steps",
    "blank_form", "methods", "checked_by", "mode", "cadence",
    "rule_text", "rule", "applies", "mandatory", "basis", "severity", "deadline_days", "deadline_unit",
    "phrases", "not_applicable", "photo_reason", "under_review",
)  # fmt: skip


@transaction.atomic
def create_draft(
    actor: Actor,
    owner: Organization,
    *,
    now: datetime,
    client_key: UUID,
    from_edition: Edition | None = None,
    from_example: bool = False,
    name: str = "",
    year: int | None = None,
) -> Edition:
    """A copy of `from_edition`, of the example, or an empty frame for the county's own table."""
    require(TABLE, actor, "edition.draft", owner, _("Only a county officer drafts a standard."))
    known = Edition.objects.filter(client_key=client_key, owner=owner).first()
    if known:
        return known
    head = {"name": name, "year": year or now.year, "client_key": client_key}
    if from_edition:
        edition = _copied(from_edition, owner=owner, **head)
    else:
        edition = start_from_example(owner, with_clauses=from_example, **head)
    origin = from_edition.pk if from_edition else None
    _note(actor, "edition.draft", edition, now=now, origin=origin)
    return edition


def _copied(source: Edition, *, owner: Organization, name: str, **head: Any) -> Edition:
    """The document number stays behind: it belongs to the paper that was issued."""
    kept = ("issuer", "note", "options", "tiers", "ceiling", "base", "composition")
    edition = Edition.objects.create(
        owner=owner, name=name or source.name, **head, **{k: getattr(source, k) for k in kept}
    )
    contents.copy(source, into=edition)
    return edition


@transaction.atomic
def edit_edition(actor: Actor, edition: Edition, *, now: datetime, **head: Any) -> Edition:
    edition = open_draft(actor, edition)
    changed = _set(edition, {name: head[name] for name in HEAD if name in head})
    edition.save(update_fields=changed)
    _note(actor, "edition.edit", edition, now=now, changed=changed)
    return edition


@transaction.atomic
def set_options(
    actor: Actor, edition: Edition, *, now: datetime, options: Mapping[str, Any]
) -> Edition:
    """The answers to the questions a-l; refused when one is not among the answers offered."""
    edition = open_draft(actor, edition)
    edition.options = tidy_options(options)
    edition.save(update_fields=["options"])
    _note(actor, "edition.options", edition, now=now, options=edition.options)
    return edition


@transaction.atomic
def discard(actor: Actor, edition: Edition, *, now: datetime) -> None:
    """A draft that nothing cites is deleted; what was issued never is."""
    edition = open_draft(actor, edition)
    _note(actor, "edition.discard", edition, now=now, name=edition.name)
    edition.delete()


@transaction.atomic
def add_clause(
    actor: Actor,
    edition: Edition,
    *,
    now: datetime,
    client_key: UUID,
    chapter: Chapter,
    points: Mapping[str, int],
    **values: Any,
) -> Clause:
    """A clause at the end of its chapter. Its key comes from the client key and never changes."""
    edition = open_draft(actor, edition)
    key = f"{chapter.key}.{client_key.hex[:12]}"
    known = edition.clauses.filter(key=key).first()
    if known:
        return known
    position = _after(chapter)
    edition.clauses.filter(position__gte=position).update(position=F("position") + 1)
    clause = Clause(edition=edition, chapter=chapter, key=key, position=position)
    _set(clause, _checked(values))
    clause.save(force_insert=True)
    put_points(clause, points)
    _note(actor, "clause.add", edition, now=now, key=key, code=clause.code)
    return clause


@transaction.atomic
def edit_clause(
    actor: Actor,
    clause: Clause,
    *,
    now: datetime,
    chapter: Chapter | None = None,
    points: Mapping[str, int] | None = None,
    **values: Any,
) -> Clause:
    """`points` in centi-points by field; a field that is not named is off the clause."""
    edition = open_draft(actor, clause.edition)
    changed = _set(clause, _checked(values))
    if chapter is not None and chapter.pk != clause.chapter_id:
        clause.chapter = chapter
        changed.append("chapter")
    clause.save(update_fields=changed)
    if points is not None:
        put_points(clause, points)
    _note(actor, "clause.edit", edition, now=now, key=clause.key, changed=changed)
    return clause


@transaction.atomic
def remove_clause(actor: Actor, clause: Clause, *, now: datetime) -> None:
    edition = open_draft(actor, clause.edition)
    _note(actor, "clause.remove", edition, now=now, key=clause.key, code=clause.code)
    clause.delete()


@transaction.atomic
def move_clause(actor: Actor, clause: Clause, *, now: datetime, up: bool) -> None:
    """Changes places with its neighbour in the chapter; at the end it stays."""
    edition = open_draft(actor, clause.edition)
    rows = list(edition.clauses.filter(chapter_id=clause.chapter_id).order_by("position", "pk"))
    places = [row.position for row in rows]
    if not _shifted(rows, clause, up=up):
        return
    for row, place in zip(rows, places, strict=True):
        row.position = place
    Clause.objects.bulk_update(rows, ["position"])
    _note(actor, "clause.move", edition, now=now, key=clause.key, up=up)


def _shifted(rows: list, row: Any, *, up: bool) -> bool:
    """Changes the row's place in the list with its neighbour's; False at the end."""
    at = rows.index(row)
    to = at - 1 if up else at + 1
    if not 0 <= to < len(rows):
        return False
    rows.insert(to, rows.pop(at))
    return True


@transaction.atomic
def move_chapter(actor: Actor, chapter: Chapter, *, now: datetime, up: bool) -> None:
    """Changes places with its neighbour, its clauses with it; at the end it stays."""
    edition = open_draft(actor, chapter.edition)
    rows = list(edition.chapters.order_by("position", "pk"))
    if not _shifted(rows, chapter, up=up):
        return
    _number(Chapter, rows)
    order = ("chapter__position", "position", "pk")
    _number(Clause, list(edition.clauses.order_by(*order)))
    _note(actor, "chapter.move", edition, now=now, key=chapter.key, up=up)


def _number(model: type[Chapter] | type[Clause], rows: list) -> None:
    """Sheets and prints follow the clauses' own numbers, which run through all chapters."""
    for place, row in enumerate(rows, start=1):
        row.position = place
    model.objects.bulk_update(rows, ["position"])


@transaction.atomic
def add_chapter(
    actor: Actor, edition: Edition, *, now: datetime, client_key: UUID, title: str
) -> Chapter:
    edition = open_draft(actor, edition)
    last = edition.chapters.aggregate(last=Max("position"))["last"] or 0
    chapter, created = Chapter.objects.get_or_create(
        edition=edition,
        key=f"c{client_key.hex[:12]}",
        defaults={"title": title, "position": last + 1},
    )
    if created:
        _note(actor, "chapter.add", edition, now=now, title=title)
    return chapter


@transaction.atomic
def rename_chapter(actor: Actor, chapter: Chapter, *, now: datetime, title: str) -> Chapter:
    edition = open_draft(actor, chapter.edition)
    chapter.title = title
    chapter.save(update_fields=["title"])
    _note(actor, "chapter.rename", edition, now=now, key=chapter.key, title=title)
    return chapter


@transaction.atomic
def remove_chapter(actor: Actor, chapter: Chapter, *, now: datetime) -> None:
    edition = open_draft(actor, chapter.edition)
    if chapter.clauses.exists():
        raise Refused(_("Move or remove the clauses of this chapter first."))
    _note(actor, "chapter.remove", edition, now=now, key=chapter.key)
    chapter.delete()


def open_draft(actor: Actor, edition: Edition) -> Edition:
    """The edition locked against an issue at the same moment; refused unless the actor may edit it."""
    locked = (
        Edition.objects.select_for_update(of=("self",)).select_related("owner").get(pk=edition.pk)
    )
    if locked.state != EditionState.DRAFT:
        raise Refused(
            _("An issued edition cannot be changed. Draft a new one from it and change that.")
        )
    if locked.is_submitted:
        raise Refused(
            _(
                "This draft has been submitted for issue. Withdraw it or have it returned to change it."
            )
        )
    require(TABLE, actor, "edition.edit", locked, _("Only a county officer changes a standard."))
    return locked


def tidy_options(options: Mapping[str, Any]) -> dict[str, Any]:
    try:
        from_dict(options)
    except RuleError as wrong:
        _refuse(wrong.problems)
    return dict(options)


def _checked(values: Mapping[str, Any]) -> dict[str, Any]:
    checked = {name: values[name] for name in CLAUSE if name in values}
    if checked.get("rule") is not None:
        try:
            checked["rule"] = canonical(checked["rule"])
        except RuleError as wrong:
            _refuse(wrong.problems)
    _refuse(check_applies(checked.get("applies", [])))
    return checked


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise Refused("\n".join(problem.say(reader()) for problem in problems))


def _set(row: Any, values: Mapping[str, Any]) -> list[str]:
    """The names of what really changed."""
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    return changed


def put_points(clause: Clause, points: Mapping[str, int]) -> None:
    clause.points.exclude(field__in=points).delete()
    ClausePoints.objects.bulk_create(
        (
            ClausePoints(clause=clause, field=field.value, points=points[field.value])
            for field in SHEET_FIELDS
            if field.value in points
        ),
        update_conflicts=True,
        unique_fields=["clause", "field"],
        update_fields=["points"],
    )


def _after(chapter: Chapter) -> int:
    """The place behind the chapter's last clause, or behind everything before an empty chapter."""
    own = chapter.clauses.aggregate(last=Max("position"))["last"]
    if own is None:
        earlier = Clause.objects.filter(
            edition=chapter.edition_id, chapter__position__lt=chapter.position
        )
        own = earlier.aggregate(last=Max("position"))["last"]
    return (own or 0) + 1


def _note(actor: Actor, verb: str, edition: Edition, *, now: datetime, **params: Any) -> None:
    trail.record(actor.user, verb, edition, now=now, path=edition.owner.path, **params)
