"""The whole chain in one story, each step pressed by the person whose step it is."""

from types import SimpleNamespace

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts import outbox
from accounts.models import Notice, User
from accounts.roles import Role
from accounts.tests.make import make_user
from branches.holidays import seed_calendar
from branches.models import Organization, OrgKind
from branches.tests.make import make_grant, make_organization
from inspections import reminders
from inspections.models import Cycle, Finding, Visit
from portal.tests.journeys.issuing import second_person_issues, submits_for_issue
from portal.tests.journeys.make_workbooks import COUNTY, SHAPES, make_roster, make_standard
from portal.tests.journeys.walking import at, zh
from scoring import results
from scoring.models import Result
from standards.models import Edition

pytestmark = [pytest.mark.journey, pytest.mark.browser]
BRANCH = "双井村"
PASSWORD = "kabe-tusa-remu-47"


@pytest.fixture
def story(live, desk, phone, tmp_path):
    """The county before anything happened: one unit, its officers, the team on loan."""
    seed_calendar()
    county = make_organization(name=COUNTY, kind=OrgKind.DEPARTMENT)
    people = {
        "officer": officer(county, "周岚"),
        "second": officer(county, "吴越"),
        "leader": make_user(name="孙立", username="sunli"),
        "member": make_user(name="钱进", username="qianjin"),
    }
    return SimpleNamespace(county=county, desk=desk, phone=phone, folder=tmp_path, **people)


def officer(county, name):
    user = make_user(name=name)
    make_grant(user=user, organization=county, role=Role.COUNTY_OFFICER)
    return user


def holder(unit, role):
    return User.objects.get(grants__organization__short_name=unit, grants__role=role)


def test_from_the_roster_to_the_published_result(story):
    with at("2026-11-04 09:00"):
        imports_the_roster(story)
        makes_accounts(story)
        issues_the_standard(story)
        opens_the_cycle(story)
    with at("2026-11-05 10:00"):
        clerk_signs_in_and_records_meetings(story)
        clerk_files(story)
        secretary_passes(story)
        officer_plans_the_visit(story)
    with at("2026-11-06 10:00"):
        member_finds_a_problem(story)
        leader_confirms_and_signs(story)
    with at("2026-11-09 09:00"):
        officer_issues_the_finding(story)
        result_is_proposed(story, "Proposed: not up to standard")
        clerk_acknowledges(story)
    with at("2026-12-01 08:00"):
        reminder_arrives_once(story)
    with at("2026-12-02 09:00"):
        clerk_rectifies(story)
    with at("2026-12-03 09:00"):
        secretary_verifies(story)
        officer_closes(story)
        result_is_proposed(story, "Proposed: up to standard")
        explanation_says_why(story)
    with at("2026-12-28 09:00"):
        officer_decides(story)
        second_officer_publishes(story)
        branch_clerk_reads_the_result(story)


# ---- 4 November: the county sets up ----


def imports_the_roster(story):
    desk = story.desk(story.officer)
    desk.go("branches:imports").look("roster-upload")
    desk.upload("file", make_roster(story.folder / "名册.xlsx")).press("Upload and preview")
    desk.arrives("branches:import").look("roster-preview")
    desk.sees(
        "新河村党支部",
        zh("No unit of this name stands under %(owner)s or in this table.", owner=COUNTY),
    )
    desk.press("Confirm and write %(n)s rows", n=7, sure=True)
    desk.sees(zh("Written: %(new)s new, %(changed)s changed.", new=7, changed=0))
    shuangjing = Organization.objects.get(short_name=BRANCH)
    assert (shuangjing.parent.short_name, shuangjing.profile.full_members) == ("柳湾镇", 28)
    assert str(shuangjing.profile.secretary_since) == "2026-11-03"
    desk.go("branches:list").look("branches")


def issues_the_standard(story):
    desk = story.desk(story.officer)
    desk.go("standards:create")
    desk.page.get_by_label(zh("Nothing yet: our own scoring table will be imported")).check()
    desk.look("standard-new").press("Save").arrives("standards:edition")
    edition = Edition.objects.get()
    desk.go("standards:upload", edition.pk).look("standard-upload")
    desk.upload("file", make_standard(story.folder / "评分表.xlsx")).press("Upload and preview")
    desk.arrives("standards:import").look("standard-preview")
    desk.page.locator("form[action$='/confirm/'] .btn-primary").click()
    desk.page.wait_for_url(f"**/standards/{edition.pk}/")
    assert edition.clauses.count() == len(SHAPES)
    desk.look("standard-draft")
    submits_for_issue(desk, edition, looks=("standard-issue", "standard-submitted"))
    second_person_issues(
        story.desk(story.second),
        edition,
        by=(story.officer, story.second),
        looks=("standard-to-issue", "standard-issued"),
    )


