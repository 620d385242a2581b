"""What every request passes: odd bytes are refused, the actor is named, a refusal becomes a page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.refusal import Refused
from branches.scope import act_as

METHODS = {"GET", "HEAD", "POST", "OPTIONS"}


def refuse_odd_requests(get_response):
    """NUL and lone surrogates in the address break PostgreSQL; unknown methods have no meaning here."""

    def middleware(request):
        if request.method not in METHODS:
            return HttpResponse(status=405)
        if "\x00" in request.path_info or any(
            "\x00" in v for _, vs in request.GET.lists() for v in vs
        ):
            return render(request, "400.html", status=400)
        return get_response(request)

    return middleware


def name_the_actor(get_response):
    def middleware(request):
        request.today = timezone.localdate()
        request.now = timezone.now()
        request.actor = (
            act_as(request.user, today=request.today) if request.user.is_authenticated else None
        )
        response = get_response(request)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware


def answer_refusals(get_response):
    """A Refused that no view turned into a form error becomes a page with its sentence, HTTP 409."""

    def middleware(request):
        return get_response(request)

    def process_exception(request, exception):
        if isinstance(exception, Refused):
            return render(request, "refused.html", {"sentence": exception.sentence}, status=409)
        return None

    middleware.process_exception = process_exception
    return middleware
