"""Forms of sign-in and of one's own settings. A form checks its fields; it never saves."""

import uuid

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from accounts.fields import KeyField, LineField, MailField, TextField
from accounts.passwords import LONGEST, initial_is_over

PLAIN = {"autocapitalize": "none", "autocorrect": "off", "spellcheck": "false"}


def password_field(label, *, autocomplete, **options):
    return forms.CharField(
        label=label,
        strip=False,
        max_length=LONGEST,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
        **options,
    )


class SignInForm(forms.Form):
    """One sentence for every reason, so that nobody learns which names exist."""

    username = forms.CharField(
        label=_("User name"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True} | PLAIN),
    )
    password = password_field(_("Password"), autocomplete="current-password")
    user = None

    def __init__(self, data=None, *, request=None):
        super().__init__(data)
        self.request = request

    def clean(self):
        self.user = self.known()
        if self.user is None:
            # One answer: no field may say more than the form does.
            self._errors.clear()
            raise forms.ValidationError(
                _("The user name or the password is not right."), code="wrong"
            )
        if initial_is_over(self.user, now=self.request.now):
            raise forms.ValidationError(
                _(
                    "This one-time password is no longer valid. Ask the system administrator for a new one."
                ),
                code="initial_over",
            )

    def known(self):
        if self.errors:
            make_password("as slow as a real one")
            return None
        return authenticate(
            self.request,
            username=self.cleaned_data["username"],
            password=self.cleaned_data["password"],
        )


class ChangePasswordForm(forms.Form):
    old = password_field(_("Present password"), autocomplete="current-password")
    new = password_field(_("New password"), autocomplete="new-password")
    again = password_field(_("New password once more"), autocomplete="new-password")

    def __init__(self, data=None, *, user):
        super().__init__(data)
        self.user = user

    def clean_old(self):
        old = self.cleaned_data["old"]
        if not self.user.check_password(old):
            raise forms.ValidationError(_("The present password is not right."), code="wrong")
        return old

    def clean_new(self):
        new = self.cleaned_data["new"]
        validate_password(new, self.user)
        if self.user.check_password(new):
            raise forms.ValidationError(_("Choose a password that differs from the present one."))
        return new

    def clean(self):
        data = self.cleaned_data
        if "new" in data and "again" in data and data["new"] != data["again"]:
            self.add_error("again", _("The two new passwords differ."))


class SettingsForm(forms.Form):
    language = forms.ChoiceField(
        label=_("Language"), choices=[("zh-hans", "简体中文"), ("en", "English")]
    )
    large_type = forms.BooleanField(label=_("Large type"), required=False)
    phone = LineField(label=_("Office phone"), max_length=30, required=False)
    email = MailField(label=_("E-mail"), max_length=254, required=False)


class SuggestionForm(forms.Form):
    text = TextField(
        label=_("Your comment or suggestion"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    anonymous = forms.BooleanField(
        label=_("Send without my name"),
        required=False,
        help_text=_(
            "Neither your name nor your unit is stored; keep the address of the next page to read the reply."
        ),
    )
    page = LineField(max_length=200, required=False, widget=forms.HiddenInput)
    client_key = KeyField(initial=uuid.uuid4)


class ReplyForm(forms.Form):
    reply = TextField(label=_("Reply"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
