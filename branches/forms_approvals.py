"""The form of an approval. Which day it names depends on what was approved."""

import uuid
from datetime import date

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.fields import DayField, KeyField, LineField
from branches.forms import cells, helper
from branches.models import ApprovalKind


class ApprovalForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("What was approved"), choices=ApprovalKind.choices)
    number = LineField(label=gettext_lazy("Reply number"), max_length=60)
    dated_on = DayField(label=gettext_lazy("Date of the approval"))
    day = DayField(
        label=gettext_lazy("Day it names"),
        required=False,
        help_text=gettext_lazy(
            "The election's day; for a later election, the day it is put off to. Empty for set-up."
        ),
    )
    note = LineField(label=gettext_lazy("Note"), required=False, max_length=200)
    client_key = KeyField(initial=uuid.uuid4)

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.helper = helper(cells("kind", "number", "dated_on", "day", "note"), "client_key")

    def clean_dated_on(self):
        on = self.cleaned_data["dated_on"]
        if on > self.today:
            raise forms.ValidationError(_("An approval still to come cannot be recorded."))
        return on

    def clean(self):
        values = super().clean()
        kind, day, dated = values.get("kind"), values.get("day"), values.get("dated_on")
        if "day" in self.errors:
            return values
        if kind == ApprovalKind.SETUP:
            values["day"] = None
        elif kind and not day:
            self.add_error("day", _("Give the day the approval names."))
        elif kind == ApprovalKind.RESULT and day > self.today:
            self.add_error("day", _("An election still to come has no result."))
        elif kind == ApprovalKind.DELAY and dated and day <= dated:
            self.add_error("day", _("A delay ends after its approval."))
        return values
