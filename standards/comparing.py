"""What changed from one edition to the next, clause by clause, in plain sentences."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from branches.models import SHEET_FIELDS
from portal.kit import points
from standards import composition, sheets
from standards.language import reader
from standards.models import Clause, Edition
from standards.rules.options import QUESTIONS, from_dict
from standards.rules.parse import canonical
from standards.rules.problems import RuleError
from standards.screens import sentences, word_keys
from standards.vocabulary import (
    CADENCES,
    MODES,
    NOT_APPLICABLE,
    SEVERITIES,
    UNITS,
    applies_sentence,
    methods_text,
)


@dataclass(frozen=True)
class Change:
    """`old` or `new` is None for a clause that was added or removed."""

    key: str
    old: Clause | None
    new: Clause | None
    sentences: tuple[str, ...] = ()

    @property
    def clause(self) -> Clause:
        return self.new or self.old


@dataclass(frozen=True)
class Comparison:
    added: tuple[Change, ...]
    changed: tuple[Change, ...]
    removed: tuple[Change, ...]
    frame: tuple[str, ...]
    unchanged: int


def previous(edition: Edition) -> Edition | None:
    """The owner's edition this one follows: issued before it, or in force while it is a draft."""
    issued = Edition.objects.filter(owner=edition.owner_id, issued_at__isnull=False)
    if edition.issued_at:
        issued = issued.filter(issued_at__lt=edition.issued_at)
    return issued.exclude(pk=edition.pk).order_by("-issued_at", "-pk").first()


def compare(old: Edition, new: Edition) -> Comparison:
    """By clause key, in the order of the new edition (six queries)."""
    before = {clause.key: clause for clause in sheets.clauses(old)}
    after = {clause.key: clause for clause in sheets.clauses(new)}
    both = [(before[key], clause) for key, clause in after.items() if key in before]
    names = [word_keys(each, chapters=each.chapters.all(), lang=reader()) for each in (old, new)]
    pairs = [(one, other, tuple(differences(one, other, names=names))) for one, other in both]
    return Comparison(
        added=tuple(Change(key, None, c) for key, c in after.items() if key not in before),
        changed=tuple(Change(two.key, one, two, said) for one, two, said in pairs if said),
        removed=tuple(Change(key, c, None) for key, c in before.items() if key not in after),
        frame=tuple(frame_differences(old, new)),
        unchanged=sum(not said for _, _, said in pairs),
    )


def frame_differences(old: Edition, new: Edition) -> Iterator[str]:
    before, after = from_dict(old.options), from_dict(new.options)
    for question in QUESTIONS:
        one, two = (getattr(options, question.name) for options in (before, after))
        if one != two:
            said = [getattr(question.answer(value), reader()) for value in (one, two)]
            yield from_to(getattr(question, reader()), *said)
    if old.tiers != new.tiers:
        yield from_to(_("Tiers"), tiers_text(old), tiers_text(new))
    yield from composition_differences(old, new)
    if old.base != new.base:
        label = _("Points of each field's sheet")
        yield from_to(label, points.show(old.base), points.show(new.base))
    if old.ceiling != new.ceiling:
        yield from_to(_("Ceiling"), points.show(old.ceiling), points.show(new.ceiling))


def composition_differences(old: Edition, new: Edition) -> Iterator[str]:
    if old.composition == new.composition:
        return
    for one, two in zip(composition.sections(old), composition.sections(new), strict=True):
        if one.sentences != two.sentences:
            said = (_("; ").join(each.rstrip("。.") for each in s.sentences) for s in (one, two))
            yield from_to(one.title, *said)


def tiers_text(edition: Edition) -> str:
    return _(", ").join(f"{tier['label']}≥{tier['floor']}" for tier in edition.tiers)


def differences(old: Clause, new: Clause, *, names: Sequence[Mapping[str, str]]) -> Iterator[str]:
    """`names`: tiers and chapters by key, of the old edition and of the new."""
    for label, one, two in texts(old, new):
        if one != two:
            yield from_to(label, one, two)
    if not same_rule(old, new):
        yield from rule_differences(old, new, names=names)
    yield from point_differences(old, new)
    if old.mandatory != new.mandatory:
        yield _("Now mandatory.") if new.mandatory else _("No longer mandatory.")
    if old.under_review != new.under_review:
        yield _("Now under review.") if new.under_review else _("No longer under review.")


