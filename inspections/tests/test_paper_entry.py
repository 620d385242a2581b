"""A sheet filled in on paper, entered in one go under its true day."""

import uuid

import pytest

from branches.tests.make import TODAY
from inspections.models import Answer, Finding, Sheet, Source
from inspections.tests.visit_pages import address
from inspections.tests.visits_made import make_site
from standards.tests.make import enter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday")]


def fill_in(site, **fields):
    said = {"visited_on": "2026-11-19", "client_key": str(uuid.uuid4())} | fields
    return enter(site.member).post(address(site, "stop_entry"), said)


@pytest.fixture
def earlier():
    return make_site(starts_on=TODAY.replace(day=17))


PAPER = {
    "setup:verdict": "yes",
    "records:verdict": "no",
    "records:short": "short=2",
    "records:text": "少两次",
    "dues:verdict": "na",
    "dues:text": "当年无党员应缴",
}


def test_a_paper_sheet_is_entered_in_one_go_under_its_true_day(earlier):
    fields = PAPER | {"client_key": str(uuid.uuid4())}
    for _turn in (1, 2):
        assert fill_in(earlier, **fields).status_code == 302
    finding = Finding.objects.get()
    assert (finding.text, finding.found_on.isoformat()) == ("少两次", "2026-11-19")
    sheet = Sheet.objects.get(source=Source.ACCEPTANCE)
    assert set(sheet.coverage) == {"setup", "records", "dues"}
    assert {a.clause_key: (a.applicable, a.measures) for a in sheet.answers.all()} == {
        "records": (True, {"short": 2}), "dues": (False, {}),
    }  # fmt: skip
    earlier.stop.refresh_from_db()
    assert earlier.stop.visited_on.isoformat() == "2026-11-19"


def test_lines_as_they_stand_are_not_logged_again(earlier):
    fill_in(earlier, **PAPER)
    standing = {
        "setup:verdict": "yes",
        "records:verdict": "no",
        "dues:verdict": "na",
        "falsified:verdict": "yes",
    }
    fill_in(earlier, **standing)
    assert Finding.objects.count() == 1
    assert Answer.objects.get(clause_key="dues").remark == "当年无党员应缴"


@pytest.mark.parametrize(
    "fields",
    [
        {"visited_on": "2026-11-16"},
        {"visited_on": "2026-11-21"},
        {"records:text": ""},
        {"dues:text": ""},
        {"falsified:text": "没有勾"},
        {"records:short": "short=nonsense"},
    ],
)
def test_a_wrong_paper_line_saves_nothing(earlier, fields):
    assert fill_in(earlier, **(PAPER | fields)).status_code == 422
    assert (Finding.objects.count(), Sheet.objects.filter(source=Source.ACCEPTANCE).count()) == (
        0,
        0,
    )
