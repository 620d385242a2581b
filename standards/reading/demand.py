"""What the clause demands: the number, the frequency and the name its scoring rule leaves out.

In a table 每月召开1次支委会 stands in one column and 每少一次扣0.5分 in the next. Only what the demand
says once is taken; where it names two frequencies or two numbers the rule is not completed.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from standards.reading.bounds import Bound
from standards.reading.parts import Part


@dataclass(frozen=True, slots=True)
class Spell:
    """`keys` are its words piece by piece, for finding it again in the rule; `apart`: so often for each name."""

    per: str
    need: Fraction
    unit: str
    what: str
    keys: tuple[str, ...]
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Goal:
    """`bare`: 引进人才2名 says no 不少于; another thing of the rule is not measured by it."""

    bound: Bound
    what: str
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Demand:
    """`label` names what is demanded, in a few words; empty where the text has none to offer.

    It holds from character `start` of the cell on; `text` is what stood in the cell itself.
    """

    label: str = ""
    spells: tuple[Spell, ...] = ()
    goals: tuple[Goal, ...] = ()
    start: int = 0
    text: str = ""

    def spell(self, words: str) -> Spell | None:
        """The only frequency, or the only one whose name the rule repeats."""
        return _only(self.spells, lambda spell: any(key in words for key in spell.keys))

    def goal(self, units: Callable[[str], bool], words: str) -> Goal | None:
        fitting = tuple(goal for goal in self.goals if units(goal.bound.unit))
        return _only(fitting, lambda goal: _same(goal.what, words))


def _same(name: str, words: str) -> bool:
    """群众满意率 of the clause is 满意率 in its rule."""
    return bool(name and words) and (name in words or words in name)


_T = TypeVar("_T")


def _only(found: tuple[_T, ...], named: Callable[[_T], bool]) -> _T | None:
    if len(found) > 1:
        found = tuple(one for one in found if named(one))
    return found[0] if len(found) == 1 else None


_THIN = re.compile(r"^(?:未|没(?!有)|不)(?P<of>.{0,5})$")
# These name what they are about, whatever clause they stand in.
_WHOLE = re.compile("换届|党费|党员|支委|书记|党课")
_LONGEST_LABEL = 12


def completed(part: Part, demand: Demand) -> None:
    """未开展的扣2分 says of what only beside its demand."""
    found = _THIN.match(part.what)
    bare = part.shape in ("binary", "zero_if", "step") and "of_what" not in part.values
    if not (found and bare) or len(demand.label) > _LONGEST_LABEL:
        return
    if found["of"] in demand.label or demand.label in found["of"] or _WHOLE.search(found["of"]):
        return  # 按期换届: 未换届 says it all
    part.what = demand.label + _shorter(part.what, demand.label)
    if part.shape == "zero_if":
        part.values["when"] = part.what


def _shorter(what: str, label: str) -> str:
    """第一议题制度 and 未建立制度: the word at the end is not said twice."""
    noun = what[-2:]
    return what.removesuffix(noun) if len(what) > 4 and label.endswith(noun) else what
