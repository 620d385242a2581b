"""The three scores of a branch side by side, and the branches that think far better of themselves."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from accounts.pages import page_of
from accounts.roles import COUNTY
from branches.gate import demand
from inspections import cycles
from inspections.models import Assessment
from inspections.work_table import assessments_of
from portal.kit import points
from scoring import comparing, gapping
from scoring.filters import ResultFilter
from scoring.models import Result
from scoring.permissions import TABLE
from scoring.verdicts import SOURCES, tier_labels
from scoring.views import cycle_shown


@require_GET
def compare(request, pk):
    demand(TABLE, request.actor, "result.compare")
    rows = Assessment.objects.visible_to(request.actor)
    related = ("branch__parent", "cycle__edition", "cycle__owner")
    assessment = get_object_or_404(rows.select_related(*related), pk=pk)
    result = Result.objects.visible_to(request.actor).filter(
        cycle=assessment.cycle, branch=assessment.branch
    )
    is_signed = gapping.signed(assessment.cycle).filter(branch=assessment.branch).exists()
    sources = sources_open(request.actor, result.first(), is_signed=is_signed)
    scores = comparing.three_scores(assessment, today=request.today, sources=sources)
    is_told = comparing.ACCEPTANCE in sources_open(request.actor, result.first())
    every = comparing.rows_of(assessment, scores)
    differing = [row for row in every if row.differs]
    only = request.GET.get("only") == "differences"
    return render(
        request,
        "scoring/compare.html",
        {
            "assessment": assessment,
            "result": result.first(),
            "scores": with_steps(scores.values(), is_told=is_told),
            "source_words": SOURCES,
            "rows": differing if only else every,
            "only": only,
            "counts": {"all": len(every), "differences": len(differing)},
        },
    )


def sources_open(actor, result, *, is_signed: bool = False) -> list[str]:
    """A unit sees its own word and the first check; the acceptance once the result is published, and
    clause by clause as soon as its feedback sheet is signed."""
    if is_signed or actor.has(*COUNTY) or (result is not None and result.published_at):
        return list(comparing.HEARD)
    return [comparing.SELF, comparing.FIRST_CHECK]


def with_steps(scores, *, is_told: bool = True) -> list[dict]:
    """Each score with how far it lies from the one before it; the sum on site is told with the result."""
    shown, before = [], None
    for score in scores:
        if score.source == comparing.ACCEPTANCE and not is_told:
            shown.append(untold(score))
            continue
        step = None if before is None or score.total is None else score.total - before
        shown.append(
            {
                "score": score,
                "word": SOURCES[score.source],
                "total": points.show(score.total),
                "step": points.signed(step) if step else None,
                "is_down": bool(step and step < 0),
            }
        )
        before = score.total if score.total is not None else before
    return shown


def untold(score) -> dict:
    return {
        "score": score,
        "word": SOURCES[score.source],
        "total": "—",
        "step": None,
        "is_down": False,
        "is_untold": True,
    }


@require_GET
def gaps(request):
    demand(TABLE, request.actor, "result.gaps")
    cycle = cycle_shown(request.actor, request.GET.get("cycle", ""))
    if cycle is None:
        return render(request, "scoring/none.html")
    chosen = ResultFilter(request.GET, actor=request.actor, tiers=tier_labels(cycle.edition))
    least = points.parse(request.GET.get("least", "")) or comparing.FAR
    unit = chosen.chosen.get("unit")
    rows = assessments_of(request.actor, cycle, unit=unit)
    found = comparing.gaps_of(rows, today=request.today, least=least)
    page = page_of(request, found)
    return render(
        request,
        "scoring/gaps.html",
        {
            "cycle": cycle,
            "cycles": cycles.readable(request.actor),
            "form": chosen,
            "least": points.show(least),
            "page": page,
            "pages": list(page.paginator.get_elided_page_range(page.number)),
        },
    )
