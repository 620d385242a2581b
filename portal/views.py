"""Home, search, health and the error pages. Each page says what happened and what was kept."""

import sys

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.context_processors import csrf
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_GET, require_safe

from accounts.models import Pulse
from accounts.outbox import oldest_due
from accounts.pages import page_of
from inspections.ledger_rows import shown
from portal.boards import board_of
from portal.context import frame
from portal.searching import FIRST, day_in, due_on, found_by

LOCK_NOT_AVAILABLE = "55P03"  # PostgreSQL's word for a row another hand has held too long
RETRY_AFTER = 10  # seconds


@require_safe
def home(request):
    words = board_of(request.actor, now=request.now)
    moment = f"{timezone.localtime(request.now):%Y-%m-%d %H:%M}"
    return render(request, words["template"], words | {"as_of": moment})


@require_GET
def search(request):
    typed = request.GET.get("q", "")
    if day := day_in(typed):
        return render(request, "portal/due.html", falling_due(request, day))
    words = found_by(request.actor, typed) | {"typed": typed[:100], "first": FIRST}
    return render(request, "portal/search.html", words)


def falling_due(request, day) -> dict:
    page = page_of(request, due_on(request.actor, day))
    return {
        "typed": day.isoformat(),
        "day": day,
        "page": page,
        "pages": list(page.paginator.get_elided_page_range(page.number)),
        "rows": shown(page, today=request.today),
    }


@login_not_required
@require_safe
def healthz(request):
    """The database decides; the age of the pulses and of the oldest unfinished work is for whoever watches."""
    broker = "redis" if settings.REDIS_URL else "filesystem"
    known = {"database": connection.vendor, "broker": broker}
    try:
        known |= ages(now=timezone.now())
    except (DatabaseError, InterfaceError):
        return JsonResponse({"ok": False, **known}, status=503)
    return JsonResponse({"ok": True, **known})


def ages(*, now) -> dict:
    """Seconds since each pulse and since the oldest outbox row fell due; None where there is none."""
    heard = dict(Pulse.objects.values_list("name", "beat_at"))
    oldest = oldest_due(now=now)
    return {
        "worker_seconds": seconds(heard.get("worker"), now),
        "beat_seconds": seconds(heard.get("beat"), now),
        "outbox_oldest_seconds": seconds(oldest, now),
    }


def seconds(moment, now) -> int | None:
    return None if moment is None else max(0, round((now - moment).total_seconds()))


@login_not_required
def csrf_refused(request, reason=""):
    return render(request, "csrf.html", status=403)


@login_not_required
def bad_request(request, exception=None):
    return render(request, "400.html", status=400)


@login_not_required
def forbidden(request, exception=None):
    return render(request, "403.html", status=403)


@login_not_required
def not_found(request, exception=None):
    return render(request, "404.html", status=404)


@login_not_required
def failed(request):
    """What went wrong, told without asking the database: it may be what went wrong."""
    fault = sys.exception()
    if getattr(fault.__cause__, "pgcode", None) == LOCK_NOT_AVAILABLE:
        return without_database(request, "busy.html", status=409)
    if isinstance(fault, OperationalError | InterfaceError):
        response = without_database(request, "503.html", status=503)
        response.headers["Retry-After"] = str(RETRY_AFTER)
        return response
    return without_database(request, "500.html", status=500)


def without_database(request, template, *, status):
    """The page as a guest sees it: who is asking stands in the database, and so may the messages for them."""
    request.user, request.actor = AnonymousUser(), None
    words = frame(request) | csrf(request) | {"request": request}
    return HttpResponse(render_to_string(template, words), status=status)
