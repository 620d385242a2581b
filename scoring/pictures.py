"""The charts of results: pass rates by unit as bars, over cycles as lines."""

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from inspections.models import Cycle
from portal.kit import charts
from scoring.models import Proposal
from scoring.summaries import Point, UnitSum


def results_url(**query) -> str:
    return f"{reverse('scoring:results')}?{urlencode({k: v for k, v in query.items() if v})}"


def rates_by_unit(groups: Iterable[Sequence[UnitSum]], *, cycle: Cycle) -> list[dict]:
    """One picture per group of peers; each bar opens the branches that pass."""
    return [{"title": group_title(group), "svg": bars(group, cycle=cycle)} for group in groups]


def group_title(group: Sequence[UnitSum]) -> str:
    return _("Towns and streets") if group[0].of_villages else _("Organs, schools and enterprises")


def bars(group: Sequence[UnitSum], *, cycle: Cycle) -> SafeString:
    rows = [
        charts.Bar(
            each.unit.short_name,
            each.sum.passed,
            each.sum.total,
            results_url(
                cycle=cycle.pk, unit=each.unit.pk, of="branches", verdict=Proposal.PASS.value
            ),
        )
        for each in group
    ]
    return charts.bars(rows, title=_("Up to standard, by unit"), tone="ok")


def trend(found: Sequence[Point], *, name: str) -> SafeString:
    labels = [label_of(point) for point in found]
    values = [None if point.is_under_way else point.sum.rate for point in found]
    return charts.lines([(name, values)], labels, title=_("Pass rate over the cycles"), unit="%")


def label_of(point: Point) -> str:
    year = str(point.cycle.ends_on.year)
    if point.is_under_way:
        return _("%(year)s, not all judged") % {"year": year}
    return year if point.is_final else _("%(year)s, proposed") % {"year": year}
