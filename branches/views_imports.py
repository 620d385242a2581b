"""Rosters in and out: template, upload, preview, confirmation, and the file back with its errors."""

import io
import uuid

from django import forms
from django.contrib import messages
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access_log import note_access
from accounts.fields import KEY_DIGITS, KeyField
from accounts.pages import page_of
from accounts.refusal import Refused
from accounts.roles import Role
from branches.gate import demand
from branches.models import BranchForm, Field, Organization, OrgKind, RosterImport
from branches.permissions import TABLE
from branches.rosters import imports as rosters
from branches.rosters.columns import BY_KEY
from branches.scope import under
from portal.kit.refusal import Refusal
from portal.kit.workbooks import file_name

CHOICES = {"kind": OrgKind, "field": Field, "form": BranchForm}
State = RosterImport.State
VIEWS = ("wrong", "new", "changed", "warned")


class UploadForm(forms.Form):
    owner = forms.ModelChoiceField(
        label=gettext_lazy("County"), queryset=Organization.objects.none()
    )
    file = forms.FileField(
        label=gettext_lazy("Workbook (.xlsx)"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )
    client_key = KeyField(initial=uuid.uuid4)

    def __init__(self, *args, owners, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = owners
        self.fields["owner"].initial = owners.first()


@require_http_methods(["GET", "POST"])
def imports(request):
    demand(TABLE, request.actor, "roster.import")
    form = UploadForm(request.POST or None, request.FILES or None, owners=owners(request))
    if request.method == "POST" and form.is_valid():
        item = upload(request, form)
        if item is not None:
            return redirect("branches:import", pk=item.pk)
    recent = (
        visible(request).select_related("created_by").defer("rows").order_by("-created_at")[:10]
    )
    status = 422 if form.is_bound else 200
    words = {"form": form, "recent": recent, "guide": rosters.guide()}
    return render(request, "branches/imports.html", words, status=status)


def upload(request, form):
    said = form.cleaned_data
    try:
        return rosters.preview(
            request.actor,
            said["owner"],
            said["file"],
            now=request.now,
            client_key=said["client_key"],
        )
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        return None


@require_GET
def template(request):
    demand(TABLE, request.actor, "roster.import")
    mine = owners(request)
    chosen = request.GET.get("owner", "")
    readable = chosen.isdecimal() and len(chosen) <= KEY_DIGITS
    owner = mine.filter(pk=chosen).first() if readable else None
    owner = owner or mine.first()
    out = io.BytesIO()
    count = rosters.write_template(out, owner, today=request.today)
    out.seek(0)
    note_access(request.user, "roster.downloaded", owner, rows=count, now=request.now)
    name = file_name(owner.short_name, _("Roster of units"), day=request.today)
    return FileResponse(out, as_attachment=True, filename=name)


@require_GET
def one(request, pk):
    item = fetch(request, pk)
    if item.state == State.ASKED:
        return wait(request, item)
    view = request.GET.get("view", "")
    rows = [row for row in item.rows if fits(row, view)]
    page = page_of(request, rows)
    words = {
        "item": item,
        "view": view,
        "page": page,
        "pages": list(page.paginator.get_elided_page_range(page.number)),
        "rows": [shown(row) for row in page],
        "to_write": item.counts.get("new", 0) + item.counts.get("changed", 0),
        "fault": _(item.counts["fault"]) if item.counts.get("fault") else "",
    }
    return render(request, "branches/import.html", words)


def wait(request, item):
    """What the worker does with it; the page asks again by itself, without a script."""
    words = {"item": item, "total": rosters.rows_of(item), "given_up": rosters.is_given_up(item)}
    return render(request, "branches/import_asked.html", words)


@require_POST
def confirm(request, pk):
    item = fetch(request, pk)
    try:
        done = rosters.confirm(request.actor, item, now=request.now)
    except Refusal as bad:
        raise Refused(bad.sentence) from bad
    if done.state == State.ASKED:
        messages.info(request, _("The table is large: it is written in the background."))
    elif done.state == State.CONFIRMED:
        counts = {"new": done.counts["new"], "changed": done.counts["changed"]}
        messages.success(request, _("Written: %(new)s new, %(changed)s changed.") % counts)
    else:
        messages.warning(
            request,
            _(
                "The units were changed since the preview. Nothing was written; check the new preview."
            ),
        )
    return redirect("branches:import", pk=item.pk)


@require_GET
def returned(request, pk):
    item = fetch(request, pk)
    try:
        path = rosters.write_returned(item)
    except (Refusal, FileNotFoundError) as bad:
        raise Refused(_("The uploaded file is no longer there. Upload it again.")) from bad
    try:
        content = path.read_bytes()
    finally:
        path.unlink(missing_ok=True)
    note_access(request.user, "roster.returned", now=request.now, query=item.name)
    marked = _("errors marked")
    name = f"{item.name.removesuffix('.xlsx')}_{marked}.xlsx"
    return FileResponse(io.BytesIO(content), as_attachment=True, filename=name)


def owners(request):
    """The counties the officer keeps: the highest of the own grants first."""
    held = [h.organization_id for h in request.actor.held if h.role == Role.COUNTY_OFFICER]
    return Organization.objects.filter(pk__in=held).order_by("path")


def visible(request):
    paths = request.actor.paths(Role.COUNTY_OFFICER)
    return RosterImport.objects.filter(under(paths, prefix="owner__"))


def fetch(request, pk):
    rows = visible(request).select_related("owner", "created_by", "asked_by").defer("rows")
    item = get_object_or_404(rows, pk=pk)
    demand(TABLE, request.actor, "roster.import", item.owner)
    return item


def fits(row, view):
    if view == "warned":
        return bool(row["warnings"])
    return row["status"] == view if view in VIEWS else True


def shown(row):
    """One stored row in the reader's language."""
    return {
        "number": row["number"],
        "name": row["name"],
        "status": row["status"],
        "is_new": row["unit"] is None,
        "cells": [
            {"label": heading(key), "old": value(key, old), "new": value(key, new)}
            for key, old, new in row["changes"]
        ],
        "errors": [
            {"label": heading(key), "sentence": _(sentence) % params}
            for key, sentence, params in row["errors"]
        ],
        "warnings": [_(sentence) % params for sentence, params in row["warnings"]],
    }


def heading(key):
    return str(BY_KEY[key].header) if key in BY_KEY else ""


def value(key, code):
    if code in (None, ""):
        return "—"
    return str(CHOICES[key](code).label) if key in CHOICES else str(code)
