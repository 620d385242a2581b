"""Columns come back as they were sent; what has no fixed width is refused."""

import numpy as np
import pytest
from django.db import connection, transaction

from portal.kit import columnar

COLUMNS = (("id", ">i8"), ("total", ">i4"), ("place", ">i2"))
pytestmark = pytest.mark.django_db


@pytest.fixture
def table():
    if connection.vendor != "postgresql":
        pytest.skip("binary COPY is PostgreSQL's")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE told (id bigint, total int, place smallint)")
    return "told"


def test_what_is_written_is_read_again(table):
    rows = np.array([(1, -5, 2), (2**40, 2**31 - 1, -1)], np.dtype(list(COLUMNS)))
    columnar.write(table, rows, COLUMNS)
    found = columnar.read("SELECT * FROM told WHERE id > %s ORDER BY id", [0], COLUMNS)
    assert found[["id", "total", "place"]].tolist() == rows.tolist()
    assert len(columnar.read("SELECT * FROM told WHERE id < %s", [0], COLUMNS)) == 0


@pytest.mark.parametrize("odd", ["NULL", "2::bigint"])
def test_a_value_of_another_width_is_refused(table, odd):
    with pytest.raises(ValueError, match="another width"):
        columnar.read(f"SELECT 1::bigint, {odd}, 3::smallint", [], COLUMNS)
