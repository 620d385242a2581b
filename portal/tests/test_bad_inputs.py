"""Bad input of every kind at every place that takes it: no failure, a Chinese sentence, nothing half saved."""

from time import perf_counter

import pytest

from portal.tests.bad import answers, cases, doors
from portal.tests.bad.world import dirt, files_kept, snapshot, standing

pytestmark = pytest.mark.django_db
world = standing


@pytest.mark.parametrize("case", cases.every(), ids=lambda case: case.title)
def test_a_bad_input_is_refused_in_chinese_or_taken_clean(world, case):
    before, kept, began = snapshot(beside=case.beside), files_kept(), perf_counter()
    response = case.send(world)
    assert response.status_code < 500
    assert perf_counter() - began < case.seconds
    if response.status_code < 400 and case.must == cases.HARMLESS:
        assert dirt() == []
        return
    assert response.status_code >= 400 or case.must == cases.READ
    assert (snapshot(beside=case.beside), files_kept() - kept) == (before, set())
    if case.must != cases.READ:
        refused_well(response, case)


def refused_well(response, case):
    said, errors = answers.sentences(response), answers.form_errors(response)
    assert said and all(answers.HAN.search(sentence) for sentence in said), said
    strange = [word for text in said for word in answers.foreign_words(text, sent=case.sent)]
    assert strange == []
    assert not answers.LEAKS.search(response.content.decode())
    if any(case.name in form.fields for form in answers.forms_of(response)):
        assert case.name in errors, errors


@pytest.mark.parametrize("door", doors.DOORS, ids=lambda door: door.name)
def test_a_good_sending_is_taken(world, door):
    response = cases.post(world, door, door.said(world))
    assert (response.status_code in (200, 302), str(answers.form_errors(response))) == (True, "{}")
