"""Forms of the people screens."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.fields import DayField, LineField, PersonField
from accounts.filters import FilterForm
from accounts.models import User
from accounts.roles import Kind, Role
from branches.grants import hand_over_roles
from portal.kit.normal import loose

CHOICES_SHOWN = 50


def day(label, **options):
    return DayField(label=label, **options)


class GrantFilter(FilterForm):
    q = forms.CharField(label=_("Person or unit"), required=False, max_length=40)
    role = forms.ChoiceField(
        label=_("Role"), required=False, choices=[("", _("All")), *Role.choices]
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("In force")), ("ended", _("Ended")), ("all", _("All"))],
    )
    user = forms.IntegerField(
        required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput
    )

    def narrow(self, rows, *, today):
        if word := loose(self.said("q") or ""):
            rows = rows.filter(
                Q(user__name__icontains=word)
                | Q(organization__short_name__icontains=word)
                | Q(organization__name__icontains=word)
            )
        for field in ("role", "user"):
            if value := self.said(field):
                rows = rows.filter(**{field: value})
        return rows.filter(self.span(self.said("state"), today=today))

    def span(self, state, *, today):
        if state == "all":
            return Q()
        ended = Q(until_on__lt=today)
        return ended if state == "ended" else ~ended


class UnitSearch(FilterForm):
    """Narrows the choice of a unit; without words the upper units are offered."""

    unit = forms.CharField(
        label=_("Find a unit by name or initials"), required=False, max_length=40
    )

    def choices(self, units):
        word = loose(self.said("unit") or "")
        if word:
            units = units.filter(
                Q(short_name__icontains=word)
                | Q(name__icontains=word)
                | Q(initials__istartswith=word)
            )
        else:
            units = units.exclude(kind="branch")
        return units.order_by("path")[:CHOICES_SHOWN]


class GrantForm(forms.Form):
    organization = forms.ModelChoiceField(label=_("Unit"), queryset=None, empty_label=None)
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    from_on = day(_("From"))
    until_on = day(_("Until"), required=False, help_text=_("Empty: until it is ended."))
    reason = LineField(label=_("Reason"), max_length=60, required=False)

    def __init__(self, data=None, *, offered, allowed, today):
        """offered: units in the list; allowed: any unit that may be answered, also after a new search."""
        super().__init__(data, initial={"from_on": today})
        field = self.fields["organization"]
        field.queryset = allowed
        field.choices = [(unit.pk, unit.name) for unit in offered]


class HandOverForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"))
    old = forms.ModelChoiceField(
        label=_("Hands over"),
        queryset=None,
        required=False,
        empty_label=_("Nobody (the post was vacant)"),
    )
    username = LineField(
        label=_("Takes over: user name of an existing account"),
        max_length=40,
        required=False,
        help_text=_("Leave empty for a new account."),
    )
    name = PersonField(label=_("Takes over: name"), max_length=40, required=False)
    post = LineField(label=_("Post"), max_length=60, required=False)
    phone = LineField(label=_("Office phone"), max_length=30, required=False)
    on = day(_("Takes effect on"))

    def __init__(self, data=None, *, unit, grants, today):
        super().__init__(data, initial={"on": today, "old": grants[0] if grants else None})
        self.fields["role"].choices = [(role.value, role.label) for role in hand_over_roles(unit)]
        self.fields["old"].queryset = grants
        self.fields["old"].label_from_instance = lambda grant: (
            f"{grant.user.name} {grant.get_role_display()}"
        )

    def clean(self):
        said = self.cleaned_data
        if said.get("username"):
            said["new"] = User.objects.filter(
                username=said["username"], kind=Kind.BUSINESS, is_active=True
            ).first()
            if said["new"] is None:
                self.add_error("username", _("There is no such account in use."))
        elif not said.get("name"):
            self.add_error("name", _("Name the person who takes over."))

    def fields_said(self):
        names = ("role", "old", "new", "name", "post", "phone", "on")
        return {name: self.cleaned_data.get(name) for name in names}


class RosterForm(forms.Form):
    roles = forms.MultipleChoiceField(
        label=_("Accounts for"),
        choices=[
            (role.value, role.label) for role in (Role.BRANCH_CLERK, Role.SECRETARY, Role.CLERK)
        ],
        widget=forms.CheckboxSelectMultiple,
        initial=[Role.BRANCH_CLERK],
    )
    organization = forms.ModelChoiceField(
        label=_("Unit and everything below"), queryset=None, empty_label=None
    )

    def __init__(self, data=None, *, offered, allowed):
        super().__init__(data)
        field = self.fields["organization"]
        field.queryset = allowed
        field.choices = [(unit.pk, unit.name) for unit in offered]
