"""What a request names: the assessment it is about, the branches ticked, the press it came from."""

import uuid
from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from accounts.fields import LAST_DAY, PARTY_FOUNDED
from branches.models import Organization, OrgKind
from branches.order import tree_order
from inspections.models import Assessment
from inspections.permits_filing import TABLE
from portal.kit.values import CellBad, date_

RELATED = ("branch__parent", "cycle__edition", "cycle__prior", "cycle__owner", "submitted_by")
MOST = 500


def assessment_or_404(request: HttpRequest, pk: int, verb: str) -> Assessment:
    """Hidden: 404. Not for this role: 403. The wrong moment is for the action to refuse, with a sentence."""
    rows = Assessment.objects.visible_to(request.actor).select_related(*RELATED)
    assessment = get_object_or_404(rows, pk=pk)
    if not TABLE[verb].role_fits(request.actor, assessment):
        raise PermissionDenied(verb)
    return assessment


def ticked(request: HttpRequest, verb: str) -> list[Assessment]:
    """The assessments ticked (or those of a unit's branches), as far as the actor may see them."""
    if not TABLE[verb].role_fits(request.actor, None):
        raise PermissionDenied(verb)
    rows = Assessment.objects.visible_to(request.actor).select_related(*RELATED)
    unit = unit_named(request, request.POST)
    if unit is not None:
        below = {"branch__path__gte": unit.path, "branch__path__lt": unit.path + "~"}
        rows = rows.filter(branch__kind=OrgKind.BRANCH, **below)
    else:
        rows = rows.filter(pk__in=whole_numbers(request.POST.getlist("ids")))
    cycles = whole_numbers(request.POST.getlist("cycle"))
    return list(rows.filter(cycle__in=cycles).order_by(*tree_order("branch__"))[:MOST])


def unit_named(request: HttpRequest, query) -> Organization | None:
    numbers = whole_numbers([query.get("unit", "")])
    return Organization.objects.visible_to(request.actor).filter(pk__in=numbers).first()


def whole_numbers(texts: list[str]) -> list[int]:
    return [
        int(text) for text in texts[:MOST] if text.isascii() and text.isdigit() and len(text) < 19
    ]


def press_of(request: HttpRequest) -> uuid.UUID:
    """The key the form was printed with; a form without one counts as a new press."""
    try:
        return uuid.UUID(request.POST.get("client_key", ""))
    except ValueError:
        return uuid.uuid4()


def day_typed(text: str) -> date | None:
    """A day as browsers or people write it. Raises CellBad."""
    return date_(text, earliest=PARTY_FOUNDED, latest=LAST_DAY)


__all__ = ["CellBad", "assessment_or_404", "day_typed", "press_of", "ticked", "unit_named"]
