"""An edition tried on the real answers of a cycle before it is issued."""

import io

from django.http import FileResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.pages import page_of
from branches.gate import demand
from branches.order import tree_order
from branches.permits import verbs
from inspections import cycles
from inspections.models import Assessment, Cycle, CycleState
from portal.kit.workbooks import file_name
from scoring import simulated
from scoring.exports import export_simulation
from scoring.permissions import TABLE
from scoring.simulating import Simulation, simulate
from standards.issuing import problems
from standards.models import Edition
from standards.permissions import TABLE as EDITIONS
from standards.views import sums_of


@require_GET
def page(request, pk):
    edition = fetch(request, pk)
    cycle, wrong = cycle_for(request, edition), broken(edition)
    words = {"edition": edition, "cycle": cycle, "problems": wrong}
    if cycle is None or wrong:
        return render(request, "scoring/simulation.html", words)
    found = simulation(request, edition, cycle)
    show, clause = asked(request)
    shown = page_of(request, simulated.narrowed(found, show=show, clause=clause))
    columns = simulated.columns_for(found)
    counts = simulated.counts(found)
    clauses = simulated.by_clause(found)
    return render(
        request,
        "scoring/simulation.html",
        words
        | {
            "cycles": list(open_to(request, edition)),
            "headline": simulated.headline(found),
            "views": [(key, word, counts[key]) for key, word in simulated.WORDS.items()],
            "show": show,
            "clause": next((each for each in clauses if each.key == clause), None),
            "clauses": clauses,
            "tiers": simulated.by_tier(found),
            "by_quota": sum(bool(each.new.sums.get("moved")) for each in found.rows),
            "reserve": simulated.reserve(found),
            "verbs": verbs(EDITIONS, request.actor, edition),
            "silent": found.silent,
            "elsewhere": found.elsewhere,
            "page": shown,
            "pages": list(shown.paginator.get_elided_page_range(shown.number)),
            "columns": columns,
            "rows": simulated.screen(found, shown, columns),
            "definition": simulated.definition(found),
        },
    )


@require_GET
def export(request, pk):
    edition = fetch(request, pk)
    cycle = cycle_for(request, edition)
    if cycle is None or broken(edition):
        return page(request, pk)
    found = simulation(request, edition, cycle)
    show, clause = asked(request)
    out = io.BytesIO()
    export_simulation(
        out,
        actor=request.actor,
        found=found,
        rows=simulated.narrowed(found, show=show, clause=clause),
        chosen=str(simulated.WORDS[show]),
        now=request.now,
    )
    out.seek(0)
    name = file_name(edition.name, _("Simulation"), day=request.today)
    return FileResponse(out, as_attachment=True, filename=name)


def fetch(request, pk) -> Edition:
    rows = Edition.objects.visible_to(request.actor).select_related("owner")
    edition = get_object_or_404(rows, pk=pk)
    demand(TABLE, request.actor, "edition.simulate", edition)
    return edition


def open_to(request, edition: Edition):
    """The owner's cycles in which something may have been said, the newest first."""
    own = cycles.readable(request.actor).filter(owner=edition.owner_id)
    return own.exclude(state=CycleState.PLANNED)


def cycle_for(request, edition: Edition) -> Cycle | None:
    """The one of the address, else the running one, else the last."""
    rows = list(open_to(request, edition))
    named = [each for each in rows if str(each.pk) == request.GET.get("cycle", "")]
    running = [each for each in rows if each.state == CycleState.OPEN]
    return next(iter(named or running or rows), None)


def broken(edition: Edition) -> list[str]:
    """What keeps a draft from being reckoned at all; sheets that do not add up yet do not."""
    found = problems(edition)
    return found if len(found) > sum(not row.fits for row in sums_of(edition)) else []


def simulation(request, edition: Edition, cycle: Cycle) -> Simulation:
    rows = Assessment.objects.visible_to(request.actor).filter(cycle=cycle)
    rows = rows.select_related("branch__parent").order_by(*tree_order("branch__"))
    return simulate(edition, cycle, rows=list(rows), today=request.today)


def asked(request) -> tuple[str, str]:
    """The list behind one number; a clause alone opens all its branches."""
    clause = request.GET.get("clause", "")
    show = request.GET.get("show", "")
    return show if show in simulated.NARROW else "all" if clause else "tier", clause
