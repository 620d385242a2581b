"""Which addresses come through which function: found by asking once and watching every call."""

import sys
from collections.abc import Iterable
from typing import Any

from portal.access import addresses as access
from portal.proving.mutants import Mutant, Place
from portal.tests.walk.addresses import Address, addresses
from portal.tests.walk.samples import samples
from portal.tests.walk.steps import Walker

WATCHED = ("officer", "clerk", "branch_clerk", "chief", "system", "security", "audit")


def reached(walker: Walker, mutants: Iterable[Mutant]) -> dict[str, list[Address]]:
    """{function: addresses}, asked by each of WATCHED about the first object they see."""
    places = {m.where for m in mutants if m.kind in ("door", "scope", "range", "guard")}
    codes = {Place.of(where).function.__code__: where for where in places}
    found: dict[str, dict[str, Address]] = {where: {} for where in places}
    for address in addresses():
        for where in passed(walker, address, codes):
            found[where][address.name] = address
    return {where: list(known.values()) for where, known in found.items()}


def passed(walker: Walker, address: Address, codes: dict[Any, str]) -> set[str]:
    hit: set[str] = set()

    def note(frame: Any, event: str, argument: Any) -> None:
        if frame.f_code in codes:
            hit.add(codes[frame.f_code])

    before = sys.gettrace()
    sys.settrace(note)
    try:
        for method in access().get(address.name, {}):
            for actor in WATCHED:
                for sample in [s for s in samples(walker.world, address) if actor in s.seen_by][:1]:
                    walker.ask(actor, method, address.name, sample)
    finally:
        sys.settrace(before)
    return hit


def wanting(mutant: Mutant) -> list[Address]:
    """The addresses that ask for the verb of a table's row."""
    verb = mutant.where.partition(".")[2]
    return [a for a in addresses() if verb in access().get(a.name, {}).values()]
