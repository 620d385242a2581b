"""One result explained to the last point, on the screen and on paper."""

from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from branches.gate import demand
from branches.permits import verbs
from inspections.filing_words import passing_word
from inspections.models import Assessment, Finding
from portal.kit import charts
from scoring import comparing, up_to_date, verdicts
from scoring.deciding import still_restoring
from scoring.explaining import gaps, receipts
from scoring.forms import DecideOneForm
from scoring.gap_list import gap_list
from scoring.lists import definition
from scoring.models import Result
from scoring.permissions import TABLE
from scoring.record import gates_of
from scoring.summands import reasons, summands
from scoring.views_compare import sources_open, with_steps
from standards.language import reader


@require_GET
def result(request, pk):
    found = fetch(request, pk)
    words = result_page(request, found)
    words |= side_by_side(request, found, words["assessment"])
    return render(request, "scoring/result.html", words)


def side_by_side(request, found: Result, assessment: Assessment | None) -> dict:
    """What each source says by itself, as far as the reader may know, and on how many clauses they differ."""
    if assessment is None:
        return {}
    assessment.branch, assessment.cycle = found.branch, found.cycle
    sources = sources_open(request.actor, found)
    scores = comparing.three_scores(assessment, today=request.today, sources=sources)
    rows = comparing.rows_of(assessment, scores)
    differing = sum(row.differs for row in rows)
    return {"scores": with_steps(scores.values()), "differing": differing, "clauses": len(rows)}


@require_GET
def explain(request, pk):
    """The address other pages know; the explanation is the result's own page."""
    return redirect("scoring:result", pk=fetch(request, pk).pk)


@require_GET
def print_page(request, pk):
    words = result_page(request, fetch(request, pk)) | {"printed_at": request.now}
    return render(request, "scoring/result_print.html", words)


def fetch(request, pk) -> Result:
    demand(TABLE, request.actor, "result.view")
    rows = Result.objects.visible_to(request.actor)
    related = (
        "branch__parent",
        "cycle__edition",
        "cycle__owner",
        "decided_by",
        "published_by",
        "detail",
    )
    return get_object_or_404(rows.select_related(*related), pk=pk)


def result_page(request, found: Result, *, form=None) -> dict:
    """Nothing is computed anew and nothing written: a stale result says so and is brought up by the worker."""
    chapters = receipts(found, lang=reader())
    labels = verdicts.tier_labels(found.cycle.edition)
    mine = assessment_of(request, found)
    return {
        "result": found,
        "assessment": mine,
        "passing": passing_word(mine) if mine else "",
        "verdict": verdicts.verdict_word(found),
        "tone": verdicts.verdict_tone(found),
        "pass_line": verdicts.pass_line(found.cycle.edition),
        "tier": labels.get(found.decided_tier or found.tier, ""),
        "state": verdicts.state_word(found),
        "on_site": verdicts.was_on_site(found),
        "sources": verdicts.counted(found.sources),
        "source_words": verdicts.SOURCES,
        "gates": gates_said(found, labels),
        "chapters": chapters,
        "bars": chapter_bars(chapters),
        "gaps": gaps(chapters),
        "path": gap_list(found),
        "summands": summands(found),
        "reasons": reasons(found),
        "findings": findings_on(request.actor, found),
        "is_stale": is_stale(found, now=request.now),
        "definition": definition(found.cycle, decided=found.decided_pass is not None),
        "verbs": verbs(TABLE, request.actor, found),
        "restores_until": still_restoring(found.cycle, today=request.today),
        "form": form
        or DecideOneForm(initial=initial(found, today=request.today), tiers=labels.items()),
    }


def assessment_of(request, found: Result) -> Assessment | None:
    rows = Assessment.objects.visible_to(request.actor).select_related("passed_by")
    return rows.filter(cycle=found.cycle_id, branch=found.branch_id).first()


def initial(found: Result, *, today) -> dict:
    return {
        "on": found.decided_on or today,
        "document_number": found.document_number,
        "verdict": verdicts.verdict_of(found),
        "tier": found.decided_tier,
        "reason": found.decision_reason,
    }


def is_stale(found: Result, *, now) -> bool:
    own = {found.branch_id}
    return found.published_at is None and bool(
        up_to_date.stale(found.cycle, now=now, branch_ids=own)
    )


def gates_said(found: Result, labels) -> list[str]:
    """一票 and caps in words: the county's own label of the gate, and the tier it leads to."""
    named = "label_en" if reader() == "en" else "label"
    return [
        " ".join(filter(None, [gate.get(named) or gate["label"], labels.get(gate["tier"], "")]))
        for gate in gates_of(found)
    ]


def chapter_bars(chapters):
    rows = [
        charts.Bar(c.title, c.points / 100, c.maximum / 100, f"#chapter-{c.key}") for c in chapters
    ]
    return charts.bars(rows, title=_("Points by chapter"), tone="info")


def findings_on(actor, found: Result) -> dict[str, list[Finding]]:
    """The findings of the branch in this cycle the reader may see, by clause."""
    rows = Finding.objects.visible_to(actor).filter(branch=found.branch, cycle=found.cycle)
    by_clause: dict[str, list[Finding]] = {}
    for finding in rows.exclude(clause_key="").order_by("found_on", "pk"):
        by_clause.setdefault(finding.clause_key, []).append(finding)
    return by_clause
