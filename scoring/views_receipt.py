"""The score receipt, of a result as it stands and of a row of a run."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from branches.gate import demand
from inspections.filing_words import passing_word
from scoring import verdicts
from scoring.lists import definition
from scoring.models import RunResult
from scoring.permissions import TABLE
from scoring.receipt import newest_run, receipt_of
from scoring.views_result import assessment_of, fetch, gates_said
from scoring.views_runs import visible


@require_GET
def receipt(request, pk):
    found = fetch(request, pk)
    document = receipt_of(found, run=newest_run(found))
    mine = assessment_of(request, found)
    passing = passing_word(mine) if mine else ""
    return page(request, found, document, back=("scoring:result", found.pk), passing=passing)


@require_GET
def run_receipt(request, pk, branch):
    """As the run froze it, under the edition of that day."""
    demand(TABLE, request.actor, "run.view")
    run = get_object_or_404(visible(request), pk=pk)
    rows = RunResult.objects.visible_to(request.actor).select_related("branch__parent")
    found = get_object_or_404(rows, run=run, branch=branch)
    found.cycle = run.cycle
    found.cycle.edition = run.edition
    return page(request, found, receipt_of(found, run=run), back=("scoring:run", run.pk))


def page(request, found, document, *, back, passing=""):
    labels = verdicts.tier_labels(found.cycle.edition)
    words = {
        "result": found,
        "document": document,
        "passing": passing,
        "back_name": back[0],
        "back_pk": back[1],
        "tier": labels.get(found.decided_tier or found.tier, ""),
        "verdict": verdicts.verdict_word(found),
        "gates": gates_said(found, labels),
        "sources": verdicts.counted(found.sources),
        "field_word": found.branch.get_field_display(),
        "definition": definition(found.cycle, decided=found.decided_pass is not None),
        "printed_at": request.now,
    }
    return render(request, "scoring/receipt.html", words)
