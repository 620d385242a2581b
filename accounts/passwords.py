"""One-time passwords, how long a password holds, and the rule some counties' protection grade asks for."""

import re
import secrets
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User

LONGEST = 128
INITIAL_HOURS = 72
# No l, i, o, q, and no syllable pair that reads like another: the slip is copied by hand.
CONSONANTS = "bcdfghjkmnprstvwxz"
VOWELS = "aeu"
DIGITS = "23456789"


def one_time() -> str:
    """Four pronounceable groups and two digits, e.g. `kabe-tusa-remu-nafe-47`: 52 bits."""
    groups = ["".join(syllable() + syllable()) for _group in range(4)]
    return "-".join([*groups, secrets.choice(DIGITS) + secrets.choice(DIGITS)])


def syllable() -> str:
    return secrets.choice(CONSONANTS) + secrets.choice(VOWELS)


def initial_end(now: datetime) -> datetime:
    return now + timedelta(hours=INITIAL_HOURS)


def initial_is_over(user: User, *, now: datetime) -> bool:
    return bool(
        user.must_change_password and user.initial_expires_at and user.initial_expires_at <= now
    )


def must_change(user: User, *, now: datetime, longest_days: int | None) -> bool:
    """A one-time password always; an old one only where the county's policy names an age."""
    if user.must_change_password:
        return True
    if longest_days is None or user.password_set_at is None:
        return False
    return now - user.password_set_at > timedelta(days=longest_days)


class WithoutTheName:
    """No password that carries the user name or the telephone number, forwards, in any case."""

    def validate(self, password, user=None):
        plain = password.casefold()
        own = [getattr(user, "username", ""), getattr(user, "phone", "")]
        if any(len(word) >= 4 and word.casefold() in plain for word in own):
            raise ValidationError(self.get_help_text(), code="password_has_name")

    def get_help_text(self):
        return _("The password must not contain your user name or telephone number.")


class CharacterClasses:
    """GB/T 22239 as counties are usually graded: three of small letters, capitals, digits, signs."""

    CLASSES = ("[a-z]", "[A-Z]", "[0-9]", r"[^A-Za-z0-9\s]")

    def validate(self, password, user=None):
        if sum(bool(re.search(one, password)) for one in self.CLASSES) < 3:
            raise ValidationError(self.get_help_text(), code="password_classes")

    def get_help_text(self):
        return _("Use at least three of: small letters, capital letters, digits, signs.")