def opens_the_cycle(story):
    desk = story.desk(story.officer)
    desk.go("inspections:cycle_create").fill("name", "2026年度")
    desk.look("cycle-new")
    desk.press("Plan a cycle").arrives("inspections:cycles").look("cycles")
    desk.press("Open the cycle", sure=True).sees(zh("Close the cycle"))
    story.cycle = Cycle.objects.get()
    assert (story.cycle.state, story.cycle.assessments.count()) == ("open", 4)


def makes_accounts(story):
    """Every unit gets its people in one go; the slips are shown once."""
    desk = story.desk(story.officer)
    desk.go("branches:roster_accounts")
    for role in (Role.BRANCH_CLERK, Role.SECRETARY, Role.CLERK):
        desk.page.locator(f"input[name=roles][value={role}]").check()
    desk.look("accounts-roster").press("Create and show the slips", sure=True)
    desk.page.get_by_text(zh("One-time password slips")).first.wait_for()
    desk.camera.take(desk.page, "accounts-slips")
    story.clerk, story.secretary = holder("柳湾镇", Role.CLERK), holder("柳湾镇", Role.SECRETARY)
    story.branch_clerk = holder(BRANCH, Role.BRANCH_CLERK)
    story.slip = password_on_slip(desk.page, story.clerk.username)
    others = User.objects.exclude(pk=story.clerk.pk)
    others.update(must_change_password=False)


def password_on_slip(page, username):
    slip = page.locator("table", has=page.get_by_text(username, exact=True))
    return slip.locator("strong").nth(1).inner_text()


# ---- 5 November: the township files, the secretary reviews, the county plans ----


def clerk_signs_in_and_records_meetings(story):
    desk = story.clerk_desk = story.desk()
    desk.open("/account/sign-in/").look("sign-in")
    desk.fill("username", story.clerk.username).fill("password", story.slip).press("Sign in")
    desk.arrives("accounts:change_password").look("change-password")
    desk.fill("old", story.slip).fill("new", PASSWORD).fill("again", PASSWORD)
    desk.page.locator("main form .btn-primary").click()
    desk.arrives("home").look("home-clerk")
    branch = Organization.objects.get(short_name=BRANCH)
    desk.go("branches:meeting_grid", branch.pk)
    months = desk.page.locator("main tr", has_text=zh("Committee meeting")).locator("input")
    for month in range(months.count()):
        months.nth(month).fill("1")
    desk.look("meeting-grid").press("Save").sees(
        zh("Saved: %(count)s cells changed.", count=months.count())
    )
    desk.go("branches:detail", branch.pk).look("branch")


def clerk_files(story):
    desk = story.clerk_desk
    story.assessment = story.cycle.assessments.get(branch__short_name=BRANCH)
    desk.go("inspections:assessments").look("assessments-clerk")
    desk.go("inspections:assessment", story.assessment.pk).look("assessment")
    desk.press("The rest conform").arrives("inspections:assessment").look("assessment-filled")
    desk.press("Submit to %(unit)s", unit="柳湾镇党委").sees(zh("Take back")).look(
        "assessment-filed"
    )


def secretary_passes(story):
    phone = story.phone(story.secretary)
    phone.go("home").look("home-secretary")
    phone.go("inspections:check", story.assessment.pk).look("check")
    phone.press("Pass").arrives("inspections:assessments").look("assessments-secretary")


def officer_plans_the_visit(story):
    desk = story.desk(story.officer)
    desk.go("inspections:visit_plan").fill("name", "秋季验收")
    desk.fill("starts_on", "2026-11-06").fill("ends_on", "2026-11-07")
    for user in (story.leader, story.member):
        desk.page.locator(f"input[name=team][value='{user.pk}']").check()
    desk.page.locator(f"input[name=leader][value='{story.leader.pk}']").check()
    desk.page.get_by_label("双井村党支部").check()
    desk.look("visit-plan").press("Plan the visit").arrives("inspections:visit").look("visit")
    story.stop = Visit.objects.get().stops.get()


# ---- 6 November: on site, by phone ----


def member_finds_a_problem(story):
    phone = story.phone(story.member)
    phone.go("home").look("home-inspector")
    phone.go("inspections:visit", story.stop.visit_id).look("visit-team")
    phone.go("inspections:stop", story.stop.pk).look("stop")
    clause = phone.page.locator("[data-code='1.1']")
    clause.locator(".tap-no").click()
    clause.locator(".measure").first.click()
    clause.locator("label.measure", has_text="没有成立批复").click()
    phone.look("stop-problem")
    phone.press("Save the problem", within=clause)
    expect(clause.locator(".stop-findings a")).to_have_count(1)
    phone.press("The rest conform", within=phone.page.locator("#rest"))
    expect(phone.page.locator("[data-progress]").first).to_have_text("6/6")
    phone.look("stop-judged")
    story.finding = Finding.objects.get()
    assert story.finding.clause_key == clause.get_attribute("data-clause")


