"""The sheet of one field: the clauses with their points, their rules parsed once.

Issued editions never change, so their sheets are kept by the digest of their content; a draft is
read afresh each time.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Any

from standards.composing.parse import parse as parse_composition
from standards.composing.shapes import EMPTY, Composition
from standards.conform import conforming
from standards.models import Clause, Edition, EditionState
from standards.rules.options import Options, from_dict
from standards.rules.parse import parse
from standards.rules.shapes import Measure, Rule

KEPT = 16
# Columns younger than the first issued editions: empty, they stay out of the digest, so it still holds.
LATER = ("good_example", "work_steps", "blank_form", "checked_by")
_kept: dict[str, Mapping[str, tuple["Line", ...]]] = {}


@dataclass(frozen=True)
class Line:
    """One clause on one field's sheet; `maximum` in centi-points."""

    key: str
    code: str
    chapter: str
    text: str
    text_en: str
    maximum: int
    rule: Rule = field(repr=False)
    is_judged: bool
    mode: str
    applies: tuple[Mapping[str, Any], ...]
    mandatory: bool
    severity: str
    deadline_days: int
    deadline_unit: str
    phrases: tuple[str, ...]
    methods: tuple[str, ...]
    checked_by: str
    guidance: str
    evidence: str
    good_example: str
    work_steps: str
    blank_form: str
    rule_text: str
    basis: str
    not_applicable: str
    photo_reason: str
    under_review: bool

    @cached_property
    def typed(self) -> tuple[Measure, ...]:
        """The measures somebody has to observe: those not derived from records."""
        return tuple(m for m in self.rule.measures if m.derive is None)

    @cached_property
    def derived(self) -> tuple[Measure, ...]:
        """The measures filled in from records."""
        return tuple(m for m in self.rule.measures if m.derive is not None)

    @cached_property
    def conforming(self) -> Mapping[str, Any]:
        """What one tap of 符合 means here; never changed in place."""
        return MappingProxyType(conforming(self.rule))

    @property
    def from_records(self) -> bool:
        return bool(self.rule.measures) and not self.typed

    @property
    def rule_lines(self) -> list[str]:
        """A printed rule of several lines is what the demand is about; a single one is told with its points."""
        lines = self.rule_text.splitlines()
        return lines if len(lines) > 1 else []

    def wording(self, lang: str) -> str:
        return self.text_en if lang == "en" and self.text_en else self.text


def sheet(edition: Edition, field_key: str) -> tuple[Line, ...]:
    """The lines of the field's sheet in order; empty when the edition does not serve the field."""
    return sheets(edition).get(field_key, ())


def sheets(edition: Edition) -> Mapping[str, tuple[Line, ...]]:
    if edition.state == EditionState.DRAFT:
        return compiled(edition)
    if edition.digest not in _kept:
        while len(_kept) >= KEPT:
            _kept.pop(next(iter(_kept)))
        _kept[edition.digest] = compiled(edition)
    return _kept[edition.digest]


def as_issued(edition: Edition) -> Edition:
    """A draft as though it were in force, so that its sheets are read once. In memory, never to be saved."""
    if edition.state != EditionState.DRAFT:
        return edition
    found = copy(edition)
    found.state, found.digest = EditionState.ISSUED, digest(edition)
    return found


def compiled(edition: Edition) -> dict[str, tuple[Line, ...]]:
    by_field: dict[str, list[Line]] = {}
    for clause in clauses(edition):
        for row in clause.points.all():
            by_field.setdefault(row.field, []).append(line(clause, row.points))
    return {key: tuple(lines) for key, lines in by_field.items()}


def clauses(edition: Edition) -> Iterable[Clause]:
    return (
        edition.clauses.select_related("chapter")
        .prefetch_related("points")
        .order_by("position", "pk")
    )


def line(clause: Clause, maximum: int) -> Line:
    return Line(
        key=clause.key,
        code=clause.code,
        chapter=clause.chapter.key,
        text=clause.text,
        text_en=clause.text_en,
        maximum=maximum,
        rule=parse(clause.rule) if clause.rule is not None else judged_rule(maximum),
        is_judged=clause.rule is None,
        mode=clause.mode,
        applies=tuple(clause.applies),
        mandatory=clause.mandatory,
        severity=clause.severity,
        deadline_days=clause.deadline_days,
        deadline_unit=clause.deadline_unit,
        phrases=tuple(clause.phrases),
        methods=tuple(clause.methods),
        checked_by=clause.checked_by,
        guidance=clause.guidance,
        evidence=clause.evidence,
        good_example=clause.good_example,
        work_steps=clause.work_steps,
        blank_form=clause.blank_form,
        rule_text=clause.rule_text,
        basis=clause.basis,
        not_applicable=clause.not_applicable,
        photo_reason=clause.photo_reason,
        under_review=clause.under_review,
    )


def judged_rule(maximum: int) -> Rule:
    """Plain-text rules are judged: a person deducts within the clause, with a reason."""
    return parse(
        {
            "measures": [
                {
                    "name": "deducted",
                    "kind": "points",
                    "label": "扣分",
                    "label_en": "Points taken off",
                }
            ],
            "steps": [
                {
                    "shape": "judged",
                    "measure": "deducted",
                    "low": f"-{maximum / 100:g}",
                    "high": "0",
                }
            ],
        }
    )


def edition_options(edition: Edition) -> Options:
    return _options_of(tuple(sorted(edition.options.items())))


def edition_composition(edition: Edition) -> Composition:
    """Parsed once; nearly every edition has none."""
    if not edition.composition:
        return EMPTY
    return _composition_of(json.dumps(edition.composition, sort_keys=True))


@lru_cache(maxsize=KEPT)
def _composition_of(written: str) -> Composition:
    return parse_composition(json.loads(written))


@lru_cache(maxsize=KEPT)
def _options_of(answers: tuple[tuple[str, Any], ...]) -> Options:
    """Asked for every branch and clause, answered once."""
    return from_dict(dict(answers))


def digest(edition: Edition) -> str:
    """SHA-256 over everything that decides points: options, tiers, chapters, clauses, rules, maxima."""
    content = {
        "options": edition.options,
        "tiers": edition.tiers,
        "ceiling": edition.ceiling,
        "chapters": list(edition.chapters.order_by("position").values_list("key", "title")),
        "clauses": [clause_content(clause) for clause in clauses(edition)],
    }
    if edition.composition:
        content["composition"] = edition.composition
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def clause_content(clause: Clause) -> dict:
    fields = [
        f.attname
        for f in Clause._meta.concrete_fields
        if f.attname not in ("id", "edition_id", "chapter_id")
    ]
    held = {name: getattr(clause, name) for name in fields}
    return {name: value for name, value in held.items() if value or name not in LATER} | {
        "chapter": clause.chapter.key,
        "points": {row.field: row.points for row in clause.points.all()},
    }
