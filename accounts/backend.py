"""Who signs in with a name and a password. Everything wrong costs the same time and gives the same answer."""

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password

from accounts.models import User
from accounts.passwords import LONGEST


class AccountBackend(BaseBackend):
    def authenticate(self, request, username=None, password=None):
        if not username or not password or len(password) > LONGEST:
            return None
        user = User.objects.filter(username=username).first()
        if user is None:
            make_password(password)
            return None
        # Checked before is_active, so that a locked account answers no faster.
        return user if user.check_password(password) and user.is_active else None

    def get_user(self, user_id):
        return User.objects.filter(pk=user_id, is_active=True).first()
