"""The list of terms and elections, its workbook, and the approvals of one unit."""

import io

from django.contrib import messages
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.pages import page_of
from accounts.refusal import Refused
from branches.approving import record_approval
from branches.elections import (
    ElectionFilter,
    definition,
    elected,
    export_elections,
    on_screen,
    screen,
)
from branches.exports import home_of
from branches.forms_approvals import ApprovalForm
from branches.gate import demand
from branches.lists import profile_of
from branches.models import Organization
from branches.permissions import TABLE
from branches.permits import verbs
from branches.sections import ELECTION_SECTIONS, extra_sections
from portal.kit.workbooks import file_name


@require_GET
def elections(request):
    chosen = ElectionFilter(request.GET, actor=request.actor)
    page = page_of(request, elected(request.actor, chosen.chosen))
    words = {
        "form": chosen,
        "here": chosen.chosen.get("unit"),
        "page": page,
        "pages": list(page.paginator.get_elided_page_range(page.number)),
        "columns": on_screen(request.today),
        "rows": screen(page, today=request.today),
        "definition": definition(),
    }
    return render(request, "branches/elections.html", words)


@require_GET
def export(request):
    chosen = ElectionFilter(request.GET, actor=request.actor)
    out = io.BytesIO()
    export_elections(out, actor=request.actor, chosen=chosen, now=request.now)
    out.seek(0)
    unit = chosen.chosen.get("unit") or home_of(request.actor)
    name = file_name(unit.short_name if unit else "", "换届台账", day=request.today)
    return FileResponse(out, as_attachment=True, filename=name)


@require_http_methods(["GET", "POST"])
def approvals(request, pk):
    rows = Organization.objects.visible_to(request.actor).select_related("parent", "profile")
    unit = get_object_or_404(rows, pk=pk)
    form = ApprovalForm(request.POST or None, today=request.today)
    if request.method == "POST":
        demand(TABLE, request.actor, "approval.record", unit)
        if form.is_valid() and record(request, unit, form):
            messages.success(request, _("The approval was recorded."))
            return redirect("branches:approvals", pk=unit.pk)
    words = {
        "unit_shown": unit,
        "profile": profile_of(unit),
        "form": form,
        "approvals": unit.approvals.select_related("recorded_by").order_by("-dated_on", "-pk"),
        "verbs": verbs(TABLE, request.actor, unit),
        "sections": extra_sections(request.actor, unit, of=ELECTION_SECTIONS),
    }
    status = 422 if form.is_bound else 200
    return render(request, "branches/approvals.html", words, status=status)


def record(request, unit, form) -> bool:
    try:
        record_approval(request.actor, unit, now=request.now, **form.cleaned_data)
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        return False
    return True
