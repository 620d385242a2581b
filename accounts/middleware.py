"""The rules of a session: it ends when idle, a one-time password is changed first, the reader's language holds.

Runs before the view and after authentication. The draft is safe: autosave.js keeps it in the browser until the
server has it, and after signing in the person comes back to the same page.
"""

from datetime import datetime
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils import timezone, translation

from accounts.onward import page_left
from accounts.passwords import must_change

SEEN = "seen"
# Writing the session at every request would cost a row each; half a minute of slack is enough.
SLACK_SECONDS = 30


def session_rules(get_response):
    def middleware(request):
        now = timezone.now()
        if request.user.is_authenticated and has_idled(request, now=now):
            logout(request)
        if not request.user.is_authenticated:
            return answer_guest(request, get_response(request))
        note_seen(request, now=now)
        speak(request)
        return hold_back(request, now=now) or get_response(request)

    return middleware


def idle_minutes(user) -> int:
    return settings.IDLE_MINUTES_ADMINISTRATOR if user.is_administrator else settings.IDLE_MINUTES


def has_idled(request: HttpRequest, *, now: datetime) -> bool:
    seen = request.session.get(SEEN)
    return seen is not None and now.timestamp() - seen > idle_minutes(request.user) * 60


def note_seen(request: HttpRequest, *, now: datetime) -> None:
    seen = request.session.get(SEEN)
    if seen is None or abs(now.timestamp() - seen) > SLACK_SECONDS:
        request.session[SEEN] = now.timestamp()


def speak(request: HttpRequest) -> None:
    translation.activate(request.user.language)
    request.LANGUAGE_CODE = translation.get_language()


def wants_json(request: HttpRequest) -> bool:
    return (
        request.headers.get("X-Requested-With") == "XMLHttpRequest"
        or "application/json" in request.headers.get("Accept", "")
        or request.headers.get("HX-Request") == "true"
    )


def answer_guest(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Turn the bare redirect to sign-in into 401 for scripts, and into the page left for people."""
    sign_in = resolve_url(settings.LOGIN_URL)
    if response.status_code != 302 or not response["Location"].startswith(f"{sign_in}?"):
        return response
    if wants_json(request):
        return JsonResponse({"error": "signed_out", "sign_in": sign_in}, status=401)
    return redirect(f"{sign_in}?next={quote(page_left(request))}")


def hold_back(request: HttpRequest, *, now: datetime) -> HttpResponse | None:
    """Nothing but the change of the password is open while one is due."""
    due = must_change(request.user, now=now, longest_days=settings.PASSWORD_MAX_DAYS)
    change = reverse("accounts:change_password")
    if not due or request.path in (change, *always_open()):
        return None
    if wants_json(request):
        return JsonResponse({"error": "change_password", "sign_in": change}, status=401)
    return redirect(f"{change}?next={quote(page_left(request))}")


def always_open() -> tuple[str, ...]:
    return (reverse("accounts:sign_out"), reverse("accounts:language"), reverse("healthz"))
