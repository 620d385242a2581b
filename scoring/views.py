"""The list of results of a cycle, its sums by unit, its trend and its workbook."""

import io

from django.http import FileResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from accounts.pages import page_of
from branches.exports import home_of
from branches.gate import demand
from branches.scope import Actor
from inspections import cycles
from inspections.models import Cycle, CycleState
from portal.kit.workbooks import file_name
from scoring import lists, pictures
from scoring.deciding import still_restoring
from scoring.exports import export_list
from scoring.filters import ResultFilter, listed
from scoring.forms import DecideForm
from scoring.models import Result
from scoring.noting import figures_named
from scoring.permissions import TABLE
from scoring.summaries import Sum, by_unit, peers, trend
from scoring.verdicts import tier_labels


@require_GET
def results(request):
    demand(TABLE, request.actor, "result.view")
    cycle = cycle_shown(request.actor, request.GET.get("cycle", ""))
    if cycle is None:
        return render(request, "scoring/none.html")
    return render(request, "scoring/results.html", page(request, cycle))


def cycle_shown(actor: Actor, named: str) -> Cycle | None:
    """The cycle of the address; else the newest in which the reader may see results; else the running one."""
    if not named:
        known = Result.objects.visible_to(actor).values("cycle")
        rows = cycles.readable(actor).filter(pk__in=known)
        begun = [cycle for cycle in rows if cycle.state == CycleState.OPEN]
        if newest := next(iter(begun or rows), None):
            return newest
    return cycles.chosen(actor, named)


def page(request, cycle: Cycle, **more) -> dict:
    """Everything the list shows; `more` carries what a refused batch has to say."""
    actor = request.actor
    chosen = ResultFilter(request.GET, actor=actor, tiers=tier_labels(cycle.edition))
    rows = listed(actor, cycle, chosen.chosen)
    shown = page_of(request, rows)
    columns = lists.columns_for(cycle.edition)
    top = chosen.chosen.get("unit") or home_of(actor)
    units, whole = by_unit(actor, cycle, top=top) if top and not top.is_branch else ([], Sum())
    return {
        "cycle": cycle,
        "wants_figures": bool(figures_named(cycle)),
        "cycles": cycles.readable(actor),
        "form": chosen,
        "top": top,
        "page": shown,
        "pages": list(shown.paginator.get_elided_page_range(shown.number)),
        "columns": columns,
        "rows": lists.screen(shown, columns),
        "units": units,
        "whole": whole,
        "pictures": pictures.rates_by_unit(peers(units), cycle=cycle),
        "definition": lists.definition(cycle),
        "restores_until": still_restoring(cycle, today=request.today),
        "verbs": frozenset(v for v in TABLE if TABLE[v].role_fits(actor, None)),
        "decide_form": DecideForm(initial={"on": request.today}),
        **more,
    }


@require_GET
def export(request):
    demand(TABLE, request.actor, "result.export")
    cycle = cycle_shown(request.actor, request.GET.get("cycle", ""))
    if cycle is None:
        return redirect("scoring:results")
    chosen = ResultFilter(request.GET, actor=request.actor, tiers=tier_labels(cycle.edition))
    rows = listed(request.actor, cycle, chosen.chosen)
    out = io.BytesIO()
    export_list(out, actor=request.actor, cycle=cycle, chosen=chosen, rows=rows, now=request.now)
    out.seek(0)
    name = file_name(cycle.owner.short_name, f"{cycle.name}结果", day=request.today)
    return FileResponse(out, as_attachment=True, filename=name)


@require_GET
def trend_page(request):
    """Pass rates over the cycles for the whole and for each unit below it."""
    demand(TABLE, request.actor, "result.view")
    cycle = cycle_shown(request.actor, "")
    if cycle is None:
        return render(request, "scoring/none.html")
    chosen = ResultFilter(request.GET, actor=request.actor, tiers={})
    top = chosen.chosen.get("unit") or home_of(request.actor)
    found = trend(request.actor, owner_id=cycle.owner_id, top=top)
    return render(
        request,
        "scoring/trend.html",
        {
            "form": chosen,
            "top": top,
            "points": found,
            "picture": pictures.trend(found, name=top.short_name if top else ""),
            "unit_picked": chosen.chosen.get("unit"),
        },
    )
