"""What results add to a branch's page: its results over the cycles; and what the work table calls the last one."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from branches.models import Organization
from branches.scope import Actor
from inspections.models import Cycle
from portal.kit import points
from scoring.lists import total_known
from scoring.models import Result
from scoring.permissions import TABLE
from scoring.verdicts import short_form, tier_labels, verdict_tone, verdict_word

HISTORY = _("Results over the cycles")


def history(actor: Actor, branch: Organization) -> dict | None:
    """2024 未达标 → 2025 达标: the cycles the reader may see, the oldest first."""
    rows = Result.objects.visible_to(actor).filter(branch=branch).select_related("cycle__edition")
    found = [line(row) for row in rows.order_by("cycle__ends_on", "pk")]
    if not found:
        return None
    return {
        "title": HISTORY,
        "template": "scoring/parts/history.html",
        "context": {"lines": found, "opens": TABLE["result.view"].allows(actor)},
        "prints": True,
    }


def line(row: Result) -> dict:
    return {
        "result": row,
        "year": row.cycle.ends_on.year,
        "word": verdict_word(row),
        "tone": verdict_tone(row),
        "total": points.show(total_known(row)),
        "tier": tier_labels(row.cycle.edition).get(row.tier, ""),
    }


def tell_prior(cycle: Cycle, branch_ids: Iterable[int]) -> dict[int, str]:
    """For inspections.prior_results: published results only, because units read them too."""
    rows = Result.objects.filter(cycle=cycle, branch__in=list(branch_ids))
    return {row.branch_id: short_form(row) for row in rows.exclude(published_at=None)}
