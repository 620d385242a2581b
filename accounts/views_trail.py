"""The audit administrator's pages: deeds, and downloads and exports. Read-only."""

import io
import json
from datetime import date, datetime, time, timedelta

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import FileResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from accounts.access_log import note_access
from accounts.filters import FilterForm
from accounts.models import AccessLog, Deed
from accounts.pages import page_of
from accounts.permissions import demand
from accounts.wording import DEEDS, deed, taken
from portal.kit.normal import loose
from portal.kit.table import Column
from portal.kit.workbooks import ledger

DAY = forms.DateInput(attrs={"type": "date"})
# Outside these years a day has no moment in every zone the databases know.
SPAN = [MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2100, 1, 1))]


MOST = 50_000
COLUMNS = [
    Column(key="pk", header=_("Number"), kind="integer", width=9, value=lambda row: row.pk),
    Column(
        key="at",
        header=_("Time"),
        width=20,
        value=lambda row: f"{timezone.localtime(row.at):%Y-%m-%d %H:%M:%S}",
    ),
    Column(key="by", header=_("Person"), width=12, value=lambda row: row.by_name),
    Column(key="verb", header=_("Deed"), width=22, value=lambda row: deed(row.verb)),
    Column(key="about", header=_("Object"), width=30, value=lambda row: row.object_name),
    Column(key="address", header=_("Address"), width=18, value=lambda row: row.address or ""),
    Column(
        key="params",
        header=_("Details"),
        width=40,
        value=lambda row: json.dumps(row.params, ensure_ascii=False) if row.params else "",
    ),
]


class TrailFilter(FilterForm):
    by = forms.CharField(label=_("Person"), required=False, max_length=40)
    verb = forms.ChoiceField(label=_("Deed"), required=False)
    about = forms.CharField(label=_("Object"), required=False, max_length=40)
    first = forms.DateField(label=_("From"), required=False, widget=DAY, validators=SPAN)
    last = forms.DateField(label=_("Until"), required=False, widget=DAY, validators=SPAN)

    def __init__(self, data):
        super().__init__(data)
        known = [(verb, deed(verb)) for verb in DEEDS]
        self.fields["verb"].choices = [("", gettext("All")), *known]

    def narrow(self, rows):
        """Only what is understood narrows."""
        if name := loose(self.said("by") or ""):
            rows = rows.filter(by_name__icontains=name)
        if verb := self.said("verb"):
            rows = rows.filter(verb=verb)
        if about := loose(self.said("about") or ""):
            rows = rows.filter(object_name__icontains=about)
        return within(rows, first=self.said("first"), last=self.said("last"))


def within(rows, *, first, last):
    """Whole days in the portal's own zone, both ends included."""
    if first:
        rows = rows.filter(at__gte=timezone.make_aware(datetime.combine(first, time.min)))
    if last:
        after = last + timedelta(days=1)
        rows = rows.filter(at__lt=timezone.make_aware(datetime.combine(after, time.min)))
    return rows


@require_GET
def trail(request):
    demand(request.actor, "trail.read")
    wanted = TrailFilter(request.GET)
    rows = wanted.narrow(Deed.objects.all()).order_by("-pk")
    page = page_of(request, rows)
    lines = [(row, deed(row.verb)) for row in page]
    words = {"page": page, "lines": lines, "filter": wanted}
    return render(request, "accounts/trail.html", words)


@require_GET
def export(request):
    """The rows of the screen in its order, at most MOST of them; the download itself is logged."""
    demand(request.actor, "trail.read")
    rows = TrailFilter(request.GET).narrow(Deed.objects.all()).order_by("-pk")[:MOST]
    out = io.BytesIO()
    who = f"{request.user.name} {timezone.localtime(request.now):%Y-%m-%d %H:%M}"
    count = ledger(out, title=gettext("Trail"), columns=COLUMNS, rows=rows, filters=who)
    note_access(
        request.user, "trail.exported", rows=count, query=request.GET.urlencode(), now=request.now
    )
    out.seek(0)
    name = f"{gettext('Trail')}-{request.today:%Y-%m-%d}.xlsx"
    return FileResponse(out, as_attachment=True, filename=name)


@require_GET
def access(request):
    demand(request.actor, "trail.read")
    rows = AccessLog.objects.select_related("user").order_by("-pk")
    page = page_of(request, rows)
    lines = [(row, taken(row.what)) for row in page]
    return render(request, "accounts/access.html", {"page": page, "lines": lines})
