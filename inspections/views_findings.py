"""One finding: its page, its moves, its printed forms, and logging a new one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.refusal import Refused
from branches.files import store_all
from branches.models import Organization
from inspections import finding_page
from inspections.cycles import running
from inspections.finding_actions import ACTIONS, log
from inspections.finding_words import written
from inspections.forms_findings import FORMS, LogForm
from inspections.logging import owner_of
from inspections.models import Finding, FindingSource, Notification
from inspections.moves import MOVES
from inspections.permits_findings import TABLE, Spot
from standards.sheets import sheet

# what is found on a visit is logged there
HERE = [source for source in FindingSource.values if source != FindingSource.ACCEPTANCE]


def fetch(request, pk):
    rows = finding_page.loaded(Finding.objects.visible_to(request.actor))
    return get_object_or_404(rows, pk=pk)


@require_GET
def finding(request, pk):
    return show(request, fetch(request, pk))


def show(request, row, *, tried=None, verb="", status=200):
    words = finding_page.about(row, request.actor, lang=get_language())
    words["steps"] = finding_page.steps(request.actor, row, tried=tried, verb=verb)
    return render(request, "inspections/finding.html", words, status=status)


@require_POST
def move(request, pk, verb):
    """Any move of the table. A role that never may answers 403; a wrong stage answers with a sentence."""
    row = fetch(request, pk)
    if not MOVES[verb].permit.role_fits(request.actor, row):
        raise PermissionDenied(verb)
    form = FORMS[verb](request.POST, request.FILES, finding=row, today=request.today, verb=verb)
    if form.is_valid() and taken(request, row, verb, form):
        return redirect("inspections:finding", pk=row.pk)
    return show(request, row, tried=form, verb=verb, status=422)


def taken(request, row, verb, form) -> bool:
    said = form.said()
    try:
        if "files" in form.fields:
            said["evidence"] = stored(request, row.branch, form)
        done = ACTIONS[verb](request.actor, row, now=request.now, **said)
    except Refused as refused:
        if refused.field not in form.fields:
            raise
        form.add_error(refused.field, refused.sentence)
        return False
    if done:
        messages.success(
            request,
            _("%(number)s: %(move)s — done.") % {"number": row.number, "move": MOVES[verb].label},
        )
    return True


def stored(request, branch, form):
    key = form.cleaned_data["client_key"]
    uploads = form.cleaned_data["files"]
    return store_all(request.actor, branch, uploads, now=request.now, client_key=key)


@require_http_methods(["GET", "POST"])
def log_new(request, branch):
    """Log a problem of one branch, by the sources open to the reader."""
    rows = Organization.objects.visible_to(request.actor).select_related("parent")
    place = get_object_or_404(rows, pk=branch)
    sources = [
        source for source in HERE if TABLE["finding.log"].allows(request.actor, Spot(place, source))
    ]
    if not sources:
        raise PermissionDenied("finding.log")
    cycle = running(request.actor)
    lines = sheet(cycle.edition, place.field) if cycle else ()
    form = LogForm(
        request.POST or None,
        request.FILES or None,
        sources=sources,
        clauses=finding_page.clause_choices(lines, get_language()),
    )
    if request.method == "POST" and form.is_valid():
        made = logged(request, place, cycle, form)
        if made is not None:
            messages.success(request, _("Logged as %(number)s.") % {"number": made.number})
            return redirect("inspections:finding", pk=made.pk)
    words = {"form": form, "place": place}
    return render(
        request, "inspections/finding_new.html", words, status=422 if form.is_bound else 200
    )


def logged(request, place, cycle, form) -> Finding | None:
    said = form.said()
    binds = cycle is not None and cycle.owner_id == owner_of(place).pk
    try:
        return log(
            request.actor,
            branch=place,
            cycle=cycle if binds else None,
            evidence=stored(request, place, form),
            now=request.now,
            **said,
        )
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        return None


@require_GET
def card(request, pk):
    """The finding on paper, with its timeline."""
    return paper(request, "inspections/finding_card.html", fetch(request, pk))


@require_GET
def closeout(request, pk):
    """销号申请表"""
    return paper(request, "inspections/closeout.html", fetch(request, pk))


def paper(request, template, row):
    words = finding_page.about(row, request.actor, lang=get_language())
    words["signed"] = {
        s.role: s for s in row.signoffs.select_related("by", "unit") if s.round == row.round
    }
    words["printed_at"] = timezone.localtime(request.now).strftime("%Y-%m-%d %H:%M")
    return render(request, template, words)


@require_GET
def notification(request, pk):
    """整改通知书 with its receipt: one copy stays, one comes back signed."""
    notices = Notification.objects.visible_to(request.actor).select_related(
        "owner", "unit__parent", "issued_by"
    )
    notice = get_object_or_404(notices, pk=pk)
    rows = Finding.objects.visible_to(request.actor).filter(notification=notice)
    words = {
        "notice": notice,
        "issued_day": written(notice.issued_on),
        "findings": rows.select_related("branch").order_by("number"),
        "printed_at": timezone.localtime(request.now).strftime("%Y-%m-%d %H:%M"),
    }
    return render(request, "inspections/notification.html", words)
