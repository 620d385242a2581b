import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.roles import COUNTY
from branches.models import Evidence, Organization
from branches.scope import Actor, under
from inspections.models.cycles import Cycle
from inspections.models.visits import Stop
from inspections.querysets import UNIT_ROLES, FindingQuerySet
from standards.models import Edition, Severity


class Counter(models.Model):
    """The next number per owner, year and series; gaps are allowed, doubles are not. `prefix` is how its numbers begin."""

    owner = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    series = models.CharField(max_length=12)
    prefix = models.CharField(max_length=20, blank=True)
    value = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "year", "series"], name="counter_once"),
        ]


class FindingSource(models.TextChoices):
    SELF = "self", _("Found in self-assessment")
    FIRST_CHECK = "first_check", _("Found in first check")
    ACCEPTANCE = "acceptance", _("Found in acceptance")
    TOUR = "tour", _("City inspection tour")
    LOOK_BACK = "look_back", _("Found in look-back")
    RESEARCH = "research", _("Research visit")


class FindingStage(models.TextChoices):
    DRAFT = "draft", _("Logged")
    CONFIRMED = "confirmed", _("Waiting for issue")
    ISSUED = "issued", _("To acknowledge")
    OBJECTED = "objected", _("Objected")
    IN_PROGRESS = "in_progress", _("Rectifying")
    SUBMITTED = "submitted", _("Waiting for verification")
    VERIFIED = "verified", _("Waiting for close-out")
    CLOSED = "closed", _("Closed out")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class NotificationQuerySet(models.QuerySet):
    def visible_to(self, actor: Actor):
        return self.filter(under(actor.paths(*COUNTY, *UNIT_ROLES), prefix="unit__"))


class Notification(models.Model):
    """A numbered rectification notice (整改通知书) to one unit; findings are issued under it."""

    owner = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="notifications")
    number = models.CharField(max_length=40)
    issued_on = models.DateField()
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    client_key = models.UUIDField(unique=True, default=uuid.uuid4)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("rectification notice")
        constraints = [
            models.UniqueConstraint(fields=["owner", "number"], name="notification_number_once"),
        ]

    def __str__(self):
        return self.number


class Finding(models.Model):
    """One problem, one number, one deadline, until it is closed and looked back on. Carries no points."""

    owner = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(_("no."), max_length=40)
    branch = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="findings")
    unit = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="duties")
    cycle = models.ForeignKey(Cycle, null=True, on_delete=models.PROTECT, related_name="findings")
    edition = models.ForeignKey(Edition, null=True, on_delete=models.PROTECT, related_name="+")
    stop = models.ForeignKey(Stop, null=True, on_delete=models.PROTECT, related_name="findings")
    clause_key = models.CharField(max_length=60, blank=True)
    source = models.CharField(_("source"), max_length=12, choices=FindingSource.choices)
    source_document = models.CharField(_("source document"), max_length=100, blank=True)
    category = models.CharField(_("category"), max_length=40, blank=True)
    text = models.TextField(_("problem"))
    facts = models.TextField(_("facts"), blank=True)
    severity = models.CharField(
        _("severity"), max_length=10, choices=Severity.choices, default=Severity.GENERAL
    )
    stage = models.CharField(
        max_length=12, choices=FindingStage.choices, default=FindingStage.DRAFT
    )
    round = models.PositiveSmallIntegerField(default=1)
    found_on = models.DateField(_("found on"))
    notification = models.ForeignKey(
        Notification, null=True, on_delete=models.PROTECT, related_name="findings"
    )
    issued_on = models.DateField(_("issued on"), null=True)
    due_days = models.PositiveSmallIntegerField(_("days"), default=15)
    due_unit = models.CharField(max_length=10, default="workdays")
    due_on = models.DateField(_("deadline"), null=True)
    is_provisional = models.BooleanField(default=False)
    is_long_term = models.BooleanField(_("long-term"), default=False)
    fixed_on_spot = models.BooleanField(_("fixed on the spot"), default=False)
    measures = models.TextField(_("measures"), blank=True)
    responsible = models.CharField(_("responsible person"), max_length=40, blank=True)
    leader = models.CharField(_("leader responsible"), max_length=40, blank=True)
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    moved_on = models.DateField(null=True)
    closed_on = models.DateField(_("closed on"), null=True)
    look_back_on = models.DateField(null=True)
    logged_at = models.DateTimeField()
    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    evidence = models.ManyToManyField(Evidence, blank=True, related_name="findings")
    client_key = models.UUIDField(unique=True, default=uuid.uuid4)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding")
        constraints = [
            models.CheckConstraint(
                condition=~Q(stage=FindingStage.CLOSED) | Q(closed_on__isnull=False),
                name="finding_closed_has_date",
            ),
            models.UniqueConstraint(fields=["owner", "number"], name="finding_number_once"),
        ]
        indexes = [
            models.Index(fields=["branch", "stage"], name="finding_branch_stage"),
            models.Index(
                fields=["due_on"],
                condition=Q(stage__in=["issued", "in_progress"]),
                name="finding_due",
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.text[:40]}"


class Signoff(models.Model):
    """Reporter, verifier and closer of one round: three rows the database keeps to three persons."""

    class Role(models.TextChoices):
        REPORTER = "reporter", _("Reporter")
        VERIFIER = "verifier", _("Verifier")
        CLOSER = "closer", _("Closer")

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="signoffs")
    round = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=10, choices=Role.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["finding", "round", "role"], name="signoff_role_once"),
            models.UniqueConstraint(fields=["finding", "round", "by"], name="signoff_person_once"),
        ]


class Entry(models.Model):
    """One line of a finding's timeline. Append-only by trigger: it can be added to, never edited."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="entries")
    round = models.PositiveSmallIntegerField()
    move = models.CharField(max_length=20)
    from_stage = models.CharField(max_length=12, blank=True)
    to_stage = models.CharField(max_length=12, blank=True)
    note = models.TextField(blank=True)
    params = models.JSONField(default=dict)
    evidence = models.ManyToManyField(Evidence, blank=True, related_name="entries")
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    unit = models.ForeignKey(Organization, null=True, on_delete=models.PROTECT, related_name="+")
    client_key = models.UUIDField(unique=True, default=uuid.uuid4)

    class Meta:
        indexes = [models.Index(fields=["finding", "at"], name="entry_timeline")]


class Extension(models.Model):
    """A request for a later deadline, decided once by the unit above."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="extensions")
    reason = models.TextField(_("reason"))
    old_due_on = models.DateField()
    new_due_on = models.DateField(_("new deadline"))
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    is_granted = models.BooleanField(null=True)
    answer = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    client_key = models.UUIDField(unique=True, default=uuid.uuid4)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="extension_decided_pair",
            ),
            models.UniqueConstraint(
                fields=["finding"], condition=Q(decided_at=None), name="extension_one_open"
            ),
        ]


class CloseRule(models.Model):
    """Who may close, as data. The most telling row wins: source and severity, then one, then none."""

    class Closer(models.TextChoices):
        PARENT = "parent", _("The parent closes")
        COUNTY = "county", _("The county closes")

    owner = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="close_rules")
    source = models.CharField(max_length=12, choices=FindingSource.choices, blank=True)
    severity = models.CharField(max_length=10, choices=Severity.choices, blank=True)
    closer = models.CharField(max_length=10, choices=Closer.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "source", "severity"], name="closerule_once"),
        ]
