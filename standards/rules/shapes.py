"""The rule of one clause as frozen values: what is observed and what it costs or earns.

Amounts are exact Fractions of points. `schema.py` says how each class is written as JSON.
"""

from dataclasses import dataclass
from fractions import Fraction

NUMERIC = ("count", "ratio", "value")
NUMBERS = (*NUMERIC, "marks", "ballots")  # what comes to one number in the end
# Without a limit a clause may still not pass its maximum by more: a slip of the pen has to fit its column.
ENDLESS = Fraction(1_000_000)


@dataclass(frozen=True)
class Choice:
    """A grade that can be given or a part that can be ticked; on a ballot a grade has a score."""

    key: str
    label: str = ""
    label_en: str = ""
    score: Fraction | None = None


@dataclass(frozen=True)
class Panel:
    """One class of voters, judges or periods with its weight among the others."""

    key: str
    label: str = ""
    label_en: str = ""
    weight: Fraction = Fraction(1)


@dataclass(frozen=True)
class MeetingCount:
    """Nobody types the measure: it is the number of meetings missing."""

    kind: str
    per: str
    need: int


@dataclass(frozen=True)
class NamedFact:
    fact: str


@dataclass(frozen=True)
class Measure:
    name: str
    kind: str
    label: str = ""
    label_en: str = ""
    choices: tuple[Choice, ...] = ()
    derive: MeetingCount | NamedFact | None = None
    classes: tuple[Panel, ...] = ()
    drop: int = 0  # so many highest and lowest marks of a class do not count

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(choice.key for choice in self.choices)

    def choice(self, key: str) -> Choice:
        return next(choice for choice in self.choices if choice.key == key)


@dataclass(frozen=True)
class When:
    """`test` is the JSON key: is, op, missing or missing_count; `op` only with test "op".

    With test "any" or "all" it is `parts` that hold, each about a `measure` of its own.
    """

    test: str
    value: bool | str | int | Fraction | None
    op: str = ""
    measure: str = ""
    parts: tuple["When", ...] = ()

    @property
    def leaves(self) -> tuple["When", ...]:
        return tuple(leaf for part in self.parts for leaf in part.leaves) or (self,)


@dataclass(frozen=True)
class Binary:
    """`fault`: the measure names what must not be, so that 是 costs the points."""

    measure: str
    points: Fraction | None = None
    fault: bool = False


@dataclass(frozen=True)
class Step:
    measure: str
    unit: Fraction
    free: Fraction = Fraction(0)
    target: Fraction | None = None
    direction: str = "above"
    each: Fraction = Fraction(1)
    rounding: str | None = None
    both_ways: bool = False
    cap: Fraction | None = None
    credit: bool = False


@dataclass(frozen=True)
class Band:
    """Matches from `lower` upwards or on one grade; `high` is set when a person fills the points."""

    low: Fraction
    high: Fraction | None = None
    lower: Fraction | None = None
    grade: str | None = None


@dataclass(frozen=True)
class Bands:
    measure: str
    bands: tuple[Band, ...]
    mode: str = "set"
    judge: str | None = None


@dataclass(frozen=True)
class Escalating:
    """The first costs `units[0]`, the second `units[1]`, all beyond the list its last."""

    measure: str
    units: tuple[Fraction, ...]
    free: Fraction = Fraction(0)
    cap: Fraction | None = None
    credit: bool = False


@dataclass(frozen=True)
class Knot:
    at: Fraction
    points: Fraction


@dataclass(frozen=True)
class Curve:
    """Straight from knot to knot, level before the first and after the last."""

    measure: str
    knots: tuple[Knot, ...]
    mode: str = "set"


@dataclass(frozen=True)
class Parts:
    measure: str
    credits: tuple[tuple[str, Fraction], ...] | None = None
    missing: Fraction | None = None

    def worth(self, key: str) -> Fraction:
        return dict(self.credits)[key] if self.missing is None else self.missing


@dataclass(frozen=True)
class Judged:
    measure: str
    low: Fraction
    high: Fraction


@dataclass(frozen=True)
class ZeroIf:
    measure: str
    when: When


@dataclass(frozen=True)
class Gate:
    measure: str
    when: When
    effect: str
    tier: str = ""
    chapter: str = ""
    label: str = ""
    label_en: str = ""


@dataclass(frozen=True)
class Adjust:
    measure: str
    table: tuple[tuple[str, Fraction], ...]
    take: str = "sum"
    cap: Fraction | None = None
    multiplier: Fraction = Fraction(1)
    per: str = "event"
    dedupe: bool | None = None  # None: not said, and one case counts once
    inside: bool = False


AnyStep = Binary | Step | Bands | Parts | Judged | ZeroIf | Gate | Adjust | Escalating | Curve


def measures_of(step: AnyStep) -> tuple[str, ...]:
    """Names of every measure the step is about; a compound condition is about several."""
    if step.measure or not isinstance(step, ZeroIf | Gate):
        return (step.measure,)
    return tuple(dict.fromkeys(leaf.measure for leaf in step.when.leaves))


def whens_of(step: AnyStep, name: str) -> tuple[When, ...]:
    """The single conditions of a zero_if or gate on one measure."""
    if not isinstance(step, ZeroIf | Gate):
        return ()
    if not step.when.parts:
        return (step.when,) if step.measure == name else ()
    return tuple(leaf for leaf in step.when.leaves if leaf.measure == name)


@dataclass(frozen=True)
class Rule:
    start: str = "full"
    measures: tuple[Measure, ...] = ()
    steps: tuple[AnyStep, ...] = ()
    over: Fraction | None = Fraction(0)  # None: no limit
    under: Fraction | None = None  # None: not stated, so option d decides

    @property
    def above(self) -> Fraction:
        """How far the points may pass the maximum."""
        return ENDLESS if self.over is None else self.over

    def measure(self, name: str) -> Measure:
        return next(measure for measure in self.measures if measure.name == name)
