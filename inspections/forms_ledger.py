"""Forms of the ledger: what a batch step adds, and a set of columns."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import KeyField, LineField
from branches.forms import helper
from inspections.forms_findings import TextField
from inspections.ledger_columns import COLUMNS
from inspections.watching import Channel

NOTED = ("verify", "close", "chase")


class BatchForm(forms.Form):
    """An opinion for all rows, or how they were chased. The rows' ticks stand in the table."""

    channel = forms.ChoiceField(label=_("How"), choices=Channel.choices)
    note = TextField(label=_("Opinion, the same for all"), required=False, rows=2, max_length=300)
    client_key = KeyField()

    def __init__(self, data=None, *, verb: str):
        super().__init__(data)
        if verb != "chase":
            del self.fields["channel"]
        if verb not in NOTED:
            del self.fields["note"]
        if verb == "chase":
            self.fields["note"].label = _("What to say, the same for all")
        self.fields["client_key"].initial = uuid.uuid4
        self.helper = helper(*self.fields)

    def said(self) -> dict:
        return dict(self.cleaned_data)


class ColumnsForm(forms.Form):
    name = LineField(label=_("Name of the set"), max_length=40)
    columns = forms.MultipleChoiceField(
        label=_("Columns, in the order of this list"),
        widget=forms.CheckboxSelectMultiple(attrs={"data-tick": ""}),
    )

    def __init__(self, data=None):
        super().__init__(data)
        self.fields["columns"].choices = [(c.key, c.header) for c in COLUMNS.values()]
        self.helper = helper("name", "columns")

    def said(self) -> dict:
        return dict(self.cleaned_data)
