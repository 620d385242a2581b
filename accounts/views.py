"""Signing in and out, one's own password and settings."""

from django.conf import settings as configured
from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts import actions
from accounts.address import client_address
from accounts.forms import ChangePasswordForm, SettingsForm, SignInForm
from accounts.models import User
from accounts.onward import onward
from accounts.passwords import must_change
from accounts.trail import record

LANGUAGE_YEARS = 365 * 86_400
WRONG_OLD = "wrong_old"
WRONG_OLD_LIMIT = 5


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request):
    target = onward(request, default=resolve_url(configured.LOGIN_REDIRECT_URL))
    if request.user.is_authenticated and request.method == "GET":
        return redirect(target)
    form = SignInForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        login(request, form.user)
        record(
            form.user, "session.began", form.user, now=request.now, address=client_address(request)
        )
        return remember_language(redirect(target), form.user.language)
    if request.method == "POST":
        note_failure(request)
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/sign_in.html", {"form": form, "next": target}, status=status)


def note_failure(request):
    """A row per evaluated guess and one when the lock falls; guesses during the lock are not evaluated and leave none."""
    if getattr(request, "axes_failures_since_start", None) is None:
        return
    user = User.objects.filter(username=request.POST.get("username", "")[:40].strip()).first()
    verb = "session.locked_out" if request.axes_locked_out else "session.refused"
    record(None, verb, user, now=request.now, address=client_address(request))


@login_not_required
def locked_out(request, response=None, credentials=None):
    """Called by axes: this name from this address, known or not, has failed too often."""
    minutes = round(configured.AXES_COOLOFF_TIME * 60)
    return render(request, "accounts/locked_out.html", {"minutes": minutes}, status=429)


@login_not_required
@require_POST
def sign_out(request):
    if request.user.is_authenticated:
        record(request.user, "session.ended", request.user, now=request.now)
        logout(request)
    return redirect("accounts:sign_in")


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def change_password(request):
    target = onward(request, default=resolve_url(configured.LOGIN_REDIRECT_URL))
    form = ChangePasswordForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        actions.change_password(request.user, form.cleaned_data["new"], now=request.now)
        update_session_auth_hash(request, request.user)
        messages.success(
            request, _("The password is changed. Other sessions of this account have ended.")
        )
        return redirect(target)
    if form.has_error("old", "wrong") and guessed_too_often(request):
        logout(request)
        return redirect("accounts:sign_in")
    due = must_change(request.user, now=request.now, longest_days=configured.PASSWORD_MAX_DAYS)
    status = 422 if request.method == "POST" else 200
    words = {"form": form, "next": target, "due": due}
    return render(request, "accounts/change_password.html", words, status=status)


def guessed_too_often(request):
    """Somebody at an open screen must not find the password out."""
    request.session[WRONG_OLD] = request.session.get(WRONG_OLD, 0) + 1
    return request.session[WRONG_OLD] >= WRONG_OLD_LIMIT


@require_http_methods(["GET", "POST"])
def settings(request):
    user = request.user
    kept = {name: getattr(user, name) for name in SettingsForm.base_fields}
    form = SettingsForm(request.POST or None, initial=kept)
    if request.method == "POST" and form.is_valid():
        actions.choose(user, now=request.now, **form.cleaned_data)
        messages.success(request, _("Your settings are saved."))
        return remember_language(redirect("accounts:settings"), user.language)
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/settings.html", {"form": form}, status=status)


@login_not_required
@require_POST
def language(request):
    """The language switch of every page, also before signing in."""
    codes = [code for code, _name in configured.LANGUAGES]
    code = request.POST.get("language")
    code = code if code in codes else configured.LANGUAGE_CODE
    if request.user.is_authenticated:
        actions.choose(request.user, now=request.now, language=code)
    return remember_language(redirect(onward(request, default="/")), code)


@require_POST
def large_type(request):
    actions.choose(request.user, now=request.now, large_type=request.POST.get("large") == "1")
    return redirect(onward(request, default="/"))


def remember_language(response, code):
    response.set_cookie(
        configured.LANGUAGE_COOKIE_NAME,
        code,
        max_age=LANGUAGE_YEARS,
        secure=configured.HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return response
