import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from branches.offices import office_name
from branches.scope import OrganizationQuerySet, ScopedQuerySet


class OrgKind(models.TextChoices):
    DEPARTMENT = "department", _("Organization department")
    COMMITTEE = "party_committee", _("Party committee")
    WORK_COMMITTEE = "work_committee", _("Work committee")
    GROUP = "party_group", _("Party group")
    ORGAN_COMMITTEE = "organ_committee", _("Organ party committee")
    GENERAL_BRANCH = "general_branch", _("General branch")
    BRANCH = "branch", _("Branch")


class Field(models.TextChoices):
    """Branch fields of the Regulation."""

    RURAL = "rural", _("Village")
    COMMUNITY = "community", _("Community")
    ORGAN = "government_organ", _("Government organ")
    SOE = "soe", _("State-owned enterprise")
    SCHOOL = "school", _("School")
    HOSPITAL = "hospital", _("Hospital")
    INSTITUTION = "institution", _("Institution")
    PRIVATE = "private_enterprise", _("Private enterprise")
    SOCIAL = "social_organization", _("Social organization")
    RETIRED = "retired", _("Retired members")
    MOBILE = "mobile_member", _("Mobile members")


class CommitteeField(models.TextChoices):
    """What committees are measured by: their kind. Each has a sheet and a peer group of its own."""

    COMMITTEE = "party_committee", _("Party committee")
    WORK_COMMITTEE = "work_committee", _("Work committee")
    GROUP = "party_group", _("Party group")
    ORGAN_COMMITTEE = "organ_committee", _("Organ party committee")
    GENERAL_BRANCH = "general_branch", _("General branch")


# Whatever an edition may have a sheet for.
SHEET_FIELDS = (*Field, *CommitteeField)
SHEET_CHOICES = [*Field.choices, *CommitteeField.choices]


class BranchForm(models.TextChoices):
    ORDINARY = "ordinary", _("Ordinary branch")
    JOINT = "joint_branch", _("Joint branch")
    TEMPORARY = "temporary_branch", _("Temporary branch")


class Organization(models.Model):
    """A node of the forest. `path` is the ancestors' ids, six base-36 digits each (branches/tree.py)."""

    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    path = models.CharField(max_length=150, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=OrgKind.choices)
    name = models.CharField(_("full name"), max_length=100)
    short_name = models.CharField(_("short name"), max_length=40)
    initials = models.CharField(max_length=100, blank=True)
    position = models.PositiveIntegerField(_("protocol order"), default=0)
    code = models.CharField(_("organization code"), max_length=40, blank=True)
    field = models.CharField(_("field"), max_length=20, choices=SHEET_CHOICES, blank=True)
    opened_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organization")
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=OrgKind.BRANCH) | ~Q(field=""), name="organization_branch_field"
            ),
        ]
        indexes = [models.Index(fields=["code"], name="organization_code")]

    def __str__(self):
        return self.short_name

    @property
    def is_branch(self):
        return self.kind == OrgKind.BRANCH

    @property
    def office_name(self):
        """As a Chinese page says it; for others the name as it was typed says it all."""
        is_chinese = not (get_language() or "").startswith("en")
        return office_name(self.kind, self.short_name) if is_chinese else self.short_name


class Profile(models.Model):
    """What the county knows of a branch: counts and posts, never rosters."""

    organization = models.OneToOneField(
        Organization, on_delete=models.PROTECT, related_name="profile"
    )
    form = models.CharField(
        _("form"), max_length=20, choices=BranchForm.choices, default=BranchForm.ORDINARY
    )
    full_members = models.PositiveIntegerField(_("full members"), default=0)
    probationary_members = models.PositiveIntegerField(_("probationary members"), default=0)
    cells = models.PositiveIntegerField(_("party groups"), default=0)
    joint_units = models.PositiveIntegerField(_("units in a joint branch"), default=0)
    committee_size = models.PositiveIntegerField(_("committee members"), default=0)
    secretary = models.CharField(_("secretary"), max_length=40, blank=True)
    secretary_since = models.DateField(_("secretary since"), null=True, blank=True)
    deputy = models.CharField(_("deputy secretary"), max_length=40, blank=True)
    phone = models.CharField(_("office phone"), max_length=30, blank=True)
    founded_on = models.DateField(_("founded on"), null=True, blank=True)
    term_started_on = models.DateField(_("term began"), null=True, blank=True)
    term_ends_on = models.DateField(_("term ends"), null=True, blank=True)
    term_delay_document = models.CharField(
        _("approval of a later election"), max_length=60, blank=True
    )
    term_delayed_until = models.DateField(_("delay approved until"), null=True, blank=True)
    election_planned_on = models.DateField(_("election planned for"), null=True, blank=True)
    vacant_since = models.DateField(_("vacant since"), null=True, blank=True)
    premises_area = models.PositiveIntegerField(_("premises, m²"), null=True, blank=True)
    premises_note = models.CharField(_("premises"), max_length=100, blank=True)
    weak_since = models.DateField(_("on the weak list since"), null=True, blank=True)
    updated_at = models.DateTimeField(null=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("branch profile")

    @property
    def members(self):
        return self.full_members + self.probationary_members


class ApprovalKind(models.TextChoices):
    CALL = "call", _("Election approved")
    EARLY = "early", _("Earlier election approved")
    DELAY = "delay", _("Later election approved")
    RESULT = "result", _("Result of the election approved")
    SETUP = "setup", _("Set up or changed")


class Approval(models.Model):
    """批复: what the superior answered, one dated row per document. `day` is the day the document names.

    call, early: the day planned; delay: until when; result: the day of the election.
    """

    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="approvals"
    )
    kind = models.CharField(_("what was approved"), max_length=10, choices=ApprovalKind.choices)
    number = models.CharField(_("reply number"), max_length=60)
    dated_on = models.DateField(_("date of the approval"))
    day = models.DateField(_("day it names"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    client_key = models.UUIDField(unique=True, default=uuid.uuid4)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=ApprovalKind.SETUP) | Q(day__isnull=False),
                name="approval_names_its_day",
            ),
        ]
        indexes = [models.Index(fields=["organization", "dated_on"], name="approval_when")]


