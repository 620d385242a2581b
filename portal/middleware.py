"""What every request passes: odd bytes are refused, the actor is named, a refusal becomes a page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.refusal import Refused
from branches.scope import act_as
from portal import stops

URLENCODED = "application/x-www-form-urlencoded"
METHODS = {"GET", "HEAD", "POST", "OPTIONS"}


def refuse_odd_requests(get_response):
    """NUL in the address breaks PostgreSQL, bare bytes in a form are guessed at; unknown methods mean nothing here."""

    def middleware(request):
        if request.method not in METHODS:
            return HttpResponse(status=405)
        if has_nul(request) or is_misread(request):
            return stops.bad_request(request)
        return get_response(request)

    return middleware


def has_nul(request) -> bool:
    typed = (value for _name, values in request.GET.lists() for value in values)
    return "\x00" in request.path_info or any("\x00" in value for value in typed)


def is_misread(request) -> bool:
    """A form as bytes that are no ASCII was not written by a browser: nobody can say in which code its letters are."""
    return request.content_type == URLENCODED and not request.body.isascii()


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
            # In the midst of work: the menu stays.
            words = {"stop": stops.refused(exception.sentence)}
            return render(request, "stopped.html", words, status=409)
        return None

    middleware.process_exception = process_exception
    return middleware
