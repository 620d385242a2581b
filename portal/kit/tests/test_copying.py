"""COPY and INSERT leave the same rows; only PostgreSQL knows both."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection

from portal.kit.copying import copied, inserted, merged, updated

pytestmark = pytest.mark.django_db
ON_POSTGRES = connection.vendor == "postgresql"
WAYS = [copied, inserted] if ON_POSTGRES else [inserted]
TEXTS = ["", "双井村", "tab\tand\nline\r\nend", "back\\slash \\N \\.", "“”'\"{}", "\\x00ff", "NULL"]
NAMES = ["number", "words", "told", "raw", "ok", "moment", "day"]
TYPES = ["bigint", "text", "jsonb", "bytea", "boolean", "timestamptz", "date"]
MOMENT = datetime(2026, 11, 20, 2, 3, 4, 567891, tzinfo=UTC)


def rows():
    for number, words in enumerate(TEXTS):
        yield (
            number,
            words,
            '{"a": "b\\\\c\\n"}',
            b"\\\x00\t\n\xff",
            True,
            MOMENT,
            date(2026, 11, 20),
        )
    yield (-1, None, None, None, False, None, None)


def ground():
    types = TYPES if ON_POSTGRES else ["text" if t == "jsonb" else t for t in TYPES]
    columns = ", ".join(f"{name} {type}" for name, type in zip(NAMES, types, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE copying_ground ({columns})")


def written():
    told = "told::text" if ON_POSTGRES else "told"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT number, words, {told}, raw, ok FROM copying_ground")
        found = [(n, w, t, None if r is None else bytes(r), bool(ok)) for n, w, t, r, ok in cursor]
        cursor.execute("SELECT moment, day FROM copying_ground WHERE number >= 0")
        moments = {(str(moment)[:26], str(day)) for moment, day in cursor}
    return found, moments


@pytest.mark.parametrize("way", WAYS)
def test_a_row_comes_back_as_it_was_given(way):
    ground()
    way("copying_ground", NAMES, list(rows()))
    found, moments = written()
    assert found == [row[:5] for row in rows()]
    assert moments == {(str(MOMENT)[:26], "2026-11-20")}


CHANGES = [updated, merged] if ON_POSTGRES else [updated]


@pytest.mark.parametrize("way", CHANGES)
def test_only_rows_that_are_as_they_were_read_are_changed(way):
    ground()
    inserted("copying_ground", NAMES, list(rows()))
    read = [(n, "else" if n == 1 else words, b"\x01\xff") for n, words in enumerate(TEXTS)]
    way("copying_ground", "number", ["words"], ["raw"], [*read, (-1, None, b"n")])
    expected = dict.fromkeys(range(len(TEXTS)), b"\x01\xff") | {1: b"\\\x00\t\n\xff", -1: b"n"}
    assert {number: raw for number, _words, _told, raw, _ok in written()[0]} == expected
