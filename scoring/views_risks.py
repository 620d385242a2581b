"""Items at risk in the running cycle, of the branches the reader may see."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.pages import page_of
from branches.gate import demand
from branches.order import tree_order
from branches.scope import under
from inspections import cycles
from inspections.models import Assessment
from scoring import risk_lists, run_lists
from scoring.filters import ResultFilter
from scoring.permissions import TABLE
from scoring.risks import FINDING, Risk, risks
from scoring.views_runs import workbook


@require_GET
def page(request):
    demand(TABLE, request.actor, "result.view")
    cycle = cycles.chosen(request.actor, request.GET.get("cycle", ""))
    if cycle is None:
        return render(request, "scoring/none.html")
    chosen = ResultFilter(request.GET, actor=request.actor, tiers={})
    found = found_for(request, cycle, chosen)
    show, counts = shown_of(request), risk_lists.counts(found)
    shown = page_of(request, risk_lists.narrowed(found, show=show))
    columns = risk_lists.columns()
    return render(
        request,
        "scoring/risks.html",
        {
            "cycle": cycle,
            "form": chosen,
            "views": [(key, word, counts[key]) for key, word in risk_lists.WORDS.items()],
            "show": show,
            "page": shown,
            "pages": list(shown.paginator.get_elided_page_range(shown.number)),
            "columns": columns,
            "rows": run_lists.screen(shown, columns, link=address),
        },
    )


@require_GET
def export(request):
    demand(TABLE, request.actor, "result.export")
    cycle = cycles.chosen(request.actor, request.GET.get("cycle", ""))
    if cycle is None:
        return redirect("scoring:risks")
    chosen = ResultFilter(request.GET, actor=request.actor, tiers={})
    show = shown_of(request)
    return workbook(
        request,
        title=_("%(cycle)s: items at risk") % {"cycle": cycle.name},
        columns=risk_lists.columns(),
        rows=risk_lists.narrowed(found_for(request, cycle, chosen), show=show),
        chosen=f"{risk_lists.WORDS[show]} · {chosen.summary}",
    )


def found_for(request, cycle, chosen: ResultFilter) -> list[Risk]:
    rows = Assessment.objects.visible_to(request.actor).filter(cycle=cycle)
    if unit := chosen.chosen.get("unit"):
        rows = rows.filter(under([unit.path], prefix="branch__"))
    rows = rows.select_related("branch__parent").order_by(*tree_order("branch__"))
    return risks(cycle, list(rows), today=request.today)


def shown_of(request) -> str:
    show = request.GET.get("show", "")
    return show if show in risk_lists.WORDS else "all"


def address(risk: Risk) -> str:
    if risk.kind == FINDING:
        return reverse("inspections:finding", args=[risk.finding.pk])
    return reverse("branches:detail", args=[risk.row.branch_id])
