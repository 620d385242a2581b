"""The pages of a request that came to nothing: what happened, what was kept, what to do.

They ask the database for nothing, since it may be what went wrong, and show nothing of the person asking.
"""

import sys
from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.context_processors import csrf
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.context import bare_frame

LOCK_NOT_AVAILABLE = "55P03"  # PostgreSQL's word for a row another hand has held too long
RETRY_AFTER = 10  # seconds


@dataclass(frozen=True)
class Stop:
    """is_passing: the same request may succeed in a moment."""

    status: int
    heading: str | Promise
    sentences: tuple[str | Promise, ...]
    is_passing: bool = False


ODD = Stop(
    400,
    _("The request could not be understood"),
    (_("Nothing was changed. Go back, reload the page and try once more."),),
)
STALE = Stop(
    403,
    _("The page was open too long and must be reloaded"),
    (
        _("Nothing was submitted. Go back, copy what you typed, reload the page and submit again."),
        _(
            "If it happens again, sign out and sign in once more, and check that the browser accepts cookies."
        ),
    ),
)
FORBIDDEN = Stop(
    403,
    _("Your account may not do this"),
    (
        _("Nothing was changed."),
        _(
            "If this is part of your work, ask the security administrator of your unit to check your grant."
        ),
    ),
)
NOT_FOUND = Stop(
    404,
    _("This page does not exist or is outside your scope"),
    (
        _(
            "Check the address. If a colleague sent you the link, it may belong to a unit your account cannot see."
        ),
        _(
            "If you ought to see it, ask the security administrator of your unit to check your grant."
        ),
    ),
)
BUSY = Stop(
    409,
    _("Somebody else is changing this at the moment"),
    (_("Nothing was changed. Go back and try again in a few seconds."),),
    is_passing=True,
)
FAILED = Stop(
    500,
    _("The system ran into an error"),
    (_("The error has been recorded. Go back and try again in a few minutes."),),
    is_passing=True,
)
AWAY = Stop(
    503,
    _("The database does not answer at the moment"),
    (
        _(
            "Whatever was said to be saved is safe. Wait a moment, then try again; what you have typed is still on the page you came from."
        ),
    ),
    is_passing=True,
)


def refused(sentence: str) -> Stop:
    """Somebody was quicker, or the step is not open now."""
    return Stop(409, _("This cannot be done now"), (sentence, _("Nothing was changed.")))


def page(request: HttpRequest, stop: Stop) -> HttpResponse:
    words = bare_frame(request) | csrf(request) | {"request": request, "stop": stop}
    return HttpResponse(render_to_string("stopped.html", words), status=stop.status)


@login_not_required
def csrf_refused(request, reason=""):
    return page(request, STALE)


@login_not_required
def bad_request(request, exception=None):
    return page(request, ODD)


@login_not_required
def forbidden(request, exception=None):
    return page(request, FORBIDDEN)


@login_not_required
def not_found(request, exception=None):
    return page(request, NOT_FOUND)


@login_not_required
def failed(request):
    fault = sys.exception()
    if getattr(fault.__cause__, "pgcode", None) == LOCK_NOT_AVAILABLE:
        return page(request, BUSY)
    if isinstance(fault, OperationalError | InterfaceError):
        response = page(request, AWAY)
        response.headers["Retry-After"] = str(RETRY_AFTER)
        return response
    return page(request, FAILED)
