"""The demonstration county as a stranger meets it: a standard in force, next year's on trial, a table half checked in."""

from datetime import date

import pytest

from inspections.models import Assessment, Cycle
from portal.demo import drafts
from portal.demo.load import load
from scoring.simulated import narrowed, sentences
from scoring.simulating import simulate
from standards import importing
from standards.issuing import problems
from standards.models import Edition, EditionState

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)


@pytest.fixture
def county(settings, tmp_path):
    settings.VAR = tmp_path
    return load(as_of=TODAY)


def test_a_stranger_finds_a_draft_to_try_and_a_table_to_check(county):
    in_force, draft, table = Edition.objects.order_by("pk")
    assert (in_force.state, in_force.year) == (EditionState.ISSUED, TODAY.year - 2)
    assert (draft.year, problems(draft)) == (TODAY.year + 1, [])
    cycle = Cycle.objects.select_related("edition").latest("starts_on")
    rows = Assessment.objects.filter(cycle=cycle).select_related("branch__parent")
    found = simulate(draft, cycle, rows=list(rows), today=TODAY)
    fallen = narrowed(found, show="down", clause="")
    assert len(fallen) > 10
    assert all(sentences(found, each) for each in fallen)
    kept = importing.waiting(table)
    assert kept.counts["new"] == len(drafts.TABLE.splitlines()) - 1
    left = [row for row in kept.rows["rows"] if row["reading"]["decision"] != "read"]
    assert [row["text"] for row in left] == ["集体经济收入增长"]
