"""Units side by side: pass rate, average and tiers among peers; and self-assessment against inspection."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from accounts.fields import LineField
from accounts.pages import page_of
from accounts.refusal import Refused
from branches.gate import demand
from branches.order import tree_order
from branches.scope import under
from inspections import cycles
from inspections.models import Assessment
from scoring import comparing_units, gapping, run_lists, unit_lists
from scoring.filters import ResultFilter
from scoring.models import ComparisonRule
from scoring.permissions import TABLE
from scoring.verdicts import tier_labels
from scoring.views import cycle_shown
from scoring.views_runs import workbook


class RuleForm(forms.Form):
    shows_ranks = forms.BooleanField(label=gettext_lazy("Show ranks among peers"), required=False)
    fewest = forms.IntegerField(
        label=gettext_lazy("Units with fewer graded branches are flagged, not ranked"),
        min_value=0,
        max_value=comparing_units.MOST_BRANCHES,
    )
    gap_days = forms.IntegerField(
        label=gettext_lazy("Days after signing before a gap counts in comparisons"),
        min_value=0,
        max_value=comparing_units.MOST_DAYS,
    )
    reason = LineField(label=gettext_lazy("Reason of the change"), max_length=300)


@require_GET
def page(request):
    demand(TABLE, request.actor, "comparison.view")
    cycle = cycle_shown(request.actor, request.GET.get("cycle", ""))
    if cycle is None:
        return render(request, "scoring/none.html")
    return render(request, "scoring/units.html", words(request, cycle))


def words(request, cycle, *, form=None) -> dict:
    rule = comparing_units.rule_of(cycle.owner)
    groups = comparing_units.compared(request.actor, cycle, rule=rule)
    columns = unit_lists.columns_for(cycle.edition, rule)
    return {
        "cycle": cycle,
        "cycles": cycles.readable(request.actor),
        "rule": rule,
        "groups": [(group.title, unit_lists.screen(group.units, cycle)) for group in groups],
        "columns": columns,
        "tiers": list(tier_labels(cycle.edition).values()),
        "may_set": TABLE["comparison.set"].allows(request.actor, cycle.owner),
        "form": form or RuleForm(initial=initial(rule)),
    }


def initial(rule: ComparisonRule) -> dict:
    return {name: getattr(rule, name) for name in ("shows_ranks", "fewest", "gap_days")}


@require_POST
def set_rule(request):
    demand(TABLE, request.actor, "comparison.set")
    cycle = cycle_shown(request.actor, request.GET.get("cycle", ""))
    if cycle is None:
        return redirect("scoring:units")
    form = RuleForm(request.POST)
    if form.is_valid() and is_set(request, cycle, form):
        messages.success(request, _("Kept; the trail tells who changed it and why."))
        return redirect(f"{reverse('scoring:units')}?cycle={cycle.pk}")
    return render(request, "scoring/units.html", words(request, cycle, form=form), status=422)


def is_set(request, cycle, form: RuleForm) -> bool:
    try:
        comparing_units.set_rule(request.actor, cycle.owner, now=request.now, **form.cleaned_data)
    except Refused as no:
        form.add_error(no.field if no.field in form.fields else None, no.sentence)
        return False
    return True


@require_GET
def export(request):
    demand(TABLE, request.actor, "comparison.view")
    cycle = cycle_shown(request.actor, request.GET.get("cycle", ""))
    if cycle is None:
        return redirect("scoring:units")
    rule = comparing_units.rule_of(cycle.owner)
    groups = comparing_units.compared(request.actor, cycle, rule=rule)
    return workbook(
        request,
        title=_("%(cycle)s: units among peers") % {"cycle": cycle.name},
        columns=[unit_lists.group_column(groups), *unit_lists.columns_for(cycle.edition, rule)],
        rows=[unit for group in groups for unit in group.units],
    )


@require_GET
def gap_table(request):
    """The gap by unit and by clause; a number opens the branches behind it."""
    demand(TABLE, request.actor, "result.gaps")
    cycle = cycle_shown(request.actor, request.GET.get("cycle", ""))
    if cycle is None:
        return render(request, "scoring/none.html")
    found, rule, chosen = differences_for(request, cycle)
    clause = request.GET.get("clause", "")
    rows = gapping_rows(found, clause=clause, above=request.GET.get("above") == "1")
    shown = page_of(request, rows)
    columns = unit_lists.gap_columns(clause)
    return render(
        request,
        "scoring/gap_table.html",
        {
            "cycle": cycle,
            "cycles": cycles.readable(request.actor),
            "rule": rule,
            "form": chosen,
            "units": gapping.by_unit(cycle, found),
            "clauses": gapping.by_clause(cycle, found),
            "clause": clause,
            "page": shown,
            "pages": list(shown.paginator.get_elided_page_range(shown.number)),
            "columns": columns,
            "rows": run_lists.screen(shown, columns, link=compare_url),
        },
    )


@require_GET
def gap_export(request):
    demand(TABLE, request.actor, "result.gaps")
    cycle = cycle_shown(request.actor, request.GET.get("cycle", ""))
    if cycle is None:
        return redirect("scoring:gap_table")
    found, _rule, chosen = differences_for(request, cycle)
    clause = request.GET.get("clause", "")
    return workbook(
        request,
        title=_("%(cycle)s: self-assessment against inspection") % {"cycle": cycle.name},
        columns=unit_lists.gap_columns(clause),
        rows=gapping_rows(found, clause=clause, above=request.GET.get("above") == "1"),
        chosen=chosen.summary,
    )


def differences_for(request, cycle):
    chosen = ResultFilter(request.GET, actor=request.actor, tiers={})
    rule = comparing_units.rule_of(cycle.owner)
    rows = Assessment.objects.visible_to(request.actor).filter(cycle=cycle)
    if unit := chosen.chosen.get("unit"):
        rows = rows.filter(under([unit.path], prefix="branch__"))
    rows = rows.select_related("branch__parent").order_by(*tree_order("branch__"))
    among = gapping.ripe(cycle, today=request.today, days=rule.gap_days)
    return gapping.differences(cycle, list(rows), today=request.today, among=among), rule, chosen


def gapping_rows(found, *, clause: str, above: bool):
    if clause:
        return [each for each in found if each.above(clause) > 0]
    return [each for each in found if each.gap > 0] if above else found


def compare_url(each: gapping.Difference) -> str:
    return reverse("scoring:compare", args=[each.row.pk]) + "?only=differences"
