"""Which addresses come through which piece: found by asking each of them and taking notes."""

from collections.abc import Iterable

from portal.access import addresses as access
from portal.proving.mutants import Mutant
from portal.proving.passing import noted
from portal.tests.walk.addresses import Address, addresses
from portal.tests.walk.samples import samples
from portal.tests.walk.steps import Walker

WATCHED = ("officer", "clerk", "branch_clerk", "chief", "system", "security", "audit")


def reached(walker: Walker, mutants: Iterable[Mutant]) -> dict[str, list[Address]]:
    """{place: addresses}: a row of a table by the verb asked for, anything else by asking each address."""
    mutants = list(mutants)
    found = {m.where: wanting(m) for m in mutants if not m.is_in_source}
    rest = [m for m in mutants if m.kind != "access" and not found.get(m.where)]
    return found | (passed_by(walker, rest) if rest else {})


def wanting(mutant: Mutant) -> list[Address]:
    verb = mutant.where.partition(".")[2]
    return [a for a in addresses() if verb in access().get(a.name, {}).values()]


def passed_by(walker: Walker, mutants: Iterable[Mutant]) -> dict[str, list[Address]]:
    """Asked by each of WATCHED about the first object they see, and of a list also by its query."""
    found: dict[str, list[Address]] = {}
    with noted(mutants) as passed:
        for address in addresses():
            passed.clear()
            ask(walker, address)
            for where in passed:
                found.setdefault(where, []).append(address)
    return found


def ask(walker: Walker, address: Address) -> None:
    for method in access().get(address.name, {}):
        for actor in WATCHED:
            seen = [s for s in samples(walker.world, address) if actor in s.seen_by]
            for sample in seen[:1] if address.params else seen[::2]:
                walker.ask(actor, method, address.name, sample)
