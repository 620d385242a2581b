"""Accounts as the system administrator keeps them. Roles are given elsewhere, by the security administrator."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import actions
from accounts.forms_users import UserFilter, UserForm
from accounts.models import User
from accounts.pages import page_of
from accounts.permissions import demand, verbs
from accounts.refusal import Refused


@require_GET
def users(request):
    demand(request.actor, "user.list")
    wanted = UserFilter(request.GET)
    rows = wanted.narrow(User.objects.visible_to(request.actor)).order_by("name", "pk")
    words = {"page": page_of(request, rows), "filter": wanted, "may": verbs(request.actor)}
    return render(request, "accounts/users.html", words)


@never_cache
@require_http_methods(["GET", "POST"])
def user_create(request):
    demand(request.actor, "user.create")
    form = UserForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user, password = actions.create_user(
                request.actor, now=request.now, **form.fields_said()
            )
        except Refused as refused:
            form.add_error(refused.field, refused.sentence)
        else:
            return show_slips(request, [(user, "", password)])
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/user_create.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
def user(request, pk):
    demand(request.actor, "user.list")
    row = get_object_or_404(User.objects.visible_to(request.actor), pk=pk)
    form = UserForm(request.POST or None, user=row)
    if request.method == "POST":
        demand(request.actor, "user.edit", row)
    if request.method == "POST" and form.is_valid():
        actions.describe_user(request.actor, row, now=request.now, **form.fields_said())
        messages.success(request, _("Saved."))
        return redirect("accounts:user", pk=row.pk)
    words = {"row": row, "form": form, "may": verbs(request.actor, row)}
    return render(request, "accounts/user.html", words, status=422 if request.POST else 200)


@require_POST
def user_lock(request, pk):
    row = get_object_or_404(User.objects.visible_to(request.actor), pk=pk)
    demand(request.actor, "user.lock", row)
    actions.lock_user(request.actor, row, now=request.now)
    return redirect("accounts:user", pk=row.pk)


@require_POST
def user_unlock(request, pk):
    row = get_object_or_404(User.objects.visible_to(request.actor), pk=pk)
    demand(request.actor, "user.unlock", row)
    actions.unlock_user(request.actor, row, now=request.now)
    return redirect("accounts:user", pk=row.pk)


@never_cache
@require_POST
def user_reset(request, pk):
    """Answers with the slip itself: the password is shown once and stored nowhere."""
    row = get_object_or_404(User.objects.visible_to(request.actor), pk=pk)
    demand(request.actor, "user.reset", row)
    password = actions.reset_password(request.actor, row, now=request.now)
    return show_slips(request, [(row, "", password)])


def show_slips(request, slips):
    """[(user, unit name, one-time password)] as slips for A4. Never reached by GET, never cached."""
    return render(request, "accounts/slips.html", {"slips": slips})
