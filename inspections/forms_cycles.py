"""Planning a cycle: edition, period and phases, with dates proposed from the end of the period."""

from datetime import date, timedelta

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.fields import DayField, LineField
from inspections.models import CycleKind, PhaseKind
from inspections.phases import phase_word
from standards.models import Edition, EditionState

ORDER = tuple(PhaseKind.values)
# Days before the end of the period on which a phase ends, as counties usually arrange the year's close.
ENDS_BEFORE = {
    PhaseKind.SELF: 41,
    PhaseKind.FIRST_CHECK: 26,
    PhaseKind.ACCEPTANCE: 6,
    PhaseKind.DECIDE: 0,
    PhaseKind.CUTOFF: 0,
}
LASTS = 30
# A day, not a span: asked for once.
DAYS = (PhaseKind.CUTOFF,)


class CycleForm(forms.Form):
    name = LineField(label=gettext_lazy("Name of the cycle"), max_length=60)
    edition = forms.ModelChoiceField(
        label=gettext_lazy("Edition of the standard"), queryset=Edition.objects.none()
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind of cycle"), choices=CycleKind.choices)
    starts_on = DayField(label=gettext_lazy("Period from"))
    ends_on = DayField(label=gettext_lazy("Period to"))

    def __init__(self, data=None, *, owner, today: date):
        super().__init__(data, initial=proposed(today))
        issued = Edition.objects.filter(owner=owner, state=EditionState.ISSUED)
        self.fields["edition"].queryset = issued.order_by("-year", "-pk")
        self.fields["edition"].initial = issued.order_by("-year", "-pk").first()
        for kind in ORDER:
            label = phase_word(kind)
            if kind in DAYS:
                self.fields[f"{kind}_to"] = DayField(label=label, required=False)
                continue
            for end, words in (("from", _("%(phase)s from")), ("to", _("%(phase)s to"))):
                self.fields[f"{kind}_{end}"] = DayField(
                    label=words % {"phase": label}, required=kind == PhaseKind.SELF
                )
        self.helper = layout()

    def clean(self):
        said = super().clean()
        first, last = said.get("starts_on"), said.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The period ends before it begins."))
        said |= {f"{kind}_from": said.get(f"{kind}_to") for kind in DAYS}
        for kind in ORDER:
            self.check_phase(said.get(f"{kind}_from"), said.get(f"{kind}_to"), kind)
        return said

    def check_phase(self, first: date | None, last: date | None, kind: str) -> None:
        if bool(first) != bool(last) and not self.errors.keys() & {f"{kind}_from", f"{kind}_to"}:
            self.add_error(f"{kind}_to", _("Give both days or none."))
        if first and last and last < first:
            self.add_error(f"{kind}_to", _("The phase ends before it begins."))

    def planned(self) -> dict:
        """What inspections.cycles.plan takes."""
        said = self.cleaned_data
        phases = {
            kind: (said[f"{kind}_from"], said[f"{kind}_to"])
            for kind in ORDER
            if said.get(f"{kind}_from")
        }
        head = ("name", "edition", "kind", "starts_on", "ends_on")
        return {name: said[name] for name in head} | {"phases": phases}


def proposed(today: date) -> dict:
    """The current year, each phase beginning the day after the one before has ended.

    Late in the year the phases share what is left of it, so none is proposed that is over.
    """
    first, last = date(today.year, 1, 1), date(today.year, 12, 31)
    usual = last - timedelta(days=ENDS_BEFORE[PhaseKind.SELF] + LASTS)
    begin = max(usual, today)
    left = (last - begin).days
    days: dict[str, date] = {"starts_on": first, "ends_on": last}
    for kind, before in ENDS_BEFORE.items():
        end = last - timedelta(days=before * left // (ENDS_BEFORE[PhaseKind.SELF] + LASTS))
        days |= {f"{kind}_from": min(begin, end), f"{kind}_to": end}
        begin = end + timedelta(days=1)
    return days


def layout() -> FormHelper:
    made = FormHelper()
    made.form_tag = False
    made.disable_csrf = True
    pairs = [
        Row(*[Column(f"{kind}_{end}") for end in ("from", "to") if end == "to" or kind not in DAYS])
        for kind in ORDER
    ]
    made.layout = Layout(
        "name",
        Row(Column("edition"), Column("kind")),
        Row(Column("starts_on"), Column("ends_on")),
        Fieldset(_("Phases (leave empty what this cycle does not have)"), *pairs),
    )
    return made
