from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.roles import COUNTY
from branches.models import Organization
from branches.scope import Actor, under
from inspections.models import Cycle
from standards.models import Edition


class ResultQuerySet(models.QuerySet):
    def visible_to(self, actor: Actor):
        """The county sees derived results; a unit sees its own once published."""
        county = under(actor.paths(*COUNTY), prefix="branch__")
        published = under(actor.paths(), prefix="branch__") & Q(published_at__isnull=False)
        return self.filter(county | published)


class Proposal(models.TextChoices):
    PASS = "pass", _("Proposed: up to standard")
    FAIL = "fail", _("Proposed: not up to standard")
    OPEN = "open", _("Not all clauses judged")
    NOT_GRADED = "not_graded", _("Not graded")


class Result(models.Model):
    """A branch's result in a cycle. Derived while the cycle is open, immutable once published.

    What lists read and scoring decides, and no more: a nation is written again in place. The rest is its `Detail`.
    """

    # Both indexes below begin with the cycle; nobody asks for the results one person decided or published.
    cycle = models.ForeignKey(
        Cycle, on_delete=models.PROTECT, related_name="results", db_index=False
    )
    branch = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="results")
    path = models.CharField(max_length=150)
    name = models.CharField(max_length=100)
    unit_name = models.CharField(max_length=40, blank=True)
    field = models.CharField(max_length=20)
    total = models.IntegerField(default=0)
    unjudged = models.PositiveSmallIntegerField(default=0)
    tier = models.CharField(max_length=40, blank=True)
    proposal = models.CharField(max_length=12, choices=Proposal.choices, default=Proposal.OPEN)
    program_hash = models.CharField(max_length=64)
    computed_at = models.DateTimeField()
    decided_pass = models.BooleanField(null=True)
    decided_tier = models.CharField(max_length=40, blank=True)
    decision_reason = models.CharField(max_length=300, blank=True)
    decided_on = models.DateField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    document_number = models.CharField(max_length=60, blank=True)
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )

    objects = ResultQuerySet.as_manager()

    class Meta:
        verbose_name = _("result")
        constraints = [
            models.UniqueConstraint(fields=["cycle", "branch"], name="result_once"),
            models.CheckConstraint(
                condition=Q(published_at=None, published_by=None)
                | Q(published_at__isnull=False, published_by__isnull=False),
                name="result_published_pair",
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(decided_pass__isnull=False),
                name="result_published_was_decided",
            ),
            models.CheckConstraint(
                condition=Q(published_by=None) | ~Q(published_by=models.F("decided_by")),
                name="result_published_by_another",
            ),
        ]
        indexes = [models.Index(fields=["cycle", "path"], name="result_subtree")]

    @property
    def sources(self) -> dict[str, int]:
        """How many lines rest on whose word."""
        return self.detail.sources

    @property
    def sums(self) -> dict:
        return self.detail.sums


class Detail(models.Model):
    """What a result was made of. Whoever lists results leaves it out; `record` reads it.

    `packed`: what was observed of its lines, with `notes` of what somebody wrote; points, chapters and gates
    follow from it. A result that fits no layout and a published one say them as plain JSON: `told`, its lines, `chapters`, `gates`.
    `sums`: for an edition with a composition, the summands of the total and what they were made of.
    """

    result = models.OneToOneField(
        Result, on_delete=models.CASCADE, primary_key=True, related_name="detail"
    )
    told = models.JSONField(default=list, db_column="lines")
    chapters = models.JSONField(default=dict)
    gates = models.JSONField(default=list)
    packed = models.BinaryField(null=True)
    notes = models.JSONField(null=True)
    sources = models.JSONField(default=dict)
    sums = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("what a result was made of")


class FigureQuerySet(models.QuerySet):
    def visible_to(self, actor: Actor):
        return self.filter(under(actor.paths(*COUNTY), prefix="branch__"))


class Figure(models.Model):
    """A number from outside that an edition's composition reads: a survey, an income. The newest counts."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="figures")
    branch = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="figures")
    key = models.CharField(max_length=40)
    value = models.CharField(max_length=24)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = FigureQuerySet.as_manager()

    class Meta:
        verbose_name = _("figure")
        indexes = [models.Index(fields=["cycle", "branch", "key"], name="figure_of_branch")]


class RunKind(models.TextChoices):
    DERIVED = "derived", _("Put on file")
    PUBLISHED = "published", _("Published")
    TRIAL = "trial", _("Trial, no conclusion")


class RunQuerySet(models.QuerySet):
    def visible_to(self, actor: Actor):
        return self.filter(under(actor.paths(*COUNTY), prefix="cycle__owner__"))


class Run(models.Model):
    """Results of a cycle as they stood at one moment. Sealed by `digest`: from then on triggers refuse every change.

    `digest` covers every row and the run before, so that nothing can be taken out or slipped in unseen.
    """

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="runs")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=RunKind.choices)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    edition_digest = models.CharField(max_length=64, blank=True)
    program_hash = models.CharField(max_length=64)
    reason = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    result_count = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    before_digest = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64, blank=True)

    objects = RunQuerySet.as_manager()

    class Meta:
        verbose_name = _("run")
        constraints = [models.UniqueConstraint(fields=["cycle", "number"], name="run_number_once")]

    def __str__(self):
        return f"{self.cycle.name} №{self.number}"


class RunResultQuerySet(models.QuerySet):
    def visible_to(self, actor: Actor):
        return self.filter(under(actor.paths(*COUNTY), prefix="run__cycle__owner__"))


class RunResult(models.Model):
    """A branch's result inside a run: the columns of `Result` and of its `Detail`, with its lines as plain rows."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="results")
    branch = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    path = models.CharField(max_length=150)
    name = models.CharField(max_length=100)
    unit_name = models.CharField(max_length=40, blank=True)
    field = models.CharField(max_length=20)
    total = models.IntegerField()
    chapters = models.JSONField(default=dict)
    told = models.JSONField(default=list, db_column="lines")
    gates = models.JSONField(default=list)
    sources = models.JSONField(default=dict)
    unjudged = models.PositiveSmallIntegerField(default=0)
    tier = models.CharField(max_length=40, blank=True)
    proposal = models.CharField(max_length=12, choices=Proposal.choices)
    sums = models.JSONField(default=dict)
    decided_pass = models.BooleanField(null=True)
    decided_tier = models.CharField(max_length=40, blank=True)
    digest = models.CharField(max_length=64)

    objects = RunResultQuerySet.as_manager()
    # Its lines never are a packed record, which only its own layout could read.
    packed = None

    class Meta:
        verbose_name = _("result of a run")
        constraints = [
            models.UniqueConstraint(fields=["run", "branch"], name="run_result_once"),
        ]


class ComparisonRule(models.Model):
    """How an owner compares its units. Each change is a row with its reason; the newest counts.

    `shows_ranks`: ordinal ranks, off unless switched on. `fewest`: units with fewer branches are flagged
    and take no rank. `gap_days`: how long a branch alone sees its gap after its feedback sheet is signed.
    """

    owner = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="comparison_rules"
    )
    shows_ranks = models.BooleanField(default=False)
    fewest = models.PositiveSmallIntegerField(default=5)
    gap_days = models.PositiveSmallIntegerField(default=15)
    reason = models.CharField(max_length=300)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("rule of comparison")
        indexes = [models.Index(fields=["owner", "made_at"], name="comparison_rule_newest")]
