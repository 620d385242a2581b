"""Pages of a list: sizes 20, 50 and 100; a page that does not exist shows the nearest one."""

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

SIZES = ("20", "50", "100")


def page_of(request: HttpRequest, rows) -> Page:
    """The page of `rows` that the query string asks for."""
    size = request.GET.get("size")
    return Paginator(rows, int(size) if size in SIZES else 20).get_page(request.GET.get("page"))
