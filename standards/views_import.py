"""A standard out to Excel and back into a draft: upload, preview, confirm, the marked file."""

import io

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.fields import too_long
from accounts.refusal import Refused
from portal.kit import points
from portal.kit.normal import Unclean, clean_text
from portal.kit.workbooks import file_name
from standards import importing, other_tables, pooling, review
from standards.excel import write
from standards.excel_read import CHANGED, NEW, UNCHANGED, WRONG
from standards.forms import LONGEST, MOST_POINTS, UploadForm
from standards.language import reader
from standards.phrases import PERSON
from standards.review_rows import following, sample, sections, tally
from standards.rules.options import DEFAULTS, QUESTIONS, to_dict
from standards.screens import fields_of
from standards.views import fetch
from standards.views_draft import editable

OPEN = "open"  # what the list shows: only rows nobody has looked at
WHOLE = "all"  # in the place of a row: a press about the table


@require_GET
def export(request, pk):
    edition = fetch(request, pk)
    out = io.BytesIO()
    write(out, edition)
    out.seek(0)
    name = file_name(edition.name, str(edition.year), day=request.today)
    return FileResponse(out, as_attachment=True, filename=name)


@require_http_methods(["GET", "POST"])
def upload(request, pk):
    edition = editable(request, pk)
    served = [field for field, _label in fields_of(edition)]
    form = UploadForm(request.POST or None, request.FILES or None, served=served)
    if request.method == "POST" and form.is_valid():
        kept = attempt(form, request, edition)
        if kept is not None:
            return redirect("standards:import", pk=pk, key=kept.pk)
    words = {"form": form, "edition": edition, "waiting": importing.waiting(edition)}
    return render(request, "standards/upload.html", words, status=422 if request.POST else 200)


def attempt(form, request, edition):
    values = form.cleaned_data
    file = values["file"]
    try:
        return importing.upload(
            request.actor,
            edition,
            file=file,
            name=file.name if file else _("Pasted text"),
            text=values["text"],
            fields=values["fields"],
            client_key=values["client_key"],
            now=request.now,
        )
    except Refused as no:
        form.add_error("file" if file else "text", no.sentence)
        return None


@require_GET
def preview(request, pk, key):
    edition, kept = fetch_import(request, pk, key)
    return show(request, edition, kept)


def told_counts(counts) -> list[str]:
    """What is none is not told."""
    words = {
        NEW: _("%(n)s new"),
        CHANGED: _("%(n)s changed"),
        UNCHANGED: _("%(n)s unchanged"),
        WRONG: _("%(n)s wrong"),
    }
    return [word % {"n": counts[key]} for key, word in words.items() if counts[key]]


def show(request, edition, kept, *, failed=None):
    """`failed`: the row, the sentence, the field and the typed text of a correction that was refused."""
    rows = [row for row in kept.rows["rows"] if not row.get("reading")]
    reading = kept.rows.get("reading")
    only = request.GET.get("show") == OPEN
    seen, unseen = tally(kept)
    words = {
        "edition": edition,
        "kept": kept,
        "counts": kept.counts,
        "told": told_counts(kept.counts),
        "groups": [
            (label, [row for row in rows if row["state"] == state])
            for state, label in (
                (WRONG, _("Wrong rows, left out")),
                (NEW, _("New rows")),
                (CHANGED, _("Changed rows")),
            )
        ],
        "absent": edition.clauses.filter(key__in=kept.rows["absent"]).order_by("position"),
        "writes": writes(kept),
        "marked": kept.returned is not None and bool(kept.counts[WRONG]),
        "editable": kept.state == kept.State.PREVIEW,
        "reading": reading,
        "remarks": [say(remark) for remark in reading["remarks"]] if reading else [],
        "tables": other_tables.offered(kept),
        "sample": sample(reader()),
        "sections": sections(kept, lang=reader(), failed=failed, unseen=only),
        "only": only,
        "show": f"?show={OPEN}" if only else "",
        "seen": seen,
        "unseen": unseen,
        "total": seen + unseen,
        "questions": asked(edition, kept),
        "base": points.show(reading["base"]) if reading and reading["base"] else "",
        "fresh": fresh_chapters(kept.rows),
        "pointless": is_pointless(kept),
        "failed": failed["sentence"] if failed and failed["key"] == WHOLE else "",
        "whole": WHOLE,
        "pools": [
            _("%(title)s %(n)s points")
            % {"title": pooling.title_of(kept, key), "n": points.show(n)}
            for key, n in pooling.offered(kept).items()
        ],
        "owed": sum(is_left(row) for row in kept.rows["rows"]),
    }
    return render(request, "standards/import.html", words, status=422 if failed else 200)


def is_left(row):
    return bool(row.get("reading")) and row["reading"]["decision"] == PERSON


def fresh_chapters(content):
    """In the order of the table; a stored mapping has none."""
    order = dict.fromkeys(row["chapter"] for row in content["rows"])
    known = content["chapters"]
    return [known[key] for key in [*order, *(known.keys() - order.keys())] if key in known]


