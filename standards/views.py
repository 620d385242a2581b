"""Reading a standard: editions, one edition, one clause, what changed, and the sheets on paper."""

import io

from django.db.models import Count
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from accounts.roles import Role
from branches.models import SHEET_FIELDS
from branches.permits import verbs
from portal.kit import points
from portal.kit.workbooks import file_name
from standards import burden, composition, drafting, handing
from standards.blank_forms import form_of, steps_of
from standards.comparing import compare, previous
from standards.importing import waiting
from standards.issuing import field_sums
from standards.language import reader
from standards.models import Edition, EditionState
from standards.permissions import TABLE
from standards.rules.options import QUESTIONS
from standards.score_sheet import paper, write_blank
from standards.screens import fields_of, row_of, sections, word_keys
from standards.sheets import clauses, edition_options, line
from standards.tryout import trial
from standards.vocabulary import NOT_APPLICABLE


@require_GET
def edition_list(request):
    rows = Edition.objects.visible_to(request.actor).select_related("owner")
    rows = rows.annotate(clause_count=Count("clauses")).order_by("-year", "-issued_at", "-pk")
    return render(
        request,
        "standards/list.html",
        {"editions": rows, "may_draft": request.actor.has(Role.COUNTY_OFFICER)},
    )


@require_GET
def edition(request, pk):
    found = fetch(request, pk)
    served = fields_of(found)
    field = request.GET.get("field", "")
    field = field if field in dict(served) else ""
    shown = sections(found, field=field, lang=reader())
    open_to = verbs(TABLE, request.actor, found)
    is_draft = found.state == EditionState.DRAFT
    count = sum(len(section.rows) for section in shown)
    return render(
        request,
        "standards/edition.html",
        {
            "edition": found,
            "fields": served,
            "field": field,
            "field_label": dict(served).get(field, ""),
            "sections": shown,
            "count": count,
            "total": points.show(sum(section.total for section in shown)) if field else "",
            "options": answers(found),
            "composition": [s for s in composition.sections(found) if s.sentences],
            "before": previous(found),
            "burden": burden.sentence(found, today=request.today) if is_draft and count else "",
            "verbs": open_to,
            "may_edit": (may_edit := "edition.edit" in open_to),
            "handed": handing.history(found) if "edition.draft" in open_to else [],
            "waiting": waiting(found) if may_edit else None,
            **drafting.road(found, here="edition"),
        },
    )


def answers(found):
    """(question, answer) in the reader's language."""
    lang, options = reader(), edition_options(found)
    return [
        (getattr(q, lang), getattr(q.answer(getattr(options, q.name)), lang)) for q in QUESTIONS
    ]


@require_GET
def clause(request, pk, key):
    found = fetch(request, pk)
    row = get_object_or_404(
        found.clauses.select_related("chapter").prefetch_related("points"), key=key
    )
    held = {item.field: item.points for item in row.points.all()}
    field = request.GET.get("field", "")
    field = field if field in held else next(iter(held), "")
    names = word_keys(found, chapters=found.chapters.all(), lang=reader())
    given = dict(request.GET.lists())
    tried = trial(line(row, held.get(field, 0)), given, options=edition_options(found), names=names)
    return render(
        request,
        "standards/clause.html",
        {
            "edition": found,
            "row": row_of(row, held=held, field="", lang=reader(), names=names),
            "field": field,
            "fields": [(f.value, f.label) for f in SHEET_FIELDS if f.value in held],
            "steps": steps_of(row.work_steps),
            "form": form_of(row.blank_form),
            "trial": tried,
            "tried": "try" in given,
            "not_applicable": NOT_APPLICABLE.get(row.not_applicable, ""),
            "verbs": verbs(TABLE, request.actor, found),
        },
    )


@require_GET
def comparison(request, pk):
    found = fetch(request, pk)
    before = previous(found)
    if before is None:
        raise Http404
    return render(
        request,
        "standards/comparison.html",
        {
            "edition": found,
            "before": before,
            "comparison": compare(before, found),
            "verbs": verbs(TABLE, request.actor, found),
        },
    )


@require_GET
def print_sheet(request, pk, field):
    found, label = fetch_field(request, pk, field)
    return render(
        request,
        "standards/print_sheet.html",
        {"edition": found, "field": field, **paper(found, field=field, label=label)},
    )


@require_GET
def sheet_workbook(request, pk, field):
    found, label = fetch_field(request, pk, field)
    out = io.BytesIO()
    write_blank(out, found, field=field, label=label)
    out.seek(0)
    name = file_name(found.name, label, "评分表", day=request.today)
    return FileResponse(out, as_attachment=True, filename=name)


def fetch(request, pk):
    rows = Edition.objects.visible_to(request.actor).select_related(
        "owner", "issued_by", "submitted_by"
    )
    return get_object_or_404(rows, pk=pk)


def fetch_field(request, pk, field):
    found = fetch(request, pk)
    label = dict(fields_of(found)).get(field)
    if label is None:
        raise Http404
    return found, label


def sums_of(found):
    return field_sums(found, rows=list(clauses(found)))
