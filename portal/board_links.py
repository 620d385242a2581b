"""Where a number of a board leads: always a list of exactly that many rows."""

from django.urls import reverse
from django.utils.http import urlencode


def to(name: str, **query) -> str:
    """The list under its filters; empty filters are left out."""
    said = urlencode({key: value for key, value in query.items() if value not in ("", None)})
    return f"{reverse(name)}?{said}" if said else reverse(name)


def ledger(**query) -> str:
    return to("inspections:ledger", **query)


def assessments(cycle, **query) -> str:
    return to("inspections:assessments", cycle=cycle.pk, **query)


def results(cycle, **query) -> str:
    """Sums on boards are of branches."""
    return to("scoring:results", cycle=cycle.pk, of="branches", **query)


def due_on(day) -> str:
    """The search box takes a date for what falls due on it."""
    return to("search", q=day.isoformat())


def branches(**query) -> str:
    return to("branches:list", **query)
