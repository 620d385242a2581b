"""Where a person goes after signing in or changing a setting: only to a page of this portal."""

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def is_ours(target: str) -> bool:
    """A path of this host and nothing else: no scheme, no host, no browser trick that makes one."""
    return (
        target.startswith("/")
        and "\\" not in target
        and target.isprintable()
        and url_has_allowed_host_and_scheme(target, allowed_hosts=None)
    )


def onward(request: HttpRequest, *, default: str) -> str:
    """The page named by `next`, or the default."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    return target if is_ours(target) else default


def page_left(request: HttpRequest) -> str:
    """The address to come back to: the page itself, or the page whose form was posted."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    origin = urlsplit(request.headers.get("Referer", ""))
    path = f"{origin.path}?{origin.query}" if origin.query else origin.path
    return path if origin.netloc == request.get_host() and is_ours(path) else "/"
