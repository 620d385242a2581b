"""A county's own table all the way: read, corrected, tried on last year's answers, issued by two, filed, explained."""

from datetime import date
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from branches.models import Field, Meeting, MeetingKind
from branches.tests.make import make_county
from inspections.models import Cycle, CycleState
from inspections.tests.make import make_cycle
from portal.tests.journeys.issuing import second_person_issues, submits_for_issue
from portal.tests.journeys.make_own_table import (
    AGAIN,
    LAST_YEAR,
    THIS_YEAR,
    make_own_document,
    make_own_table,
)
from portal.tests.journeys.walking import at, zh
from scoring import results
from scoring.models import Result
from scoring.tests.make import make_judged
from standards import importing
from standards.models import Edition, EditionImport, EditionState
from standards.tests.make import make_edition, put_in_force

pytestmark = [pytest.mark.browser, pytest.mark.slow]
RULE_OF_9 = "每有一件未按时办结扣2分，扣完为止。"
RULE_OF_10 = "每少一次扣1分，扣完为止。"


@pytest.fixture
def story(live, desk, phone, tmp_path):
    """Last year went by the same table with other rules; two branches fell short of one meeting or more."""
    with at("2026-11-20 09:00"):
        place = make_county()
        edition = last_years(place, tmp_path)
        short = {"m1": 3}, {"m1": 1}, (), {"m1": 5}
        key = edition.clauses.get(code="5").key
        cycle = make_cycle(
            owner=place.county, edition=edition, name="2025年度", state=CycleState.CLOSED,
            starts_on=date(2025, 1, 1), ends_on=date(2025, 12, 31),
        )  # fmt: skip
        failing = [{key: values} if values else () for values in short]
        place = make_judged(county=place, cycle=cycle, failing=failing)
    return SimpleNamespace(**vars(place) | {"desk": desk, "phone": phone, "folder": tmp_path})


def last_years(place, folder):
    draft = make_edition(owner=place.county, name="安禾县农村党支部标准（2025）", year=2025)
    with make_own_table(folder / "2025.xlsx", LAST_YEAR).open("rb") as file:
        kept = importing.upload(
            place.officer, draft, file=file, name="2025.xlsx", fields=[Field.RURAL],
            client_key=uuid4(), now=timezone.now(),
        )  # fmt: skip
    importing.confirm(place.officer, kept, now=timezone.now())
    return put_in_force(draft)


def test_from_the_table_in_the_drawer_to_the_point_explained(story):
    with at("2026-11-20 10:00"):
        officer = story.desk(story.officer.user)
        drafts_from_last_year(officer, story)
        uploads(officer, story)
        reads_the_least_sure_first(officer)
        corrects_two_phrases(officer, story)
        reviews_on_a_phone(story)
        answers_the_questions(officer, story)
        previews_a_line(officer, story)
        tries_it(officer, story)
        issued_by_two(officer, story)
        opens_the_cycle(officer, story)
    with at("2026-11-20 15:00"):
        holds_its_theme_days(story, range(1, 12))
        clerk_files(story)
        secretary_passes(story)
    with at("2026-12-28 09:00"):
        holds_its_theme_days(story, [12])
        results.refresh(now=timezone.now())
        officer_decides(story)
        second_person_publishes(story)
        reader_sees_why(story)


def drafts_from_last_year(desk, story):
    desk.go("standards:create").fill("name", "安禾县农村党支部标准（2026）")
    desk.look("own-1-new").press("Save").arrives("standards:edition")
    story.draft = Edition.objects.get(state=EditionState.DRAFT)


def uploads(desk, story):
    table = make_own_table(story.folder / "评分表.xlsx", THIS_YEAR)
    desk.go("standards:upload", story.draft.pk).upload("file", table)
    desk.look("own-2-upload").press("Upload and preview").arrives("standards:import")
    desk.look("own-3-review")
    story.kept = EditionImport.objects.get(edition=story.draft)


def reads_the_least_sure_first(desk):
    """Each phrase stands beside what it became; what nobody understood comes before what is sure."""
    rows = desk.page.locator(".read-row")
    expect(rows).to_have_count(3)
    expect(rows.nth(0)).to_contain_text(AGAIN)
    expect(rows.nth(0)).to_contain_text("“发现一起扣分”未能识别，请人工核定")
    expect(rows.nth(1)).to_contain_text("未走访的扣2分")
    expect(rows.nth(1)).to_contain_text(zh("Waiting for your yes"))
    expect(rows.nth(2)).to_contain_text("每少1次扣4分，扣完为止。")


def corrects_two_phrases(desk, story):
    rereads(desk, "群众诉求", RULE_OF_9)
    rereads(desk, "联系户", RULE_OF_10)
    desk.look("own-4-corrected")
    story.kept.refresh_from_db()
    assert {row["reading"]["decision"] for row in story.kept.rows["rows"]} == {"read"}


def rereads(desk, text, phrase):
    row = desk.page.locator(".read-row", has_text=text)
    row.get_by_text(zh("Correct"), exact=True).click()
    row.locator("textarea[name=phrase]").fill(phrase)
    row.get_by_role("button", name=zh("Read again")).click()
    expect(desk.page.locator(".read-row", has_text=text).locator(".chip")).to_have_text(
        zh("Counts as read")
    )


def reviews_on_a_phone(story):
    small = story.phone(story.officer.user)
    small.go("standards:upload", story.draft.pk).look("own-2-upload")
    small.go("standards:import", story.draft.pk, story.kept.pk).look("own-4-corrected")


