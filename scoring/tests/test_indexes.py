"""Every index of a result costs on each of a nation's rows: only those somebody asks by."""

import pytest
from django.db import connection

from scoring.models import Result


@pytest.mark.django_db
def test_a_result_is_found_by_its_cycle_and_its_branch():
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, Result._meta.db_table)
    indexed = [each for each in found.values() if each["index"] or each["unique"]]
    assert sorted(tuple(each["columns"]) for each in indexed if not each["primary_key"]) == [
        ("branch_id",),
        ("cycle_id", "branch_id"),
        ("cycle_id", "path"),
    ]
