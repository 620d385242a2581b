"""Forms of units, profiles and ties. They check their own fields and may warn; they never save."""

from datetime import date

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.fields import PARTY_FOUNDED, CountField, DateInput, DayField, LineField, PersonField
from branches.checks import prompts
from branches.facts import term_end
from branches.models import Field as BranchField
from branches.models import LinkKind, Organization, OrgKind, Profile

DATES = (
    "founded_on", "secretary_since", "vacant_since", "term_started_on", "term_ends_on",
    "term_delayed_until",
)  # fmt: skip
COUNTS = ("full_members", "probationary_members", "cells", "committee_size", "joint_units")


def helper(*parts) -> FormHelper:
    """Layout only: the template draws the form tag, the token and the buttons."""
    made = FormHelper()
    made.form_tag = False
    made.disable_csrf = True
    made.layout = Layout(*parts)
    return made


def cells(*names: str) -> Row:
    return Row(*(Column(name, css_class="col-12 col-sm-6 col-lg-4") for name in names))


class ProfileForm(forms.ModelForm):
    """The profile of a branch. The end of the term is computed unless a later one is written."""

    secretary = PersonField(label=gettext_lazy("Secretary"), required=False, max_length=40)
    deputy = PersonField(label=gettext_lazy("Deputy secretary"), required=False, max_length=40)
    phone = LineField(label=gettext_lazy("Office phone"), required=False, max_length=30)
    term_delay_document = LineField(
        label=gettext_lazy("Approval of a later election"), required=False, max_length=60
    )
    premises_note = LineField(label=gettext_lazy("Premises"), required=False, max_length=100)
    version = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    class Meta:
        model = Profile
        fields = [
            "form", *COUNTS, "secretary", "secretary_since", "vacant_since", "deputy", "phone",
            "founded_on", "term_started_on", "term_ends_on", "term_delay_document",
            "term_delayed_until", "premises_area", "premises_note", "weak_since",
        ]  # fmt: skip
        widgets = {name: DateInput() for name in (*DATES, "weak_since")}
        field_classes = dict.fromkeys((*COUNTS, "premises_area"), CountField) | dict.fromkeys(
            (*DATES, "weak_since"), DayField
        )
        help_texts = {
            "term_ends_on": gettext_lazy("Left empty, it is computed from the begin of the term."),
            "weak_since": gettext_lazy("Empty when the branch is not on the list."),
        }

    def __init__(self, *args, field: str, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.field, self.today = field, today
        self.written = self.instance.updated_at.isoformat() if self.instance.updated_at else ""
        self.initial["version"] = self.written
        for name in (*COUNTS, "premises_area"):
            self.fields[name].widget.attrs |= {"inputmode": "numeric", "min": 0, "max": 100_000}
        self.helper = helper(
            Fieldset(
                _("Members and committee"),
                cells("form", *COUNTS),
                "version",
            ),
            Fieldset(
                _("Posts"), cells("secretary", "secretary_since", "vacant_since", "deputy", "phone")
            ),
            Fieldset(
                _("Term of office"),
                cells(
                    "founded_on",
                    "term_started_on",
                    "term_ends_on",
                    "term_delay_document",
                    "term_delayed_until",
                ),  # fmt: skip
            ),
            Fieldset(_("Premises and list"), cells("premises_area", "premises_note", "weak_since")),
        )

    def clean(self):
        values = super().clean()
        self.check_version(values.get("version"))
        for name in (*COUNTS, "premises_area"):
            if (values.get(name) or 0) > 100_000:
                self.add_error(name, _("This number cannot be right."))
        for name in ("founded_on", "secretary_since", "vacant_since", "weak_since"):
            self.check_past(name, values.get(name))
        start, end = values.get("term_started_on"), values.get("term_ends_on")
        if start and not end and "term_ends_on" not in self.errors:
            values["term_ends_on"] = term_end(start, field=self.field)
        elif start and end and end <= start:
            self.add_error("term_ends_on", _("A term ends after it begins."))
        return values

    def check_version(self, seen: str | None) -> None:
        """Two people at once: the second is told, keeps what was typed, and may save knowingly."""
        if "version" not in self.data or seen == self.written:
            return
        self.data = self.data.copy()
        self.data["version"] = self.written
        self.add_error(
            None,
            _(
                "%(name)s changed this profile while you were writing. Check the fields and save again."
            )
            % {"name": self.instance.updated_by or "—"},
        )

    def check_past(self, name: str, day: date | None) -> None:
        if day is not None and not PARTY_FOUNDED <= day <= self.today:
            self.add_error(
                name,
                _("Must lie between %(first)s and today.") % {"first": PARTY_FOUNDED.isoformat()},
            )

    def changes(self) -> dict:
        """The fields as they would be written."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def warnings(self) -> list[str]:
        """What the Regulation would ask about these values; the writer may accept it."""
        written = Profile(**self.changes())
        return [p.sentence for p in prompts(written, field=self.field, today=self.today)]


class UnitForm(forms.Form):
    """A new unit, or new names of one."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=OrgKind.choices)
    field = forms.ChoiceField(label=gettext_lazy("Field"), required=False)
    name = PersonField(label=gettext_lazy("Full name"), max_length=100)
    short_name = PersonField(label=gettext_lazy("Short name"), max_length=40)
    code = LineField(label=gettext_lazy("Organization code"), max_length=40, required=False)
    position = CountField(
        label=gettext_lazy("Protocol order"), required=False, min_value=0, max_value=1_000_000
    )

    def __init__(self, *args, unit: Organization | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["field"].choices = [("", "—"), *BranchField.choices]
        if unit is not None:
            del self.fields["kind"]
        if unit is not None and not unit.is_branch:
            del self.fields["field"]
        shown = [name for name in ("kind", "field") if name in self.fields]
        self.helper = helper("name", cells("short_name", *shown, "code", "position"))

    def clean(self):
        values = super().clean()
        if values.get("kind") == OrgKind.BRANCH and not values.get("field"):
            self.add_error("field", _("A branch needs a field."))
        return values

    def changes(self) -> dict:
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name != "position" or value is not None
        }


class PlaceForm(forms.Form):
    """Where a unit is moved to."""

    parent = forms.ModelChoiceField(
        label=gettext_lazy("New parent unit"), queryset=Organization.objects.none()
    )

    def __init__(self, *args, parents, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = parents
        self.helper = helper("parent")


class CloseForm(forms.Form):
    on = DayField(label=gettext_lazy("Closed on"))

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.helper = helper("on")

    def clean_on(self):
        on = self.cleaned_data["on"]
        if not PARTY_FOUNDED <= on <= self.today:
            raise forms.ValidationError(
                _("Must lie between %(first)s and today.") % {"first": PARTY_FOUNDED.isoformat()}
            )
        return on


class LinkForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("Tie"), choices=LinkKind.choices)
    unit = forms.ModelChoiceField(label=gettext_lazy("Unit"), queryset=Organization.objects.none())

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units
        self.helper = helper(cells("kind", "unit"))
