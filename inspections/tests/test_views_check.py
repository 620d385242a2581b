"""The review on the screen."""

import uuid

import pytest
from django.urls import reverse

from inspections.models import Answer, Assessment, Source, Stage
from inspections.tests.filing_pages import (
    address,
    conforming,
    enter,
    of_branch,
    submitted,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday")]


def test_the_secretary_passes_in_one_press(client, county, cycle):
    row = of_branch(cycle, county.branches[0])
    page = enter(client, county.clerk).get(address("assessment", row))
    client.post(
        address("assessment", row), conforming(page, **{"dues:_verdict": "yes", "do": "submit"})
    )
    enter(client, county.secretary)
    client.get(address("check", row))
    response = client.post(address("check", row), {"do": "pass", "client_key": str(uuid.uuid4())})
    row.refresh_from_db()
    assert (response.status_code, row.stage, row.passed_by) == (
        302,
        Stage.PASSED,
        county.secretary.user,
    )


def test_the_clerk_may_not_review(client, county, cycle):
    row = of_branch(cycle, county.branches[0])
    assert (
        enter(client, county.clerk).post(address("check", row), {"do": "pass"}).status_code == 403
    )


def test_a_return_without_marks_is_shown_again_with_its_reason(client, county, cycle):
    row = submitted(client, county, of_branch(cycle, county.branches[0]))
    enter(client, county.secretary)
    response = client.post(address("check", row), {"do": "return", "reason": "对不上"})
    row.refresh_from_db()
    assert (response.status_code, response.context["typed_reason"], row.stage) == (
        422,
        "对不上",
        Stage.SUBMITTED,
    )


def test_a_correction_typed_beside_the_pass_counts(client, county, cycle):
    row = submitted(client, county, of_branch(cycle, county.branches[0]))
    page = enter(client, county.secretary).get(address("check", row))
    one = next(e for e in page.context["others"] if e.shown.row.line.key == "records")
    sent = {
        "do": "pass",
        "records:_was": one.correction.was,
        "records:_verdict": "no",
        "records:short": "2",
        "records:_remark": "抽查缺两次",
    }
    client.post(address("check", row), sent)
    row.refresh_from_db()
    first_check = Answer.objects.get(sheet__source=Source.FIRST_CHECK)
    assert (row.stage, first_check.measures) == (Stage.PASSED, {"short": 2})


def test_a_correction_without_a_reason_holds_the_pass_back(client, county, cycle):
    row = submitted(client, county, of_branch(cycle, county.branches[0]))
    enter(client, county.secretary)
    sent = {"do": "pass", "records:_was": "", "records:_verdict": "no", "records:short": "2"}
    response = client.post(address("check", row), sent)
    row.refresh_from_db()
    assert (response.status_code, row.stage) == (422, Stage.SUBMITTED)


def test_exceptions_stand_first_for_the_reviewer(client, county, cycle):
    row = of_branch(cycle, county.branches[0])
    submitted(client, county, row, **{"dues:_verdict": "no", "dues:short": "1"})
    page = enter(client, county.secretary).get(address("check", row))
    assert [each.shown.row.line.key for each in page.context["first"]] == ["dues", "meetings"]


def test_batch_pass_from_the_table_leaves_exceptions_to_be_read(client, county, cycle):
    plain = submitted(client, county, of_branch(cycle, county.branches[0]))
    other = of_branch(cycle, county.branches[1])
    submitted(client, county, other, **{"dues:_verdict": "no", "dues:short": "1"})
    enter(client, county.secretary).post(
        reverse("inspections:assessments_pass"), {"ids": [plain.pk, other.pk], "cycle": cycle.pk}
    )
    stages = Assessment.objects.filter(pk__in=[plain.pk, other.pk]).order_by("pk")
    assert list(stages.values_list("stage", flat=True)) == [Stage.PASSED, Stage.SUBMITTED]


def test_after_a_return_the_page_opens_the_marked_clause_only(client, county, cycle):
    row = submitted(client, county, of_branch(cycle, county.branches[0]))
    enter(client, county.secretary)
    key = {"client_key": str(uuid.uuid4())}
    marked = {"do": "return", "reason": "对不上", "mark": "setup", "setup:_why": "补任职文件"} | key
    client.post(address("check", row), marked)
    page = enter(client, county.clerk).get(address("assessment", row))
    open_ones = [(s.row.line.key, s.row.item.mark) for s in page.context["attention"]]
    assert (page.context["returned"].note, open_ones) == ("对不上", [("setup", "补任职文件")])
