"""The inbox, and comments and suggestions."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import suggestions
from accounts.fields import KEY_DIGITS
from accounts.forms import ReplyForm, SuggestionForm
from accounts.models import Notice, Suggestion
from accounts.onward import is_ours
from accounts.pages import page_of
from accounts.permissions import demand, verbs
from accounts.wording import render as worded


@require_GET
def inbox(request):
    mine = Notice.objects.visible_to(request.actor)
    done = request.GET.get("view") == "done"
    rows = (
        mine.exclude(read_at=None).order_by("-read_at") if done else mine.unread().order_by("-pk")
    )
    page = page_of(request, rows)
    lines = [(notice, worded(notice.code, notice.params)) for notice in page]
    words = {"page": page, "lines": lines, "done": done, "todo": mine.unread().count()}
    return render(request, "accounts/inbox.html", words)


@require_POST
def notice_done(request, pk):
    notice = get_object_or_404(Notice.objects.visible_to(request.actor), pk=pk)
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=request.now)
    return redirect("accounts:inbox")


@require_POST
def notices_done(request):
    """Everything up to the newest line the reader has seen; what came meanwhile stays."""
    seen = request.POST.get("upto", "")
    rows = Notice.objects.visible_to(request.actor).unread()
    readable = seen.isdecimal() and len(seen) <= KEY_DIGITS
    count = rows.filter(pk__lte=int(seen)).update(read_at=request.now) if readable else 0
    messages.success(request, _("%(n)s lines marked as done.") % {"n": count})
    return redirect("accounts:inbox")


@require_http_methods(["GET", "POST"])
def suggest(request):
    form = SuggestionForm(request.POST or None, initial={"page": left_page(request)})
    if request.method == "POST" and form.is_valid():
        row = suggestions.write(request.actor, now=request.now, **form.cleaned_data)
        messages.success(request, _("Thank you. Your suggestion has been sent."))
        return redirect("accounts:suggestion", client_key=row.client_key)
    rows = Suggestion.objects.visible_to(request.actor).select_related("user", "replied_by")
    words = {
        "form": form,
        "page": page_of(request, rows.order_by("-pk")),
        "may": verbs(request.actor),
    }
    return render(request, "accounts/suggest.html", words, status=422 if request.POST else 200)


def left_page(request):
    """The page the person came from, so that "this page is slow" says which."""
    came = request.headers.get("Referer", "")
    path = came.partition(request.get_host())[2]
    return path[:200] if is_ours(path) else ""


@require_http_methods(["GET", "POST"])
def suggestion(request, client_key):
    """One suggestion. An unsigned one's address is its receipt: whoever has it may read the reply."""
    rows = Suggestion.objects.visible_to(request.actor) | Suggestion.objects.filter(user=None)
    row = get_object_or_404(rows.select_related("user", "replied_by"), client_key=client_key)
    form = ReplyForm(request.POST or None)
    if request.method == "POST":
        get_object_or_404(Suggestion.objects.visible_to(request.actor), pk=row.pk)
        demand(request.actor, "suggestion.reply", row)
        if form.is_valid():
            suggestions.answer(
                request.actor, row, reply=form.cleaned_data["reply"], now=request.now
            )
            return redirect(request.path)
    words = {"row": row, "form": form, "may": verbs(request.actor, row)}
    return render(request, "accounts/suggestion.html", words, status=422 if request.POST else 200)
