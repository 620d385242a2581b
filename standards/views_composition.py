"""How an edition adds up beyond its chapters: read in sentences, edited section by section."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from branches.permits import verbs
from standards import composition
from standards.composition_sections import FORMS
from standards.permissions import TABLE
from standards.views import fetch
from standards.views_draft import attempt, editable, road, show


@require_GET
def overview(request, pk):
    edition = fetch(request, pk)
    told = [(each, composition.HINTS[each.key]) for each in composition.sections(edition)]
    words = {
        "edition": edition,
        "sections": [row for row in told if row[0].sentences],
        "unset": [row for row in told if not row[0].sentences],
        "may_edit": "edition.edit" in verbs(TABLE, request.actor, edition),
        **road(request, edition),
    }
    return render(request, "standards/composition.html", words)


@require_http_methods(["GET", "POST"])
def section(request, pk, section):
    edition = editable(request, pk)
    if section not in FORMS:
        raise Http404
    form = FORMS[section](request.POST or None, edition=edition)
    if request.method == "POST" and form.is_valid():
        agreed = composition.with_section(edition, section, form.changes())
        if attempt(form, composition.agree, request, edition, agreed=agreed) is not None:
            return redirect("standards:composition", pk=pk)
    note = f"{composition.HINTS[section]} " + _(
        "Rows left empty are not kept. To agree nothing here, empty them all."
    )
    return show(request, form, edition, heading=composition.title_of(section), note=note)
