"""Keeping the tree: new units, names, moves, closing, ties, and the profile of a branch."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.refusal import Refused
from accounts.roles import Role
from branches import actions
from branches.forms import CloseForm, LinkForm, PlaceForm, ProfileForm, UnitForm
from branches.gate import demand
from branches.models import Link, Organization, OrgKind
from branches.order import tree_order
from branches.permissions import TABLE
from branches.scope import under
from branches.sections import LEAVING


@require_http_methods(["GET", "POST"])
def edit(request, pk):
    branch = fetch(request, pk, "profile.edit")
    form = ProfileForm(
        request.POST or None, instance=branch.profile, field=branch.field, today=request.today
    )
    if request.method == "POST" and form.is_valid():
        changed = attempt(form, actions.edit_profile, request, branch, form.changes())
        if changed is not None:
            tell_profile(request, changed, form.warnings())
            return redirect("branches:detail", pk=branch.pk)
    return show(request, form, branch, heading=_("Change the profile"))


def tell_profile(request, changed, warnings):
    if not changed:
        messages.info(request, _("Nothing was changed."))
        return
    messages.success(request, _("Saved: %(count)s facts changed.") % {"count": len(changed)})
    for sentence in warnings:
        messages.warning(request, sentence)


@require_http_methods(["GET", "POST"])
def create(request, pk):
    parent = fetch(request, pk, "organization.create")
    form = UnitForm(request.POST or None, initial={"kind": usual_below(parent)})
    if request.method == "POST" and form.is_valid():
        fields = form.changes() | {"opened_on": request.today}
        unit = attempt(form, actions.create_unit, request, parent, fields)
        if unit is not None:
            messages.success(request, _("%(unit)s was set up.") % {"unit": unit.name})
            return redirect("branches:detail", pk=unit.pk)
    return show(request, form, parent, heading=_("New unit under %(unit)s") % {"unit": parent})


def usual_below(parent):
    """Committees under a department, branches under everything else."""
    return OrgKind.COMMITTEE if parent.kind == OrgKind.DEPARTMENT else OrgKind.BRANCH


@require_http_methods(["GET", "POST"])
def amend(request, pk):
    unit = fetch(request, pk, "organization.rename")
    names = ("name", "short_name", "code", "position", "field")
    form = UnitForm(
        request.POST or None, unit=unit, initial={name: getattr(unit, name) for name in names}
    )
    if request.method == "POST" and form.is_valid():
        changed = attempt(form, actions.amend_unit, request, unit, form.changes())
        if changed is not None:
            messages.success(request, _("Saved."))
            return redirect("branches:detail", pk=unit.pk)
    return show(request, form, unit, heading=_("Names and order"))


@require_http_methods(["GET", "POST"])
def move(request, pk):
    unit = fetch(request, pk, "organization.move")
    form = PlaceForm(request.POST or None, parents=destinations(request, unit))
    if request.method == "POST" and form.is_valid():
        parent = form.cleaned_data["parent"]
        if attempt(form, actions.move_unit, request, unit, {"parent": parent}) is not None:
            messages.success(
                request,
                _("%(unit)s now stands under %(parent)s.") % {"unit": unit, "parent": parent},
            )
            return redirect("branches:detail", pk=unit.pk)
    return show(
        request,
        form,
        unit,
        heading=_("Move the unit"),
        note=_("Units below move along; findings and past results stay with their branch."),
        confirm=_("Move %(unit)s with all units below it?") % {"unit": unit},
        open_work=still_open(unit),
        button=_("Confirm the move"),
    )


def destinations(request, unit):
    county = Organization.objects.filter(under(request.actor.paths(Role.COUNTY_OFFICER)))
    outside = county.exclude(path__gte=unit.path, path__lt=unit.path + "~")
    places = outside.exclude(kind=OrgKind.BRANCH).open(request.today)
    return places.exclude(pk=unit.parent_id).order_by(*tree_order())


@require_http_methods(["GET", "POST"])
def close(request, pk):
    unit = fetch(request, pk, "organization.close")
    form = CloseForm(request.POST or None, today=request.today, initial={"on": request.today})
    if request.method == "POST" and form.is_valid():
        on = form.cleaned_data["on"]
        if attempt(form, actions.close_unit, request, unit, {"on": on}) is not None:
            messages.success(request, _("%(unit)s was closed.") % {"unit": unit})
            return redirect("branches:detail", pk=unit.pk)
    return show(
        request,
        form,
        unit,
        heading=_("Close the unit"),
        note=_("It takes no part from that day on; its history stays readable."),
        confirm=_("Close %(unit)s?") % {"unit": unit},
        open_work=still_open(unit),
        button=_("Confirm the closing"),
    )


def still_open(unit):
    return [sentence for tell in LEAVING if (sentence := tell(unit))]


@require_POST
def reopen(request, pk):
    unit = fetch(request, pk, "organization.close")
    actions.reopen_unit(request.actor, unit, now=request.now)
    messages.success(request, _("%(unit)s was reopened.") % {"unit": unit})
    return redirect("branches:detail", pk=unit.pk)


@require_http_methods(["GET", "POST"])
def links(request, pk):
    unit = fetch(request, pk, "organization.link")
    form = LinkForm(request.POST or None, units=tie_units(request, unit))
    sent = request.method == "POST" and form.is_valid()
    if sent and attempt(form, actions.tie, request, unit, form.cleaned_data) is not None:
        messages.success(request, _("The tie was added."))
        return redirect("branches:links", pk=unit.pk)
    ties = unit.links.select_related("unit").order_by("kind", "pk")
    return show(request, form, unit, heading=_("Ties to other units"), ties=ties)


def tie_units(request, unit):
    county = Organization.objects.filter(under(request.actor.paths(Role.COUNTY_OFFICER)))
    return county.open(request.today).exclude(pk=unit.pk).order_by(*tree_order())


@require_POST
def unlink(request, pk):
    seen = Organization.objects.visible_to(request.actor)
    link = get_object_or_404(Link.objects.select_related("unit", "organization"), pk=pk)
    get_object_or_404(seen, pk=link.organization_id)
    demand(TABLE, request.actor, "organization.link", link.organization)
    actions.untie(request.actor, link, now=request.now)
    messages.success(request, _("The tie was removed."))
    return redirect("branches:links", pk=link.organization_id)


def fetch(request, pk, verb):
    """The unit if the actor may see it (else 404) and may do this to it (else 403)."""
    rows = Organization.objects.visible_to(request.actor).select_related("parent", "profile")
    unit = get_object_or_404(rows, pk=pk)
    demand(TABLE, request.actor, verb, unit)
    return unit


def attempt(form, action, request, target, fields):
    """Runs the action; a refusal becomes an error of the form and the answer None."""
    try:
        done = action(request.actor, target, now=request.now, **fields)
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        return None
    return True if done is None else done


def show(request, form, unit, **words):
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(
        request, "branches/form.html", {"form": form, "about": unit, **words}, status=status
    )
