"""What keeps an edition from being issued, and the issue itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import trail
from accounts.models import User
from accounts.refusal import Refused
from branches.models import SHEET_FIELDS
from portal.kit import points
from standards import blank_forms
from standards.composing import fit
from standards.composing.parse import parse as parse_composition
from standards.language import reader
from standards.models import Clause, Edition, EditionState
from standards.rules.conditions import check_applies
from standards.rules.options import from_dict
from standards.rules.parse import parse, validate
from standards.rules.problems import Problem, RuleError
from standards.sheets import clauses, digest


@dataclass(frozen=True)
class FieldSum:
    """What one field's sheet comes to; `total` and `base` in centi-points."""

    field: str
    label: str
    total: int
    base: int
    count: int

    @property
    def fits(self) -> bool:
        return self.total == self.base

    @property
    def sum(self) -> str:
        return points.show(self.total)

    @property
    def due(self) -> str:
        return points.show(self.base)


def field_sums(edition: Edition, *, rows: list[Clause]) -> list[FieldSum]:
    """One row per field the edition serves, in the order of the fields."""
    totals: dict[str, list[int]] = {}
    for clause in rows:
        for row in clause.points.all():
            totals.setdefault(row.field, []).append(row.points)
    return [
        FieldSum(field.value, str(field.label), sum(found), edition.base, len(found))
        for field in SHEET_FIELDS
        if (found := totals.get(field.value))
    ]


def problems(edition: Edition) -> list[str]:
    """Every reason against issuing, as sentences in the reader's language (three queries)."""
    rows = list(clauses(edition))
    found = list(_sums(edition, rows))
    found += [problem.say(reader()) for problem in _options(edition)]
    found += [problem.say(reader()) for problem in composition_problems(edition)]
    chapters = {chapter.key for chapter in edition.chapters.all()}
    tiers = {tier["key"] for tier in edition.tiers}
    for clause in rows:
        found += clause_problems(clause, tiers=tiers, chapters=chapters)
    return found


def _sums(edition: Edition, rows: list[Clause]) -> Iterator[str]:
    sums = field_sums(edition, rows=rows)
    if not sums:
        yield _("No clause carries points for any field.")
    for row in sums:
        if not row.fits:
            yield _("The points of %(field)s add up to %(total)s, not to %(base)s.") % {
                "field": row.label,
                "total": points.show(row.total),
                "base": points.show(row.base),
            }


def _options(edition: Edition) -> list[Problem]:
    try:
        from_dict(edition.options)
    except RuleError as wrong:
        return wrong.problems
    return []


def composition_problems(edition: Edition, agreed: Any = None) -> list[Problem]:
    """What keeps the edition's composition, or this one, from standing in it (two queries, none without)."""
    agreed = edition.composition if agreed is None else agreed
    if not agreed:
        return []
    try:
        plan = parse_composition(agreed)
    except RuleError as wrong:
        return wrong.problems
    return fit.within(
        plan,
        chapters=list(edition.chapters.order_by("position").values_list("key", flat=True)),
        tiers=[tier["key"] for tier in edition.tiers],
        clauses=set(edition.clauses.values_list("key", flat=True)),
    )


def clause_problems(clause: Clause, *, tiers: set[str], chapters: set[str]) -> list[str]:
    """Sentences about one clause, each beginning with its number; none twice."""
    maxima = sorted({row.points for row in clause.points.all()})
    found = [
        *check_applies(clause.applies),
        *rule_problems(clause.rule, maxima=maxima, tiers=tiers, chapters=chapters),
    ]
    said = [
        _("Clause %(code)s: %(problem)s") % {"code": clause.code, "problem": problem.say(reader())}
        for problem in found
    ]
    if sentence := blank_forms.problem(clause.blank_form):
        said.append(_("Clause %(code)s: %(problem)s") % {"code": clause.code, "problem": sentence})
    return list(dict.fromkeys(said))


def rule_problems(
    data: object, *, maxima: list[int], tiers: set[str], chapters: set[str]
) -> list[Problem]:
    """None for a judged clause; else what is wrong with the rule under any of its maxima."""
    if data is None:
        return []
    try:
        rule = parse(data)
    except RuleError as wrong:
        return wrong.problems
    return [
        problem
        for maximum in maxima or [0]
        for problem in validate(rule, maximum=maximum, tiers=tiers, chapters=chapters)
    ]


@transaction.atomic
def put_in_force(edition: Edition, *, by: User, now: datetime) -> Edition:
    """Issues a draft: refuses with every problem, steps the owner's edition in force down.

    A chapter nobody put a clause into is not issued. Cycles keep the edition they were opened with; only new ones take this one.
    """
    edition = (
        Edition.objects.select_for_update(of=("self",)).select_related("owner").get(pk=edition.pk)
    )
    if edition.state != EditionState.DRAFT:
        raise Refused(_("This edition has been issued already."))
    found = problems(edition)
    if found:
        raise Refused("\n".join(found))
    edition.chapters.filter(clauses=None).delete()
    before = Edition.objects.filter(owner=edition.owner, state=EditionState.ISSUED)
    before.update(state=EditionState.SUPERSEDED)
    edition.state = EditionState.ISSUED
    edition.issued_at, edition.issued_by = now, by
    edition.digest = digest(edition)
    edition.save(update_fields=["state", "issued_at", "issued_by", "digest"])
    trail.record(
        by, "edition.issue", edition, now=now, path=edition.owner.path, digest=edition.digest
    )
    return edition
