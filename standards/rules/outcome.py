"""What a clause came to, as plain frozen values that can be stored and read back."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field


@dataclass(frozen=True)
class Move:
    """`amount` is signed centi-points, rounded for display only; `params` is plain JSON that tells
    the arithmetic (`explain.py` words it)."""

    shape: str
    measure: str
    amount: int
    params: Mapping[str, object] = field(default_factory=dict)
    step: int = field(default=-1, compare=False)  # its place in the rule


@dataclass(frozen=True)
class GateHit:
    effect: str
    tier: str = ""
    chapter: str = ""
    label: str = ""
    label_en: str = ""
    step: int = field(default=-1, compare=False)  # its place in the rule


@dataclass(frozen=True)
class Adjustment:
    """`amount` in signed centi-points; `key` names the event, once across all lines."""

    amount: int
    key: str
    level: str


@dataclass(frozen=True)
class Outcome:
    """Centi-points. `points` None: not judged yet, and `missing` names what is wanted.

    `lost` is what a perfect line would have more, never below zero.
    """

    points: int | None
    lost: int | None = None
    moves: tuple[Move, ...] = ()
    gates: tuple[GateHit, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    missing: tuple[str, ...] = ()


def to_dict(outcome: Outcome) -> dict[str, object]:
    """Plain JSON for a stored result."""
    data = asdict(outcome)
    return {key: list(value) if isinstance(value, tuple) else value for key, value in data.items()}


def from_dict(data: Mapping[str, object]) -> Outcome:
    return Outcome(
        points=data["points"],
        lost=data["lost"],
        moves=tuple(Move(**move) for move in data["moves"]),
        gates=tuple(GateHit(**gate) for gate in data["gates"]),
        adjustments=tuple(Adjustment(**entry) for entry in data["adjustments"]),
        missing=tuple(data["missing"]),
    )
