"""The portal's addresses and one more: nothing behind a sign-in, the floor of every page."""

from django.http import HttpResponse
from django.urls import include, path


def empty(request):
    return HttpResponse()


urlpatterns = [path("bench/empty/", empty), path("", include("portal.urls"))]
