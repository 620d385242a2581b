"""The pieces boards are made of: a card that is due, a number with its list. Templates draw them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Card:
    """Something to act on: how many, where they are listed. A card of nothing is calm."""

    label: str
    count: int
    url: str
    icon: str
    tone: str = "info"
    when: str = ""

    @property
    def shade(self) -> str:
        return self.tone if self.count else ""


@dataclass(frozen=True)
class Link:
    """A number in words with its list."""

    label: str
    count: int
    url: str


@dataclass(frozen=True)
class Stat:
    """A big number: `of` beside it, `more` below it, `parts` with their own lists."""

    label: str
    count: int
    url: str = ""
    of: int | None = None
    more: str = ""
    step: str = ""
    is_up: bool = True
    parts: Sequence[Link] = field(default_factory=tuple)


def rate(part: int, whole: int) -> str:
    """92.0%; nothing of nothing is —."""
    return f"{100 * part / whole:.1f}%" if whole else "—"


def step_of(now: float | None, before: float | None) -> tuple[str, bool]:
    """+1.3个百分点, and whether it rose; empty when there is nothing to compare with."""
    if now is None or before is None:
        return "", True
    change = round(now - before, 1)
    sign = "+" if change > 0 else "−" if change < 0 else "±"
    return _("%(change)s percentage points") % {"change": f"{sign}{abs(change):.1f}"}, change >= 0
