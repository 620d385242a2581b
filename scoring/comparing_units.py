"""Units compared fairly: towns among towns, other committees among themselves; small ones flagged.

No list is ever sorted by result: units stand in protocol order. Ranks are shown only where the county has
switched them on, with a reason; equals share a rank and the next one skips.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction

from django.db import transaction
from django.db.models import Count, F, Sum, Value
from django.db.models.functions import Coalesce, NullIf, Substr
from django.utils.translation import gettext as _

from accounts.refusal import Refused
from accounts.trail import record
from branches.models import Organization, OrgKind
from branches.permits import require
from branches.scope import Actor, under
from branches.tree import STEP
from inspections.models import Cycle
from scoring.models import ComparisonRule, Proposal
from scoring.peers import ranks
from scoring.permissions import TABLE
from scoring.summaries import VILLAGE_FIELDS, of_branches
from scoring.summaries import Sum as VerdictSum
from scoring.verdicts import verdict

GRADED = (Proposal.PASS.value, Proposal.FAIL.value)
MOST_BRANCHES, MOST_DAYS = 100, 365


@dataclass
class Unit:
    """One unit with its graded branches. `tiers`: branches by tier; `points`: sum of totals in centi-points."""

    unit: Organization
    sum: VerdictSum = field(default_factory=VerdictSum)
    tiers: Counter = field(default_factory=Counter)
    points: int = 0
    villages: int = 0
    before: Fraction | None = None
    rank: int | None = None
    is_small: bool = False

    @property
    def graded(self) -> int:
        return self.sum.passed + self.sum.failed

    @property
    def average(self) -> int | None:
        """In centi-points, rounded half up; of graded branches only."""
        return int(Fraction(self.points, self.graded) + Fraction(1, 2)) if self.graded else None

    @property
    def share(self) -> Fraction | None:
        """Per cent of the graded branches that pass."""
        return Fraction(100 * self.sum.passed, self.graded) if self.graded else None

    @property
    def step(self) -> Fraction | None:
        known = self.share is not None and self.before is not None
        return self.share - self.before if known else None


@dataclass(frozen=True)
class Group:
    """Peers, in protocol order."""

    title: str
    units: tuple[Unit, ...]


def rule_of(owner: Organization) -> ComparisonRule:
    """The rule in force; the unsaved default where nobody has set one: no ranks."""
    newest = ComparisonRule.objects.filter(owner=owner).order_by("-made_at", "-pk").first()
    return newest or ComparisonRule(owner=owner)


def compared(actor: Actor, cycle: Cycle, *, rule: ComparisonRule) -> list[Group]:
    """A constant number of queries."""
    found = units_of(actor, cycle)
    before = units_of(actor, cycle.prior) if cycle.prior_id else {}
    groups = [
        Group(_("Towns and streets"), tuple(u for u in found.values() if mostly_villages(u))),
        Group(_("Other committees"), tuple(u for u in found.values() if not mostly_villages(u))),
    ]
    for unit in found.values():
        unit.is_small = unit.graded < rule.fewest
        old = before.get(unit.unit.path)
        unit.before = old.share if old else None
    if rule.shows_ranks:
        for group in groups:
            place(group)
    return [group for group in groups if group.units]


def place(group: Group) -> None:
    """By share that passes, then by average: 1, 1, 3. Small units take nobody's place."""
    known = {u.unit.pk: (u.share, u.average) for u in group.units if u.graded and not u.is_small}
    found = ranks(known)
    for unit in group.units:
        unit.rank = found.get(unit.unit.pk)


def mostly_villages(unit: Unit) -> bool:
    return 2 * unit.villages > unit.sum.total


def units_of(actor: Actor, cycle: Cycle) -> dict[str, Unit]:
    """By path, in protocol order: what stands right below the cycle's owner."""
    width = len(cycle.owner.path) + STEP
    rows = of_branches(actor).filter(under([cycle.owner.path]), cycle=cycle)
    stood = Coalesce(NullIf(F("decided_tier"), Value("")), F("tier"))
    counts = (
        rows.annotate(above=Substr("path", 1, width), word=verdict(), stood=stood)
        .values_list("above", "field", "word", "stood")
        .annotate(n=Count("pk"), points=Sum("total"))
        .order_by()
    )
    found: dict[str, Unit] = {}
    counts = list(counts)
    units = Organization.objects.filter(path__in={row[0] for row in counts})
    for unit in units.exclude(kind=OrgKind.BRANCH).in_protocol_order():
        found[unit.path] = Unit(unit)
    for path, field_key, word, stood_tier, n, points in counts:
        if path in found:
            add(found[path], field_key, word, stood_tier, n, points)
    return found


def add(unit: Unit, field_key: str, word: str, tier: str, n: int, points: int) -> None:
    unit.sum.add(word, n)
    unit.villages += n * (field_key in VILLAGE_FIELDS)
    if tier:
        unit.tiers[tier] += n
    if word in GRADED:
        unit.points += points


@transaction.atomic
def set_rule(
    actor: Actor, owner: Organization, *, reason: str, now: datetime, **asked: int | bool
) -> ComparisonRule:
    """`asked`: shows_ranks, fewest, gap_days. Kept as a new row; the trail tells who switched ranks on, and why."""
    require(
        TABLE, actor, "comparison.set", owner, _("Only a county officer sets how units compare.")
    )
    if not reason.strip():
        raise Refused(_("Give the reason of the change."), field="reason")
    refuse_odd(asked)
    rule = ComparisonRule.objects.create(
        owner=owner, reason=reason.strip(), made_at=now, made_by=actor.user, **asked
    )
    record(
        actor.user, "comparison.set", owner, now=now, path=owner.path, reason=rule.reason, **asked
    )
    return rule


def refuse_odd(asked: Mapping[str, int | bool]) -> None:
    limits: Iterable[tuple[str, int]] = (("fewest", MOST_BRANCHES), ("gap_days", MOST_DAYS))
    for name, most in limits:
        if not 0 <= asked[name] <= most:
            raise Refused(_("Give a number from 0 to %(most)s.") % {"most": most}, field=name)
