"""Bad input of every kind at every place that takes it: no failure, a Chinese sentence, nothing half saved."""

from datetime import date
from html import unescape
from time import perf_counter

import pytest
from django.db import transaction

from branches.models import CalendarDay
from portal.tests.bad import answers, cases, doors
from portal.tests.bad.world import dirt, files_kept, rows_written, snapshot, standing

pytestmark = pytest.mark.django_db
world = standing


def param(case):
    return pytest.param(case, id=case.title, marks=[pytest.mark.one_engine] if case.once else [])


@pytest.mark.parametrize("case", [param(case) for case in cases.every()])
def test_a_bad_input_is_refused_in_chinese_or_taken_clean(world, case):
    before, kept, began = rows_before(world, case.beside), files_kept(), perf_counter()
    written = rows_written()
    response = case.send(world)
    assert response.status_code < 500
    assert perf_counter() - began < case.seconds
    if response.status_code < 400 and case.must == cases.HARMLESS:
        assert dirt() == []
        return
    assert response.status_code >= 400 or case.must == cases.READ
    assert files_kept() - kept == set()
    # What wrote no row at all changed none; the fingerprints of all tables take longer than the answer.
    assert rows_written() == written or snapshot(beside=case.beside) == before
    if case.must != cases.READ:
        refused_well(response, case)


def test_a_written_row_is_counted_though_it_is_taken_back(world):
    before = rows_written()
    with transaction.atomic():
        CalendarDay.objects.create(date=date(2031, 1, 1), is_workday=True, source="test")
        transaction.set_rollback(True)
    assert rows_written() == before + 1


def rows_before(world, beside):
    """Every sending is rolled back, so each begins with the same rows: fingerprinted once, held every time."""
    if beside not in world.rows_before:
        world.rows_before[beside] = snapshot(beside=beside)
    return world.rows_before[beside]


def refused_well(response, case):
    said, errors = answers.sentences(response), answers.form_errors(response)
    assert said and all(answers.HAN.search(sentence) for sentence in said), said
    strange = [word for text in said for word in answers.foreign_words(text, sent=case.sent)]
    assert strange == []
    assert not answers.LEAKS.search(response.content.decode())
    fields = {name for form in answers.forms_of(response) for name in form.fields}
    assert [name for name in case.names if name in fields and name not in errors] == []
    # Alone, nothing but this one thing can have been refused; one of many has to be seen refused.
    assert len(case.names) < 2 or set(case.names) <= set(errors)


@pytest.mark.parametrize("door", doors.DOORS, ids=lambda door: door.name)
def test_a_good_sending_is_taken(world, door):
    response = cases.post(world, door, door.said(world))
    assert (response.status_code in (200, 302), str(answers.form_errors(response))) == (True, "{}")


# An autosave and a tap answer a script, which keeps the text itself; passwords are never sent back.
SILENT = ("autosave", "autosaved day", "tap of a phone", "sign-in", "own password")
TYPED = ("line", "prose", "email")
SPOILED = {
    "day": "2026-13-40", "count": "十几", "points": "很多", "line": "", "prose": "", "choice": "none",
    "row": "0",
}  # fmt: skip


def spoiled(door):
    """(field, a value it refuses): what must not be empty first, then what has to be read."""
    ordered = sorted(door.fields.items(), key=lambda pair: not pair[1].endswith("*"))
    for name, kind in ordered:
        plain = kind.rstrip("*")
        if plain in SPOILED and (SPOILED[plain] or kind.endswith("*")):
            return name, SPOILED[plain]
    return None


@pytest.mark.parametrize(
    "door",
    [d for d in doors.DOORS if d.name not in SILENT and spoiled(d)],
    ids=lambda door: door.name,
)
def test_a_refused_form_keeps_everything_else_that_was_typed(world, door):
    name, value = spoiled(door)
    said = door.said(world)
    response = cases.post(world, door, said | {name: value})
    page = unescape(response.content.decode())
    kept = [n for n, kind in door.fields.items() if n != name and kind.rstrip("*") in TYPED]
    assert response.status_code == 422
    assert [n for n in kept if str(said.get(n) or "") not in page] == []