def texts(old: Clause, new: Clause) -> list[tuple[str, str, str]]:
    """(label, old, new) of everything that is text for a reader."""
    return [
        (label, show(old), show(new))
        for label, show in (
            (_("Chapter"), lambda c: c.chapter.title),
            (_("Clause no."), lambda c: c.code),
            (_("Demand"), lambda c: c.text),
            (_("Scoring rule"), lambda c: c.rule_text),
            (_("Guidance"), lambda c: c.guidance),
            (_("Records wanted"), lambda c: c.evidence),
            (_("Filled example"), lambda c: c.good_example),
            (_("Work steps"), lambda c: c.work_steps),
            (_("Blank form"), lambda c: c.blank_form),
            (_("Method"), lambda c: methods_text(c.methods)),
            (_("Checking unit"), lambda c: c.checked_by),
            (_("Mode"), lambda c: str(MODES[c.mode])),
            (_("Cadence"), lambda c: str(CADENCES.get(c.cadence, c.cadence))),
            (_("Applies when"), lambda c: applies_sentence(c.applies)),
            (
                _("When it does not apply"),
                lambda c: str(NOT_APPLICABLE.get(c.not_applicable, "")),
            ),
            (_("Why a photo is needed"), lambda c: c.photo_reason),
            (_("Basis"), lambda c: c.basis),
            (_("Severity"), lambda c: str(SEVERITIES[c.severity])),
            (_("Time to rectify"), deadline),
            (_("Frequent problems"), lambda c: "；".join(c.phrases)),
        )
    ]


def deadline(clause: Clause) -> str:
    return f"{clause.deadline_days} {UNITS.get(clause.deadline_unit, clause.deadline_unit)}"


def same_rule(old: Clause, new: Clause) -> bool:
    if old.rule is None or new.rule is None:
        return old.rule == new.rule
    return canonical(old.rule) == canonical(new.rule)


def rule_differences(
    old: Clause, new: Clause, *, names: Sequence[Mapping[str, str]]
) -> Iterator[str]:
    one, two = (said(clause, words) for clause, words in zip((old, new), names, strict=True))
    if one and two and one != two:
        yield from_to(_("How it is scored"), one, two)
    else:
        yield _("The machine rule changed.")


def said(clause: Clause, names: Mapping[str, str]) -> str:
    """The rule in sentences; empty where a draft holds one that cannot be read."""
    most = max((row.points for row in clause.points.all()), default=0)
    try:
        found = sentences(clause, maximum=most, lang=reader(), names=names)
    except RuleError:
        return ""
    return " ".join(found).rstrip("。.")


def point_differences(old: Clause, new: Clause) -> Iterator[str]:
    before, after = ({row.field: row.points for row in c.points.all()} for c in (old, new))
    moves: dict[tuple[int | None, int | None], list[str]] = {}
    for field in SHEET_FIELDS:
        pair = (before.get(field.value), after.get(field.value))
        if pair[0] != pair[1]:
            moves.setdefault(pair, []).append(str(field.label))
    for (one, two), labels in moves.items():
        fields = _(", ").join(labels)
        if one is None:
            yield _("New on the sheet of %(fields)s, %(points)s points.") % {
                "fields": fields,
                "points": points.show(two),
            }
        elif two is None:
            yield _("No longer on the sheet of %(fields)s.") % {"fields": fields}
        else:
            yield from_to(
                _("Points for %(fields)s") % {"fields": fields}, points.show(one), points.show(two)
            )


INNER = str.maketrans("“”", "‘’")


def from_to(label: str, old: str, new: str) -> str:
    """What is quoted loses its own stop, so that the sentence has one; quotation marks inside are single."""
    old, new = (text.rstrip("。.").translate(INNER) for text in (old, new))
    if not old:
        return _("%(label)s: now “%(new)s”.") % {"label": label, "new": new}
    if not new:
        return _("%(label)s: “%(old)s” was taken out.") % {"label": label, "old": old}
    return _("%(label)s: from “%(old)s” to “%(new)s”.") % {"label": label, "old": old, "new": new}
