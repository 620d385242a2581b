"""Three scores side by side, the trend, the brief, and what a branch's page tells of results."""

import re

import pytest
from django.urls import reverse

from branches.tests.make import make_branch
from inspections.models import CycleState, Stage
from inspections.tests.make import make_assessment, make_cycle
from inspections.tests.make_findings import make_finding
from scoring.models import Proposal, Result
from scoring.results import compute
from scoring.tests.make import (
    COMPUTED,
    FAR_SHORT,
    accept,
    decide_all,
    make_judged,
    make_published,
    publish_all,
    result_of,
)
from standards.tests.make import enter

pytestmark = pytest.mark.django_db
LIST = reverse("scoring:results")


def total(response):
    return int(re.search(r'class="total">[^0-9]*<strong>(\d+)</strong>', text(response)).group(1))


def text(response):
    return response.content.decode()


def names(response):
    return [row["result"].name for row in response.context["rows"]]


def at(name, target, **more):
    return reverse(f"scoring:{name}", args=[target.pk])


# ---- three scores side by side ----


def row_of(made, branch):
    return made.cycle.assessments.get(branch=branch)


def compare(actor, made, branch, query=""):
    return enter(actor).get(reverse("scoring:compare", args=[row_of(made, branch).pk]) + query)


def totals(response):
    return [each["total"] for each in response.context["scores"]]


def test_the_three_scores_stand_side_by_side(made):
    branch = made.branches[0]
    accept(made, branch, failing={"records": {"short": 6}})
    self_score, checked, accepted = totals(compare(made.officer, made, branch))
    assert (self_score, float(self_score) - float(accepted)) == (checked, 2.5)


def test_only_the_differing_clauses_are_shown_when_asked(made):
    branch = made.branches[0]
    accept(made, branch, failing={"records": {"short": 6}})
    rows = compare(made.officer, made, branch, "?only=differences").context["rows"]
    assert [row.line.key for row in rows] == ["records"]


def test_a_unit_is_led_to_its_result_once_it_is_published(made):
    branch = made.branches[0]
    assert compare(made.officer, made, branch).context["result"] == result_of(made, branch)
    assert compare(made.branch_clerk, made, branch).context["result"] is None


def test_a_unit_does_not_see_the_acceptance_before_it_is_published(made):
    accept(made, made.branches[0], failing={"records": {"short": 6}})
    assert len(totals(compare(made.clerk, made, made.branches[0]))) == 2


def test_a_unit_sees_all_three_once_published(made):
    accept(made, made.branches[0], failing={"records": {"short": 6}})
    decide_all(made)
    publish_all(made)
    assert len(totals(compare(made.clerk, made, made.branches[0]))) == 3


def test_a_stranger_does_not_find_the_comparison(made):
    assert compare(made.stranger, made, made.branches[0]).status_code == 404


def test_a_branch_not_filed_has_no_scores(made):
    branch = make_branch(parent=made.town)
    make_assessment(cycle=made.cycle, branch=branch, stage=Stage.DRAFTING)
    assert totals(compare(made.officer, made, branch)) == ["—", "—", "—"]


def test_who_thinks_far_better_of_itself_is_listed(made):
    accept(made, made.foreign[0], failing=FAR_SHORT)
    page = enter(made.officer).get(reverse("scoring:gaps"))
    assert [gap.assessment.branch.name for gap in page.context["page"]] == ["樟树坪村党支部"]


@pytest.mark.parametrize(("least", "count"), [("60", 0), ("0.5", 1), ("x", 1), ("", 1)])
def test_how_far_apart_is_asked_in_the_address(made, least, count):
    accept(made, made.foreign[0], failing=FAR_SHORT)
    assert total(enter(made.officer).get(f"{reverse('scoring:gaps')}?least={least}")) == count


def test_the_list_of_gaps_is_the_county_s(made):
    assert enter(made.clerk).get(reverse("scoring:gaps")).status_code == 403


# ---- trend, brief, branch page ----


def test_the_trend_counts_each_cycle(made):
    decide_all(made)
    publish_all(made)
    made.cycle.state = CycleState.CLOSED
    made.cycle.save(update_fields=["state"])
    later = make_cycle(owner=made.county, edition=made.cycle.edition)
    make_judged(county=made, cycle=later)
    points = enter(made.officer).get(reverse("scoring:trend")).context["points"]
    assert [(p.sum.passed, p.sum.total, p.is_final) for p in points] == [
        (3, 4, True),
        (4, 4, False),
    ]


