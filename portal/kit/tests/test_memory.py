"""The collector rests inside the block and is as it was behind it."""

import gc

import pytest

from portal.kit.memory import uncollected


def test_the_collector_rests_inside_and_works_again_after_a_fault():
    with pytest.raises(LookupError), uncollected():
        resting = not gc.isenabled()
        raise LookupError
    assert (resting, gc.isenabled()) == (True, True)


def test_a_collector_that_rested_before_rests_on():
    with uncollected():
        with uncollected():
            pass
        assert not gc.isenabled()
