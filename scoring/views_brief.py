"""The one-page brief about a town: what a leader reads before going there."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from branches.gate import demand
from branches.models import Organization, OrgKind
from scoring.briefing import brief_of, reminder
from scoring.lists import definition
from scoring.permissions import TABLE
from scoring.views import cycle_shown


@require_GET
def brief(request, pk):
    demand(TABLE, request.actor, "result.brief")
    units = Organization.objects.visible_to(request.actor).exclude(kind=OrgKind.BRANCH)
    unit = get_object_or_404(units.select_related("parent"), pk=pk)
    cycle = cycle_shown(request.actor, request.GET.get("cycle", ""))
    found = brief_of(request.actor, unit, cycle=cycle)
    moment = f"{timezone.localtime(request.now):%Y-%m-%d %H:%M}"
    return render(
        request,
        "scoring/brief.html",
        {
            "unit_shown": unit,
            "cycle": cycle,
            "brief": found,
            "reminder": reminder(found, today=request.today),
            "definition": definition(cycle) if cycle else "",
            "as_of": moment,
            "printed_at": moment,
        },
    )
