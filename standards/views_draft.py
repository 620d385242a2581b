"""Working on a draft: its head, options, tiers, chapters and clauses."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.refusal import Refused
from accounts.roles import Role
from branches.gate import demand
from branches.models import Organization
from standards import actions, drafting, previewing
from standards.clause_form import ClauseForm
from standards.forms import (
    ChapterForm,
    DraftForm,
    HeadForm,
    OptionsForm,
    TiersForm,
    TitleForm,
)
from standards.models import Edition
from standards.permissions import TABLE
from standards.rule_examples import EXAMPLES
from standards.views import fetch
from standards.vocabulary import FACTS


@require_http_methods(["GET", "POST"])
def create(request):
    owner = own_county(request)
    demand(TABLE, request.actor, "edition.draft", owner)
    editions = Edition.objects.visible_to(request.actor).order_by("-year", "-pk")
    form = DraftForm(request.POST or None, editions=editions, initial=first_words(request))
    if request.method == "POST" and form.is_valid():
        draft = attempt(form, actions.create_draft, request, owner, **form.changes())
        if draft is not None:
            return redirect("standards:edition", pk=draft.pk)
    return show(request, form, None, heading=_("Draft a standard"))


def own_county(request):
    homes = [
        held.organization_id for held in request.actor.held if held.role == Role.COUNTY_OFFICER
    ]
    return Organization.objects.filter(pk__in=homes).order_by("path").first()


def first_words(request):
    year = request.today.year
    words = {"name": _("Standard for party branches %(year)s") % {"year": year}, "year": year}
    origin = request.GET.get("origin")
    return words | {"origin": origin} if origin else words


@require_http_methods(["GET", "POST"])
def head(request, pk):
    edition = editable(request, pk)
    form = HeadForm(request.POST or None, instance=edition)
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in form.Meta.fields}
        fresh = Edition.objects.get(pk=pk)
        if attempt(form, actions.edit_edition, request, fresh, **values) is not None:
            return redirect("standards:edition", pk=pk)
    return show(request, form, edition, heading=_("Name and document"))


@require_http_methods(["GET", "POST"])
def options(request, pk):
    edition = editable(request, pk)
    form = OptionsForm(request.POST or None, options=edition.options)
    if request.method == "POST" and form.is_valid():
        done = attempt(form, actions.set_options, request, edition, options=form.changes())
        if done is not None:
            return redirect("standards:edition", pk=pk)
    note = _(
        "Every scoring table leaves these questions open. The answers are printed with every explanation."
    )
    return show(request, form, edition, heading=_("Questions of interpretation"), note=note)


@require_http_methods(["GET", "POST"])
def tiers(request, pk):
    edition = editable(request, pk)
    form = TiersForm(request.POST or None, tiers=edition.tiers)
    if request.method == "POST" and form.is_valid():
        done = attempt(form, actions.edit_edition, request, edition, tiers=form.changes())
        if done is not None:
            return redirect("standards:edition", pk=pk)
    return show(request, form, edition, heading=_("Tiers"))


@require_http_methods(["GET", "POST"])
def clause_new(request, pk):
    edition = editable(request, pk)
    chosen = edition.chapters.filter(pk=whole(request.GET.get("chapter"))).first()
    form = ClauseForm(request.POST or None, edition=edition, initial={"chapter": chosen})
    return edit(request, form, edition, actions.add_clause, edition, heading=_("New clause"))


@require_http_methods(["GET", "POST"])
def clause_edit(request, pk, key):
    edition = editable(request, pk)
    clause = clause_of(edition, key)
    form = ClauseForm(request.POST or None, edition=edition, instance=clause)
    fresh = clause_of(edition, key)
    heading = _("Clause %(code)s") % {"code": fresh.code}
    return edit(request, form, edition, actions.edit_clause, fresh, heading=heading)


def edit(request, form, edition, action, target, *, heading):
    """The check button, or typing, shows what the clause would do and saves nothing."""
    checks = "check" in request.POST
    is_fine = request.method == "POST" and form.is_valid()
    if is_fine and not checks:
        extra = {"client_key": form.cleaned_data["client_key"]} if target is edition else {}
        done = attempt(form, action, request, target, **form.changes(), **extra)
        if done is not None:
            return redirect("standards:clause", pk=edition.pk, key=done.key)
    words = {
        "form": form,
        "edition": edition,
        "heading": heading,
        "preview": shown(request, form, edition, target),
        "checked": checks and is_fine,
        "examples": EXAMPLES,
        "facts": FACTS.values(),
        **road(request, edition),
    }
    status = 422 if request.method == "POST" and not (checks and is_fine) else 200
    return render(request, "standards/clause_form.html", words, status=status)


def shown(request, form, edition, target):
    """What is typed, else what is kept; nothing of a clause not begun."""
    if form.is_bound:
        return previewing.typed(form, dict(request.POST.lists()))
    if target is edition:
        return None
    held = {row.field: row.points for row in target.points.all()}
    return previewing.of_clause(target, edition, points=held, given={})


@require_POST
def clause_move(request, pk, key):
    edition = editable(request, pk)
    up = request.POST.get("to") == "up"
    actions.move_clause(request.actor, clause_of(edition, key), now=request.now, up=up)
    return redirect(f"{reverse('standards:edition', args=[pk])}#c-{key}")


@require_POST
def clause_remove(request, pk, key):
    edition = editable(request, pk)
    clause = clause_of(edition, key)
    actions.remove_clause(request.actor, clause, now=request.now)
    messages.success(request, _("Clause %(code)s was removed.") % {"code": clause.code})
    return redirect("standards:edition", pk=pk)


@require_http_methods(["GET", "POST"])
def chapters(request, pk):
    edition = editable(request, pk)
    form = ChapterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = attempt(form, actions.add_chapter, request, edition, **form.cleaned_data)
        if done is not None:
            return redirect("standards:chapters", pk=pk)
    rows = edition.chapters.order_by("position", "pk").prefetch_related("clauses")
    words = {"form": form, "edition": edition, "chapters": rows, **road(request, edition)}
    status = 422 if request.method == "POST" else 200
    return render(request, "standards/chapters.html", words, status=status)


@require_POST
def chapter(request, pk, chapter_pk):
    edition = editable(request, pk)
    found = get_object_or_404(edition.chapters, pk=chapter_pk)
    if "remove" in request.POST:
        attempt_told(actions.remove_chapter, request, found)
    elif "to" in request.POST:
        attempt_told(actions.move_chapter, request, found, up=request.POST["to"] == "up")
        return redirect(f"{reverse('standards:chapters', args=[pk])}#c-{chapter_pk}")
    else:
        form = TitleForm(request.POST)
        if form.is_valid():
            attempt_told(actions.rename_chapter, request, found, title=form.cleaned_data["title"])
    return redirect("standards:chapters", pk=pk)


@require_POST
def discard(request, pk):
    edition = editable(request, pk)
    actions.discard(request.actor, edition, now=request.now)
    messages.success(request, _("The draft was discarded."))
    return redirect("standards:list")


def editable(request, pk):
    edition = fetch(request, pk)
    demand(TABLE, request.actor, "edition.edit", edition)
    return edition


def clause_of(edition, key):
    rows = edition.clauses.select_related("chapter", "edition__owner").prefetch_related("points")
    return get_object_or_404(rows, key=key)


def whole(text):
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 18 else None


def attempt(form, action, request, target, **values):
    """The action's answer; None with the reason on the form when it refuses."""
    try:
        return action(request.actor, target, now=request.now, **values)
    except Refused as no:
        form.add_error(no.field if no.field in form.fields else None, no.sentence)
        return None


def attempt_told(action, request, target, **values):
    try:
        action(request.actor, target, now=request.now, **values)
    except Refused as no:
        messages.error(request, no.sentence)


def show(request, form, edition, *, heading, note=""):
    words = {"form": form, "edition": edition, "heading": heading, "note": note}
    words |= road(request, edition)
    status = 422 if request.method == "POST" else 200
    return render(request, "standards/form.html", words, status=status)


def road(request, edition):
    return drafting.road(edition, here=request.resolver_match.url_name)
