"""People of units: who holds which role, giving and ending roles, hand-over, accounts for a roster."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import User
from accounts.pages import page_of
from accounts.refusal import Refused
from accounts.roles import Kind
from branches import grants as deeds
from branches.forms_people import GrantFilter, GrantForm, HandOverForm, RosterForm, UnitSearch
from branches.gate import demand
from branches.people import grants_visible_to, in_force, units_open_to
from branches.permissions_people import TABLE
from branches.permits import verbs
from branches.roster_accounts import make_accounts


@require_GET
def grants(request):
    demand(TABLE, request.actor, "grant.list")
    wanted = GrantFilter(request.GET)
    rows = wanted.narrow(grants_visible_to(request.actor), today=request.today)
    rows = rows.select_related("user", "organization").order_by("organization__path", "role", "pk")
    person = person_asked(request, wanted.said("user"))
    words = {
        "page": page_of(request, rows),
        "filter": wanted,
        "person": person,
        "kinds": Kind.choices,
        "may": verbs(TABLE, request.actor, None)
        if person is None
        else person_verbs(request, person),
    }
    return render(request, "accounts/grants.html", words)


def person_asked(request, pk):
    return User.objects.visible_to(request.actor).filter(pk=pk).first() if pk else None


def person_verbs(request, person):
    return {
        verb for verb in ("grant.make", "user.appoint") if TABLE[verb].allows(request.actor, person)
    } | {verb for verb in ("grant.end", "roster.accounts") if TABLE[verb].allows(request.actor)}


@require_http_methods(["GET", "POST"])
def grant_make(request, pk):
    person = get_object_or_404(User.objects.visible_to(request.actor), pk=pk)
    demand(TABLE, request.actor, "grant.make", person)
    search = UnitSearch(request.GET)
    units = units_open_to(request.actor).open(request.today)
    form = GrantForm(
        request.POST or None, offered=search.choices(units), allowed=units, today=request.today
    )
    if request.method == "POST" and form.is_valid():
        try:
            deeds.make_grant(request.actor, person, now=request.now, **form.cleaned_data)
        except Refused as refused:
            form.add_error(
                refused.field if refused.field in form.fields else None, refused.sentence
            )
        else:
            messages.success(request, _("The role is given. It holds from the next sign-in."))
            return redirect(f"{reverse('branches:grants')}?user={person.pk}")
    words = {"form": form, "search": search, "person": person}
    return render(request, "accounts/grant_make.html", words, status=422 if request.POST else 200)


@require_POST
def grant_end(request, pk):
    grant = get_object_or_404(
        grants_visible_to(request.actor).select_related("user", "organization"), pk=pk
    )
    demand(TABLE, request.actor, "grant.end", grant)
    deeds.end_grant(request.actor, grant, now=request.now)
    messages.success(request, _("The role has ended."))
    return redirect(f"{reverse('branches:grants')}?user={grant.user_id}")


@require_POST
def appoint(request, pk):
    person = get_object_or_404(User.objects.visible_to(request.actor), pk=pk)
    demand(TABLE, request.actor, "user.appoint", person)
    deeds.appoint(request.actor, person, kind=request.POST.get("kind", ""), now=request.now)
    messages.success(request, _("The kind of the account is changed."))
    return redirect("accounts:user", pk=person.pk)


@never_cache
@require_http_methods(["GET", "POST"])
def hand_over(request, pk):
    unit = get_object_or_404(units_open_to(request.actor), pk=pk)
    demand(TABLE, request.actor, "secretary.hand_over", unit)
    present = (
        in_force(request.today)
        .filter(organization=unit, role__in=deeds.hand_over_roles(unit))
        .select_related("user")
    )
    form = HandOverForm(request.POST or None, unit=unit, grants=present, today=request.today)
    if request.method == "POST" and form.is_valid():
        try:
            done = deeds.hand_over(request.actor, unit, now=request.now, **form.fields_said())
        except Refused as refused:
            form.add_error(
                refused.field if refused.field in form.fields else None, refused.sentence
            )
        else:
            return after_hand_over(request, unit, done)
    words = {"form": form, "place": unit}
    return render(request, "accounts/hand_over.html", words, status=422 if request.POST else 200)


def after_hand_over(request, unit, done):
    """A new account's slip is shown at once and never again."""
    if done.password:
        return render(
            request, "accounts/slips.html", {"slips": [(done.new, unit.name, done.password)]}
        )
    messages.success(request, _("The hand-over is done. Open work stays with the unit."))
    return redirect("branches:grants")


@never_cache
@require_http_methods(["GET", "POST"])
def roster_accounts(request):
    demand(TABLE, request.actor, "roster.accounts")
    search = UnitSearch(request.GET)
    units = units_open_to(request.actor).open(request.today)
    form = RosterForm(request.POST or None, offered=search.choices(units), allowed=units)
    if request.method == "POST" and form.is_valid():
        slips, left = make_accounts(
            request.actor,
            form.cleaned_data["organization"],
            roles=form.cleaned_data["roles"],
            now=request.now,
        )
        if slips:
            rows = [(slip.user, slip.unit, slip.password) for slip in slips]
            return render(request, "accounts/slips.html", {"slips": rows, "left": left})
        messages.info(request, _("Every unit there has its accounts already."))
        return redirect("branches:roster_accounts")
    words = {"form": form, "search": search}
    return render(request, "accounts/roster.html", words, status=422 if request.POST else 200)
