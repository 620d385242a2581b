"""Scored again outside a transaction, as the worker does it: the next chunk is read while one is written."""

import pytest

from scoring.models import Result
from scoring.rescoring import rescore
from scoring.tests.make import FAR_SHORT, make_judged


@pytest.mark.django_db(transaction=True)
def test_results_of_an_older_program_are_brought_up_to_date():
    made = make_judged(failing=[["records"], FAR_SHORT])
    before = list(Result.objects.order_by("pk").values())
    Result.objects.update(program_hash="older", total=1, tier="", proposal="fail")
    assert rescore(made.cycle, at_once=1) == 4
    assert list(Result.objects.order_by("pk").values()) == before
    assert rescore(made.cycle) == 0
