import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.roles import COUNTY
from branches.models import SHEET_CHOICES, Organization
from branches.scope import Actor, under
from branches.tree import ancestors


class EditionState(models.TextChoices):
    DRAFT = "draft", _("Draft edition")
    ISSUED = "issued", _("In force")
    SUPERSEDED = "superseded", _("Superseded")


class EditionQuerySet(models.QuerySet):
    def visible_to(self, actor: Actor):
        """Issued editions bind everybody under their owner; drafts are the county's own."""
        above = {path for held in actor.held for path in ancestors(held.path)}
        binding = Q(owner__path__in=above) & ~Q(state=EditionState.DRAFT)
        return self.filter(under(actor.paths(*COUNTY), prefix="owner__") | binding)


class Edition(models.Model):
    """One standard for all fields. Submitted by one person, issued by another; immutable from then on (triggers).

    `options` are the choices a-l of the rule language; `tiers` best first, each {key, label,
    label_en, floor: points as a decimal string, passes}. `composition`: how lines add up beyond
    chapters and tiers (standards/composing); empty is the plain sum.
    """

    owner = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="editions")
    name = models.CharField(_("name"), max_length=100)
    year = models.PositiveSmallIntegerField(_("year"))
    state = models.CharField(
        max_length=12, choices=EditionState.choices, default=EditionState.DRAFT
    )
    issuer = models.CharField(_("issued by"), max_length=100, blank=True)
    document_number = models.CharField(_("document number"), max_length=60, blank=True)
    approving_authority = models.CharField(_("approved by"), max_length=100, blank=True)
    approving_number = models.CharField(_("approval number"), max_length=60, blank=True)
    note = models.TextField(_("note"), blank=True)
    options = models.JSONField(default=dict)
    tiers = models.JSONField(default=list)
    ceiling = models.PositiveIntegerField(default=10_000)
    base = models.PositiveIntegerField(default=10_000)
    composition = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    issued_at = models.DateTimeField(null=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    client_key = models.UUIDField(unique=True, default=uuid.uuid4)
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    return_reason = models.TextField(blank=True, default="")

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        constraints = [
            models.CheckConstraint(
                condition=Q(issued_at=None, issued_by=None)
                | Q(issued_at__isnull=False, issued_by__isnull=False),
                name="edition_issued_pair",
            ),
            models.CheckConstraint(
                condition=Q(state=EditionState.DRAFT)
                | (Q(issued_at__isnull=False) & ~Q(digest="")),
                name="edition_in_force_was_issued",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at=None, submitted_by=None)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="edition_submitted_pair",
            ),
            models.CheckConstraint(
                condition=Q(submitted_by=None)
                | Q(issued_by=None)
                | ~Q(issued_by=F("submitted_by")),
                name="edition_issued_by_another",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def dated_name(self) -> str:
        """With its year where the name does not say it."""
        if str(self.year) in self.name:
            return self.name
        return gettext("%(name)s (%(year)s)") % {"name": self.name, "year": self.year}

    @property
    def is_submitted(self) -> bool:
        """A draft that waits for a second person; nobody changes it meanwhile."""
        return self.state == EditionState.DRAFT and self.submitted_by_id is not None


class Chapter(models.Model):
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="chapters")
    key = models.SlugField(max_length=40)
    title = models.CharField(_("chapter"), max_length=60)
    title_en = models.CharField(max_length=100, blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "key"], name="chapter_key_once"),
        ]


class Mode(models.TextChoices):
    CARRIED = "carried", _("Carried over")
    PERIOD = "period", _("Filled each period")


class Severity(models.TextChoices):
    GENERAL = "general", _("General")
    SERIOUS = "serious", _("Serious")


class Clause(models.Model):
    """One line of the sheet. `key` is stable across editions; `rule` null means a person judges 0..max."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="clauses")
    chapter = models.ForeignKey(Chapter, on_delete=models.CASCADE, related_name="clauses")
    key = models.CharField(max_length=60)
    code = models.CharField(_("clause no."), max_length=20)
    position = models.PositiveSmallIntegerField()
    text = models.TextField(_("demand"))
    text_en = models.TextField(blank=True)
    guidance = models.TextField(_("guidance"), blank=True)
    evidence = models.TextField(_("records wanted"), blank=True)
    good_example = models.TextField(_("filled example"), blank=True)
    work_steps = models.TextField(_("work steps"), blank=True)
    blank_form = models.TextField(_("blank form"), blank=True)
    methods = models.JSONField(default=list)
    checked_by = models.CharField(_("checking unit"), max_length=100, blank=True)
    mode = models.CharField(_("mode"), max_length=10, choices=Mode.choices, default=Mode.CARRIED)
    cadence = models.CharField(max_length=10, blank=True)
    rule_text = models.TextField(_("scoring rule"), blank=True)
    rule = models.JSONField(null=True)
    applies = models.JSONField(default=list)
    mandatory = models.BooleanField(_("mandatory"), default=False)
    basis = models.CharField(_("basis"), max_length=100, blank=True)
    severity = models.CharField(max_length=10, choices=Severity.choices, default=Severity.GENERAL)
    deadline_days = models.PositiveSmallIntegerField(default=15)
    deadline_unit = models.CharField(max_length=10, default="workdays")
    phrases = models.JSONField(default=list)
    not_applicable = models.CharField(max_length=10, blank=True)
    photo_reason = models.CharField(max_length=200, blank=True)
    under_review = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "key"], name="clause_key_once")]
        indexes = [models.Index(fields=["edition", "position"], name="clause_order")]

    def __str__(self):
        return f"{self.code} {self.text}"


class ClausePoints(models.Model):
    """Points of a clause for one field or kind of committee, in centi-points. No row: the clause is not on that field's sheet."""

    clause = models.ForeignKey(Clause, on_delete=models.CASCADE, related_name="points")
    field = models.CharField(max_length=20, choices=SHEET_CHOICES)
    points = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clause", "field"], name="clausepoints_once"),
        ]


class EditionImport(models.Model):
    """An uploaded table between preview and confirmation; `rows` is what would be written.

    The key is the upload form's client key, so a second click finds the first upload.
    """

    class State(models.TextChoices):
        PREVIEW = "preview", _("Preview")
        CONFIRMED = "confirmed", _("Confirmed")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="imports")
    name = models.CharField(max_length=255)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PREVIEW)
    rows = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    returned = models.BinaryField(null=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