class LinkKind(models.TextChoices):
    IN_CHARGE = "in_charge", _("Unit in charge")
    HELPING = "helping", _("Helping unit")
    CONTACT = "contact", _("Contact unit")


class Link(models.Model):
    """A tie beside the tree. It opens that one unit, never its subtree."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="links")
    unit = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="linked")
    kind = models.CharField(max_length=12, choices=LinkKind.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "unit", "kind"], name="link_once"),
            models.CheckConstraint(condition=~Q(organization=F("unit")), name="link_not_self"),
        ]


class Grant(models.Model):
    """A role on a subtree for a time. The only source of business rights."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="grants"
    )
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)
    reason = models.CharField(max_length=60, blank=True)
    granted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organization", "role"],
                condition=Q(until_on=None),
                name="grant_open_once",
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="grant_span"
            ),
        ]


class Evidence(models.Model):
    """One stored file. Meetings, answers and findings cite it; served only through a checked view."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="evidence"
    )
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=100)
    suffix = models.CharField(max_length=8)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveIntegerField()
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    client_key = models.UUIDField(unique=True, default=uuid.uuid4)

    objects = ScopedQuerySet.as_manager()


class MeetingKind(models.TextChoices):
    MEMBER = "member_meeting", _("Member meeting")
    COMMITTEE = "committee_meeting", _("Committee meeting")
    CELL = "cell_meeting", _("Party group meeting")
    CLASS = "party_class", _("Party class")
    THEME_DAY = "theme_day", _("Theme party day")
    LIFE = "organization_life_meeting", _("Organization-life meeting")
    APPRAISAL = "member_appraisal", _("Democratic appraisal of members")
    TALK = "heart_talk", _("Heart-to-heart talks")


class Meeting(models.Model):
    """The minimal meeting record: kind, date, paper reference. A tick of the 12-month grid knows only the month."""

    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="meetings"
    )
    kind = models.CharField(_("kind"), max_length=30, choices=MeetingKind.choices)
    also = models.CharField(max_length=30, choices=MeetingKind.choices, blank=True)
    held_on = models.DateField(_("date"))
    day_known = models.BooleanField(default=True)
    quorate = models.BooleanField(default=True)
    paper = models.CharField(_("where the paper record is"), max_length=100, blank=True)
    evidence = models.ManyToManyField(Evidence, blank=True, related_name="meetings")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    client_key = models.UUIDField(unique=True, default=uuid.uuid4)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["organization", "held_on"], name="meeting_when")]


class CalendarDay(models.Model):
    """A day that departs from Monday-Friday. A year without a confirmed list is provisional."""

    date = models.DateField(unique=True)
    is_workday = models.BooleanField()
    name = models.CharField(max_length=40, blank=True)
    source = models.CharField(max_length=100, blank=True)
    confirmed = models.BooleanField(default=True)


class RosterImport(models.Model):
    """One uploaded table between preview and confirmation. `rows` is what would be written.

    A large one is asked for first and written by the worker: begun_at is when it last took it up.
    """

    class State(models.TextChoices):
        PREVIEW = "preview", _("Preview")
        ASKED = "asked", _("Being written")
        CONFIRMED = "confirmed", _("Confirmed")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    path = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PREVIEW)
    rows = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    returned_path = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(null=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    begun_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(asked_at=None, asked_by=None)
                | Q(asked_at__isnull=False, asked_by__isnull=False),
                name="rosterimport_asked_pair",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by=None)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="rosterimport_confirmed_pair",
            ),
        ]
