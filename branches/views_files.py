"""The only door to stored files: scoped, logged, and never run by a browser."""

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from accounts.access_log import note_access
from branches.files import PHOTO, path_of, thumbnail
from branches.models import Evidence
from portal.kit.uploads import disposition

SANDBOX = "default-src 'none'; sandbox"


@require_GET
def evidence(request, pk):
    """The file as a download; `?thumb` shows a small copy of a photo in the page."""
    found = get_object_or_404(Evidence.objects.visible_to(request.actor), pk=pk)
    if "thumb" in request.GET and found.content_type == PHOTO:
        answer = stream(thumbnail, found, PHOTO)
        answer["Content-Disposition"] = "inline"
        answer["Cache-Control"] = "private, max-age=3600"
        return answer
    answer = stream(path_of, found, found.content_type)
    answer["Content-Disposition"] = disposition(found.name, suffix=found.suffix)
    note_access(request.user, "evidence.read", found, now=request.now)
    return answer


def stream(locate, found, content_type):
    try:
        file = locate(found).open("rb")
    except FileNotFoundError:
        raise Http404 from None
    answer = FileResponse(file, content_type=content_type)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = SANDBOX
    return answer