def is_pointless(kept):
    """No clause of the table has points, and all are new or wrong."""
    rows = kept.rows["rows"]
    return (
        bool(rows)
        and not kept.counts[UNCHANGED]
        and all("points" in row["sentences"] for row in rows)
    )


def say(remark):
    return f"{remark['path']} {remark[reader()]}".strip()


def asked(edition, kept):
    """The questions the table leaves open, with the answers offered and the one that holds; those answered before last."""
    names = kept.rows["reading"]["questions"] if kept.rows.get("reading") else []
    given = edition.options | (kept.rows["options"] or {})
    held = to_dict(DEFAULTS) | given
    open_ones = [question for question in QUESTIONS if question.name in names]
    return [
        {
            "name": question.name,
            "words": f"{number}. {getattr(question, reader())}",
            "answered": getattr(question.answer(held[question.name]), reader())
            if question.name in given
            else "",
            "answers": [
                (str(answer.value), getattr(answer, reader()), answer.value == held[question.name])
                for answer in question.answers
            ],
        }
        for number, question in enumerate(
            sorted(open_ones, key=lambda question: question.name in given), start=1
        )
    ]


def writes(kept):
    content = kept.rows
    something = kept.counts[NEW] or kept.counts[CHANGED] or content["options"] or content["tiers"]
    return kept.state == kept.State.PREVIEW and bool(something or content["absent"])


@require_POST
def correct(request, pk, key, row):
    """One press beside one phrase, or beside another table of the file; refused, the page comes back with what was typed."""
    edition, kept = fetch_import(request, pk, key)
    press = PRESSES.get(request.POST.get("do"))
    if press is None:
        raise Http404
    goes_on = following(kept, row) if request.POST["do"] in ONWARD else row
    try:
        press(request, kept, row)
    except Refused as no:
        field = FIELDS.get(request.POST["do"], "")
        typed = request.POST.get(field, "")
        failed = {"key": row, "sentence": no.sentence, "field": field, "typed": typed}
        return show(request, edition, kept, failed=failed)
    shown = f"?show={OPEN}" if request.GET.get("show") == OPEN else ""
    return redirect(f"{reverse('standards:import', args=[pk, key])}{shown}#r-{goes_on}")


def accept(request, kept, row):
    review.accept(request.actor, kept, row)


def leave(request, kept, row):
    review.leave(request.actor, kept, row)


def check(request, kept, row):
    review.check(request.actor, kept, row, seen=True)


def uncheck(request, kept, row):
    review.check(request.actor, kept, row, seen=False)


def reword(request, kept, row):
    phrase = cleaned(request.POST.get("phrase", ""))
    review.reword(request.actor, kept, row, phrase=phrase)


def write_rule(request, kept, row):
    review.write(request.actor, kept, row, notation=cleaned(request.POST.get("notation", "")))


def pool(request, kept, row):
    pooling.pool(request.actor, kept)


def take_table(request, kept, row):
    other_tables.take(request.actor, kept, row)


def set_points(request, kept, row):
    amount = points.parse(request.POST.get("points", ""))
    if amount is None or not 0 <= amount <= MOST_POINTS:
        raise Refused(_("Give points with at most two decimals, such as 2.5."))
    review.set_points(request.actor, kept, row, points=amount)


FIELDS = {"points": "points", "reword": "phrase", "write": "notation"}
ONWARD = ("check",)  # the row is done with: the page goes on with the next
PRESSES = {
    "check": check,
    "uncheck": uncheck,
    "accept": accept,
    "leave": leave,
    "reword": reword,
    "write": write_rule,
    "points": set_points,
    "table": take_table,
    "pool": pool,
}


def cleaned(text):
    if sentence := too_long(text, most=LONGEST):
        raise Refused(sentence)
    try:
        return clean_text(text)
    except Unclean as bad:
        raise Refused(bad.sentence) from bad


@require_POST
def confirm(request, pk, key):
    edition, kept = fetch_import(request, pk, key)
    importing.confirm(
        request.actor,
        kept,
        now=request.now,
        remove_absent="remove" in request.POST,
        answers=answered(request, edition, kept),
    )
    messages.success(request, _("The table was imported into the draft."))
    return redirect("standards:edition", pk=pk)


def answered(request, edition, kept):
    """The answers given to the questions asked; one that was not offered is not taken."""
    offered = {question["name"] for question in asked(edition, kept)}
    return {
        question.name: answer.value
        for question in QUESTIONS
        if question.name in offered
        for answer in question.answers
        if str(answer.value) == request.POST.get(f"answer-{question.name}")
    }


@require_GET
def marked(request, pk, key):
    _edition, kept = fetch_import(request, pk, key)
    if kept.returned is None:
        raise Http404
    return FileResponse(io.BytesIO(bytes(kept.returned)), as_attachment=True, filename=kept.name)


def fetch_import(request, pk, key):
    kept = get_object_or_404(fetch(request, pk).imports, pk=key)
    return editable(request, pk), kept
