"""Whether the walk notices that one piece is away: the cheapest questions first, and none after the first answer.

What is noticed must be gone when the piece is back, or it was there before and proves nothing.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from portal.access import addresses as access
from portal.proving.mutants import Mutant, applied
from portal.tests.walk import matrix
from portal.tests.walk.addresses import Address, addresses, unlisted
from portal.tests.walk.cast import ACTORS
from portal.tests.walk.deeds import DEEDS, unguarded
from portal.tests.walk.noise import FOREIGN, noticed
from portal.tests.walk.steps import ANYBODY, Walker
from portal.tests.walk.swaps import swaps_at, taken
from portal.tests.walk.walking import differing, walk

# Those who tell most apart come first; these three are told apart from others by nothing but their dates.
LIKE_OTHERS = {"inspector", "late", "ended"}
FIRST = ("clerk", "officer", "branch_clerk", "chief", "rival")
ORDER = tuple(dict.fromkeys(a for a in (*FIRST, *ACTORS, ANYBODY) if a not in LIKE_OTHERS))
MOST = 20  # whatever is reached from more addresses is noticed at these or nowhere
Question = Callable[[], list[str]]


def hunt(walker: Walker, mutant: Mutant, known: Sequence[Address]) -> str:
    """What the walk noticed, in words; nothing when it noticed nothing."""
    for question in questions(walker, mutant, nearest(known, mutant.app)[:MOST]):
        with applied(mutant):
            said = question()
        before = set(question()) if said else set()
        if new := [line for line in said if line not in before]:
            return new[0]
    return ""


def nearest(known: Sequence[Address], app: str) -> list[Address]:
    """The app's own addresses first."""
    return sorted(known, key=lambda address: not address.name.startswith(f"{app}:"))


def questions(walker: Walker, mutant: Mutant, known: Sequence[Address]) -> Iterator[Question]:
    """Only rows too many can be heard from afar; whether somebody may do a thing cannot."""
    yield from [listed, partial(done, walker)] if mutant.is_deep else [listed]
    yield from walks(walker, known)
    yield from (partial(swapped, walker, swap) for swap in swaps_at(known))
    if mutant.is_of_rows:
        yield from (partial(heard, walker, reader, known) for reader in FOREIGN)
    elif not mutant.is_deep:
        yield partial(done, walker)


def walks(walker: Walker, known: Sequence[Address]) -> Iterator[Question]:
    yield from (partial(walked, walker, actor, address) for address in known for actor in ORDER)


def listed() -> list[str]:
    return unlisted(addresses(), access())


def done(walker: Walker) -> list[str]:
    return [said for name in DEEDS if (said := unguarded(walker.world, name))]


def walked(walker: Walker, actor: str, address: Address) -> list[str]:
    """Deviations from the tables, and from what docs/permissions.md has recorded."""
    answered = walk(walker, actor, [address])
    changed = differing(answered.letters, matrix.answers_to(actor))
    return [*answered.deviations, *(f"{actor}: {line}" for line in changed)]


def swapped(walker: Walker, swap: tuple) -> list[str]:
    said = taken(walker, swap)
    return [said] if said else []


def heard(walker: Walker, reader: str, known: Sequence[Address]) -> list[str]:
    """What the reader's pages tell of rows elsewhere."""
    pages = noticed(walker, reader, FOREIGN[reader], list(known))
    return [f"{reader} hears of other places on {page}" for page in pages]
