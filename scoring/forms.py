"""What the county types when it decides: a day, a document, and a reason when it departs from the proposal."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import DayField, LineField
from inspections.models import Way


class DecideForm(forms.Form):
    on = DayField(label=_("Day of the decision"))
    document_number = LineField(label=_("document number"), max_length=60, required=False)


class DecideOneForm(DecideForm):
    verdict = forms.ChoiceField(
        label=_("Decision"),
        choices=[("pass", _("Up to standard")), ("fail", _("Not up to standard"))],
        widget=forms.RadioSelect,
    )
    tier = forms.ChoiceField(label=_("Tier"), required=False)
    reason = LineField(
        label=_("Reason, when it departs from the proposal"), max_length=300, required=False
    )

    def __init__(self, *args, tiers=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["tier"].choices = [("", _("As computed")), *tiers]

    @property
    def passes(self) -> bool:
        return self.cleaned_data["verdict"] == "pass"


class AdoptForm(forms.Form):
    """A newer edition for a running cycle: what becomes of the open assessments, and why."""

    way = forms.ChoiceField(
        label=_("Open assessments"), choices=Way.choices, widget=forms.RadioSelect
    )
    reason = LineField(label=_("Reason"), max_length=300)
