"""Places per tier among peers: who keeps the tier of the points, who gives it up. Pure.

The order is by score; a tie is placed whole or not at all; a tier that refused one group is closed
for everybody below, else a lower score would stand above a higher one.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from math import ceil, floor

from branches.models import CommitteeField
from standards.composing.shapes import Quota
from standards.rules.amounts import round_half_up

COMMITTEES = frozenset(CommitteeField.values)
PLACES = {"down": floor, "half_up": round_half_up, "up": ceil}


@dataclass(frozen=True)
class Peer:
    """One graded or ungraded branch; `tier` None: not graded. `fixed`: set or granted by a gate."""

    key: Hashable
    score: int | None
    tier: str | None
    fixed: bool = False
    committee: Hashable = ""
    field: str = ""


@dataclass(frozen=True)
class Moved:
    """A quota changed the tier: `earned` by points, `tier` now, `quota` the tier whose quota did it.

    Of a ceiling: how many `places` there are, how many are `kept`, and the score of the last of them.
    """

    earned: str
    tier: str
    quota: str
    places: int | None = None
    kept: int | None = None
    line: int | None = None


def assign(
    quotas: Sequence[Quota], tiers: Sequence[str], peers: Iterable[Peer], *, rounding: str
) -> dict[Hashable, Moved]:
    """Who is moved, by key. `tiers` best first; ceilings from the best tier down, then floors."""
    peers = list(peers)
    standing = _Standing(tiers, peers)
    order = {key: place for place, key in enumerate(tiers)}
    ordered = sorted(
        (quota for quota in quotas if quota.tier in order), key=lambda q: order[q.tier]
    )
    for quota in ordered:
        for group in grouped(peers, quota.within):
            if quota.least is None:
                _hold(standing, quota, group, rounding)
    for quota in reversed(ordered):
        for group in grouped(peers, quota.within):
            if quota.least is not None:
                _fill(standing, quota, group, rounding)
    return standing.moved()


def grouped(peers: Iterable, within: Sequence[str]) -> list[list]:
    """Committees are never the peers of branches, however wide the group is drawn."""
    groups: dict[tuple, list] = {}
    for peer in peers:
        kind = peer.field if peer.field in COMMITTEES else ""
        key = (kind, *(getattr(peer, name) for name in within))
        groups.setdefault(key, []).append(peer)
    return list(groups.values())


def places(share: Fraction | str, base: int, rounding: str) -> int:
    """How many of `base` a share allows: "0.3" or Fraction(3, 10); rounding down, half_up or up."""
    return PLACES[rounding](Fraction(share) * base)


class _Standing:
    """The tiers while quotas move them."""

    def __init__(self, tiers: Sequence[str], peers: Sequence[Peer]) -> None:
        self.tiers = tiers
        order = {key: place for place, key in enumerate(tiers)}
        graded = (peer for peer in peers if peer.tier in order and peer.score is not None)
        self.earned = {peer.key: order[peer.tier] for peer in graded}
        self.now = dict(self.earned)
        self.by: dict[Hashable, tuple] = {}

    def graded(self, peers: Iterable[Peer]) -> list[Peer]:
        return [peer for peer in peers if peer.key in self.now]

    def put(self, peer: Peer, place: int, quota: str, *held: int | None) -> None:
        self.now[peer.key] = place
        self.by[peer.key] = (quota, *held)

    def moved(self) -> dict[Hashable, Moved]:
        return {
            key: Moved(self.tiers[self.earned[key]], self.tiers[place], *self.by[key])
            for key, place in self.now.items()
            if place != self.earned[key]
        }


def _hold(standing: _Standing, quota: Quota, group: Sequence[Peer], rounding: str) -> None:
    """At most so many: the best of those in the tier stay, the rest go one tier down."""
    place = standing.tiers.index(quota.tier)
    if place == len(standing.tiers) - 1:
        return
    inside = [peer for peer in standing.graded(group) if standing.now[peer.key] == place]
    left = allowed(quota, group, standing.graded(group), rounding)
    if quota.granted == "inside":
        left -= sum(peer.fixed for peer in inside)
    is_open, held, kept, line = True, max(left, 0), 0, None
    for tie in ties(peer for peer in inside if not peer.fixed):
        is_open = is_open and len(tie) <= left
        left -= len(tie)
        if is_open:
            kept, line = kept + len(tie), tie[0].score
            continue
        for peer in tie:
            standing.put(peer, place + 1, quota.tier, held, kept, line)


def _fill(standing: _Standing, quota: Quota, group: Sequence[Peer], rounding: str) -> None:
    """At least so many: the lowest of those above go down until the tier is filled, ties whole."""
    place = standing.tiers.index(quota.tier)
    graded = standing.graded(group)
    wanted = places(quota.least / 100, len(graded if quota.base == "graded" else group), rounding)
    wanted -= sum(standing.now[peer.key] >= place for peer in graded)
    above = [peer for peer in graded if standing.now[peer.key] < place and not peer.fixed]
    for tie in reversed(ties(above)):
        if wanted <= 0:
            return
        wanted -= len(tie)
        for peer in tie:
            standing.put(peer, place, quota.tier)


def allowed(quota: Quota, group: Sequence, graded: Sequence, rounding: str) -> int:
    if quota.places is not None:
        return quota.places
    base = len(graded if quota.base == "graded" else group)
    return places(quota.most / 100, base, rounding)


def ties(peers: Iterable[Peer]) -> list[list[Peer]]:
    """Groups of equal score, the best first."""
    ordered = sorted(peers, key=lambda peer: -peer.score)
    return [list(tie) for _, tie in groupby(ordered, key=lambda peer: peer.score)]
