"""What sheets covered before is covered after, and back again."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from branches.tests.make import make_county
from inspections.models import Sheet, Source
from inspections.tests.make import make_assessment, make_cycle

JSON = ("inspections", "0004_elections_are_reminded_of")
PACKED = ("inspections", "0007_coverage_as_json_is_dropped")
COVERED = {"setup": "single", "dues": "rest", "records": "carried"}


def migrated(to):
    executor = MigrationExecutor(connection)
    executor.migrate([to])
    return executor.loader.project_state([to]).apps


@pytest.mark.django_db(transaction=True)
def test_coverage_is_packed_and_unpacked_by_the_migrations():
    county = make_county()
    row = make_assessment(cycle=make_cycle(owner=county.county), branch=county.branches[0])
    Sheet.objects.create(assessment=row, source=Source.SELF, coverage=COVERED)
    Sheet.objects.create(assessment=row, source=Source.ACCEPTANCE)
    try:
        before = migrated(JSON).get_model("inspections", "Sheet").objects
        assert list(before.order_by("pk").values_list("coverage", flat=True)) == [COVERED, {}]
        with connection.cursor() as cursor:
            cursor.execute("SELECT coverage FROM inspections_sheet ORDER BY id")
            assert '"setup": "single"' in str(cursor.fetchone()[0]).replace("'", '"')
    finally:
        migrated(PACKED)
        newest = MigrationExecutor(connection)
        newest.migrate(newest.loader.graph.leaf_nodes())
    assert list(Sheet.objects.order_by("pk").values_list("coverage", flat=True)) == [COVERED, {}]
