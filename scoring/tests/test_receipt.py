"""The score receipt: every clause on one page, with its run and its check code."""

import pytest
from django.urls import reverse

from branches.models import Field
from branches.tests.make import make_county
from inspections.tests.make import SHORT_RULE, make_cycle
from scoring import archiving
from scoring.models import Run
from scoring.receipt import newest_run, receipt_of
from scoring.tests.make import (
    COMPUTED,
    FAR_SHORT,
    accept,
    make_judged,
    make_published,
    result_of,
)
from standards.sheets import sheet
from standards.tests.make import enter, make_clause, make_edition, put_in_force

pytestmark = pytest.mark.django_db


def put(made):
    return archiving.archive(made.officer, made.cycle, reason="汇总", now=COMPUTED)


def text(response):
    return response.content.decode()


def entries(document):
    return [entry for part in document.parts for entry in part.entries]


def test_every_clause_of_the_sheet_stands_on_the_receipt_once(made):
    result = result_of(made, made.branches[0])
    want = [line.code for line in sheet(made.cycle.edition, result.field)]
    document = receipt_of(result, run=None)
    assert sorted([*(e.code for e in entries(document)), *document.quiet]) == sorted(want)


def test_a_bar_that_is_set_off_stands_on_its_own_line(made):
    accept(made, made.branches[0], failing={"falsified": {"falsified": True}})
    document = receipt_of(result_of(made, made.branches[0]), run=None)
    [bar] = [e for e in entries(document) if e.maximum == 0]
    assert (bar.code, document.quiet, bar.seen == "符合") == ("1.5", [], False)


def test_chapters_and_points_add_up_to_the_total(made):
    result = result_of(made, made.branches[0])
    document = receipt_of(result, run=None)
    assert sum(part.points for part in document.parts) == result.total
    assert sum(e.points or 0 for e in entries(document)) == result.total


def test_a_lost_point_tells_rule_measure_source_and_person(made):
    result = result_of(made, made.branches[0])
    [code] = [
        line.code for line in sheet(made.cycle.edition, result.field) if line.key == "records"
    ]
    [lost] = [e for e in entries(receipt_of(result, run=None)) if e.code == code]
    assert "扣0.5分" in lost.seen
    assert (lost.lost, bool(lost.rule), lost.source) == (50, True, "自评")


def test_what_adds_to_the_total_stands_on_result_and_receipt():
    county = make_county()
    edition = make_edition(owner=county.county)
    make_clause(edition=edition, key="all", rule=SHORT_RULE)
    table = {"county": "1"}
    rule = {
        "measures": [{"name": "case", "kind": "events", "label": "经验介绍"}],
        "steps": [{"shape": "adjust", "measure": "case", "table": table}],
    }
    make_clause(edition=edition, key="shared", rule=rule, points={Field.RURAL: 0})
    cycle = make_cycle(owner=county.county, edition=put_in_force(edition))
    award = {"case": [{"key": "全县现场会", "level": "county", "count": 1}]}
    made = make_judged(county=county, cycle=cycle, failing=[{"shared": award}])
    result = result_of(made, made.branches[0])
    document = receipt_of(result, run=None)
    assert document.quiet == []
    [shared] = [e for e in entries(document) if "总分加1分" in e.seen]
    assert shared.maximum == 0
    page = enter(made.officer).get(reverse("scoring:result", args=[result.pk]))
    assert "总分加1分" in text(page)


def test_what_is_not_on_file_says_it_may_change(made):
    page = text(enter(made.officer).get(at(made, made.branches[0])))
    assert "尚未存档" in page


def at(made, branch):
    return reverse("scoring:receipt", args=[result_of(made, branch).pk])


def test_the_receipt_names_the_newest_run_that_holds_this_very_result(made):
    first, second = put(made), put(made)
    result = result_of(made, made.branches[0])
    assert newest_run(result) == second != first
    assert f"第{second.number}次存档" in text(enter(made.officer).get(at(made, made.branches[0])))


def test_a_result_that_moved_on_is_no_longer_the_one_on_file(made):
    put(made)
    accept(made, made.branches[0], failing=FAR_SHORT)
    assert newest_run(result_of(made, made.branches[0])) is None


def test_the_run_keeps_its_own_receipt(made):
    run = put(made)
    row = run.results.get(branch=made.branches[0])
    accept(made, made.branches[0], failing=FAR_SHORT)
    url = reverse("scoring:run_receipt", args=[run.pk, made.branches[0].pk])
    page = text(enter(made.officer).get(url))
    assert row.digest[:32] in page


def test_a_branch_reads_its_receipt_only_once_published():
    made = make_published()
    client = enter(made.branch_clerk)
    page = client.get(at(made, made.branches[0]))
    assert page.status_code == 200
    assert f"第{Run.objects.get().number}次存档" in text(page)


def test_an_unpublished_receipt_is_hidden_from_the_branch(made):
    assert enter(made.branch_clerk).get(at(made, made.branches[0])).status_code == 404


@pytest.mark.parametrize("branch", [0, 999_999_999])
def test_a_run_has_no_receipt_of_a_branch_it_does_not_hold(made, branch):
    url = reverse("scoring:run_receipt", args=[put(made).pk, branch])
    assert enter(made.officer).get(url).status_code == 404
