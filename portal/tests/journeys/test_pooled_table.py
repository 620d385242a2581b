"""A table whose points stand in its headings alone, all the way: pooled, issued by two, filed, checked, inspected on
the phone, and every point of the one clause explained."""

from types import SimpleNamespace

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.tests.make import make_user
from branches.tests.make import make_county
from inspections.models import Cycle, Finding, Visit
from portal.tests.journeys.issuing import second_person_issues, submits_for_issue
from portal.tests.journeys.make_pooled_table import CHAPTERS, DUTY, make_pooled_table
from portal.tests.journeys.walking import at, zh
from scoring import results
from scoring.models import Result
from standards.models import Edition

pytestmark = [pytest.mark.browser, pytest.mark.slow]
# The leader first.
TEAM = {"孙立": "sunli", "钱进": "qianjin"}


@pytest.fixture
def story(live, desk, phone, tmp_path):
    with at("2026-11-02 09:00"):
        place = make_county()
    team = [make_user(name=name, username=said) for name, said in TEAM.items()]
    screens = {"desk": desk, "phone": phone, "folder": tmp_path, "team": team}
    return SimpleNamespace(**vars(place) | screens)


def test_from_the_headings_to_the_point_explained(story):
    with at("2026-11-04 09:00"):
        takes_the_table_over(story)
        issued_by_two(story)
        opens_the_cycle(story)
    with at("2026-11-05 10:00"):
        clerk_files(story)
        secretary_passes(story)
        officer_plans_the_visit(story)
    with at("2026-11-06 10:00"):
        member_finds_a_problem(story)
        leader_confirms_and_signs(story)
    with at("2026-11-09 09:00"):
        results.refresh(now=timezone.now())
        point_is_explained(story)


def takes_the_table_over(story):
    desk = story.desk(story.officer.user).go("standards:create")
    desk.page.get_by_label(zh("Nothing yet: our own scoring table will be imported")).check()
    desk.press("Save").arrives("standards:edition")
    story.draft = Edition.objects.get()
    table = make_pooled_table(story.folder / "评分表.xlsx")
    desk.go("standards:upload", story.draft.pk).upload("file", table)
    desk.press("Upload and preview").arrives("standards:import").look("pooled-1-preview")
    desk.sees("日常工作40分", "党员教育35分", "联系群众25分")
    desk.press("One clause for each of these chapters").arrives("standards:import")
    desk.look("pooled-2-clauses")
    desk.page.locator("form[action$='/confirm/'] .btn-primary").click()
    desk.arrives("standards:edition").look("pooled-3-draft")
    assert story.draft.clauses.count() == len(CHAPTERS) + 1


def issued_by_two(story):
    first, second = story.officer.user, story.second_officer.user
    submits_for_issue(story.desk(first), story.draft, looks=("pooled-4-check", "pooled-5-waits"))
    second_person_issues(
        story.desk(second),
        story.draft,
        by=(first, second),
        looks=("pooled-6-second", "pooled-7-issued"),
    )


def opens_the_cycle(story):
    desk = story.desk(story.officer.user).go("inspections:cycle_create")
    desk.fill("name", "2026年度").look("pooled-8-cycle")
    desk.press("Plan a cycle").arrives("inspections:cycles")
    desk.press("Open the cycle", sure=True).sees(zh("Close the cycle"))
    story.cycle = Cycle.objects.get()


def clerk_files(story):
    """The township's clerk sees every line of the one clause and admits two watches missed."""
    story.assessment = story.cycle.assessments.get(branch=story.branches[0])
    story.clause = story.draft.clauses.get(chapter__title="日常工作")
    desk = story.desk(story.clerk.user).go("inspections:assessment", story.assessment.pk)
    clause = desk.page.locator(f"#c-{story.clause.key}")
    for line in CHAPTERS["一、日常工作（40分）"]:
        expect(clause).to_contain_text(line.replace("，", "：", 1) if line == DUTY else line)
    desk.look("pooled-9-filing")
    clause.locator("label.no").click()
    clause.locator("label.measure", has_text="缺2次").click()
    clause.locator("textarea").fill("九月两次无人值班")
    desk.look("pooled-10-problem")
    desk.press("The rest conform").arrives("inspections:assessment").look("pooled-11-filled")
    desk.press("Submit to %(unit)s", unit="柳湾镇党委").sees(zh("Take back"))


