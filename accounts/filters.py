"""Forms that narrow a list: never refused, never required, shown on one line."""

from django import forms


class FilterForm(forms.Form):
    """What is not understood narrows nothing; each child says in `narrow` what the rest means."""

    def __init__(self, data):
        super().__init__(data)
        for field in self.fields.values():
            chosen = isinstance(field.widget, forms.Select)
            field.widget.attrs["class"] = "form-select" if chosen else "form-control"

    def said(self, name):
        self.is_valid()
        return self.cleaned_data.get(name)
