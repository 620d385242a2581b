"""An edition's composition: agreed section by section, checked as a whole, said in sentences."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import trail
from accounts.refusal import Refused
from branches.scope import Actor
from standards.actions import open_draft
from standards.composing.describe import LANGUAGES, Section, describe
from standards.composing.parse import parse, to_json
from standards.issuing import composition_problems
from standards.language import reader
from standards.models import Edition
from standards.screens import word_keys
from standards.vocabulary import FACTS

HINTS = {
    "figures": gettext_lazy("Results of other assessments and surveys, entered for each branch."),
    "clamps": gettext_lazy("The least and the most that one chapter can come to."),
    "components": gettext_lazy("Shares of the total in per cent, such as chapters 70, survey 30."),
    "extra": gettext_lazy("Points by rank or by distance from branches of the same kind."),
    "bonus": gettext_lazy("From when bonus counts and how much of it at most."),
    "history": gettext_lazy("What last time's result adds, takes away or bars."),
    "sheets": gettext_lazy("A tier has its own list of chapters and its own line to reach."),
    "stars": gettext_lazy("A chapter that reaches its line gives a star; stars decide the tier."),
    "conditions": gettext_lazy("What a tier asks for beside the points."),
    "quotas": gettext_lazy("How many branches at most or at least get a tier."),
}


def title_of(section: str) -> str:
    return LANGUAGES[reader()].SECTIONS[section]


def sections(edition: Edition) -> tuple[Section, ...]:
    """Every section with its sentences in the reader's language (two queries)."""
    return describe(parse(edition.composition), lang=reader(), names=names_of(edition))


def names_of(edition: Edition) -> dict[str, str]:
    """Keys of chapters, tiers, clauses and facts as words."""
    chapters = word_keys(edition, chapters=edition.chapters.all(), lang=reader())
    clauses = edition.clauses.values_list("key", "code")
    said = {key: _("Clause %(code)s") % {"code": code} for key, code in clauses}
    return {key: str(label) for key, label in FACTS.items()} | said | chapters


def with_section(edition: Edition, section: str, value: Any) -> dict[str, Any]:
    """The composition as it would be; an empty section is left out."""
    rest = {key: agreed for key, agreed in edition.composition.items() if key != section}
    return rest | ({section: value} if value else {})


@transaction.atomic
def agree(actor: Actor, edition: Edition, *, now: datetime, agreed: dict[str, Any]) -> Edition:
    """Refuses with every problem; stores the shortest JSON."""
    edition = open_draft(actor, edition)
    found = composition_problems(edition, agreed)
    if found:
        raise Refused("\n".join(dict.fromkeys(problem.say(reader()) for problem in found)))
    edition.composition = to_json(parse(agreed))
    edition.save(update_fields=["composition"])
    trail.record(
        actor.user,
        "edition.composition",
        edition,
        now=now,
        path=edition.owner.path,
        sections=sorted(edition.composition),
    )
    return edition
