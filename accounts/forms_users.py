"""Forms of the account pages."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.fields import LineField, MailField, PersonField
from accounts.filters import FilterForm
from accounts.roles import Kind
from portal.kit.normal import loose

# Small letters, digits and three signs: what can be dictated over the telephone and never looks like another name.
USERNAME = r"^[a-z0-9][a-z0-9._-]{2,39}\Z"


class UserForm(forms.Form):
    """A new account, or (given `user`) what an existing one says about its person."""

    username = forms.RegexField(
        USERNAME,
        label=_("User name"),
        strip=True,
        help_text=_("3 to 40 small letters, digits, dots, dashes; for example liuwan-dj01."),
    )
    name = PersonField(label=_("Name"), max_length=40)
    post = LineField(label=_("Post"), max_length=60, required=False)
    phone = LineField(label=_("Office phone"), max_length=30, required=False)
    email = MailField(label=_("E-mail"), max_length=254, required=False)

    def __init__(self, data=None, *, user=None):
        kept = (
            {"name": user.name, "post": user.post, "phone": user.phone, "email": user.email}
            if user
            else {}
        )
        super().__init__(data, initial=kept)
        del self.fields["username" if user else "email"]

    def fields_said(self):
        return {name: self.cleaned_data[name] for name in self.fields}


class UserFilter(FilterForm):
    q = forms.CharField(label=_("Name or user name"), required=False, max_length=40)
    kind = forms.ChoiceField(
        label=_("Kind of account"), required=False, choices=[("", _("All")), *Kind.choices]
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("All")),
            ("active", _("In use")),
            ("locked", _("Locked")),
            ("unused", _("Never signed in")),
        ],
    )

    STATES = {
        "active": Q(is_active=True),
        "locked": Q(is_active=False),
        "unused": Q(last_login=None),
    }

    def narrow(self, rows):
        """Only what is understood narrows; an odd value in the address is as if it were not there."""
        if word := loose(self.said("q") or ""):
            rows = rows.filter(Q(name__icontains=word) | Q(username__icontains=word))
        if kind := self.said("kind"):
            rows = rows.filter(kind=kind)
        state = self.said("state")
        return rows.filter(self.STATES[state]) if state else rows
