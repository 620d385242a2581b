"""A standard out to Excel and back into a draft: upload, preview, confirm, the marked file."""

import io

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.refusal import Refused
from portal.kit.workbooks import file_name
from standards import importing
from standards.excel import write
from standards.excel_read import CHANGED, NEW, WRONG
from standards.forms import UploadForm
from standards.screens import fields_of
from standards.views import fetch
from standards.views_draft import editable


@require_GET
def export(request, pk):
    edition = fetch(request, pk)
    out = io.BytesIO()
    write(out, edition)
    out.seek(0)
    name = file_name(edition.name, str(edition.year), day=request.today)
    return FileResponse(out, as_attachment=True, filename=name)


@require_http_methods(["GET", "POST"])
def upload(request, pk):
    edition = editable(request, pk)
    served = [field for field, _label in fields_of(edition)]
    form = UploadForm(request.POST or None, request.FILES or None, served=served)
    if request.method == "POST" and form.is_valid():
        kept = attempt(form, request, edition)
        if kept is not None:
            return redirect("standards:import", pk=pk, key=kept.pk)
    words = {"form": form, "edition": edition}
    return render(request, "standards/upload.html", words, status=422 if request.POST else 200)


def attempt(form, request, edition):
    file = form.cleaned_data["file"]
    try:
        return importing.upload(
            request.actor,
            edition,
            file=file,
            name=file.name,
            fields=form.cleaned_data["fields"],
            client_key=form.cleaned_data["client_key"],
            now=request.now,
        )
    except Refused as no:
        form.add_error("file", no.sentence)
        return None


@require_GET
def preview(request, pk, key):
    edition, kept = fetch_import(request, pk, key)
    rows = kept.rows["rows"]
    return render(
        request,
        "standards/import.html",
        {
            "edition": edition,
            "kept": kept,
            "counts": kept.counts,
            "groups": [
                (label, [row for row in rows if row["state"] == state])
                for state, label in (
                    (WRONG, _("Wrong rows, left out")),
                    (NEW, _("New rows")),
                    (CHANGED, _("Changed rows")),
                )
            ],
            "absent": edition.clauses.filter(key__in=kept.rows["absent"]).order_by("position"),
            "writes": writes(kept),
        },
    )


def writes(kept):
    content = kept.rows
    something = kept.counts[NEW] or kept.counts[CHANGED] or content["options"] or content["tiers"]
    return kept.state == kept.State.PREVIEW and bool(something or content["absent"])


@require_POST
def confirm(request, pk, key):
    _edition, kept = fetch_import(request, pk, key)
    importing.confirm(request.actor, kept, now=request.now, remove_absent="remove" in request.POST)
    messages.success(request, _("The table was imported into the draft."))
    return redirect("standards:edition", pk=pk)


@require_GET
def marked(request, pk, key):
    _edition, kept = fetch_import(request, pk, key)
    if kept.returned is None:
        raise Http404
    return FileResponse(io.BytesIO(bytes(kept.returned)), as_attachment=True, filename=kept.name)


def fetch_import(request, pk, key):
    kept = get_object_or_404(fetch(request, pk).imports, pk=key)
    return editable(request, pk), kept
