"""The list of branches, its workbook, and the page of one unit."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from accounts.pages import page_of
from branches.exports import definition, export_list, home_of
from branches.filters import BranchFilter, listed
from branches.lists import ON_SCREEN, countdown, screen
from branches.models import Organization
from branches.permissions import TABLE
from branches.permits import verbs
from branches.profiles import deeds_about, facts_shown, life_of
from branches.sections import extra_sections
from branches.trees import step_down, way_up
from portal.kit.streaming import download
from portal.kit.workbooks import file_name


@require_GET
def branch_list(request):
    chosen = BranchFilter(request.GET, actor=request.actor)
    page = page_of(request, listed(request.actor, chosen.chosen))
    unit = chosen.chosen.get("unit")
    place = unit or home_of(request.actor)
    return render(
        request,
        "branches/list.html",
        {
            "form": chosen,
            "here": unit,
            "way": way_up(request.actor, unit) if unit else [],
            "nodes": step_down(request.actor, unit),
            "page": page,
            "pages": list(page.paginator.get_elided_page_range(page.number)),
            "columns": ON_SCREEN,
            "rows": screen(page, today=request.today),
            "definition": definition(),
            "place": place,
            "verbs": verbs(TABLE, request.actor, place),
        },
    )


@require_GET
def export(request):
    chosen = BranchFilter(request.GET, actor=request.actor)
    rows = listed(request.actor, chosen.chosen)
    stream = export_list(rows, actor=request.actor, chosen=chosen, now=request.now)
    unit = chosen.chosen.get("unit") or home_of(request.actor)
    name = file_name(unit.short_name if unit else "", "党支部名册", day=request.today)
    return download(stream, name)


@require_GET
def detail(request, pk):
    unit = get_object_or_404(visible(request), pk=pk)
    words = {
        "unit_shown": unit,
        "way": way_up(request.actor, unit),
        "verbs": verbs(TABLE, request.actor, unit),
        "ties": unit.links.select_related("unit"),
        "deeds": deeds_about(unit),
    }
    if not unit.is_branch:
        return render(
            request,
            "branches/unit.html",
            words | {"nodes": step_down(request.actor, unit)},
        )
    return render(request, "branches/detail.html", words | about_branch(request, unit))


@require_GET
def print_page(request, pk):
    branch = get_object_or_404(visible(request).branches(), pk=pk)
    words = about_branch(request, branch)
    words["sections"] = [section for section in words["sections"] if section["prints"]]
    return render(
        request,
        "branches/print.html",
        words | {"branch": branch, "printed_at": request.now, "today": request.today},
    )


def about_branch(request, branch) -> dict:
    tone, words = countdown(branch.profile, today=request.today)
    return {
        "profile": branch.profile,
        "countdown": {"tone": tone, "word": words},
        "sections": extra_sections(request.actor, branch),
        **facts_shown(branch, today=request.today),
        **life_of(branch, today=request.today),
    }


def visible(request):
    return Organization.objects.visible_to(request.actor).select_related("parent", "profile")
