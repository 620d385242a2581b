"""Accounts for tests: keyword-only, what is not named is made up."""

from datetime import UTC, datetime
from itertools import count
from types import SimpleNamespace

from accounts.models import Notice, User
from accounts.roles import Kind

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
serial = count(1)


def make_user(*, username=None, name="李安", kind=Kind.BUSINESS, password=None, **fields):
    fields = {"must_change_password": False, "language": "zh-hans"} | fields
    user = User(username=username or f"user{next(serial)}", name=name, kind=kind, **fields)
    user.set_password(password) if password else user.set_unusable_password()
    user.save()
    return user


def make_administrator(*, kind, **fields):
    """An actor without units, as branches.scope gives one to an administrator."""
    return SimpleNamespace(
        user=make_user(kind=kind, **fields), has=lambda *roles: False, paths=lambda *roles: []
    )


def make_notice(*, user, code="suggestion.replied", key=None, **fields):
    fields = {"created_at": NOW, "params": {}} | fields
    return Notice.objects.create(user=user, code=code, key=key or f"notice{next(serial)}", **fields)
