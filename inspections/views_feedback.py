"""After the round: the leader confirms, both sides sign the printed sheet; and the way over paper."""

import uuid

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.fields import too_long
from accounts.refusal import Refused
from inspections import paper_entry, visiting
from inspections.finding_words import written
from inspections.forms_visits import EntryForm, SignForm
from inspections.models import Finding, FindingStage, StopState
from inspections.permits_visits import TABLE
from inspections.stop_rows import page_of
from inspections.views_stops import fetch
from inspections.views_visits import attempt
from inspections.wording_visits import due_words
from portal.kit.normal import Unclean, clean_text
from standards.models import Chapter

LONGEST = 1_000
FINDING_RELATED = ("branch__parent", "unit__parent", "owner", "stop")


def found_at(stop):
    rows = Finding.objects.filter(stop=stop).exclude(stage=FindingStage.WITHDRAWN)
    return rows.select_related(*FINDING_RELATED).order_by("pk")


def with_clauses(findings, page):
    """Each problem with the clause it stands under, in the order of the sheet; those beside it last."""
    lines = {row.key: row.line for row in page.rows}
    order = {key: place for place, key in enumerate(lines)}
    rows = [
        {
            "finding": f,
            "line": lines.get(f.clause_key),
            "due": due_words(f.due_days, f.due_unit),
        }
        for f in findings
    ]
    return sorted(rows, key=lambda row: order.get(row["finding"].clause_key, len(order)))


@require_http_methods(["GET", "POST"])
def review(request, pk):
    stop = fetch(request, pk, "stop.confirm")
    findings = list(found_at(stop))
    texts, errors = {}, {}
    if request.method == "POST":
        texts, errors = read_texts(request.POST, findings)
        if not errors:
            visiting.confirm(request.actor, stop, texts=texts, now=request.now)
            messages.success(request, _("Confirmed. Print the feedback sheet in two copies."))
            return redirect("inspections:stop_feedback", pk=stop.pk)
    page = page_of(stop, today=request.today)
    rows = with_clauses(findings, page)
    for row in rows:
        pk = row["finding"].pk
        row |= {"text": texts.get(pk, row["finding"].text), "error": errors.get(pk, "")}
    return render(
        request,
        "inspections/stop_review.html",
        {"stop": stop, "page": page, "rows": rows},
        status=422 if errors else 200,
    )


def read_texts(post, findings):
    """The leader's wordings by finding, and what is wrong with them."""
    texts, errors = {}, {}
    for finding in findings:
        typed = post.get(f"text-{finding.pk}")
        if typed is None or finding.stage != FindingStage.DRAFT:
            continue
        try:
            texts[finding.pk] = clean_text(typed).strip()
        except Unclean as bad:
            texts[finding.pk], errors[finding.pk] = "", bad.sentence
            continue
        if not texts[finding.pk]:
            errors[finding.pk] = _("A problem needs a sentence.")
        elif sentence := too_long(texts[finding.pk], most=LONGEST, name=_("Problem")):
            errors[finding.pk] = sentence
    return texts, errors


@require_POST
def reopen(request, pk):
    stop = fetch(request, pk, "stop.reopen")
    visiting.reopen(request.actor, stop, now=request.now)
    messages.success(request, _("The confirmation was taken back; the sheet is open again."))
    return redirect("inspections:stop", pk=stop.pk)


@require_GET
def feedback(request, pk):
    """现场检查反馈单, one copy for the team and one for the branch."""
    stop = fetch(request, pk, "stop.view")
    if stop.state not in (StopState.CONFIRMED, StopState.SIGNED):
        raise Refused(_("The sheet can be printed once the team leader has confirmed it."))
    page = page_of(stop, today=request.today)
    members = sorted(stop.visit.members.all(), key=lambda m: (not m.is_leader, m.pk))
    return render(
        request,
        "inspections/feedback.html",
        {
            "stop": stop,
            "page": page,
            "rows": with_clauses(found_at(stop), page),
            "visited_day": written(stop.visited_on) if stop.visited_on else "",
            "leader": next((m.user.name for m in members if m.is_leader), ""),
            "team": _(", ").join(m.user.name for m in members),
            "may_sign": TABLE["stop.sign"].allows(request.actor, stop),
            "copies": [_("Copy for the team"), _("Copy for the branch")],
            "printed_at": request.now,
        },
    )


@require_http_methods(["GET", "POST"])
def sign(request, pk):
    stop = fetch(request, pk, "stop.sign")
    profile = getattr(stop.branch, "profile", None)
    initial = {
        "representative": profile.secretary if profile else "",
        "signed_on": request.today,
    }
    form = SignForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        done = attempt(
            form,
            visiting.sign,
            request.actor,
            stop,
            representative=said["representative"],
            on=said["signed_on"],
            now=request.now,
        )
        if done is not None:
            messages.success(request, _("Signed. The branch now sees what was found."))
            return redirect("inspections:visit", pk=stop.visit_id)
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(
        request, "inspections/stop_sign.html", {"stop": stop, "form": form}, status=status
    )


@require_GET
def checklist(request, pk):
    """The blank sheet to take along: everything a phone would ask, on paper."""
    stop = fetch(request, pk, "stop.view")
    page = page_of(stop, today=request.today)
    return render(
        request,
        "inspections/checklist.html",
        {
            "stop": stop,
            "chapters": by_chapter(stop, page.rows),
            "team": _(", ").join(m.user.name for m in stop.visit.members.all()),
            "printed_at": request.now,
        },
    )


def by_chapter(stop, rows):
    if stop.visit.cycle is None:
        return []
    chapters = Chapter.objects.filter(edition=stop.visit.cycle.edition).order_by("position", "pk")
    grouped = [
        {"title": chapter.title, "rows": [r for r in rows if r.line.chapter == chapter.key]}
        for chapter in chapters
    ]
    return [group for group in grouped if group["rows"]]


@require_http_methods(["GET", "POST"])
def entry(request, pk):
    """纸质补录: the whole paper sheet in one form, under the day the team was really there."""
    stop = fetch(request, pk, "stop.judge")
    page = page_of(stop, today=request.today)
    form = EntryForm(
        request.POST or None,
        first=stop.visit.starts_on,
        today=request.today,
        initial={"client_key": uuid.uuid4(), "visited_on": stop.visited_on or request.today},
    )
    sheet = paper_entry.read(page.rows, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and not sheet.errors:
        done = attempt(
            form,
            paper_entry.enter,
            request.actor,
            stop,
            sheet=sheet,
            key=form.cleaned_data["client_key"],
            on=form.cleaned_data["visited_on"],
            now=request.now,
        )
        if done is not None:
            messages.success(request, _("%(n)s clauses were entered from paper.") % {"n": done})
            return redirect("inspections:stop", pk=stop.pk)
    status = 422 if request.method == "POST" else 200
    return render(
        request,
        "inspections/stop_entry.html",
        {"stop": stop, "form": form, "sheet": sheet, "groups": by_chapter(stop, sheet.rows)},
        status=status,
    )
