"""What stands of a result: the county's decision where there is one, else what the software proposes."""

from collections.abc import Mapping

from django.db.models import Case, CharField, F, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inspections.models import Source
from inspections.standing import RECORDS
from portal.kit import points
from scoring.models import Proposal, Result
from scoring.tallies import UNJUDGED
from standards.language import reader
from standards.models import Edition
from standards.sheets import edition_composition

ON_SITE = (Source.ACCEPTANCE, Source.RECHECK)
TONES = {
    Proposal.PASS: "ok",
    Proposal.FAIL: "overdue",
    Proposal.OPEN: "muted",
    Proposal.NOT_GRADED: "muted",
}
# Proposed while nobody has decided, plain once the county has: software proposes, people decide.
PROPOSED = {
    Proposal.PASS: gettext_lazy("Proposed: up to standard"),
    Proposal.FAIL: gettext_lazy("Proposed: not up to standard"),
    Proposal.OPEN: gettext_lazy("Not all clauses judged"),
    Proposal.NOT_GRADED: gettext_lazy("Not graded"),
}
DECIDED = {True: gettext_lazy("Up to standard"), False: gettext_lazy("Not up to standard")}
SOURCES = {
    Source.SELF: gettext_lazy("Self-assessment"),
    Source.FIRST_CHECK: gettext_lazy("Check by the parent unit"),
    Source.ACCEPTANCE: gettext_lazy("Acceptance by the county"),
    Source.RECHECK: gettext_lazy("Recheck"),
    RECORDS: gettext_lazy("From records"),
    UNJUDGED: gettext_lazy("Not judged"),
}


def verdict() -> Case:
    """An expression: pass, fail, open or not_graded. Lists, sums and filters all use this one."""
    return Case(
        When(decided_pass=True, then=Value(Proposal.PASS.value)),
        When(decided_pass=False, then=Value(Proposal.FAIL.value)),
        default=F("proposal"),
        output_field=CharField(),
    )


def verdict_of(result: Result) -> str:
    if result.decided_pass is None:
        return result.proposal
    return Proposal.PASS if result.decided_pass else Proposal.FAIL


def verdict_word(result: Result) -> str:
    if result.decided_pass is None:
        return str(PROPOSED[result.proposal])
    return str(DECIDED[result.decided_pass])


def verdict_tone(result: Result) -> str:
    return TONES[verdict_of(result)]


def state_word(result: Result) -> str:
    """How far the county is with it."""
    if result.published_at:
        return _("Published")
    return _("Decided, not published") if result.decided_pass is not None else _("Not decided")


def tier_labels(edition: Edition) -> dict[str, str]:
    """Tier keys as the owner of the edition calls them."""
    label = "label_en" if reader() == "en" else "label"
    return {tier["key"]: tier.get(label) or tier["label"] for tier in edition.tiers}


def pass_line(edition: Edition) -> str:
    """The points of the lowest tier that passes; "" where stars or separate sheets decide instead."""
    plan = edition_composition(edition)
    passing = [tier for tier in edition.tiers if tier["passes"]]
    return passing[-1]["floor"] if passing and not (plan.stars or plan.sheets) else ""


def was_on_site(result: Result) -> bool:
    return rests_on_site(result.sources)


def rests_on_site(sources: Mapping[str, int]) -> bool:
    return any(sources.get(source) for source in ON_SITE)


def basis_word(result: Result) -> str:
    """On whose word the result rests, the most telling source first; unvisited ones say so."""
    if was_on_site(result):
        return _("Accepted on site")
    return _("Not accepted on site")


def counted(sources: Mapping[str, int]) -> list[tuple[str, int]]:
    """[(source in words, clauses)] in the order in which sources count."""
    return [(str(word), sources[key]) for key, word in SOURCES.items() if sources.get(key)]


def short_form(result: Result) -> str:
    """达标 86.5: for a cell or a line of history."""
    if verdict_of(result) in (Proposal.OPEN, Proposal.NOT_GRADED):
        return verdict_word(result)
    return f"{verdict_word(result)} {points.show(result.total)}"
