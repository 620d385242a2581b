"""Lay down the whole demonstration county in one transaction."""

from datetime import date
from random import Random

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from branches.holidays import seed_calendar
from portal.demo import calls, committees, drafts, people, places, rounds, running, troubles
from portal.demo.scale import SCALES
from scoring import results
from standards.example import load_example

SEED = 20261121


@transaction.atomic
def load(*, scale: str = "small", as_of: date | None = None) -> list[tuple[str, str, str]]:
    """The accounts to print: (user name, role, password). Everything else follows from the seed."""
    as_of = as_of or timezone.localdate()
    rng, size = Random(SEED), SCALES[scale]  # noqa: S311  a story, not a secret
    seed_calendar()
    where = places.build(size, rng=rng, as_of=as_of)
    cast = people.gather(where, rng=rng, as_of=as_of)
    edition = load_example(where.county, by=cast.officer, now=rounds.at(date(as_of.year - 2, 3, 5)))
    laid = rounds.past_rounds(where, cast, edition, passed=size.passed, rng=rng, as_of=as_of)
    laid.append(running.running_round(where, cast, edition, laid[-1], rng=rng, as_of=as_of))
    seen = calls.go_and_see(where, cast, laid[-1], rng=rng, as_of=as_of)
    troubles.make(where, cast, laid, seen, rng=rng, as_of=as_of)
    committees.found_group(where, cast, rng=rng, as_of=as_of)
    committees.take_part(where, cast, laid[-1], as_of=as_of)
    committees.elect(where, cast, as_of=as_of)
    drafts.begin(where, cast, edition, as_of=as_of)
    results.compute(laid[-1].cycle, now=timezone.now())
    (settings.VAR / "demo").touch()
    return cast.slips
