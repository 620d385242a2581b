"""The brief of a town tells its reader no more than the pages it is drawn from."""

import pytest

from accounts.tests.make import NOW
from branches.models import Link, LinkKind
from inspections.tests.make_findings import make_finding
from scoring import deciding
from scoring.briefing import brief_of
from scoring.models import Result
from scoring.tests.make import decide_all, make_judged

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def built(lasting):
    return make_judged()


def test_a_town_reads_of_results_once_they_are_published(made):
    decide_all(made)
    first = Result.objects.filter(branch=made.branches[0]).select_related("branch", "cycle")
    deciding.publish(made.second_officer, first, now=NOW)
    assert brief_of(made.officer, made.town, cycle=made.cycle).sum.total == 2
    assert brief_of(made.secretary, made.town, cycle=made.cycle).sum.total == 1


def test_a_tie_to_a_town_tells_nothing_of_its_branches(made):
    Link.objects.create(organization=made.other, unit=made.town, kind=LinkKind.HELPING)
    assert brief_of(made.officer, made.other, cycle=None).branches == 2
    assert brief_of(made.clerk, made.other, cycle=None).branches == 0


def test_a_brief_lists_the_findings_of_its_town_alone(made):
    for branch in (made.branches[0], made.foreign[0]):
        make_finding(branch=branch, by=made.officer.user)
    assert len(brief_of(made.officer, made.county, cycle=None).findings) == 2
    found = brief_of(made.officer, made.town, cycle=None).findings
    assert [finding.branch for finding in found] == [made.branches[0]]
