"""A draft as a way of seven steps, and what should be looked at again before it is issued."""

from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from branches.models import Field
from standards.amounts_told import apart
from standards.issuing import FieldSum
from standards.models import Edition, EditionState
from standards.rules.problems import RuleError
from standards.sheets import clauses

NEAR = {"composition_section": "composition", "clause_new": "edition", "clause_edit": "edition"}


@dataclass(frozen=True)
class Step:
    label: str
    url: str
    is_done: bool
    is_here: bool
    is_clauses: bool


def steps(edition: Edition, *, here: str) -> list[Step]:
    """`here` is the name of the address on screen (one query)."""
    here = NEAR.get(here, here)
    held = edition.chapters.aggregate(chapters=Count("pk", distinct=True), rows=Count("clauses"))
    way = (
        ("head", _("Name and document"), not unnamed(edition)),
        ("options", _("Questions of interpretation"), bool(edition.options)),
        ("tiers", _("Tiers"), bool(edition.tiers)),
        ("chapters", _("Chapters"), held["chapters"] > 0),
        ("edition", _("Clauses one by one"), held["rows"] > 0),
        ("composition", _("How the total comes about"), bool(edition.composition)),
        ("issue", _("Submit for issue"), edition.is_submitted),
    )
    return [
        Step(
            label,
            reverse(f"standards:{name}", args=[edition.pk]),
            is_done,
            is_here=name == here,
            is_clauses=name == "edition",
        )
        for name, label, is_done in way
    ]


def following(way: list[Step]) -> Step | None:
    """The step after the one on screen; without a clause there is nothing to sum up yet."""
    at = next((n for n, step in enumerate(way) if step.is_here), len(way))
    if at + 1 >= len(way) or (way[at].is_clauses and not way[at].is_done):
        return None
    return way[at + 1]


def road(edition: Edition | None, *, here: str) -> dict[str, object]:
    """For the top of a page about a draft; nothing once it is issued."""
    if edition is None or edition.state != EditionState.DRAFT:
        return {}
    way = steps(edition, here=here)
    return {"steps": way, "next_step": following(way)}


def unnamed(edition: Edition) -> list[str]:
    """What the paper of the edition still lacks."""
    wanted = (
        (_("Issued by"), edition.issuer),
        (_("Document number"), edition.document_number),
        (_("Approved by"), edition.approving_authority),
    )
    return [label for label, value in wanted if not value]


def doubts(edition: Edition, sums: list[FieldSum]) -> list[str]:
    """Sentences that warn before the issue and block nothing."""
    found = []
    if lacking := unnamed(edition):
        found.append(
            _("Not filled in yet: %(names)s. They are printed on every sheet.")
            % {"names": _(", ").join(lacking)}
        )
    found += untouched({row.field for row in sums})
    if codes := at_odds(edition):
        found.append(
            _("The printed rule and the machine rule name other amounts: %(clauses)s.")
            % {"clauses": _(", ").join(codes)}
        )
    return found


def at_odds(edition: Edition) -> list[str]:
    """Numbers of the clauses whose printed rule names an amount the machine rule does not know."""
    try:
        return [
            clause.code
            for clause in clauses(edition)
            if apart(
                clause.rule_text, clause.rule, maxima=[row.points for row in clause.points.all()]
            )
        ]
    except RuleError:
        return []


def untouched(served: set[str]) -> list[str]:
    """Kinds of branches without a clause; an edition for committees alone says nothing of branches."""
    has = [str(field.label) for field in Field if field.value in served]
    lacks = [str(field.label) for field in Field if field.value not in served]
    if not has or not lacks:
        return []
    if len(has) <= len(lacks):
        return [
            _("Only %(fields)s has clauses; branches of the other %(n)s kinds are not assessed.")
            % {"fields": _(", ").join(has), "n": len(lacks)}
        ]
    return [_("No clauses, so not assessed: %(fields)s.") % {"fields": _(", ").join(lacks)}]
