"""Vectors turned to another edition are those that edition would have read itself."""

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from inspections.models import Assessment
from scoring.observing import observed
from scoring.program import compiled_of
from scoring.tests.editions_made import made
from scoring.tests.test_vector import SLOW_TO_DRAW
from scoring.turning import Turn, alike, turned


@settings(max_examples=40, deadline=None, suppress_health_check=SLOW_TO_DRAW)
@given(made(fewest=3, most=8), st.randoms(use_true_random=False), st.integers(0, 3))
def test_lines_that_are_observed_alike_are_carried_whatever_their_order(found, random, dropped):
    lines = random.sample(found.lines, len(found.lines))[dropped:] or list(found.lines)
    richer = tuple(replace(line, maximum=line.maximum + 100) for line in lines)
    old, new = found.program, compiled_of(found.edition, "rural", richer)
    by = Turn(old, new, alike(old, new), compiled_of(found.edition, "rural", ()))
    seen = observed(old, found.branches)
    rows = [Assessment(pk=n + 1) for n in range(len(found.branches)) if n not in seen.odd]
    vectors = seen.vectors[[row.pk - 1 for row in rows]]
    here, onward = turned(by, rows, vectors, today=date(2026, 11, 20), heard={})
    truth = observed(new, found.branches).vectors[[rows[n].pk - 1 for n in here]]
    assert (len(here), onward.tobytes()) == (len(rows), truth.tobytes())
