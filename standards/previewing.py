"""A clause as it is being written: its rule in sentences, and a line of the sheet to fill in, with the points."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from standards.amounts_told import apart
from standards.clause_form import ClauseForm
from standards.issuing import rule_problems
from standards.language import reader
from standards.models import Clause, Edition
from standards.screens import sentences, word_keys
from standards.sheets import edition_options, line
from standards.tryout import Trial, trial


@dataclass(frozen=True)
class Preview:
    """`apart`: amounts that the printed rule names and this one does not know."""

    sentences: list[str]
    trial: Trial
    apart: list[str]


def typed(form: ClauseForm, given: Mapping[str, Sequence[str]]) -> Preview | None:
    """Of a form in work, whatever else in it is still wrong; None while the rule cannot stand."""
    if "rule_notation" not in form.cleaned_data or any("points_" in name for name in form.errors):
        return None
    clause, edition = form.instance, form.edition
    clause.rule = form.cleaned_data["rule_notation"]
    clause.rule_text = form.cleaned_data.get("rule_text", "")
    if clause.chapter_id is None:
        clause.chapter = edition.chapters.order_by("position", "pk").first()
    return of_clause(clause, edition, points=form.points(), given=given)


def of_clause(
    clause: Clause,
    edition: Edition,
    *,
    points: Mapping[str, int],
    given: Mapping[str, Sequence[str]],
) -> Preview | None:
    chapters = list(edition.chapters.all())
    wrong = rule_problems(
        clause.rule,
        maxima=sorted(set(points.values())),
        tiers={tier["key"] for tier in edition.tiers},
        chapters={chapter.key for chapter in chapters},
    )
    most = max(points.values(), default=0)
    has_nothing_to_judge = clause.rule is None and not most
    if wrong or clause.chapter_id is None or has_nothing_to_judge:
        return None
    names = word_keys(edition, chapters=chapters, lang=reader())
    return Preview(
        sentences(clause, maximum=most, lang=reader(), names=names),
        trial(line(clause, most), given, options=edition_options(edition), names=names),
        apart(clause.rule_text, clause.rule, maxima=list(points.values())),
    )
