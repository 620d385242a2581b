"""The walk of one actor over every address: by each method of its row, about each of its samples."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace

from portal.access import addresses as access
from portal.tests.walk.addresses import Address, addresses
from portal.tests.walk.cast import KINDS
from portal.tests.walk.listening import Listener, near
from portal.tests.walk.matrix import LETTERS
from portal.tests.walk.rules import Asked, wrong
from portal.tests.walk.samples import Sample, samples
from portal.tests.walk.steps import ANYBODY, Answer, Walker

FAR = {"inspector", "stranger", "rival", "tied", "ended", "late", *KINDS}


@dataclass
class Walk:
    """What came of it. letters: (address, method) -> one letter per sample, for the record."""

    actor: str
    requests: int = 0
    deviations: list[str] = field(default_factory=list)
    letters: dict[tuple[str, str], str] = field(default_factory=dict)


def walk(
    walker: Walker,
    actor: str,
    known: list[Address] | None = None,
    *,
    listener: Listener | None = None,
) -> Walk:
    """The listener hears what the actor reads of the rows nearest to them."""
    done = Walk(actor)
    rows = access()
    for address in addresses() if known is None else known:
        heard = {s.label for s in near(walker.world, address, actor)} if listener else set()
        for method, need in rows.get(address.name, {}).items():
            got = {}
            for answer, deviations in asked_about(walker, actor, method, address, need):
                done.requests += 1
                done.deviations += deviations
                got[answer.label] = letter_of(answer)
                if method == "GET" and answer.label in heard:
                    listener.hear(answer)
            found = samples(walker.world, address)
            done.letters[address.name, method] = "".join(got.get(s.label, ".") for s in found)
    return done


def letter_of(answer: Answer) -> str:
    if answer.actor == ANYBODY and answer.status == 302:
        return "i"
    return LETTERS.get(answer.status, "!")


def asked_about(
    walker: Walker, actor: str, method: str, address: Address, need: str
) -> Iterator[tuple[Answer, list[str]]]:
    """The row that is not there is asked about first: what is hidden must look the same."""
    nowhere = None
    order = sorted(chosen(walker.world, actor, address), key=lambda s: s.label != "nowhere")
    for sample in order:
        answer = walker.ask(actor, method, address.name, sample)
        nowhere = answer if sample.label == "nowhere" else nowhere
        yield answer, wrong(answer, Asked(walker.world, sample, need, nowhere))


def chosen(world: SimpleNamespace, actor: str, address: Address) -> list[Sample]:
    """A guest is sent away before anything is looked up. Who is far from most places asks about what they
    see, about an own row of the county and one of the other county, and about one that is not there."""
    found = samples(world, address)
    if actor == ANYBODY:
        return [found[0], found[-1]] if len(found) > 1 else found
    if actor not in FAR or not address.params:
        return found
    asked = {found[0].label, "county", "nowhere"}
    return [s for s in found if s.label in asked or actor in s.found_by("GET")]


def differing(
    letters: dict[tuple[str, str], str], recorded: dict[tuple[str, str], str]
) -> list[str]:
    """What was answered otherwise than recorded."""
    return [
        f"{name} {method}: recorded {recorded.get((name, method))}, now {now}"
        for (name, method), now in letters.items()
        if now != recorded.get((name, method))
    ]
