"""The walk tried on itself: whatever guards a row is taken away, one piece at a time, and it must notice.

The suite tries one of each kind; `manage.py mutate` names a file with more, each then tried in a forked child.
"""

import os
from functools import partial

import pytest

from portal.proving import equivalents, forks, pursuit
from portal.proving.mutants import mutants
from portal.tests.walk.addresses import addresses
from portal.tests.walk.hunting import hunt
from portal.tests.walk.reach import reached

pytestmark = [pytest.mark.walk, pytest.mark.django_db]
# mutant -> an address that comes through it
SAMPLE = {
    "door branches.scope.OrganizationQuerySet.visible_to": "branches:detail",
    "scope scoring.views_result.fetch": "scoring:result",
    "range branches.views_imports.visible": "branches:import",
    "guard scoring.views_brief.brief": "scoring:brief",
    "open inspections.finding.issue": "inspections:finding_issue",
    "shut inspections.ledger.view": "inspections:ledger",
    "access branches.branches:move": "branches:move",
}
IS_WHOLE = pursuit.NAMES in os.environ


@pytest.mark.parametrize("name", [] if IS_WHOLE else SAMPLE)
def test_what_is_taken_away_is_noticed(walker, name):
    mutant = next(m for m in mutants() if m.name == name)
    known = [a for a in addresses() if a.name == SAMPLE[name]]
    said = hunt(walker, mutant, known)
    pursuit.note(name, noticed="walk" if said else "nothing", how=said)
    assert said


if IS_WHOLE:

    def test_each_is_tried(walker):
        wanted = pursuit.wanted()
        known = reached(walker, wanted)
        tasks = [(m.name, partial(hunt, walker, m, known.get(m.where, []))) for m in wanted]
        for name, said in forks.each(tasks, jobs=pursuit.JOBS):
            pursuit.note(name, noticed="walk" if said else "nothing", how=said)


def test_every_equivalent_still_exists():
    assert equivalents.REASONS.keys() - {m.name for m in mutants()} == set()
