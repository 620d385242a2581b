"""The blank form of a clause: on paper and as a workbook."""

import io

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from portal.kit.workbooks import file_name
from standards.blank_forms import form_of, write_form
from standards.views import fetch


@require_GET
def blank_form(request, pk, key):
    clause, form = fetch_form(request, pk, key)
    words = {"edition": clause.edition, "clause": clause, "form": form}
    return render(request, "standards/blank_form.html", words)


@require_GET
def blank_form_workbook(request, pk, key):
    _clause, form = fetch_form(request, pk, key)
    out = io.BytesIO()
    write_form(out, form)
    out.seek(0)
    name = file_name(form.title, day=request.today)
    return FileResponse(out, as_attachment=True, filename=name)


def fetch_form(request, pk, key):
    """404 for a clause without a form, as for one that is not there."""
    edition = fetch(request, pk)
    clause = get_object_or_404(edition.clauses, key=key)
    form = form_of(clause.blank_form)
    if form is None or not form.columns:
        raise Http404
    return clause, form
