"""What the county types when it decides: a day, a document, and a reason when it departs from the proposal."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.kit.normal import Unclean, clean_line, digits


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class LineField(forms.CharField):
    def to_python(self, value):
        try:
            return clean_line(super().to_python(value) or "")
        except Unclean as bad:
            raise forms.ValidationError(bad.sentence) from bad


class DayField(forms.DateField):
    """2026-11-21, 2026.11.21 and full-width digits."""

    widget = DayInput

    def to_python(self, value):
        return super().to_python(digits(value).strip() if isinstance(value, str) else value)


class DecideForm(forms.Form):
    on = DayField(label=_("Day of the decision"))
    document_number = LineField(label=_("document number"), max_length=60, required=False)


class DecideOneForm(DecideForm):
    verdict = forms.ChoiceField(
        label=_("Decision"),
        choices=[("pass", _("Up to standard")), ("fail", _("Not up to standard"))],
        widget=forms.RadioSelect,
    )
    reason = LineField(
        label=_("Reason, when it departs from the proposal"), max_length=300, required=False
    )

    @property
    def passes(self) -> bool:
        return self.cleaned_data["verdict"] == "pass"