def leader_confirms_and_signs(story):
    phone = story.phone(story.leader)
    phone.go("inspections:stop_review", story.stop.pk).look("stop-review")
    phone.press("Confirm and print", sure=True).arrives("inspections:stop_feedback")
    phone.look("stop-feedback")
    phone.go("inspections:stop_sign", story.stop.pk).fill("representative", "张林")
    phone.fill("signed_on", "2026-11-06").look("stop-sign").press("Signed by both sides")
    phone.arrives("inspections:visit").look("visit-signed")
    story.finding.refresh_from_db()
    assert story.finding.stage == "confirmed"


# ---- 9 November: issued; what the software proposes now ----


def officer_issues_the_finding(story):
    desk = story.desk(story.officer)
    desk.go("home").look("home-county")
    desk.go("inspections:finding", story.finding.pk).look("finding")
    desk.move("issue")
    story.finding.refresh_from_db()
    assert (story.finding.stage, str(story.finding.due_on)) == ("issued", "2026-11-30")
    desk.go("inspections:notification", story.finding.notification.pk).look("notification")


def result_is_proposed(story, msgid):
    results.refresh(now=timezone.now())
    desk = story.desk(story.officer)
    story.result = Result.objects.get(branch__short_name=BRANCH)
    desk.go("scoring:results").look("results")
    desk.go("scoring:result", story.result.pk).sees(zh(msgid)).look("result")


def clerk_acknowledges(story):
    desk = story.clerk_desk = story.desk(story.clerk)
    desk.go("inspections:ledger", query="?show=mine").sees(story.finding.number).look("ledger")
    desk.go("inspections:finding", story.finding.pk).move("acknowledge")
    story.finding.refresh_from_db()
    assert story.finding.stage == "in_progress"


# ---- 1 December: a day late ----


def reminder_arrives_once(story):
    """The worker's chore runs three times; each person is told once."""
    told = [reminders.remind(now=timezone.now()) for _run in range(3)]
    for _run in range(3):
        outbox.drain(now=timezone.now())
    assert told[0] > 0 and told[1:] == [0, 0]
    lines = Notice.objects.filter(code="finding.overdue").values_list("user_id", flat=True)
    assert sorted(lines) == sorted({story.secretary.pk, *lines})
    phone = story.phone(story.secretary)
    phone.go("accounts:inbox").look("inbox")
    line = phone.page.locator("main li", has_text="没有成立批复").filter(has_text="逾期1天")
    expect(line).to_have_count(1)
    phone.follow("Report progress", within=line)
    phone.arrives("inspections:finding").sees("2026-11-30")
    desk = story.desk(story.officer)
    desk.go("home").look("home-county-overdue")
    desk.go("inspections:ledger", query="?due=overdue").sees(story.finding.number)


# ---- 2 and 3 December: rectified, verified, closed ----


def clerk_rectifies(story):
    desk = story.desk(story.clerk)
    desk.go("inspections:finding", story.finding.pk)
    desk.move("plan", measures="12月2日前由支部书记补报成立批复。", responsible="张林")
    desk.move("submit", note="已补报并取得批复。", paper="镇党建办档案柜2号盒")
    story.finding.refresh_from_db()
    assert story.finding.stage == "submitted"
    desk.go("inspections:finding_closeout", story.finding.pk).look("closeout")


def secretary_verifies(story):
    phone = story.phone(story.secretary)
    phone.go("inspections:finding", story.finding.pk).look("finding-verify").move("verify")
    story.finding.refresh_from_db()
    assert story.finding.stage == "verified"


def officer_closes(story):
    desk = story.desk(story.officer)
    desk.go("inspections:finding", story.finding.pk).move("close")
    story.finding.refresh_from_db()
    assert story.finding.stage == "closed"
    desk.look("finding-closed")


def explanation_says_why(story):
    """The clause, its rule and the recheck stand on the result."""
    desk = story.desk(story.officer)
    desk.go("scoring:result", story.result.pk)
    desk.sees("支部设置符合规定", zh("Recheck"), story.finding.number)
    desk.go("scoring:explain", story.result.pk).look("explain")
    desk.go("scoring:compare", story.assessment.pk).look("compare")


# ---- 28 December: decided and published by two persons ----


def officer_decides(story):
    desk = story.desk(story.officer)
    desk.go("scoring:results")
    desk.page.locator(f"input[name=ids][value='{story.result.pk}']").check()
    desk.fill("on", "2026-12-28").fill("document_number", "安组发〔2026〕12号")
    desk.press("Adopt the proposals", sure=True).sees(zh("Decided, not published"))


def second_officer_publishes(story):
    desk = story.desk(story.second)
    desk.go("scoring:result", story.result.pk).look("result-decided")
    desk.press("Publish", sure=True).sees(zh("Published"))
    desk.look("result-published")


def branch_clerk_reads_the_result(story):
    phone = story.phone(story.branch_clerk)
    phone.go("home").look("home-branch")
    phone.go("scoring:result", story.result.pk).sees(zh("Up to standard")).look("result-branch")
