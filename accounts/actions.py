"""What changes an account. Each writes its row of the trail in the same transaction."""

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts import passwords
from accounts.models import User
from accounts.permissions import TABLE
from accounts.refusal import Refused
from accounts.roles import Kind
from accounts.trail import record

FIRST = (("system", Kind.SYSTEM), ("security", Kind.SECURITY))


@transaction.atomic
def change_password(user: User, password: str, *, now: datetime) -> None:
    """One's own password. Every other session ends, because the session seal holds the hash."""
    user.set_password(password)
    user.must_change_password = False
    user.password_set_at = now
    user.initial_expires_at = None
    user.save(
        update_fields=[
            "password", "must_change_password", "password_set_at", "initial_expires_at",
        ]
    )  # fmt: skip
    record(user, "password.changed", user, now=now)


@transaction.atomic
def choose(user: User, *, now: datetime, **fields: object) -> None:
    """One's own settings: language, large_type, phone, email."""
    for name, value in fields.items():
        setattr(user, name, value)
    user.save(update_fields=list(fields))
    if fields.keys() & {"phone", "email"}:
        record(user, "user.settings_changed", user, now=now)


@transaction.atomic
def create_user(
    actor, *, username: str, name: str, post: str = "", phone: str = "", now: datetime
) -> tuple[User, str]:
    """A business account without any role, and its one-time password."""
    permit(actor, "user.create")
    if User.objects.filter(username=username).exists():
        raise Refused(_("This user name is taken."), field="username")
    password = passwords.one_time()
    user = issue(
        username=username,
        name=name,
        post=post,
        phone=phone,
        secret=make_password(password),
        now=now,
    )
    record(actor.user, "user.created", user, now=now)
    return user, password


def issue(*, username: str, name: str, secret: str, now: datetime, **fields: object) -> User:
    """A new account with a one-time password (`secret` is its hash), to be changed at first sign-in."""
    return User.objects.create(
        username=username,
        name=name,
        password=secret,
        must_change_password=True,
        initial_expires_at=passwords.initial_end(now),
        **fields,
    )


@transaction.atomic
def describe_user(
    actor, user: User, *, name: str, post: str, phone: str, email: str, now: datetime
) -> None:
    permit(actor, "user.edit", user)
    new = {"name": name, "post": post, "phone": phone, "email": email}
    changed = [key for key, value in new.items() if getattr(user, key) != value]
    for key in changed:
        setattr(user, key, new[key])
    user.save(update_fields=changed)
    record(actor.user, "user.edited", user, now=now, changed=changed)


@transaction.atomic
def lock_user(actor, user: User, *, now: datetime) -> None:
    """The account opens nothing from the next request on; what the person did stays."""
    permit(actor, "user.lock", user)
    if User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
        end_sessions(user)
        record(actor.user, "user.locked", user, now=now)


@transaction.atomic
def unlock_user(actor, user: User, *, now: datetime) -> None:
    permit(actor, "user.unlock", user)
    if User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
        record(actor.user, "user.unlocked", user, now=now)


@transaction.atomic
def reset_password(actor, user: User, *, now: datetime) -> str:
    """A new one-time password; all sessions of the account end."""
    permit(actor, "user.reset", user)
    password = passwords.one_time()
    set_one_time(user, make_password(password), now=now)
    record(actor.user, "password.reset", user, now=now)
    return password


def set_one_time(user: User, secret: str, *, now: datetime) -> None:
    user.password = secret
    user.must_change_password = True
    user.initial_expires_at = passwords.initial_end(now)
    user.save(update_fields=["password", "must_change_password", "initial_expires_at"])


def end_sessions(user: User) -> None:
    """Every session of the account ends with its next request."""
    User.objects.filter(pk=user.pk).update(session_version=F("session_version") + 1)


@transaction.atomic
def first_administrators(*, now: datetime) -> list[tuple[str, str]]:
    """The two administrators an empty installation begins with: (user name, one-time password) of those made now."""
    made = []
    for username, kind in FIRST:
        if User.objects.filter(kind=kind).exists():
            continue
        password = passwords.one_time()
        user = issue(
            username=username,
            name=str(kind.label),
            kind=kind,
            secret=make_password(password),
            now=now,
        )
        record(None, "user.created", user, now=now)
        made.append((username, password))
    return made


def permit(actor, verb: str, target: object = None) -> None:
    if not TABLE[verb].allows(actor, target):
        raise Refused(_("Your account may not do this."))
