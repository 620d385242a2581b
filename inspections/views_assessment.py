"""The self-assessment of one branch: one form, saved clause by clause, submitted in one press."""

import io
import uuid

from django.contrib import messages
from django.http import FileResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.refusal import Refused
from accounts.roles import COUNTY, FILERS
from branches.holidays import working_calendar
from inspections import filing
from inspections.answers_form import changed, overlaid, read_all
from inspections.fetching import CellBad, assessment_or_404, day_typed, press_of
from inspections.filed import filed, following
from inspections.filing_page import page
from inspections.filled_sheet import filled_sheet, write_filled
from inspections.phases import filing_phase, phase_bar
from inspections.worklist import worklists
from portal.kit.workbooks import file_name


@require_http_methods(["GET", "POST"])
def assessment(request, pk):
    if request.method == "GET":
        found = assessment_or_404(request, pk, "assessment.view")
        return show(request, found)
    found = assessment_or_404(request, pk, "assessment.type")
    try:
        errors, given = take(request, found)
        if errors:
            sentence = _("The clauses named could not be read; all others are saved.")
            return show(request, found, errors=errors, posted=given, error=sentence)
        return go_on(request, found)
    except (Refused, CellBad) as bad:
        return show(request, found, error=bad.sentence, complain=submits(request))


def take(request, assessment):
    """Save what was changed on the form. What cannot be read is left, with its errors and its fields."""
    items = worklists([assessment], today=request.today)[assessment.pk]
    given = changed(items, request.POST)
    entries, errors = read_all(items, given)
    filing.save(request.actor, assessment, entries, now=request.now)
    day = day_typed(request.POST.get("discussed_on", ""))
    if "discussed_on" in request.POST and day != assessment.discussed_on:
        filing.note_discussion(request.actor, assessment, day)
    return errors, {key: given[key] for key in errors}


def submits(request):
    return request.POST.get("do") == "submit"


def go_on(request, assessment):
    if request.POST.get("do") == "rest":
        count = filing.answer_rest(request.actor, assessment, now=request.now)
        messages.success(request, _("%(count)s clauses were answered 符合.") % {"count": count})
    elif submits(request):
        filing.submit(
            request.actor,
            assessment,
            discussed_on=assessment.discussed_on,
            now=request.now,
            client_key=press_of(request),
        )
        tell_filed(request, assessment)
    else:
        messages.success(request, _("Saved. It has not been submitted yet."))
    return redirect("inspections:assessment", pk=assessment.pk)


def tell_filed(request, assessment):
    known = filed(assessment)
    messages.success(
        request,
        _(
            "Submitted: %(typed)s clauses filled in one by one, %(together)s together as 符合, %(carried)s as last time."
        )
        % vars(known),
    )
    if known.fewer:
        messages.info(request, _("%(fewer)s fewer than last time.") % vars(known))


def show(request, assessment, **given):
    bar = phase_bar(assessment.cycle, today=request.today, calendar=working_calendar())
    is_wrong = bool(given)
    key = press_of(request) if is_wrong else uuid.uuid4()
    context = page(request.actor, assessment, client_key=key, **given)
    context |= {"phases": bar, "filing": filing_phase(bar), "show": request.GET.get("show", "")}
    # Scores are read where results are: an inspector judges without them.
    context["sees_scores"] = request.actor.has(*COUNTY, *FILERS)
    context["discussed_on"] = request.POST.get("discussed_on") if is_wrong else None
    name = "assessment" if "assessment.type" in context["verbs"] else "assessment_read"
    if name == "assessment_read":
        context["following"] = following(request.actor, assessment)
    return render(request, f"inspections/{name}.html", context, status=422 if is_wrong else 200)


@require_POST
def autosave(request, pk):
    """Only the changed fields, laid over what is stored (docs/look.md)."""
    found = assessment_or_404(request, pk, "assessment.type")
    try:
        save_changed(request, found)
    except (Refused, CellBad) as bad:
        return JsonResponse({"error": bad.sentence}, status=422)
    return JsonResponse({"saved_at": f"{timezone.localtime(request.now):%H:%M}"})


def save_changed(request, assessment):
    items = worklists([assessment], today=request.today)[assessment.pk]
    entries, errors = read_all(items, overlaid(items, request.POST))
    if errors:
        codes = {item.line.key: item.line.code for item in items}
        key, bad = next(iter(errors.items()))
        raise Refused(f"{codes[key]} {next(iter(bad.values()))}")
    filing.save(request.actor, assessment, entries, now=request.now)
    if "discussed_on" in request.POST.getlist("changed"):
        day = day_typed(request.POST.get("discussed_on", ""))
        filing.note_discussion(request.actor, assessment, day)


@require_POST
def withdraw(request, pk):
    found = assessment_or_404(request, pk, "assessment.withdraw")
    filing.withdraw(request.actor, found, now=request.now, client_key=press_of(request))
    messages.success(request, _("Taken back. You can go on filling it in."))
    return redirect("inspections:assessment", pk=pk)


@require_GET
def print_page(request, pk):
    found = assessment_or_404(request, pk, "assessment.view")
    sheet = filled_sheet(request.actor, found)
    context = {"assessment": found, "printed_at": request.now, **sheet}
    return render(request, "inspections/assessment_print.html", context)


@require_GET
def export(request, pk):
    found = assessment_or_404(request, pk, "assessment.view")
    out = io.BytesIO()
    write_filled(out, request.actor, found, now=request.now)
    out.seek(0)
    name = file_name(found.branch.short_name, f"{found.cycle.name}自评表", day=request.today)
    return FileResponse(out, as_attachment=True, filename=name)
