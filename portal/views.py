"""Home, search, health and the error pages. Each page says what happened and what was kept."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import JsonResponse
from django.shortcuts import render


def home(request):
    return render(request, "portal/home.html")


def search(request):
    return render(request, "portal/search.html")


@login_not_required
def healthz(request):
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        database = True
    except DatabaseError:
        database = False
    broker = "redis" if settings.REDIS_URL else "filesystem"
    return JsonResponse(
        {"ok": database, "database": connection.vendor, "broker": broker},
        status=200 if database else 503,
    )


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
    return render(request, "500.html", status=500)
