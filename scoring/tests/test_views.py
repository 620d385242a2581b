"""The list of results, one result, the comparison and the brief, as each role meets them."""

import io
import re
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from accounts.models import AccessLog
from branches.tests.make import make_branch, make_county
from inspections.models import CycleState, Stage
from inspections.tests.make import make_assessment, make_cycle
from inspections.tests.make_findings import make_finding, make_inspector
from scoring.models import Result
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


@pytest.fixture
def made():
    return make_judged(failing=[["records"], FAR_SHORT])


def total(response):
    return int(re.search(r'class="total">[^0-9]*<strong>(\d+)</strong>', text(response)).group(1))


def text(response):
    return response.content.decode()


def names(response):
    return [row["result"].name for row in response.context["rows"]]


def at(name, target, **more):
    return reverse(f"scoring:{name}", args=[target.pk])


# ---- who sees what ----


def test_the_county_sees_what_is_derived(made):
    assert total(enter(made.officer).get(LIST)) == 4


def test_a_unit_sees_nothing_before_it_is_published(made):
    assert names_or_none(enter(made.clerk).get(LIST)) == []


def names_or_none(response):
    return names(response) if "rows" in response.context else []


def test_a_unit_sees_its_own_when_published(made):
    decide_all(made)
    publish_all(made)
    assert names(enter(made.clerk).get(LIST)) == ["双井村党支部", "上坝村党支部"]


@pytest.mark.parametrize("name", ["result", "result_print", "explain"])
def test_a_stranger_does_not_find_a_result(made, name):
    decide_all(made)
    publish_all(made)
    target = result_of(made, made.branches[0])
    assert enter(made.stranger).get(at(name, target)).status_code == 404


def test_a_unit_does_not_find_its_own_unpublished_result(made):
    target = result_of(made, made.branches[0])
    assert enter(made.branch_clerk).get(at("result", target)).status_code == 404


def test_an_inspector_has_no_results(made):
    inspector = make_inspector(branch=made.branches[0])
    assert enter(inspector).get(LIST).status_code == 403


def test_without_a_cycle_the_list_says_so():
    assert "还没有周期" in text(enter(make_county().officer).get(LIST))


# ---- filters, sums, export ----


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("verdict=pass", 3),
        ("verdict=fail", 1),
        ("verdict=open", 0),
        ("field=rural", 4),
        ("field=school", 0),
        ("tier=excellent", 3),
        ("state=undecided", 4),
        ("state=published", 0),
        ("basis=paper", 4),
        ("basis=site", 0),
        ("q=双井", 1),
        ("q=%E5%8F%8C%20%E6%9D%91", 1),
        ("verdict=nonsense&field=nonsense&unit=x&tier=zzz", 4),
    ],
)
def test_a_filter_in_the_address_narrows_the_list(made, query, count):
    page = enter(made.officer).get(f"{LIST}?{query}")
    assert total(page) == count


def test_the_unit_filter_takes_the_whole_subtree(made):
    assert names(enter(made.officer).get(f"{LIST}?unit={made.town.pk}")) == [
        "双井村党支部",
        "上坝村党支部",
    ]


def test_accepted_branches_are_told_from_those_on_paper(made):
    accept(made, made.branches[1])
    assert names(enter(made.officer).get(f"{LIST}?basis=site")) == ["上坝村党支部"]


@pytest.mark.parametrize(("person", "links_there"), [("officer", 15), ("leader", 15), ("clerk", 5)])
def test_every_sum_by_unit_opens_exactly_its_rows(made, person, links_there):
    decide_all(made)
    publish_all(made)
    client = enter(getattr(made, person))
    page = text(client.get(LIST))
    links = re.findall(r'data-count="(\d+)" href="([^"]+)"', page)
    found = [(url, int(n), total(client.get(url.replace("&amp;", "&")))) for n, url in links]
    assert [row for row in found if row[1] != row[2]] == []
    assert len(links) == links_there


def test_the_export_has_the_rows_and_the_order_of_the_screen(made):
    client = enter(made.officer)
    screen = names(client.get(f"{LIST}?verdict=pass"))
    answer = client.get(f"{reverse('scoring:results_export')}?verdict=pass")
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert [row[0] for row in sheet.iter_rows(min_row=4, values_only=True)][: len(screen)] == screen


def test_an_export_is_logged_with_its_filter(made):
    b"".join(enter(made.officer).get(reverse("scoring:results_export")).streaming_content)
    found = AccessLog.objects.get(what="results.exported")
    assert (found.rows, found.user) == (4, made.officer.user)


