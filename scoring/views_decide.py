"""The county decides and publishes: many results at once, or one. Never the same person for both."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.refusal import Refused
from branches.gate import demand
from scoring import deciding
from scoring.filters import ResultFilter, listed
from scoring.forms import DecideForm, DecideOneForm
from scoring.models import Result
from scoring.permissions import TABLE
from scoring.verdicts import tier_labels
from scoring.views import cycle_shown, page
from scoring.views_result import result_page


@require_POST
def decide_many(request):
    demand(TABLE, request.actor, "result.decide")
    cycle = cycle_shown(request.actor, request.GET.get("cycle", ""))
    form = DecideForm(request.POST)
    if cycle is None or not form.is_valid():
        return refused(request, cycle, form, _("Give the day of the decision."))
    try:
        count = deciding.decide(
            request.actor, ticked(request, cycle), now=request.now, **form.cleaned_data
        )
    except Refused as bad:
        return refused(request, cycle, form, bad.sentence)
    done = ngettext("%(n)s result was decided.", "%(n)s results were decided.", count)
    messages.success(request, done % {"n": count})
    return back(request)


@require_POST
def publish_many(request):
    demand(TABLE, request.actor, "result.publish")
    cycle = cycle_shown(request.actor, request.GET.get("cycle", ""))
    try:
        rows = ticked(request, cycle) if cycle else []
        count = deciding.publish(request.actor, rows, now=request.now)
    except Refused as bad:
        return refused(request, cycle, DecideForm(request.POST), bad.sentence)
    done = ngettext("%(n)s result was published.", "%(n)s results were published.", count)
    messages.success(request, done % {"n": count})
    return back(request)


def ticked(request, cycle) -> list[Result]:
    """The rows ticked, or every row of the filter in the address."""
    chosen = {}
    if request.POST.get("every") == "1":
        labels = tier_labels(cycle.edition)
        chosen = ResultFilter(request.GET, actor=request.actor, tiers=labels).chosen
        return list(listed(request.actor, cycle, chosen))
    ids = [pk for pk in request.POST.getlist("ids") if pk.isdecimal() and len(pk) < 18]
    rows = list(listed(request.actor, cycle, chosen).filter(pk__in=ids))
    if not rows:
        raise Refused(_("Tick at least one row first."))
    return rows


def refused(request, cycle, form, sentence):
    """The list again with what was wrong at its top; what was typed and ticked is still there."""
    if cycle is None:
        return redirect("scoring:results")
    words = page(
        request, cycle, error=sentence, decide_form=form, ticked=set(request.POST.getlist("ids"))
    )
    return render(request, "scoring/results.html", words, status=422)


def back(request):
    query = request.GET.urlencode()
    return redirect(f"{reverse('scoring:results')}?{query}" if query else "scoring:results")


@require_POST
def decide_one(request, pk):
    result = fetch(request, pk)
    demand(TABLE, request.actor, "result.decide", result)
    form = DecideOneForm(request.POST, tiers=tier_labels(result.cycle.edition).items())
    if form.is_valid() and decided(request, result, form):
        messages.success(request, _("The decision is kept; another person publishes it."))
        return redirect("scoring:result", pk=result.pk)
    return render(
        request, "scoring/result.html", result_page(request, result, form=form), status=422
    )


def decided(request, result: Result, form: DecideOneForm) -> bool:
    try:
        deciding.decide(
            request.actor,
            [result],
            on=form.cleaned_data["on"],
            document_number=form.cleaned_data["document_number"],
            passes=form.passes,
            tier=form.cleaned_data["tier"],
            reason=form.cleaned_data["reason"],
            now=request.now,
        )
    except Refused as bad:
        form.add_error(bad.field if bad.field in form.fields else None, bad.sentence)
        return False
    return True


@require_POST
def publish_one(request, pk):
    result = fetch(request, pk)
    demand(TABLE, request.actor, "result.publish", result)
    deciding.publish(request.actor, [result], now=request.now)
    messages.success(request, _("Published. The unit can see its result now."))
    return redirect("scoring:result", pk=result.pk)


def fetch(request, pk) -> Result:
    rows = Result.objects.visible_to(request.actor)
    return get_object_or_404(
        rows.select_related("branch__parent", "cycle__edition", "cycle__owner"), pk=pk
    )
