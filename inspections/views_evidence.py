"""Files behind one clause: chosen from the file store, or uploaded once and cited for several clauses."""

import uuid

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.refusal import Refused
from branches.files import store_all
from branches.models import Evidence
from branches.tree import ancestors
from inspections.citing import cite_for, cited
from inspections.fetching import assessment_or_404, press_of
from portal.kit.uploads import ALLOWED, DOCUMENT_BYTES, PHOTO_BYTES
from standards.language import reader
from standards.sheets import sheet

SHOWN = 60
# The kinds and the megabytes an upload may have, said beside the field.
TAKEN = {"allowed": ALLOWED, "photo": PHOTO_BYTES >> 20, "document": DOCUMENT_BYTES >> 20}


@require_http_methods(["GET", "POST"])
def assessment_evidence(request, pk, key):
    found = assessment_or_404(request, pk, "assessment.type")
    lines = {line.key: line for line in sheet(found.cycle.edition, found.branch.field)}
    if key not in lines:
        raise Http404
    if request.method == "GET":
        return show(request, found, lines, key)
    try:
        attach(request, found, [key, *(k for k in request.POST.getlist("also") if k in lines)])
    except Refused as bad:
        return show(request, found, lines, key, error=bad.sentence)
    messages.success(request, _("The records are cited."))
    return redirect(f"{reverse('inspections:assessment', args=[pk])}#c-{key}")


def attach(request, assessment, keys):
    uploads = request.FILES.getlist("upload")
    fresh = store_all(
        request.actor,
        assessment.branch,
        uploads,
        now=request.now,
        client_key=press_of(request),
    )
    ticked = [text for text in request.POST.getlist("files") if is_uuid(text)]
    chosen = list(offered(request, assessment).filter(pk__in=ticked))
    cite_for(request.actor, assessment, keys, [*chosen, *fresh], now=request.now)


def is_uuid(text):
    try:
        return bool(uuid.UUID(text))
    except ValueError:
        return False


def offered(request, assessment):
    """Files of the branch itself and of the units above that the actor works for."""
    paths = ancestors(assessment.branch.path)
    rows = Evidence.objects.visible_to(request.actor).filter(organization__path__in=paths)
    return rows.order_by("-uploaded_at")


def show(request, assessment, lines, key, **given):
    chosen = cited(assessment, key)
    rows = [*chosen, *offered(request, assessment).exclude(pk__in=[e.pk for e in chosen])[:SHOWN]]
    others = [(k, line.code, line.wording(reader())) for k, line in lines.items() if k != key]
    context = {
        "assessment": assessment,
        "line": lines[key],
        "text": lines[key].wording(reader()),
        "files": rows,
        "chosen": {each.pk for each in chosen},
        "others": others,
        "client_key": press_of(request) if given else uuid.uuid4(),
        **TAKEN,
        **given,
    }
    status = 422 if given else 200
    return render(request, "inspections/assessment_evidence.html", context, status=status)
