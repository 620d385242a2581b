import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from branches.models import Evidence, Organization
from branches.scope import Actor, under
from inspections.models.coverage import CoverageField
from inspections.models.cycles import Cycle


class Stage(models.TextChoices):
    """Filing states as offices call them; the reviewer's own committee is named, never a fixed 镇."""

    NOT_BEGUN = "not_begun", _("Not filed")
    DRAFTING = "drafting", _("Filing")
    SUBMITTED = "submitted", _("Waiting for the parent")
    RETURNED = "returned", _("Returned")
    PASSED = "passed", _("First check passed")
    CONFIRMED = "confirmed", _("Confirmed")


class Source(models.TextChoices):
    """Who judged; a later one counts before an earlier one."""

    SELF = "self", _("Self-assessment")
    FIRST_CHECK = "first_check", _("First check")
    ACCEPTANCE = "acceptance", _("Acceptance")
    RECHECK = "recheck", _("Recheck")


class AssessmentQuerySet(models.QuerySet):
    def visible_to(self, actor: Actor):
        return self.filter(under(actor.paths(), prefix="branch__"))


class Assessment(models.Model):
    """One branch in one cycle. What was judged hangs on its sheets, one per source."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="assessments")
    branch = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="assessments")
    prior = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(max_length=12, choices=Stage.choices, default=Stage.NOT_BEGUN)
    round = models.PositiveSmallIntegerField(default=1)
    discussed_on = models.DateField(
        _("discussed by the branch committee on"), null=True, blank=True
    )
    is_late = models.BooleanField(default=False)
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    passed_at = models.DateTimeField(null=True)
    passed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField(null=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment")
        constraints = [
            models.UniqueConstraint(fields=["cycle", "branch"], name="assessment_once"),
            models.CheckConstraint(
                condition=Q(submitted_at=None, submitted_by=None)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="assessment_submitted_pair",
            ),
            models.CheckConstraint(
                condition=Q(passed_at=None, passed_by=None)
                | Q(passed_at__isnull=False, passed_by__isnull=False),
                name="assessment_passed_pair",
            ),
            models.CheckConstraint(
                condition=Q(passed_by=None) | ~Q(passed_by=models.F("submitted_by")),
                name="assessment_passed_by_another",
            ),
        ]
        indexes = [models.Index(fields=["cycle", "stage"], name="assessment_stage")]


class Sheet(models.Model):
    """What one source judged. `coverage`: clause key -> single | rest | carried; absent = not judged."""

    assessment = models.ForeignKey(
        Assessment, on_delete=models.PROTECT, related_name="sheets", db_index=False
    )
    source = models.CharField(max_length=12, choices=Source.choices)
    coverage = CoverageField(default=dict)
    changed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assessment", "source"], name="sheet_once")]


class Answer(models.Model):
    """An exception: a clause that does not simply conform, with the measures observed."""

    # Found by `answer_once`; nobody asks for all answers of a person.
    sheet = models.ForeignKey(
        Sheet, on_delete=models.CASCADE, related_name="answers", db_index=False
    )
    clause_key = models.CharField(max_length=60)
    applicable = models.BooleanField(default=True)
    measures = models.JSONField(default=dict)
    remark = models.TextField(blank=True)
    paper = models.CharField(max_length=100, blank=True)
    evidence = models.ManyToManyField(Evidence, blank=True, related_name="answers")
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "clause_key"], name="answer_once"),
        ]


class Mark(models.Model):
    """A clause reopened by a return; only marked clauses can be edited then."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="marks")
    clause_key = models.CharField(max_length=60)
    round = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "round", "clause_key"], name="mark_once"),
        ]


class Step(models.Model):
    """One move of an assessment: submit, withdraw, return, pass. A dated row, never overwritten."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="steps")
    move = models.CharField(max_length=20)
    from_stage = models.CharField(max_length=12)
    to_stage = models.CharField(max_length=12)
    note = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    client_key = models.UUIDField(unique=True, default=uuid.uuid4)