def test_a_cycle_not_judged_to_the_end_has_no_rate(made):
    Result.objects.filter(cycle=made.cycle).update(proposal=Proposal.OPEN)
    page = enter(made.officer).get(reverse("scoring:trend")).content.decode()
    cell = page.partition('data-label="达标率">')[2].partition("</td>")[0]
    assert cell == "—"


def test_the_brief_puts_a_town_on_one_page(made):
    make_finding(branch=made.branches[0], by=made.officer.user)
    page = enter(made.leader).get(reverse("scoring:brief", args=[made.town.pk]))
    brief = page.context["brief"]
    assert (brief.branches, brief.sum.passed, len(brief.findings)) == (2, 1, 1)
    assert [each.result.name for each in brief.failing] == ["上坝村党支部"]
    assert "双井村党支部" in page.context["reminder"]


def test_a_long_brief_still_names_how_many_there_are(made):
    for n in range(30):
        make_finding(branch=made.branches[0], by=made.officer.user, text=f"第{n}次无记录")
    page = enter(made.officer).get(reverse("scoring:brief", args=[made.town.pk]))
    assert (len(page.context["brief"].first), "共30条" in text(page)) == (7, True)


def test_the_brief_says_proposed_until_the_county_has_decided(made):
    url = reverse("scoring:brief", args=[made.town.pk])
    client = enter(made.officer)
    before = "拟达标支部" in text(client.get(url))
    decide_all(made)
    assert (before, "拟达标支部" in text(client.get(url))) == (True, False)


def test_the_sum_of_an_unfinished_sheet_is_not_shown_as_a_total(made):
    branch = make_branch(parent=made.town, name="河沿村党支部")
    make_assessment(cycle=made.cycle, branch=branch)
    compute(made.cycle, now=COMPUTED)
    row = enter(made.officer).get(f"{LIST}?verdict=open").context["rows"][0]
    assert [cell.text for cell in row["cells"] if cell.label == "总分"] == ["—"]


def test_the_brief_of_another_town_is_not_found(made):
    url = reverse("scoring:brief", args=[made.town.pk])
    assert enter(made.stranger).get(url).status_code == 404


def test_the_brief_of_a_branch_is_its_own_page(made):
    url = reverse("scoring:brief", args=[made.branches[0].pk])
    assert enter(made.officer).get(url).status_code == 404


def test_the_page_of_a_branch_tells_its_results(made):
    decide_all(made)
    publish_all(made)
    page = text(
        enter(made.branch_clerk).get(reverse("branches:detail", args=[made.branches[0].pk]))
    )
    assert reverse("scoring:result", args=[result_of(made, made.branches[0]).pk]) in page


def test_the_last_result_stands_in_the_work_table():
    made = make_published(state=CycleState.CLOSED)
    later = make_cycle(owner=made.county, edition=made.cycle.edition, prior=made.cycle)
    for branch in made.branches:
        make_assessment(cycle=later, branch=branch)
    page = text(enter(made.clerk).get(f"{reverse('inspections:assessments')}?cycle={later.pk}"))
    assert page.count("达标 ") >= 2


def test_a_second_county_sees_nothing_of_the_first(made):
    other = make_judged()
    assert names(enter(other.officer).get(LIST)) == [branch.name for branch in other.all_branches]
    assert (
        enter(other.officer).get(at("result", result_of(made, made.branches[0]))).status_code == 404
    )


def test_a_new_branch_appears_after_the_next_computation(made):
    branch = make_branch(parent=made.town, name="河沿村党支部")
    make_assessment(cycle=made.cycle, branch=branch)
    compute(made.cycle, now=COMPUTED)
    assert "河沿村党支部" in names(enter(made.officer).get(f"{LIST}?verdict=open"))


# ---- the three on the result's own page ----


def test_the_result_shows_the_three_scores_and_opens_where_they_differ(made):
    accept(made, made.branches[0], failing=FAR_SHORT)
    client = enter(made.officer)
    page = client.get(at("result", result_of(made, made.branches[0])))
    url = reverse("scoring:compare", args=[row_of(made, made.branches[0]).pk])
    opened = client.get(f"{url}?only=differences")
    assert len(page.context["scores"]) == 3
    assert page.context["differing"] == len(opened.context["rows"]) > 0
    assert f"{url}?only=differences" in text(page)


def test_a_unit_reads_the_scores_on_its_published_result(made):
    decide_all(made)
    publish_all(made)
    page = enter(made.branch_clerk).get(at("result", result_of(made, made.branches[0])))
    assert [score["score"].source for score in page.context["scores"]] == [
        "self",
        "first_check",
        "acceptance",
    ]
