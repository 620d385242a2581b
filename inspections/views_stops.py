"""One branch on site: the clauses to judge, the taps a phone sends, the photos that follow them.

A phone with script keeps every tap until `taps` has named its key; without script each clause is a plain form.
"""

import uuid

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.refusal import Refused
from branches.files import store, store_all
from branches.gate import demand
from branches.permits import verbs
from inspections import tapping
from inspections.finding_words import stage_word, tone
from inspections.models import Finding, FindingStage, Stop
from inspections.permits_visits import STOP_TABLE, TABLE
from inspections.stop_rows import page_of
from inspections.stop_screen import SHOWS, answered, screen, shown
from portal.kit.paging import paged

EARLIER = ("branch__parent", "unit__parent", "owner")


def fetch(request, pk, verb):
    """The stop if the actor may see it (else 404) and may do this there (else 403)."""
    found = seen(request, pk)
    demand(TABLE, request.actor, verb, found)
    return found


def seen(request, pk):
    rows = Stop.objects.visible_to(request.actor).select_related(
        "visit__owner", "visit__cycle__edition", "branch__parent", "branch__profile"
    )
    return get_object_or_404(rows.prefetch_related("visit__members__user"), pk=pk)


@require_http_methods(["GET", "POST"])
def stop(request, pk):
    found = fetch(request, pk, "stop.judge" if request.method == "POST" else "stop.view")
    if request.method == "GET":
        return show(request, found)
    post = plain(request.POST)
    errors, clause = {}, post.get("clause", "")
    try:
        taken = press(request, found, post)
    except tapping.Bad as bad:
        errors = bad.errors
    except Refused as refused:
        errors = {refused.field or "": refused.sentence}
    if errors:
        return show(request, found, wrong=(clause, post, errors), status=422)
    if post.get("verdict") == tapping.REST:
        messages.success(
            request, _("%(n)s clauses were recorded as conforming.") % {"n": int(taken)}
        )
    address = reverse("inspections:stop", args=[found.pk])
    query = f"?show={request.GET['show']}" if request.GET.get("show") in SHOWS else ""
    return redirect(f"{address}{query}#c-{clause}" if clause else f"{address}{query}")


def plain(post):
    """One form holds the 符合 buttons of all clauses: the pressed button names the clause.

    The page's key and what was pressed make the tap's key, so a page gone back to may be used on.
    """
    given = post.copy()
    for name, verdict in (("conforms", tapping.YES), ("clear", tapping.CLEAR)):
        if name in given:
            given["verdict"], given["clause"] = verdict, given[name]
    pressed = f"{given.get('verdict', '')}:{given.get('clause', '')}"
    given["key"] = derived_key(given.get("key", ""), pressed)
    return given


def derived_key(key, name):
    try:
        return str(uuid.uuid5(uuid.UUID(key), name))
    except ValueError:
        return ""


def press(request, found, post):
    """The tap of a plain form, its photos with it."""
    tapped = tapping.read_tap(post, found, today=request.today)
    files = store_all(
        request.actor,
        found.branch,
        request.FILES.getlist("photos"),
        now=request.now,
        client_key=tapped.key,
    )
    return tapping.take(request.actor, found, tapped, now=request.now, evidence=files)


def show(request, found, *, wrong=None, status=200):
    page = page_of(found, today=request.today)
    if wrong and wrong[0] not in {row.key for row in page.rows}:
        # A clause that is not on this sheet has no place of its own for the sentence.
        wrong = ("", *wrong[1:])
    page = shown(page, show=request.GET.get("show", ""), wrong=wrong)
    words = screen(found, page, today=request.today) | {
        "show": request.GET.get("show") if request.GET.get("show") in SHOWS else "all",
        "verbs": verbs(STOP_TABLE, request.actor, found),
        "loose": wrong if wrong and not wrong[0] else None,
    }
    return render(request, "inspections/stop.html", words, status=status)


@require_POST
def taps(request, pk):
    """One tap out of a phone's queue. Answers with its key once it is on record; a refusal with its sentence."""
    found = seen(request, pk)
    if not TABLE["stop.judge"].role_fits(request.actor, found):
        return refusal(_("The window of this visit is closed for you."), status=403)
    try:
        tapped = tapping.read_tap(request.POST, found, today=request.today)
        finding = tapping.take(request.actor, found, tapped, now=request.now)
    except tapping.Bad as bad:
        return refusal(" ".join(bad.errors.values()), status=422, fields=list(bad.errors))
    except Refused as refused:
        return refusal(refused.sentence, status=409)
    changed = None if tapped.verdict == tapping.REST else [tapped.clause_key]
    page = page_of(found, today=request.today, only=changed)
    rows = [answered(row, found) for row in page.rows if changed or not row.is_open]
    number = finding.number if isinstance(finding, Finding) else ""
    return JsonResponse({"taken": str(tapped.key), "rows": rows, "number": number})


@require_POST
def photos(request, pk):
    """One photo of a problem that has been received, under its own key and the key of the problem's tap."""
    found = seen(request, pk)
    if not TABLE["stop.photo"].allows(request.actor, found):
        return refusal(_("The window of this visit is closed for you."), status=403)
    upload = request.FILES.get("photo")
    key, of = parsed(request.POST.get("key")), parsed(request.POST.get("of"))
    if upload is None or key is None or of is None:
        return refusal(_("The photo did not arrive whole."), status=422)
    try:
        finding = tapping.photo_of(found, of, by=request.user)
        kept = store(request.actor, found.branch, upload, now=request.now, client_key=key)
    except Refused as refused:
        return refusal(refused.sentence, status=409)
    finding.evidence.add(kept)
    page = page_of(found, today=request.today, only=[finding.clause_key])
    rows = [answered(row, found) for row in page.rows]
    return JsonResponse({"taken": str(key), "size": upload.size, "rows": rows})


def parsed(typed):
    try:
        return uuid.UUID(typed or "")
    except ValueError:
        return None


def refusal(sentence, *, status, **more):
    return JsonResponse({"error": sentence, **more}, status=status)


@require_GET
def earlier(request, pk):
    """The branch's problems so far, the open ones first: what is verified or looked back on here."""
    found = fetch(request, pk, "stop.view")
    rows = Finding.objects.visible_to(request.actor).filter(branch=found.branch)
    rows = rows.exclude(stage=FindingStage.WITHDRAWN).select_related(*EARLIER)
    page = paged(rows.order_by("closed_on", "due_on", "-pk"), request.GET, size=50)
    shown_rows = [
        {
            "finding": finding,
            "word": stage_word(finding),
            "tone": tone(finding, today=request.today),
            "is_here": finding.stop_id == found.pk,
        }
        for finding in page.rows
    ]
    return render(
        request,
        "inspections/stop_findings.html",
        {"stop": found, "rows": shown_rows, "page": page},
    )
