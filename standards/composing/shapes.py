"""How an edition adds up beyond lines and chapters, as frozen values; an empty one adds nothing.

Amounts are exact Fractions of points, weights and shares per cent. `schema.py` says how each class
is written as JSON.
"""

from dataclasses import dataclass
from fractions import Fraction

AS_EDITION = "edition"  # a ceiling not stated here is the edition's own
HUNDRED = Fraction(100)


@dataclass(frozen=True)
class NamedFigure:
    """A number that comes from outside: a survey, an income."""

    key: str
    label: str
    label_en: str = ""


@dataclass(frozen=True)
class Clamp:
    chapter: str
    floor: Fraction | None = None
    ceiling: Fraction | None = None


@dataclass(frozen=True)
class Component:
    """`weight` per cent of the base; `kind` says which of chapters, figure and source is read."""

    key: str
    kind: str
    weight: Fraction
    label: str = ""
    label_en: str = ""
    chapters: tuple[str, ...] = ()
    figure: str = ""
    source: str = ""
    maximum: Fraction = HUNDRED


@dataclass(frozen=True)
class Extra:
    """A line nobody judges: worked out from a figure once all peers have theirs (`share`: from its own)."""

    key: str
    form: str
    figure: str
    points: Fraction
    label: str = ""
    label_en: str = ""
    step: Fraction | None = None
    least: Fraction = Fraction(0)
    unit: Fraction | None = None
    each: Fraction = Fraction(1)
    order: str = "high"
    within: tuple[str, ...] = ()


@dataclass(frozen=True)
class Group:
    """Clauses whose bonus is capped together."""

    key: str
    clauses: tuple[str, ...]
    cap: Fraction
    label: str = ""
    label_en: str = ""


@dataclass(frozen=True)
class Bonus:
    """`base`: below it no bonus counts. `ceiling` of the total: AS_EDITION, an amount, None for none."""

    base: Fraction | None = None
    cap: Fraction | None = None
    ceiling: Fraction | str | None = AS_EDITION
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True)
class Improvement:
    each: Fraction
    points: Fraction
    cap: Fraction | None = None


@dataclass(frozen=True)
class History:
    """`unsolved` multiplies a loss whose earlier problem is still open; `climb`: tiers up per cycle."""

    unsolved: Fraction | None = None
    improvement: Improvement | None = None
    climb: int | None = None
    first: str = ""


@dataclass(frozen=True)
class TierSheet:
    key: str
    chapters: tuple[str, ...]
    least: Fraction
    tiers: tuple[str, ...]
    label: str = ""
    label_en: str = ""


@dataclass(frozen=True)
class StarTier:
    tier: str
    stars: int


@dataclass(frozen=True)
class Stars:
    """A chapter at `line` per cent of its points is a star; no `chapters` means every one."""

    line: Fraction
    tiers: tuple[StarTier, ...]
    chapters: tuple[str, ...] = ()


@dataclass(frozen=True)
class Condition:
    """What a tier asks beside its points; `kind` says which of the names is read."""

    tier: str
    kind: str
    least: Fraction | None = None
    source: str = ""
    fact: str = ""
    op: str = ""
    value: object = None
    clause: str = ""
    chapter: str = ""
    component: str = ""
    figure: str = ""

    @property
    def name(self) -> str:
        return getattr(self, "source" if self.kind == "total" else self.kind)


@dataclass(frozen=True)
class Quota:
    """`most` (per cent) or `places` at most in the tier, or `least` (per cent) at least in it."""

    tier: str
    most: Fraction | None = None
    places: int | None = None
    least: Fraction | None = None
    base: str = "all"
    granted: str = "outside"
    within: tuple[str, ...] = ()


@dataclass(frozen=True)
class Composition:
    named: tuple[NamedFigure, ...] = ()
    clamps: tuple[Clamp, ...] = ()
    components: tuple[Component, ...] = ()
    extra: tuple[Extra, ...] = ()
    bonus: Bonus = Bonus()
    history: History = History()
    sheets: tuple[TierSheet, ...] = ()
    stars: Stars | None = None
    conditions: tuple[Condition, ...] = ()
    quotas: tuple[Quota, ...] = ()

    @property
    def is_empty(self) -> bool:
        return self == EMPTY

    @property
    def compares_peers(self) -> bool:
        """A result depends on the others of its cycle, not only on its own answers."""
        return bool(self.quotas or self.extra)

    @property
    def figures(self) -> frozenset[str]:
        """Keys of every figure that is read."""
        readers = (*self.components, *self.extra, *self.conditions)
        return frozenset(part.figure for part in readers if part.figure)

    @property
    def sources(self) -> frozenset[str]:
        """Whose totals are read beside the one that counts."""
        return frozenset(
            part.source for part in (*self.components, *self.conditions) if part.source
        )


EMPTY = Composition()
# Figures that nobody brings in: they come from the branches below and from the sheet itself.
BRANCHES_AVERAGE, BRANCHES_PASSING, OWN_TOTAL = "branches_average", "branches_passing", "total"
DERIVED = (BRANCHES_AVERAGE, BRANCHES_PASSING, OWN_TOTAL)
