"""What a clause without points of its own does to the total, in a few words: a bonus is not 0 points."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from django.utils.translation import gettext as _

from standards.rules.amounts import write_amount
from standards.rules.shapes import Adjust, Gate, Rule, ZeroIf

BESIDE = (Adjust, Gate, ZeroIf)


def beside(rule: Rule) -> str:
    """Empty where the rule neither adds, takes nor decides: its 0 points are the truth."""
    gains, losses = list(_gains(rule)), list(_losses(rule))
    said = []
    if gains:
        said.append(
            _limited(gains, _("Adds points, at most %(n)s"), _("Adds points, without limit"))
        )
    if losses:
        said.append(
            _limited(losses, _("Takes points, at most %(n)s"), _("Takes points, without limit"))
        )
    if not said and any(isinstance(step, Gate) for step in rule.steps):
        said.append(_("No points: decides on the tier"))
    return _("; ").join(said)


def _limited(limits: list[Fraction | None], limited: str, endless: str) -> str:
    if None in limits:
        return endless
    return limited % {"n": write_amount(sum(limits))}


def _gains(rule: Rule) -> Iterator[Fraction | None]:
    """The most each part may bring; None for one without a limit."""
    if rule.above and any(not isinstance(step, BESIDE) or _is_inside(step) for step in rule.steps):
        yield rule.over
    yield from (_most(step, +1) for step in _outside(rule) if _reach(step, +1))


def _losses(rule: Rule) -> Iterator[Fraction | None]:
    yield from (_most(step, -1) for step in _outside(rule) if _reach(step, -1))


def _outside(rule: Rule) -> Iterable[Adjust]:
    return (step for step in rule.steps if isinstance(step, Adjust) and not step.inside)


def _is_inside(step: object) -> bool:
    return isinstance(step, Adjust) and step.inside


def _reach(step: Adjust, sign: int) -> Fraction:
    """The largest single entry that goes this way, 0 for none."""
    return max([sign * worth * step.multiplier for _level, worth in step.table] + [Fraction(0)])


def _most(step: Adjust, sign: int) -> Fraction | None:
    once = step.take == "largest" and step.per == "event"
    return step.cap if step.cap is not None else _reach(step, sign) if once else None
