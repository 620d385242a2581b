import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.roles import Kind, Role


class UserQuerySet(models.QuerySet):
    def visible_to(self, actor):
        """Two administrators see the accounts; anybody else only the own one."""
        if actor.user.kind in (Kind.SYSTEM, Kind.SECURITY):
            return self
        return self.filter(pk=actor.user.pk)


class UserManager(BaseUserManager):
    def create_user(self, username, password, **fields):
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    username = models.CharField(_("user name"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=40)
    post = models.CharField(_("post"), max_length=60, blank=True)
    phone = models.CharField(_("office phone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.BUSINESS)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=True)
    password_set_at = models.DateTimeField(null=True)
    initial_expires_at = models.DateTimeField(null=True)
    language = models.CharField(max_length=8, default="zh-hans")
    large_type = models.BooleanField(default=False)
    session_version = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager.from_queryset(UserQuerySet)()
    USERNAME_FIELD = "username"

    class Meta:
        verbose_name = _("account")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="user_kind_known"),
        ]

    def __str__(self):
        return self.name

    @property
    def is_administrator(self):
        return self.kind != Kind.BUSINESS

    def _get_session_auth_hash(self, secret=None):
        """Sessions end when the password, the kind or the version changes; ending a role raises the version."""
        seal = f"{self.password}|{self.kind}|{self.session_version}"
        return salted_hmac(
            "accounts.User.session", seal, secret=secret, algorithm="sha256"
        ).hexdigest()


class Deed(models.Model):
    """One thing somebody did. Append-only: triggers refuse UPDATE and DELETE on both engines."""

    at = models.DateTimeField(db_index=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=40)
    verb = models.CharField(max_length=60, db_index=True)
    object_type = models.CharField(max_length=40, blank=True)
    object_id = models.CharField(max_length=40, blank=True)
    object_name = models.CharField(max_length=200, blank=True)
    path = models.CharField(max_length=200, blank=True)
    params = models.JSONField(default=dict)
    address = models.GenericIPAddressField(null=True)

    class Meta:
        indexes = [models.Index(fields=["object_type", "object_id"], name="deed_object")]


class NoticeQuerySet(models.QuerySet):
    def visible_to(self, actor):
        return self.filter(user_id=actor.user.pk)

    def unread(self):
        return self.filter(read_at=None)


class Notice(models.Model):
    """A line in one person's inbox. `key` makes a repeat impossible; code + params render per reader."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="notices")
    key = models.CharField(max_length=160, unique=True)
    code = models.CharField(max_length=40)
    params = models.JSONField(default=dict)
    url = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["user", "read_at"], name="notice_unread")]


class Outbox(models.Model):
    """Work owed after a commit. The database is the truth; a lost message costs one drain interval."""

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=40)
    payload = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    dead_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(done_at=None, dead_at=None), name="outbox_pending"
            )
        ]


class AccessLog(models.Model):
    """Downloads and exports: the only thing a GET may write."""

    at = models.DateTimeField()
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=40)
    object_type = models.CharField(max_length=40, blank=True)
    object_id = models.CharField(max_length=40, blank=True)
    rows = models.PositiveIntegerField(default=0)
    query = models.CharField(max_length=500, blank=True)


class Pulse(models.Model):
    """When the worker and the beat last answered."""

    name = models.CharField(max_length=20, unique=True)
    beat_at = models.DateTimeField()


class SuggestionQuerySet(models.QuerySet):
    def visible_to(self, actor):
        """The writer's own; those of their subtree to county officers; all to the system administrator."""
        if actor.user.kind == Kind.SYSTEM:
            return self
        rows = Q(user_id=actor.user.pk)
        for path in actor.paths(Role.COUNTY_OFFICER):
            rows |= Q(path__gte=path, path__lt=path + "~")
        return self.filter(rows)


class Suggestion(models.Model):
    """意见建议: on every page; may be anonymous; the reply is visible to the writer.

    `path` says in whose subtree it was written; an anonymous one names only the unit above.
    """

    client_key = models.UUIDField(unique=True, default=uuid.uuid4)
    at = models.DateTimeField()
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    path = models.CharField(max_length=150, blank=True)
    page = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    reply = models.TextField(blank=True)
    replied_at = models.DateTimeField(null=True)
    replied_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(replied_at=None, replied_by=None)
                | Q(replied_at__isnull=False, replied_by__isnull=False),
                name="suggestion_replied_pair",
            )
        ]
