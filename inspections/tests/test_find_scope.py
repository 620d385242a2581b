"""What a unit may see of a problem found on site: nothing before the feedback sheet is signed."""

import pytest

from inspections.models import Finding, Stop
from inspections.tests.make_findings import make_cast, make_finding

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("state", "seen"), [("begun", 0), ("confirmed", 0), ("signed", 1)])
def test_a_confirmed_problem_is_shown_to_the_branch_once_the_sheet_is_signed(state, seen):
    cast = make_cast()
    make_finding(branch=cast.stop.branch, by=cast.officer.user, stage="confirmed", stop=cast.stop)
    Stop.objects.filter(pk=cast.stop.pk).update(state=state)
    assert Finding.objects.visible_to(cast.branch_clerk).count() == seen
