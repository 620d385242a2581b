"""One short journey for each group of users, at the screen that group has."""

from io import BytesIO

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from accounts.models import User
from accounts.roles import Kind, Role
from accounts.tests.make import make_user
from branches.models import Field
from branches.tests.make import make_county
from inspections.models import Stage, Tap
from inspections.tests.make import make_cycle
from inspections.tests.visits_made import make_visit
from portal.tests.journeys.make_place import TODAY, compute, make_ledger, make_place, submit
from portal.tests.journeys.walking import at, zh
from scoring.models import Result
from scoring.tests.make import accept, make_judged
from standards.sheets import sheet
from standards.tests.make import make_example

LOSSES = 10
pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def _friday(live):
    with at(TODAY):
        yield


def rows_of(download):
    return list(load_workbook(BytesIO(download.path().read_bytes())).active.values)


@pytest.fixture
def place(live):
    return make_place()


def test_the_officer_goes_from_the_overdue_number_to_chasing_and_exporting(place, desk):
    make_ledger(place)
    screen = desk(place.officer.user).go("home").look("officer-home")
    screen.page.locator(".due", has_text=zh("Overdue without an answer")).click()
    screen.arrives("inspections:ledger").look("officer-overdue")
    screen.page.locator("[data-tick-all]").check()
    screen.press("Chase", within=screen.page.locator("#batch"))
    screen.arrives("inspections:ledger_chase").look("officer-chase")
    screen.page.locator("main .bottom-bar .btn-primary").click()
    screen.agree().arrives("inspections:ledger")
    screen.page.locator("main details.drop summary").click()
    with screen.page.expect_download() as caught:
        screen.page.locator("main .drop-sheet a").first.click()
    cells = [cell for row in rows_of(caught.value) for cell in row if cell]
    assert {"三季度党员大会无记录", "会议记录无签字"} <= set(cells)


def test_the_secretary_passes_a_self_assessment_in_one_tap(place, phone):
    row = submit(place)
    screen = phone(place.secretary.user).go("home").look("secretary-home")
    screen.page.locator("main a", has_text=zh("Check %(n)s self-assessment", n=1)).click()
    screen.arrives("inspections:assessments").look("secretary-list")
    screen.go("inspections:check", row.pk).start_counting().look("secretary-check")
    screen.page.get_by_role("button", name=zh("Pass"), exact=True).tap()
    screen.arrives("inspections:assessments")
    row.refresh_from_db()
    assert (row.stage, len(screen.presses())) == (Stage.PASSED, 1)


def test_the_clerk_submits_the_unchanged_branches_in_one_batch(place, desk):
    screen = desk(place.clerk.user).go("home").look("clerk-home")
    screen.page.locator("main .btn-primary").first.click()
    screen.arrives("inspections:assessments").look("clerk-batch")
    screen.press("Submit in one batch (checked by the branches)")
    screen.sees(zh("%(count)s branch was submitted.", count=1)).look("clerk-submitted")


def test_the_inspector_taps_without_signal_and_nothing_is_lost(place, phone):
    member = make_user(name="钱进")
    visit = make_visit(place, cycle=place.cycle, member=member)
    screen = phone(member).go("home").look("inspector-home")
    screen.page.locator("main .btn-primary").tap()
    screen.arrives("inspections:stop")
    sync, first = screen.page.locator("[data-sync]"), screen.page.locator("[data-code='1.1']")
    expect(sync).to_have_text(zh("Nothing recorded yet"))
    screen.page.context.set_offline(True)
    first.locator(".tap-yes").tap()
    expect(sync).to_contain_text(zh("Offline"))
    expect(sync).to_contain_text(zh("{n} not sent").replace("{n}", "1"))
    screen.look("inspector-offline")
    screen.page.context.set_offline(False)
    expect(sync).to_have_text(zh("All sent"), timeout=30_000)
    assert Tap.objects.get().stop.visit == visit
    screen.page.reload()
    screen.look("inspector-online")
    expect(screen.page.locator("[data-progress]").first).to_have_text("1/3")


def test_the_branch_clerk_finds_the_results_and_prints_the_sheet(place, phone):
    make_ledger(place)
    compute(place)
    screen = phone(place.branch_clerk.user).go("home").look("branch-home")
    screen.page.locator("main .btn-primary").first.click()
    screen.arrives("inspections:assessment").look("branch-assessment")
    screen.follow("Print for signature").arrives("inspections:assessment_print").look(
        "branch-print"
    )
    screen.go("branches:detail", place.branches[0].pk).look("branch-page")


def test_the_leader_takes_the_brief_of_a_town_along(place, desk):
    make_ledger(place)
    compute(place)
    screen = desk(place.leader.user).go("home").look("leader-home")
    screen.page.locator("main a[href*='/brief/']").first.click()
    screen.arrives("scoring:brief").look("leader-brief")
    assert screen.page.pdf(format="A4", print_background=True).count(b"/Type /Page\n") == 1


def test_the_system_administrator_makes_an_account_that_opens_nothing(place, desk):
    screen = desk(make_user(kind=Kind.SYSTEM, name="系统管理员"))
    screen.go("home").look("system-home").go("accounts:users").look("system-users")
    screen.follow("New account").arrives("accounts:user_create").look("system-new")
    screen.fill("username", "zhaoliu").fill("name", "赵柳")
    screen.press("Create and show the one-time password")
    screen.page.get_by_text("zhaoliu").wait_for()
    assert User.objects.get(username="zhaoliu").grants.count() == 0


def test_the_security_administrator_gives_a_role_from_the_account_page(place, desk):
    person = make_user(name="赵柳")
    screen = desk(make_user(kind=Kind.SECURITY, name="安全管理员"))
    screen.go("home").look("security-home").go("branches:grants").look("security-grants")
    screen.go("branches:grant_make", person.pk)
    screen.page.locator("main select[name=role]").select_option(Role.CLERK)
    screen.page.locator("main select[name=organization]").select_option(str(place.town.pk))
    screen.look("security-give").press("Give the role").arrives("branches:grants")
    assert person.grants.get().organization == place.town


def test_the_audit_administrator_reads_the_trail_and_takes_it_along(place, desk):
    submit(place)
    screen = desk(make_user(kind=Kind.AUDIT, name="审计管理员"))
    screen.go("home").look("audit-home").go("accounts:trail").look("audit-trail")
    with screen.page.expect_download() as caught:
        screen.follow("Export")
    assert len(rows_of(caught.value)) >= 2
    screen.go("accounts:access").look("audit-access")


def test_a_receipt_with_many_losses_still_prints_on_one_page(live, desk):
    """Every clause of a village's sheet, the words of two bodies on what was lost."""
    place = make_county()
    edition = make_example(owner=place.county)
    counted = [
        (line.key, line.typed[0].name)
        for line in sheet(edition, Field.RURAL)
        if [m.kind for m in line.typed] == ["count"]
    ]
    said = {key: {name: 2} for key, name in counted[:LOSSES]}
    cycle = make_cycle(owner=place.county, edition=edition)
    made = make_judged(county=place, cycle=cycle, failing=[said])
    accept(made, place.branches[0], failing=dict(list(said.items())[: LOSSES // 2]))
    result = Result.objects.get(branch=place.branches[0])
    screen = desk(place.officer.user).go("scoring:receipt", result.pk).look("receipt-full")
    assert screen.page.pdf(format="A4", print_background=True).count(b"/Type /Page\n") == 1
