"""A draft checked, submitted by one officer, issued or returned by another."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from accounts.refusal import Refused
from accounts.roles import Role
from branches.gate import demand
from branches.people import holders
from branches.permits import verbs
from standards import burden, drafting, handing, releasing
from standards.comparing import compare, previous
from standards.forms import ReturnForm, SubmitForm
from standards.issuing import problems
from standards.permissions import TABLE
from standards.views import fetch, sums_of


@require_http_methods(["GET", "POST"])
def issue(request, pk):
    edition = fetch(request, pk)
    if request.method == "GET":
        demand(TABLE, request.actor, "edition.check", edition)
        return check(request, edition)
    demand(TABLE, request.actor, "edition.issue", edition)
    said = _("The standard is in force. New cycles take it.")
    return settled(request, edition, releasing.issue, said=said)


@require_POST
def submit(request, pk):
    edition = fetch(request, pk)
    demand(TABLE, request.actor, "edition.submit", edition)
    form = SubmitForm(request.POST)
    if not form.is_valid():
        return check(request, edition, submitting=form, status=422)
    said = _("Submitted. Another county officer issues the standard or returns the draft.")
    return settled(request, edition, releasing.submit, said=said, **form.cleaned_data)


@require_POST
def withdraw(request, pk):
    edition = fetch(request, pk)
    demand(TABLE, request.actor, "edition.withdraw", edition)
    said = _("The draft is yours again and can be changed.")
    return settled(request, edition, releasing.withdraw, said=said)


@require_POST
def give_back(request, pk):
    edition = fetch(request, pk)
    demand(TABLE, request.actor, "edition.return", edition)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return check(request, edition, form=form, status=422)
    said = _("The draft was returned with your reason.")
    return settled(request, edition, releasing.give_back, said=said, **form.cleaned_data)


def settled(request, edition, action, *, said, **values):
    try:
        action(request.actor, edition, now=request.now, **values)
    except Refused as no:
        return check(request, edition, refused=no.sentence.split("\n"), status=422)
    messages.success(request, said)
    return redirect("standards:edition", pk=edition.pk)


def others(actor, edition) -> list[str]:
    """Who may issue what this officer submits."""
    found = set(holders(edition.owner, Role.COUNTY_OFFICER, today=actor.today)) - {actor.user.pk}
    return list(User.objects.filter(pk__in=found).order_by("pk").values_list("name", flat=True))


def check(request, edition, *, form=None, submitting=None, refused=(), status=200):
    """What speaks against issuing, what changed and what it costs; the buttons that are open to the reader."""
    before = previous(edition)
    sums = sums_of(edition)
    steps = handing.history(edition)
    words = {
        "edition": edition,
        "sums": sums,
        "doubts": drafting.doubts(edition, sums),
        "problems": refused or problems(edition),
        "before": before,
        "comparison": compare(before, edition) if before else None,
        "burden": burden.sentence(edition, today=request.today),
        "verbs": verbs(TABLE, request.actor, edition),
        "form": form or ReturnForm(),
        "submitting": submitting or SubmitForm(),
        "handed": steps,
        "said": handing.word_to_issuer(steps),
        "others": others(request.actor, edition),
        **drafting.road(edition, here="issue"),
    }
    return render(request, "standards/issue.html", words, status=status)
