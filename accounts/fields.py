"""Form fields for what people type or paste: cleaned the same way on every screen, refused by name."""

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.kit.normal import Unclean, clean_line, clean_text, digits, person
from portal.kit.values import CellBad, date_

# The Party was founded on the first of these days; nothing is planned beyond the last.
PARTY_FOUNDED, LAST_DAY = date(1921, 7, 23), date(2100, 12, 31)
# What every database holds in a key's column.
KEY_DIGITS = 18


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


def too_long(text: str, *, most: int, name: object = "") -> str:
    """The sentence for a text that is longer than `most`, empty for one that is not; `name` is its field's label."""
    if len(text) <= most:
        return ""
    said = {"name": name, "most": most, "count": len(text)}
    if not name:
        return _("At most %(most)s characters; there are %(count)s now.") % said
    return _("“%(name)s”: at most %(most)s characters; there are %(count)s now.") % said


class MeasuredField(forms.CharField):
    """A text too long is told with its field, the limit and its length; the browser cuts nothing off."""

    def run_validators(self, value):
        most = self.max_length
        if sentence := most and too_long(value, most=most, name=self.label):
            raise forms.ValidationError(sentence, code="max_length")
        super().run_validators(value)

    def widget_attrs(self, widget):
        attrs = super().widget_attrs(widget)
        return {name: value for name, value in attrs.items() if name != "maxlength"}


class LineField(MeasuredField):
    """One line of text; characters that cannot be stored or mislead the eye are refused."""

    def to_python(self, value):
        try:
            return clean_line(super().to_python(value) or "")
        except Unclean as bad:
            raise forms.ValidationError(bad.sentence) from bad


class PersonField(LineField):
    """A name without the spaces that tables put between Han characters."""

    def to_python(self, value):
        return person(super().to_python(value))


class TextField(MeasuredField):
    """Several lines; hidden marks are taken out, characters that cannot be stored are refused."""

    widget = forms.Textarea

    def to_python(self, value):
        try:
            return clean_text(super().to_python(value) or "")
        except Unclean as bad:
            raise forms.ValidationError(bad.sentence) from bad


class MailField(forms.EmailField):
    default_error_messages = {"invalid": gettext_lazy("This is not a mail address.")}

    def to_python(self, value):
        try:
            return clean_line(super().to_python(value) or "")
        except Unclean as bad:
            raise forms.ValidationError(bad.sentence) from bad

    def run_validators(self, value):
        """The length first: a long text is not worth a pattern."""
        if len(value) > (self.max_length or 254):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        super().run_validators(value)


class CountField(forms.IntegerField):
    """A whole number; full-width digits are read, 1_0 and 1e3 are not numbers of people."""

    def to_python(self, value):
        text = digits(str(value)).strip() if value is not None else ""
        if text and not re.fullmatch(r"-?[0-9]{1,12}", text):
            raise forms.ValidationError(_("Enter a whole number."), code="invalid")
        return super().to_python(text)


class DayField(forms.DateField):
    """A day in any spelling people use (2026-11-3, 2026.11.3, 2026年11月3日); impossible ones are named."""

    widget = DateInput

    def __init__(self, *, earliest: date = PARTY_FOUNDED, latest: date = LAST_DAY, **options: Any):
        super().__init__(**options)
        self.earliest, self.latest = earliest, latest

    def to_python(self, value):
        if not isinstance(value, str):
            return super().to_python(value)
        try:
            return date_(value, earliest=self.earliest, latest=self.latest)
        except CellBad as bad:
            raise forms.ValidationError(bad.sentence, code="invalid") from bad


class KeyField(forms.UUIDField):
    """The hidden key that makes a form count once. Only a damaged page sends another one."""

    widget = forms.HiddenInput
    default_error_messages = {
        "required": gettext_lazy("This page is out of date. Reload it."),
        "invalid": gettext_lazy("This page is out of date. Reload it."),
    }


class RowsField(forms.ModelMultipleChoiceField):
    """Rows ticked by their numbers; one too long for the database is as unknown as any other."""

    def clean(self, value):
        for typed in value or ():
            if len(str(typed)) > KEY_DIGITS:
                shown = {"pk": str(typed)[:KEY_DIGITS]}
                raise forms.ValidationError(self.error_messages["invalid_pk_value"], params=shown)
        return super().clean(value)
