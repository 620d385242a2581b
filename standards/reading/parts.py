"""What pieces of a phrase become: steps in the making, with the words each came from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction


class Unread(Exception):
    """The phrase goes to a person; `why` is a Chinese sentence for the review screen."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


class Unsettled(Unread):
    """However the cell is cut, this stays open."""


@dataclass
class Part:
    """One step. `shape` is a printed shape, or a raw one (`~band`, `~grade` ...) still to be joined.

    `values` are its parameters by their printed names, amounts as Fraction. `what` is the condition
    or the thing measured in the words of the phrase, `counter` the word it is counted with.
    """

    shape: str
    values: dict = field(default_factory=dict)
    what: str = ""
    counter: str = ""
    start: int = 0
    end: int = 0
    sentence: int = 0

    def turned(self, shape: str, **values: object) -> "Part":
        """The same words as another step."""
        return replace(self, shape=shape, values=values)


@dataclass
class Rules:
    """All steps of a cell, and what holds for the cell as a whole."""

    parts: list[Part] = field(default_factory=list)
    under: Fraction | bool | None = None
    over: Fraction | bool | None = None  # True: no limit
    confidence: Fraction = Fraction(1)
    doubts: list[str] = field(default_factory=list)

    def doubt(self, why: str, confidence: str) -> None:
        self.confidence = min(self.confidence, Fraction(confidence))
        if why not in self.doubts:
            self.doubts.append(why)


def in_runs(
    parts: Sequence[Part],
    run_of: Callable[[Sequence[Part]], list[Part]],
    made_of: Callable[[list[Part]], list[Part]],
) -> list[Part]:
    """Each run that `run_of` finds at the head of what is left becomes what `made_of` makes of it; the rest stays."""
    found: list[Part] = []
    at = 0
    while at < len(parts):
        run = run_of(parts[at:])
        found += made_of(run) if run else parts[at : at + 1]
        at += len(run) or 1
    return found