def secretary_passes(story):
    small = story.phone(story.secretary.user)
    small.go("inspections:check", story.assessment.pk).sees("九月两次无人值班", "柳湾镇党委 王宁")
    small.misses("不扣分")
    small.look("pooled-12-check").press("Pass").arrives("inspections:assessments")


def officer_plans_the_visit(story):
    desk = story.desk(story.officer.user).go("inspections:visit_plan")
    desk.fill("name", "秋季验收").fill("starts_on", "2026-11-06").fill("ends_on", "2026-11-07")
    for user in story.team:
        desk.page.locator(f"input[name=team][value='{user.pk}']").check()
    desk.page.locator(f"input[name=leader][value='{story.team[0].pk}']").check()
    desk.page.get_by_label("双井村党支部").check()
    desk.press("Plan the visit").arrives("inspections:visit")
    story.stop = Visit.objects.get().stops.get()


def member_finds_a_problem(story):
    """Two lines of the one clause at once: three watches missed, and the ledger."""
    small = story.phone(story.team[1]).go("inspections:stop", story.stop.pk).look("pooled-13-stop")
    clause = small.page.locator(f"[data-clause='{story.clause.key}']")
    clause.locator(".tap-no").click()
    clause.locator("label.measure", has_text="缺3次").click()
    clause.locator("label.measure", has_text=zh("Does not meet this")).click()
    small.look("pooled-14-problem").press("Save the problem", within=clause)
    expect(clause.locator(".stop-findings a")).to_have_count(1)
    enters_the_award(small, story)
    small.press("The rest conform", within=small.page.locator("#rest"))
    expect(small.page.locator("[data-progress]").first).to_have_text("4/4")
    small.look("pooled-15-judged")
    story.finding = Finding.objects.get(stop=story.stop)
    assert story.finding.text == "无故缺次数：缺3次；工作台账规范：不符合"
    expect(clause).to_contain_text(f"{zh('Has a problem')}（{story.finding.text}）")


def enters_the_award(small, story):
    """What adds points is entered by the same form and is no problem."""
    shared = story.draft.clauses.get(rule_text__startswith="经验")
    clause = small.page.locator(f"[data-clause='{shared.key}']")
    expect(clause).not_to_contain_text(zh("Has a problem"))
    clause.locator(".tap-no").click()
    clause.locator("input[type=text]:visible").first.fill("全县现场会")
    clause.locator("select:visible").first.select_option(index=1)
    small.look("pooled-14-award").press("Save", within=clause)
    expect(clause.locator(".stop-said")).to_contain_text("全县现场会")
    expect(clause.locator(".stop-findings a")).to_have_count(0)


def leader_confirms_and_signs(story):
    small = story.phone(story.team[0])
    small.go("inspections:stop_review", story.stop.pk).look("pooled-16-review")
    small.press("Confirm and print", sure=True).arrives("inspections:stop_feedback")
    small.look("pooled-17-feedback")
    small.go("inspections:stop_sign", story.stop.pk).fill("representative", "张林")
    small.fill("signed_on", "2026-11-06").press("Signed by both sides")
    small.arrives("inspections:visit")


def point_is_explained(story):
    """Each line that cost something, what it cost, whose word it is; the receipt says the same."""
    result = Result.objects.get(cycle=story.cycle, branch=story.branches[0])
    small = story.phone(story.officer.user).go("scoring:result", result.pk).look("pooled-18-result")
    told = small.page.locator(".lost-line")
    expect(told).to_have_count(2)
    expect(told.nth(1)).to_contain_text("总分加1分")
    lost = told.first
    said = ("−2.5", "37.5/40", "缺3次", "扣1.5分", "工作台账规范", "扣1分", story.finding.number)
    for word in (*said, "安禾县委组织部检查组 钱进", "2026-11-06"):
        expect(lost).to_contain_text(word)
    expect(lost).not_to_contain_text("不扣分")
    small.sees(f"柳湾镇党委 {story.secretary.user.name}于2026-11-05审核通过")
    small.follow("Score receipt").arrives("scoring:receipt").look("pooled-19-receipt")
    small.sees("37.5/40", "安禾县委组织部检查组 钱进 2026-11-06")
