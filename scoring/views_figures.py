"""Noting figures from outside, such as a survey, for the branches of a cycle."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from accounts.refusal import Refused
from branches.gate import demand
from inspections import cycles
from scoring import noting
from scoring.permissions import TABLE
from standards.forms import ProseField
from standards.language import reader


class FiguresForm(forms.Form):
    figure = forms.ChoiceField(label=gettext_lazy("Figure"))
    text = ProseField(
        label=gettext_lazy("Branch and number, one branch on a line"),
        rows=12,
        help_text=gettext_lazy("Two columns copied from a table: the branch, then its number."),
    )

    def __init__(self, *args, named, **kwargs):
        super().__init__(*args, **kwargs)
        label = "label_en" if reader() == "en" else "label"
        self.fields["figure"].choices = [
            (figure.key, getattr(figure, label) or figure.label) for figure in named
        ]


@require_http_methods(["GET", "POST"])
def figures(request):
    demand(TABLE, request.actor, "figure.note")
    cycle = cycles.chosen(request.actor, request.GET.get("cycle", ""))
    if cycle is None:
        return render(request, "scoring/none.html")
    if not noting.figures_named(cycle):
        return render(request, "scoring/no_figures.html", {"cycle": cycle})
    form = FiguresForm(request.POST or None, named=noting.figures_named(cycle))
    if request.method == "POST" and form.is_valid():
        count = noted(request, cycle, form)
        if count is not None:
            done = ngettext("%(n)s figure was noted.", "%(n)s figures were noted.", count)
            messages.success(request, done % {"n": count})
            return redirect(f"{reverse('scoring:results')}?cycle={cycle.pk}")
    words = {"form": form, "cycle": cycle, "heading": _("Note figures")}
    status = 422 if request.method == "POST" else 200
    return render(request, "scoring/figures.html", words, status=status)


def noted(request, cycle, form: FiguresForm) -> int | None:
    data = form.cleaned_data
    try:
        return noting.note(
            request.actor, cycle, key=data["figure"], text=data["text"], now=request.now
        )
    except Refused as no:
        for sentence in no.sentence.split("\n"):
            form.add_error(no.field if no.field in form.fields else None, sentence)
        return None
