"""The bench's ground is sound: what it scores is equal when computed again, and every race runs."""

import pytest

from portal.bench import ground, races
from scoring.models import Result
from scoring.results import compute, differences

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_the_bench_scores_its_ground_and_runs_each_race():
    laid = ground.lay(20)
    compute(laid.cycle, now=races.NOW)
    assert (Result.objects.count(), list(differences(laid.cycle))) == (20, [])
    ground.scratch(laid)
    times = [races.run(race) for race in races.races(laid)]
    assert len(races.table(times).splitlines()) == len(times) + 1
