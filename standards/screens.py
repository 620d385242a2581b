"""What the pages of an edition show: chapters with their clauses, points and rules in sentences."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from branches.models import SHEET_FIELDS
from portal.kit import points
from standards import sheets
from standards.models import Chapter, Clause, Edition, Mode
from standards.rules.explain import describe
from standards.vocabulary import CADENCES, UNITS, applies_sentence, methods_text
from standards.worth import beside

MODES = {
    Mode.CARRIED: gettext_lazy("Last time's entry stays; it is changed when something changes"),
    Mode.PERIOD: gettext_lazy("Entered anew each period"),
}


@dataclass(frozen=True)
class Row:
    """One clause on a page; `maximum` in centi-points, None when it differs by field."""

    clause: Clause
    maximum: int | None
    spread: tuple[tuple[str, str], ...]
    text: str
    sentences: tuple[str, ...]
    beside: str = ""  # what a clause without points of its own does to the total

    @property
    def points(self) -> str:
        return "" if self.maximum is None else points.show(self.maximum)

    @property
    def methods(self) -> str:
        return methods_text(self.clause.methods)

    @property
    def cadence(self) -> str:
        return str(CADENCES.get(self.clause.cadence, ""))

    @property
    def mode(self) -> str:
        return str(MODES[self.clause.mode])

    @property
    def consequence(self) -> str:
        """What a problem here counts as, and how long there is to put it right."""
        said = {
            "severity": self.clause.get_severity_display(),
            "n": self.clause.deadline_days,
            "unit": UNITS.get(self.clause.deadline_unit, self.clause.deadline_unit),
        }
        return (
            _("Severity: %(severity)s; to be put right within %(n)s %(unit)s of its issue") % said
        )

    @property
    def applies(self) -> str:
        return applies_sentence(self.clause.applies)


@dataclass(frozen=True)
class Section:
    chapter: Chapter
    title: str
    rows: tuple[Row, ...]
    total: int | None

    @property
    def points(self) -> str:
        return "" if self.total is None else points.show(self.total)


def sections(edition: Edition, *, field: str, lang: str) -> list[Section]:
    """The chapters in order; with `field` only its clauses and their points (four queries)."""
    chapters = list(edition.chapters.order_by("position", "pk"))
    names = word_keys(edition, chapters=chapters, lang=lang)
    by_chapter: dict[int, list[Row]] = {}
    for clause in sheets.clauses(edition):
        held = {row.field: row.points for row in clause.points.all()}
        if not field or field in held:
            row = row_of(clause, held=held, field=field, lang=lang, names=names)
            by_chapter.setdefault(clause.chapter_id, []).append(row)
    return [
        section(chapter, by_chapter.get(chapter.pk, []), field=field, lang=lang)
        for chapter in chapters
        if not field or chapter.pk in by_chapter
    ]


def section(chapter: Chapter, rows: list[Row], *, field: str, lang: str) -> Section:
    total = sum(row.maximum for row in rows) if field else None
    return Section(chapter, chapter_title(chapter, lang), tuple(rows), total)


def row_of(
    clause: Clause, *, held: Mapping[str, int], field: str, lang: str, names: Mapping[str, str]
) -> Row:
    distinct = set(held.values())
    maximum = held.get(field) if field else (distinct.pop() if len(distinct) == 1 else None)
    most = maximum if maximum is not None else max(held.values(), default=0)
    return Row(
        clause=clause,
        maximum=maximum,
        spread=() if maximum is not None else spread(held),
        text=clause.text_en if lang == "en" and clause.text_en else clause.text,
        sentences=tuple(sentences(clause, maximum=most, lang=lang, names=names)),
        beside=beside(sheets.parse(clause.rule)) if clause.rule and held and not most else "",
    )


def spread(held: Mapping[str, int]) -> tuple[tuple[str, str], ...]:
    """(points, fields that have them), most points first."""
    by_points: dict[int, list[str]] = {}
    for field in SHEET_FIELDS:
        if field.value in held:
            by_points.setdefault(held[field.value], []).append(str(field.label))
    return tuple(
        (points.show(amount), _(", ").join(labels))
        for amount, labels in sorted(by_points.items())[::-1]
    )


def sentences(clause: Clause, *, maximum: int, lang: str, names: Mapping[str, str]) -> list[str]:
    if clause.rule is None:
        return [_("Judged by a person, with a reason.")]
    return describe(sheets.parse(clause.rule), maximum=maximum, lang=lang, names=names)


def word_keys(edition: Edition, *, chapters: Iterable[Chapter], lang: str) -> dict[str, str]:
    """The names of tiers and chapters by key, for the sentences of gates."""
    tiers = {tier["key"]: tier_label(tier, lang) for tier in edition.tiers}
    return {chapter.key: chapter_title(chapter, lang) for chapter in chapters} | tiers


def tier_label(tier: Mapping[str, Any], lang: str) -> str:
    return tier["label_en"] if lang == "en" and tier.get("label_en") else tier["label"]


def chapter_title(chapter: Chapter, lang: str) -> str:
    return chapter.title_en if lang == "en" and chapter.title_en else chapter.title


def fields_of(edition: Edition) -> list[tuple[str, str]]:
    """(field, label) of the fields the edition serves, in their order (one query)."""
    served = set(edition.clauses.values_list("points__field", flat=True).distinct())
    return [(field.value, str(field.label)) for field in SHEET_FIELDS if field.value in served]
