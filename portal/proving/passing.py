"""Which of the pieces that can be taken away a stretch of work comes through: one note per function or row."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from portal.proving.mutants import Mutant, Place, compiled, first_of, in_source, replaced, rows_of

PASSED: set[str] = set()
NOTE = "__import__('portal.proving.passing', fromlist=['PASSED']).PASSED.add({!r})"


@contextmanager
def noted(mutants: Iterable[Mutant]) -> Iterator[set[str]]:
    """The set fills with the places passed, as the mutants name them; whoever asks may clear it in between."""
    with ExitStack() as stack:
        for where in {m.where for m in mutants if m.is_in_source}:
            stack.enter_context(replaced(where, noting(where)))
        for where in {m.where for m in mutants if m.kind in ("open", "shut")}:
            stack.enter_context(rows_of(where, Noting))
        PASSED.clear()
        yield PASSED


def noting(where: str) -> Any:
    """The function's code with a note in front."""
    place = Place.of(where)
    function = in_source(place)
    function.body.insert(0, first_of(NOTE.format(where)))
    return compiled(function, place)


class Noting:
    """A permit that notes when it is asked."""

    def __init__(self, permit: Any, where: str) -> None:
        self.permit, self.where = permit, where

    def __getattr__(self, name: str) -> Any:
        return getattr(self.permit, name)

    def allows(self, actor: Any, target: Any = None) -> bool:
        PASSED.add(self.where)
        return self.permit.allows(actor, target)

    def role_fits(self, actor: Any, target: Any = None) -> bool:
        PASSED.add(self.where)
        return self.permit.role_fits(actor, target)
