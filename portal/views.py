"""Home, search and health."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, InterfaceError, connection
from django.http import JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_safe

from accounts.models import Pulse
from accounts.outbox import oldest_due
from accounts.pages import page_of
from inspections.ledger_rows import shown
from portal.boards import board_of
from portal.searching import FIRST, day_in, due_on, found_by


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
