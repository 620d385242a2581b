"""The parent's review: exceptions first, a correction where needed, then one press."""

import uuid

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.fields import too_long
from accounts.refusal import Refused
from inspections import checking
from inspections.answers_form import changed
from inspections.check_page import correction_items, page, read_corrections
from inspections.fetching import assessment_or_404, press_of, ticked
from inspections.models import Stage
from inspections.views_filing import back
from inspections.work_table import assessments_of
from portal.kit.normal import Unclean, clean_text

LONGEST_REASON = 300


@require_http_methods(["GET", "POST"])
def check(request, pk):
    if request.method == "GET":
        found = assessment_or_404(request, pk, "assessment.view")
        return show(request, found)
    found = assessment_or_404(request, pk, "assessment.pass")
    try:
        return take(request, found)
    except Refused as bad:
        return show(request, found, error=bad.sentence, marks=marks_of(request))


def take(request, assessment):
    given = changed(correction_items(assessment), request.POST)
    corrections, errors = read_corrections(assessment, given)
    correct_all(request, assessment, corrections)
    if errors:
        posted = {key: given[key] for key in errors}
        marks = marks_of(request)
        return show(request, assessment, posted=posted, errors=errors, marks=marks)
    DOING.get(request.POST.get("do"), saved)(request, assessment)
    if request.POST.get("do") in ("pass", "return"):
        return redirect(to_next(request, assessment))
    return redirect("inspections:check", pk=assessment.pk)


def correct_all(request, assessment, corrections):
    for key, judgement in corrections.items():
        if judgement is None:
            checking.take_correction_back(request.actor, assessment, key, now=request.now)
        else:
            checking.correct(request.actor, assessment, judgement, now=request.now)


def marks_of(request):
    """{clause: what to change there} of the ticked clauses, as it was typed."""
    keys = request.POST.getlist("mark")
    return {key: request.POST.get(f"{key}:_why", "").strip() for key in keys}


def typed(request, name):
    """A few sentences, cleaned; too long or damaged ones are refused."""
    try:
        text = clean_text(request.POST.get(name, ""))
    except Unclean as bad:
        raise Refused(bad.sentence, field=name) from bad
    if sentence := too_long(text, most=LONGEST_REASON):
        raise Refused(sentence, field=name)
    return text


def passed(request, assessment):
    checking.accept(request.actor, assessment, now=request.now, client_key=press_of(request))
    messages.success(request, _("%(branch)s: passed.") % {"branch": assessment.branch})


def returned(request, assessment):
    giving = checking.recall if assessment.stage == Stage.PASSED else checking.send_back
    giving(
        request.actor,
        assessment,
        reason=typed(request, "reason"),
        marks={key: typed(request, f"{key}:_why") for key in request.POST.getlist("mark")},
        now=request.now,
        client_key=press_of(request),
    )
    messages.success(
        request, _("%(branch)s: returned for changes.") % {"branch": assessment.branch}
    )


def saved(request, assessment):
    messages.success(request, _("The corrections are saved. It has not been passed yet."))


DOING = {"pass": passed, "return": returned}


def to_next(request, assessment):
    """On a phone one review follows the other: the next one that waits, else the table."""
    rows = assessments_of(request.actor, assessment.cycle, stage=Stage.SUBMITTED)
    waiting = rows.exclude(submitted_by=request.actor.user).exclude(pk=assessment.pk)
    after = waiting.values_list("pk", flat=True).first()
    if after is None:
        return f"{reverse('inspections:assessments')}?cycle={assessment.cycle_id}"
    return reverse("inspections:check", args=[after])


def show(request, assessment, **given):
    is_wrong = bool(given)
    key = press_of(request) if is_wrong else uuid.uuid4()
    context = page(request.actor, assessment, client_key=key, **given)
    context["typed_reason"] = request.POST.get("reason", "")
    return render(request, "inspections/check.html", context, status=422 if is_wrong else 200)


@require_POST
def assessments_pass(request):
    """批量通过: those without any exception, each asked for by its own permission."""
    rows = ticked(request, "assessment.pass")
    done = checking.accept_plain(request.actor, rows, now=request.now, client_key=press_of(request))
    messages.success(request, _("%(count)s assessments passed.") % {"count": len(done)})
    if len(done) < len(rows):
        left = {"count": len(rows) - len(done)}
        sentence = _("%(count)s were left out: they admit something or are not yours to pass.")
        messages.warning(request, sentence % left)
    return back(request)
