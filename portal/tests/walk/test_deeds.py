"""The guards of the deeds themselves."""

import pytest

from portal.proving.mutants import mutants
from portal.proving.passing import noted
from portal.tests.walk.deeds import DEEDS, unguarded

pytestmark = [pytest.mark.walk, pytest.mark.django_db]


@pytest.mark.parametrize("name", DEEDS)
def test_a_deed_refuses_by_itself_whom_it_is_not_for(world, name):
    assert unguarded(world, name) == ""


def test_no_guarded_deed_is_forgotten(world):
    deep = [mutant for mutant in mutants() if mutant.is_deep]
    with noted(deep) as passed:
        for name in DEEDS:
            unguarded(world, name)
        assert {mutant.where for mutant in deep} - passed == set()
