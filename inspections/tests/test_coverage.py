"""A sheet's coverage is packed, and comes back as it was given."""

import pytest
from django.core import serializers
from hypothesis import given
from hypothesis import strategies as st

from branches.tests.make import make_county
from inspections.models import Sheet, Source
from inspections.models.coverage import LETTERS, packed, unpacked
from inspections.tests.make import make_assessment, make_cycle

KEYS = st.from_regex(r"[a-z][a-z0-9_.]{0,20}", fullmatch=True)
COVERAGES = st.dictionaries(KEYS, st.sampled_from(sorted(LETTERS)), max_size=60)


@given(COVERAGES)
def test_coverage_comes_back_as_it_was_given(coverage):
    assert unpacked(packed(coverage)) == coverage


def test_another_order_of_the_clauses_is_packed_the_same():
    assert packed({"a": "rest", "b": "single"}) == packed({"b": "single", "a": "rest"})


def test_a_way_nobody_knows_is_not_packed():
    with pytest.raises(KeyError):
        packed({"a": "guessed"})


@pytest.mark.django_db
def test_a_sheet_is_stored_and_copied_with_its_coverage():
    county = make_county()
    row = make_assessment(cycle=make_cycle(owner=county.county), branch=county.branches[0])
    covered = {"setup": "single", "dues": "rest"}
    sheet = Sheet.objects.create(assessment=row, source=Source.SELF, coverage=covered)
    Sheet.objects.bulk_update([sheet], ["coverage"])
    assert Sheet.objects.values_list("coverage", flat=True).get() == covered
    (copy,) = serializers.deserialize("json", serializers.serialize("json", [sheet]))
    assert copy.object.coverage == covered
    assert Sheet(assessment=row).coverage == {}
