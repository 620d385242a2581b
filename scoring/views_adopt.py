"""A newer edition in a running cycle: what each way would do, asked by one person, carried out by another."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.refusal import Refused
from branches.gate import demand
from inspections import converting
from inspections.models import Adoption, AdoptionStage, Assessment, Cycle, Way
from inspections.permits_adoption import TABLE
from scoring import adopting
from scoring.forms import AdoptForm

SETTLING = ("adoption.confirm", "adoption.drop")


@require_http_methods(["GET", "POST"])
def adoption(request, pk):
    rows = Cycle.objects.visible_to(request.actor).select_related("edition", "owner")
    cycle = get_object_or_404(rows, pk=pk)
    demand(TABLE, request.actor, "adoption.ask", cycle)
    edition = adopting.offered(cycle)
    form = AdoptForm(request.POST or None)
    if request.method == "POST" and edition and form.is_valid():
        try:
            adopting.ask(
                request.actor, cycle, edition=edition, now=request.now, **form.cleaned_data
            )
        except Refused as no:
            form.add_error(no.field if no.field in form.fields else None, no.sentence)
        else:
            messages.success(request, _("Asked. Another county officer carries it out."))
            return redirect("scoring:adoption", pk=pk)
    return page(request, cycle, edition, form)


def page(request, cycle, edition, form):
    earlier = cycle.adoptions.select_related("edition", "asked_by", "settled_by").order_by("-pk")
    waiting = next((row for row in earlier if row.stage == AdoptionStage.ASKED), None)
    if waiting is not None:
        waiting.cycle = cycle
    words = {
        "cycle": cycle,
        "edition": edition,
        "form": form,
        "waiting": waiting,
        "earlier": [row for row in earlier if row is not waiting],
        "verbs": {v for v in SETTLING if waiting and TABLE[v].allows(request.actor, waiting)},
        "ways": ways(cycle, edition) if edition else [],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "scoring/adoption.html", words, status=status)


def ways(cycle, edition):
    """(way, what it would do in a sentence) from the sheets as they are now."""
    rows = Assessment.objects.filter(cycle=cycle).select_related("branch")
    counts = converting.plan(rows, old=cycle.edition, new=edition).counts
    said = {
        Way.FROZEN: _("All %(assessments)s assessments end under the old edition; the new one holds from the next cycle."),
        Way.MIGRATED: _("%(kept)s answers carry over; %(again)s clauses of %(concerned)s branches are to be answered (again); %(reopened)s of %(filed)s filings come back with just these open."),
        Way.REGRADED: _("%(kept)s answers carry over; all %(filed)s filings stay filed and are reckoned anew; %(again)s clauses of %(concerned)s branches count as not judged until somebody judges them."),
    }  # fmt: skip
    return [(way.value, way.label, said[way] % counts) for way in Way]


@require_POST
def confirm(request, pk):
    found = fetch(request, pk, "adoption.confirm")
    return settled(request, found, adopting.confirm, said=_("The change was carried out."))


@require_POST
def drop(request, pk):
    found = fetch(request, pk, "adoption.drop")
    return settled(request, found, adopting.drop, said=_("The change was dropped."))


def fetch(request, pk, verb):
    rows = Adoption.objects.visible_to(request.actor).select_related("cycle__owner")
    found = get_object_or_404(rows, pk=pk)
    demand(TABLE, request.actor, verb, found)
    return found


def settled(request, found, action, *, said):
    try:
        action(request.actor, found, now=request.now)
    except Refused as no:
        messages.error(request, no.sentence)
    else:
        messages.success(request, said)
    return redirect("scoring:adoption", pk=found.cycle_id)