def test_looking_writes_nothing(made):
    before = list(Result.objects.order_by("pk").values())
    client = enter(made.officer)
    target = result_of(made, made.branches[0])
    for url in (LIST, at("result", target), at("result_print", target)):
        client.get(url)
    assert list(Result.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_queries_for_one_row_or_three(
    rows, django_assert_max_num_queries, made
):
    client = enter(made.officer)
    url = f"{LIST}?q={'双井' if rows == 1 else '村'}"
    client.get(url)
    with django_assert_max_num_queries(20):
        client.get(url)


# ---- deciding and publishing from the list ----


def press(client, name, rows, **fields):
    given = {"ids": [row.pk for row in rows]} | fields
    return client.post(reverse(f"scoring:results_{name}"), given)


def test_ticked_results_are_decided_as_proposed(made):
    rows = list(Result.objects.order_by("pk")[:2])
    day = timezone.localdate()
    answer = press(enter(made.officer), "decide", rows, on=f"{day:%Y-%m-%d}", document_number="9号")
    assert answer.status_code == 302
    assert list(Result.objects.order_by("pk").values_list("decided_pass", flat=True)) == [
        True,
        False,
        None,
        None,
    ]


def test_every_row_of_the_filter_can_be_decided_at_once(made):
    day = timezone.localdate()
    url = f"{reverse('scoring:results_decide')}?verdict=pass"
    enter(made.officer).post(url, {"every": "1", "on": f"{day:%Y-%m-%d}", "document_number": "9号"})
    assert Result.objects.filter(decided_pass=True).count() == 3
    assert Result.objects.filter(decided_pass=False).count() == 0


def test_without_a_day_nothing_is_decided_and_what_was_typed_stays(made):
    row = Result.objects.first()
    answer = press(enter(made.officer), "decide", [row], on="", document_number="安组发9号")
    assert answer.status_code == 422
    assert 'value="安组发9号"' in text(answer)
    assert Result.objects.exclude(decided_pass=None).count() == 0


def test_no_tick_is_said_and_not_taken_for_all(made):
    answer = press(enter(made.officer), "decide", [], on="2026-11-20", document_number="")
    assert (answer.status_code, Result.objects.exclude(decided_pass=None).count()) == (422, 0)


def test_the_decider_cannot_publish_from_the_list(made):
    decide_all(made)
    rows = list(Result.objects.all())
    assert press(enter(made.officer), "publish", rows).status_code == 422
    assert press(enter(made.second_officer), "publish", rows).status_code == 302
    assert Result.objects.filter(published_at=None).count() == 0


@pytest.mark.parametrize("name", ["decide", "publish"])
@pytest.mark.parametrize("person", ["leader", "secretary", "clerk", "branch_clerk"])
def test_nobody_else_has_the_buttons(made, name, person):
    rows = list(Result.objects.all())
    assert press(enter(getattr(made, person)), name, rows, on="2026-11-20").status_code == 403


def test_odd_ids_are_no_rows(made):
    answer = enter(made.officer).post(
        reverse("scoring:results_publish"), {"ids": ["x", "9" * 30, "-1", "１"]}
    )
    assert answer.status_code == 422


# ---- one result ----


def test_a_result_shows_each_lost_point_with_its_reason(made):
    page = text(enter(made.officer).get(at("result", result_of(made, made.branches[0]))))
    assert "少开1次，每次扣0.5分，扣0.5分。" in page
    assert "未经实地验收" in page


def test_a_result_links_the_findings_on_its_clause(made):
    finding = make_finding(
        branch=made.branches[0], by=made.officer.user, cycle=made.cycle, clause_key="records"
    )
    page = text(enter(made.officer).get(at("result", result_of(made, made.branches[0]))))
    assert reverse("inspections:finding", args=[finding.pk]) in page


def test_an_overtaken_result_says_so(made):
    page = text(enter(made.officer).get(at("result", result_of(made, made.branches[0]))))
    is_said = "结果所依据的记录有变化" in page
    assert is_said == (timezone.now() - COMPUTED > timedelta(hours=14))


def decide(client, target, **fields):
    given = {"verdict": "pass", "on": f"{timezone.localdate():%Y-%m-%d}"} | fields
    return client.post(at("result_decide", target), given)


def test_one_result_is_decided_with_a_reason_against_the_proposal(made):
    target = result_of(made, made.branches[0])
    answer = decide(enter(made.officer), target, verdict="fail", reason="有严重违纪")
    found = result_of(made, made.branches[0])
    assert (answer.status_code, found.decided_pass, found.decision_reason) == (
        302,
        False,
        "有严重违纪",
    )


def test_against_the_proposal_without_a_reason_the_form_comes_back(made):
    target = result_of(made, made.branches[0])
    answer = decide(enter(made.officer), target, verdict="fail", document_number="安组发9号")
    assert answer.status_code == 422
    assert "与系统意见不一致的评定须写明理由" in text(answer)
    assert "安组发9号" in text(answer)


@pytest.mark.parametrize("typed", ["2026-13-40", "", "明天", "2026-11-20\x00"])
def test_an_odd_day_comes_back_as_an_error(made, typed):
    answer = decide(enter(made.officer), result_of(made, made.branches[0]), on=typed)
    assert answer.status_code == 422


def test_full_width_digits_are_read_as_a_day(made):
    answer = decide(
        enter(made.officer),
        result_of(made, made.branches[0]),
        on="２０２６－１１－２０".replace("－", "-"),
    )
    assert answer.status_code == 302


def test_the_leader_reads_and_does_not_decide(made):
    target = result_of(made, made.branches[0])
    client = enter(made.leader)
    assert client.get(at("result", target)).status_code == 200
    assert decide(client, target).status_code == 403


def test_publishing_one_opens_it_to_the_unit(made):
    decide_all(made)
    target = result_of(made, made.branches[0])
    enter(made.second_officer).post(at("result_publish", target))
    assert enter(made.branch_clerk).get(at("result", target)).status_code == 200


def test_a_result_prints_on_its_own_page(made):
    page = text(enter(made.officer).get(at("result_print", result_of(made, made.branches[0]))))
    assert "print-table" in page


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


def test_client_keys_are_not_needed_because_deciding_twice_is_deciding_once(made):
    target = result_of(made, made.branches[0])
    client = enter(made.officer)
    answers = [decide(client, target, client_key=uuid.uuid4()).status_code for _n in range(2)]
    assert answers == [302, 302]
