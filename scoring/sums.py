"""What goes into a composition and what comes out, as frozen values in centi-points (100 = 1 point)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from standards.composing.shapes import EMPTY, Composition
from standards.rules.options import DEFAULTS, Options
from standards.rules.outcome import Adjustment, GateHit, Outcome


@dataclass(frozen=True)
class Chapter:
    key: str
    maximum: int


@dataclass(frozen=True)
class Tier:
    """`floor` is the inclusive lower bound; a sheet lists its tiers best first."""

    key: str
    floor: int
    passes: bool


@dataclass(frozen=True)
class Line:
    """`outcome` None: nobody judged it. `not_applicable` overrides the edition for this clause."""

    chapter: str
    key: str
    maximum: int
    outcome: Outcome | None
    applicable: bool = True
    problem: str | None = None
    not_applicable: str | None = None


@dataclass(frozen=True)
class Last:
    """The result of the cycle before."""

    total: int
    tier: str


@dataclass(frozen=True)
class Known:
    """What an edition's composition asks beside the sheet itself; what is not there is not known yet.

    `totals`: of other sources. `unsolved`: lines with an earlier problem still open. `extra`: lines
    worked out from the peers.
    """

    figures: Mapping[str, Fraction] = field(default_factory=dict)
    totals: Mapping[str, int] = field(default_factory=dict)
    facts: Mapping[str, object] = field(default_factory=dict)
    last: Last | None = None
    unsolved: frozenset[str] = frozenset()
    extra: Mapping[str, int] = field(default_factory=dict)


NOTHING = Known()


@dataclass(frozen=True)
class Sheet:
    """`chapters` may be left out: then each is worth the sum of its lines. `base`: 100 % of the weights."""

    lines: tuple[Line, ...]
    chapters: tuple[Chapter, ...] = ()
    tiers: tuple[Tier, ...] = ()
    ceiling: int | None = None
    options: Options = DEFAULTS
    composition: Composition = EMPTY
    known: Known = NOTHING
    base: int = 10_000


@dataclass(frozen=True)
class LineSum:
    """What a line counts in its chapter before scaling.

    `state`: judged, unjudged, restored (one problem, loss counted elsewhere), full, zero or
    left_out (the three ways of not applying). `doubled`: an earlier problem raised its loss.
    """

    chapter: str
    key: str
    maximum: int
    points: int
    state: str
    doubled: bool = False

    @property
    def lost(self) -> int:
        return max(0, self.maximum - self.points) if self.state == "judged" else 0


@dataclass(frozen=True)
class ChapterSum:
    """`clamped`: what the floor or ceiling of the chapter added or took."""

    key: str
    maximum: int
    points: int
    scaled: bool
    zeroed: bool
    unjudged: int
    clamped: int = 0


@dataclass(frozen=True)
class Subtotals:
    """Lines and chapters before weights, comparisons and tiers; `entries`: bonus and penalty by line."""

    lines: Sequence[LineSum]
    chapters: tuple[ChapterSum, ...]
    gates: tuple[GateHit, ...]
    unjudged: tuple[str, ...]
    entries: tuple[tuple[str, Adjustment], ...] = ()


@dataclass(frozen=True)
class Term:
    """One summand of the total; all of them together are the total.

    `kind`: chapter, component, extra, bonus, penalty, or what was cut off or added in the end:
    cap, ceiling, floor. `of`: the exact share of a component, None where it is not known yet.
    """

    kind: str
    key: str
    points: int
    of: Fraction | None = None


@dataclass(frozen=True)
class Composed:
    """`passes` None: open (something is not judged) or not graded; `tier` is a key or None.

    `by_points`: the tier before conditions, climbing and gates. `unmet`: tiers whose conditions do
    not hold. `waiting`: components and extra lines that are not known yet. `withheld`: bonus below
    its base.
    """

    chapters: tuple[ChapterSum, ...]
    total: int
    tier: str | None
    passes: bool | None
    gates: tuple[GateHit, ...]
    adjustments: tuple[Adjustment, ...]
    unjudged: tuple[str, ...]
    lines: Sequence[LineSum]
    terms: tuple[Term, ...] = ()
    by_points: str | None = None
    unmet: tuple[str, ...] = ()
    held: str = ""
    waiting: tuple[str, ...] = ()
    stars: int | None = None
    withheld: int = 0

    def chapter(self, key: str) -> ChapterSum:
        return next(chapter for chapter in self.chapters if chapter.key == key)

    def of_kind(self, kind: str) -> dict[str, int]:
        return {term.key: term.points for term in self.terms if term.kind == kind}
