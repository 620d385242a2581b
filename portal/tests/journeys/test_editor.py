"""Editing a standard at the screen: the preview follows the typing, the draft is tried, a second person issues it."""

from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from inspections.models import Stage
from inspections.tests.make import FLAG_RULE
from portal.tests.journeys.issuing import second_person_issues, submits_for_issue
from portal.tests.journeys.walking import at, zh
from scoring.tests.make import make_judged
from standards import actions, releasing

pytestmark = pytest.mark.browser
DEARER = "计量 short 次数 名称=少开次数\n增减 short 分值=4"


@pytest.fixture
def made(live):
    with at("2026-11-20 09:00"):
        made = make_judged(failing=[{"records": {"short": 3}}, {"records": {"short": 6}}])
        made.draft = actions.create_draft(
            made.officer,
            made.county,
            now=timezone.now(),
            client_key=uuid4(),
            from_edition=made.cycle.edition,
            name="安禾县党支部标准（修订）",
        )
    return made


def test_a_clause_is_edited_tried_and_issued_by_two(made, desk):
    with at("2026-11-20 10:00"):
        officer = desk(made.officer.user)
        edits_with_a_preview(officer, made)
        moves_from_the_keyboard(officer, made)
        tries_the_draft(officer, made)
        submits_for_issue(officer, made.draft, looks=("editor-check", "editor-submitted"))
        first, second = made.officer.user, made.second_officer.user
        second_person_issues(
            desk(second), made.draft, by=(first, second), looks=("editor-second", "editor-issued")
        )


def edits_with_a_preview(desk, made):
    desk.go("standards:clause_edit", made.draft.pk, "records")
    desk.fill("rule_notation", DEARER)
    preview = desk.page.locator("#preview")
    expect(preview).to_contain_text("4分")
    box = preview.locator("input[type=text]")
    box.fill("3")
    expect(preview).to_contain_text(zh("%(n)s of %(m)s points", n="13", m="25"))
    desk.look("editor-clause").press("Save").arrives("standards:clause")
    made.draft.refresh_from_db()
    assert made.draft.clauses.get(key="records").rule["steps"][0]["unit"] == "4"


def moves_from_the_keyboard(desk, made):
    desk.go("standards:edition", made.draft.pk).look("editor-draft")
    desk.page.locator("#c-setup").focus()
    desk.page.keyboard.press("ArrowDown")
    expect(desk.page.locator("#c-records")).to_be_focused()
    with desk.page.expect_navigation():
        desk.page.keyboard.press("Alt+ArrowUp")
    expect(desk.page.locator("#c-records")).to_be_focused()
    order = made.draft.clauses.order_by("position").values_list("key", flat=True)
    assert list(order)[:2] == ["records", "setup"]


def tries_the_draft(desk, made):
    desk.go("scoring:simulation", made.draft.pk)
    desk.sees("若今天施行，2个支部的等次将发生变动。", "双井村党支部").look("editor-simulation")
    desk.page.get_by_role("link", name="2", exact=True).first.click()
    desk.sees("上坝村党支部").look("editor-simulation-clause")


def test_a_running_cycle_takes_the_new_edition_by_two(made, desk):
    with at("2026-11-20 10:00"):
        clause = made.draft.clauses.get(key="dues")
        actions.edit_clause(made.officer, clause, now=timezone.now(), rule=FLAG_RULE)
        releasing.submit(made.officer, made.draft, now=timezone.now())
        releasing.issue(made.second_officer, made.draft, now=timezone.now())
        officer = desk(made.officer.user)
        officer.go("inspections:cycles").look("editor-cycles")
        officer.follow("Take the edition now in force").arrives("scoring:adoption")
        officer.page.get_by_label(zh("Carry over, reopen new and changed clauses")).check()
        officer.fill("reason", "上级新规定年内执行").look("editor-adoption")
        officer.press("Ask a second person").arrives("scoring:adoption")
        second = desk(made.second_officer.user)
        second.go("scoring:adoption", made.cycle.pk).look("editor-adoption-waits")
        second.press("Carry it out", sure=True).sees(zh("The change was carried out."))
        second.look("editor-adoption-done")
    made.cycle.refresh_from_db()
    stages = made.cycle.assessments.values_list("stage", flat=True)
    assert (made.cycle.edition_id, set(stages)) == (made.draft.pk, {Stage.RETURNED})
