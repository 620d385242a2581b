"""The per-period clauses of many branches at once: ticked in one table, or filled in with Excel."""

import io
import tempfile
import uuid
from pathlib import Path

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access_log import note_access
from accounts.refusal import Refused
from accounts.roles import FILERS
from inspections import cycles
from inspections.fetching import press_of
from inspections.filing_table import COLUMNS, table_rows
from inspections.filing_upload import (
    keep_file,
    path_of,
    read_upload,
    save_upload,
    write_returned,
)
from inspections.grid import grid_of, save_grid
from inspections.permits_filing import EDITABLE, TABLE
from inspections.work_table import assessments_of
from portal.kit.refusal import Refusal
from portal.kit.workbooks import file_name, template


def cycle_and_rows(request):
    """The cycle named and the assessments the actor may type now."""
    if not request.actor.has(*FILERS):
        raise PermissionDenied("assessment.type")
    asked = request.POST or request.GET
    cycle = cycles.chosen(request.actor, asked.get("cycle", ""))
    if cycle is None:
        raise Refused(_("No cycle has begun yet."))
    rows = assessments_of(request.actor, cycle).filter(stage__in=EDITABLE)
    return cycle, [row for row in rows if TABLE["assessment.type"].allows(request.actor, row)]


@require_http_methods(["GET", "POST"])
def assessments_grid(request):
    cycle, rows = cycle_and_rows(request)
    if request.method == "POST":
        said = save_grid(request.actor, rows, request.POST.getlist("ok"), now=request.now)
        sentence = _("%(clauses)s clauses of %(branches)s branches were answered 符合.")
        messages.success(request, sentence % said)
        return redirect(f"{reverse('inspections:assessments')}?cycle={cycle.pk}")
    grid = grid_of(rows, today=request.today)
    return render(request, "inspections/grid.html", {"cycle": cycle, **grid})


@require_http_methods(["GET", "POST"])
def assessments_table(request):
    cycle, rows = cycle_and_rows(request)
    context = {"cycle": cycle, "branches": len(rows), "client_key": uuid.uuid4()}
    if request.method == "GET":
        return render(request, "inspections/grid_upload.html", context)
    key = press_of(request)
    try:
        if "file" not in request.FILES:
            raise Refused(_("Choose the workbook you filled in."), field="file")
        keep_file(request.actor, request.FILES["file"], key)
        read_upload(request.actor, key, rows)
    except Refused as bad:
        context["error"] = bad.sentence
        return render(request, "inspections/grid_upload.html", context, status=422)
    address = reverse("inspections:assessments_upload", args=[key])
    return redirect(f"{address}?cycle={cycle.pk}")


@require_GET
def assessments_template(request):
    cycle, rows = cycle_and_rows(request)
    out, shown = io.BytesIO(), table_rows(rows, today=request.today)
    title = _("%(cycle)s: self-assessment, clauses to fill in") % {"cycle": cycle.name}
    template(out, title=title, columns=COLUMNS, rows=shown, guide=guide())
    out.seek(0)
    note_access(request.user, "assessments.downloaded", cycle, rows=len(shown), now=request.now)
    name = file_name(cycle.owner.short_name, f"{cycle.name}自评填报", day=request.today)
    return FileResponse(out, as_attachment=True, filename=name)


def guide():
    return [
        _("Only clauses that ask are listed; all others stay as last time or come from records."),
        _("Uploading saves drafts. Submitting stays a separate step."),
    ]


@require_http_methods(["GET", "POST"])
def assessments_upload(request, key):
    """The preview; a POST saves the rows without errors."""
    cycle, rows = cycle_and_rows(request)
    upload = upload_or_404(request, key, rows)
    if request.method == "POST":
        done = save_upload(request.actor, upload, now=request.now)
        sentence = _("Saved as drafts: %(clauses)s clauses of %(branches)s branches.")
        messages.success(request, sentence % done)
        return redirect(f"{reverse('inspections:assessments')}?cycle={cycle.pk}")
    counts = {status: upload.count(status) for status in ("changed", "same", "wrong")}
    shown = [line for line in upload.lines if line.status != "same"]
    context = {"cycle": cycle, "key": key, "counts": counts, "lines": shown[:500]}
    return render(request, "inspections/grid_preview.html", context)


def upload_or_404(request, key, rows):
    """Nobody else's upload, and none that was cleared away."""
    if not path_of(request.actor, key).exists():
        raise Http404
    return read_upload(request.actor, key, rows)


@require_GET
def assessments_returned(request, key):
    _cycle, rows = cycle_and_rows(request)
    upload = upload_or_404(request, key, rows)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "returned.xlsx"
        try:
            write_returned(request.actor, key, upload, out)
        except Refusal as bad:
            raise Refused(bad.sentence) from bad
        content = out.read_bytes()
    note_access(request.user, "assessments.returned", now=request.now)
    name = file_name("", _("Self-assessment, errors marked"), day=request.today)
    return FileResponse(io.BytesIO(content), as_attachment=True, filename=name)