def answers_the_questions(desk, story):
    """What last year's standard answered is one line each."""
    asked = desk.page.locator(".read-answered", has_text="不适用的条目")
    asked.get_by_text(zh("Change"), exact=True).click()
    asked.get_by_label("计满分").check()
    desk.page.locator("form[action$='/confirm/'] .btn-primary").click()
    desk.arrives("standards:edition").look("own-5-draft")
    story.draft.refresh_from_db()
    assert story.draft.options["not_applicable"] == "full"
    assert story.draft.clauses.count() == 11


def previews_a_line(desk, story):
    story.clause = story.draft.clauses.get(code="5")
    desk.go("standards:clause_edit", story.draft.pk, story.clause.key)
    preview = desk.page.locator("#preview")
    preview.locator("input[type=text]").fill("2")
    expect(preview).to_contain_text(zh("%(n)s of %(m)s points", n="7", m="15"))
    desk.look("own-6-preview")


def tries_it(desk, story):
    desk.go("standards:edition", story.draft.pk).follow("Simulation").arrives("scoring:simulation")
    desk.sees("若今天施行，2个支部的等次将发生变动。", "双井村党支部", "东坪村党支部")
    desk.look("own-7-simulation")


def issued_by_two(desk, story):
    submits_for_issue(desk, story.draft, looks=("own-8-check", "own-9-proposed"))
    first, second = story.officer.user, story.second_officer.user
    second_person_issues(
        story.desk(second),
        story.draft,
        by=(first, second),
        looks=("own-10-second", "own-11-issued"),
    )


def opens_the_cycle(desk, story):
    desk.go("standards:edition", story.draft.pk).follow("Begin a new cycle with it")
    desk.arrives("inspections:cycle_create").fill("name", "2026年度")
    desk.press("Plan a cycle").arrives("inspections:cycles")
    desk.press("Open the cycle", sure=True).sees(zh("Close the cycle")).look("own-12-cycles")
    story.cycle = Cycle.objects.get(state=CycleState.OPEN)
    assert story.cycle.edition == story.draft


def holds_its_theme_days(story, months):
    """每月固定一天 is counted from the register of meetings."""
    for month in months:
        Meeting.objects.create(
            organization=story.branches[0],
            kind=MeetingKind.THEME_DAY,
            held_on=date(2026, month, 5),
            recorded_at=timezone.now(),
            recorded_by=story.clerk.user,
        )


def clerk_files(story):
    """Begun at the desk, handed in from the phone."""
    story.assessment = story.cycle.assessments.get(branch=story.branches[0])
    desk = story.desk(story.clerk.user).go("inspections:assessment", story.assessment.pk)
    desk.sees("上期：党员集中学习少3次，每次扣0.5分，扣1.5分").look("own-13-filing")
    clause = desk.page.locator(f"#c-{story.clause.key}")
    clause.locator("label.no").click()
    clause.locator(".measures-box input[type=text]:visible").fill("2")
    clause.locator("textarea").fill("九月、十月集中学习未开展")
    desk.press("The rest conform").arrives("inspections:assessment")
    small = story.phone(story.clerk.user).go("inspections:assessment", story.assessment.pk)
    small.look("own-14-filled")
    small.press("Submit to %(unit)s", unit="柳湾镇党委").sees(zh("Take back")).look("own-15-filed")


def secretary_passes(story):
    small = story.phone(story.secretary.user)
    small.go("inspections:check", story.assessment.pk).look("own-16-check")
    small.press("Pass").arrives("inspections:assessments")


def officer_decides(story):
    desk = story.desk(story.officer.user)
    story.result = Result.objects.get(cycle=story.cycle, branch=story.branches[0])
    desk.go("scoring:results", query=f"?cycle={story.cycle.pk}").look("own-17-results")
    desk.page.locator(f"input[name=ids][value='{story.result.pk}']").check()
    desk.fill("on", "2026-12-28").fill("document_number", "安组发〔2026〕12号")
    desk.press("Adopt the proposals", sure=True).sees(zh("Decided, not published"))


def second_person_publishes(story):
    second = story.desk(story.second_officer.user).go("scoring:result", story.result.pk)
    second.press("Publish", sure=True).sees(zh("Published")).look("own-18-published")


def reader_sees_why(story):
    """The clause, its rule, what was measured, and whose word it is, on the lost point itself."""
    small = story.phone(story.branch_clerk.user).go("scoring:result", story.result.pk)
    lost = small.page.locator(".lost-line")
    expect(lost).to_have_count(1)
    for said in ("5", story.clause.text, "−8", "7/15", "每少1次扣4分，扣完为止。", "2次"):
        expect(lost).to_contain_text(said)
    for said in (
        "九月、十月集中学习未开展",
        zh("Self-assessment"),
        f"柳湾镇党委 {story.clerk.user.name}",
        "2026-11-20",
    ):
        expect(lost).to_contain_text(said)
    small.sees(f"柳湾镇党委 {story.secretary.user.name}于2026-11-20审核通过").look("own-19-reader")
    small.follow("Score receipt").arrives("scoring:receipt").look("own-20-receipt")


def test_the_same_table_in_word_is_read_the_same(story):
    with at("2026-11-20 10:00"):
        draft = make_edition(owner=story.county)
        screen = story.desk(story.officer.user).go("standards:upload", draft.pk)
        screen.upload("file", make_own_document(story.folder / "评分表.docx", THIS_YEAR))
        screen.press("Upload and preview").arrives("standards:import").look("own-word-review")
        screen.page.locator("form[action$='/confirm/'] .btn-primary").click()
        screen.arrives("standards:edition")
    told = draft.clauses.filter(points__field=Field.RURAL).order_by("position")
    assert list(told.values_list("code", "points__points")) == [
        ("1", 800), ("2", 700), ("3", 800), ("4", 700), ("5", 1500), ("6", 500), ("7", 1200),
        ("8", 800), ("9", 1000), ("10", 1000), ("11", 1000),
    ]  # fmt: skip
