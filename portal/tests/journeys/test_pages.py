"""The pages no journey passes, each opened by somebody who has it, at the screen that person has."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from inspections.models import Assessment, Finding, Stage
from portal.tests.journeys.walking import DESK
from portal.tests.make_board import make_board
from standards.tests.make import make_clause, make_edition

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def board(live):
    return make_board()


def stage(board, name):
    return Assessment.objects.get(cycle=board.cycle, stage=name).pk


def finding(name, **where):
    return Finding.objects.filter(stage=name, **where).order_by("pk").first().pk


def look_at(screen, *addresses):
    """Each address: the URL name, its arguments, and a query when the last one begins with ?."""
    for name, *args in addresses:
        query = args.pop() if args and str(args[-1]).startswith("?") else ""
        label = f"{name.replace(':', '-')}{'-' + args[1] if len(args) > 1 else ''}"
        screen.go(name, *args, query=query).look(f"page-{label}")


def test_the_officers_pages_about_units_and_people(board, desk):
    branch, town = board.branches[0].pk, board.town.pk
    look_at(
        desk(board.officer.user),
        ("search", "?q=双井"),
        ("branches:list",),
        ("branches:edit", branch),
        ("branches:create", town),
        ("branches:amend", town),
        ("branches:move", branch),
        ("branches:close", branch),
        ("branches:links", town),
        ("branches:hand_over", town),
        ("branches:print", branch),
        ("branches:grants",),
        ("accounts:settings",),
        ("accounts:suggest",),
    )


def test_the_officers_pages_about_standards_and_work(board, desk):
    edition = board.cycle.edition
    look_at(
        desk(board.officer.user),
        ("standards:list",),
        ("standards:edition", edition.pk, "?field=rural"),
        ("standards:clause", edition.pk, edition.clauses.first().key),
        ("standards:print_sheet", edition.pk, "rural"),
        ("inspections:cycles",),
        ("inspections:assessments",),
        ("inspections:visits",),
        ("inspections:visit_change", board.visit.pk),
        ("inspections:stop_checklist", board.stop.pk),
        ("scoring:trend",),
        ("scoring:gaps",),
        ("scoring:brief", board.town.pk),
        ("scoring:result_print", board.last.results.first().pk),
    )


def test_the_officers_pages_about_problems(board, desk):
    look_at(
        desk(board.officer.user),
        ("inspections:ledger",),
        ("inspections:ledger_print",),
        ("inspections:ledger_text",),
        ("inspections:ledger_columns",),
        ("inspections:ledger_rules",),
        ("inspections:finding_new", board.branches[0].pk),
        ("inspections:finding_card", finding("closed")),
        ("inspections:finding", finding("verified")),
    )


def test_the_clerks_pages(board, desk):
    look_at(
        desk(board.clerk.user),
        ("home",),
        ("inspections:assessments",),
        ("inspections:assessments_grid",),
        ("inspections:assessments_table",),
        ("inspections:assessment", stage(board, Stage.RETURNED)),
        ("branches:meetings", board.branches[0].pk),
        ("branches:meeting_month", board.town.pk),
        ("inspections:ledger", "?show=mine"),
        ("accounts:inbox",),
    )


def test_the_secretarys_and_the_branchs_pages_on_a_phone(board, phone):
    look_at(
        phone(board.secretary.user),
        ("home",),
        ("inspections:ledger",),
        ("inspections:assessments",),
        ("scoring:results",),
        ("scoring:brief", board.town.pk),
    )
    look_at(
        phone(board.branch_clerk.user),
        ("inspections:finding", finding("in_progress", branch=board.branches[0])),
        ("branches:detail", board.branches[0].pk),
        ("branches:meetings", board.branches[0].pk),
        ("scoring:result", board.last.results.get(branch=board.branches[0]).pk),
        ("accounts:settings",),
        ("accounts:suggest",),
    )


def test_filters_unfold_on_a_phone_and_cover_no_card_before(board, phone):
    screen = phone(board.secretary.user).go("inspections:ledger")
    first = screen.page.locator(".as-cards tbody tr").first
    assert first.bounding_box()["y"] < 400
    stage = screen.page.locator(".filters [name=stage]")
    expect(stage).to_be_hidden()
    screen.page.locator(".filters-toggle").tap()
    expect(stage).to_be_visible()
    with screen.page.expect_navigation():
        stage.select_option("closed")
    assert "stage=closed" in screen.page.url


def test_a_batch_bar_comes_with_the_first_tick(board, phone):
    screen = phone(board.secretary.user).go("inspections:ledger")
    bar = screen.page.locator(".batch")
    expect(bar).to_be_hidden()
    screen.page.locator("[data-tick]").first.tap()
    expect(bar).to_be_visible()


def batches(board):
    return [
        ("inspections:ledger", ""),
        ("inspections:assessments", f"?unit={board.town.pk}"),
        ("scoring:results", f"?cycle={board.last.pk}"),
    ]


def test_nothing_ticked_is_nothing_to_press(board, desk):
    screen = desk(board.officer.user)
    for name, query in batches(board):
        screen.go(name, query=query).look(f"page-batch-empty-{name.replace(':', '-')}")
        senders = screen.page.locator(".batch button")
        assert all(senders.nth(n).is_disabled() for n in range(senders.count())), name
        expect(screen.page.locator("[data-batch-count]")).to_have_text("已选0条")
        box = screen.page.locator("[data-tick]").first
        box.check()
        expect(senders.first).to_be_enabled()
        expect(screen.page.locator("[data-batch-count]")).to_have_text("已选1条")
        screen.look(f"page-batch-ticked-{name.replace(':', '-')}")
        box.uncheck()
        expect(senders.first).to_be_disabled()


def test_without_script_a_batch_can_be_pressed(board, seat):
    screen = seat(board.officer.user, DESK | {"java_script_enabled": False})
    for name, query in batches(board):
        senders = screen.go(name, query=query).page.locator(".batch button")
        assert all(senders.nth(n).is_enabled() for n in range(senders.count())), name
    screen.go("inspections:ledger").page.locator("[data-tick]").first.check()
    screen.press("Reminder text").arrives("inspections:ledger_text")


def test_the_inspectors_pages_on_a_phone(board, phone):
    look_at(
        phone(board.inspector.user),
        ("inspections:visits",),
        ("inspections:visit", board.visit.pk),
        ("inspections:stop", board.stop.pk),
        ("inspections:stop_entry", board.stop.pk),
        ("inspections:stop_findings", board.stop.pk),
        ("inspections:stop_checklist", board.stop.pk),
    )


def test_the_officers_batches_keep_their_rows_in_view(board, desk):
    screen = desk(board.officer.user)
    for verb in ("chase", "issue", "verify", "close"):
        screen.go(f"inspections:ledger_{verb}", query="?every=1").look(f"page-batch-{verb}")


def test_the_pages_of_a_draft_standard(board, desk):
    draft = make_edition(owner=board.county)
    clause = make_clause(edition=draft)
    screen = desk(board.officer.user)
    for name in ("head", "options", "tiers", "composition", "chapters", "issue", "clause_new"):
        screen.go(f"standards:{name}", draft.pk).look(f"page-draft-{name}")
    screen.go("standards:clause_edit", draft.pk, clause.key).look("page-draft-clause")


def test_pages_for_evidence_and_suggestions_on_a_phone(board, phone):
    row = Assessment.objects.get(cycle=board.cycle, stage=Stage.RETURNED)
    key = board.cycle.edition.clauses.first().key
    phone(board.clerk.user).go("inspections:assessment_evidence", row.pk, key).look("page-evidence")
    screen = phone(board.branch_clerk.user).go("accounts:suggest").fill("text", "字太小")
    screen.press("Send").arrives("accounts:suggestion").look("page-suggestion")


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_stops_say_what_happened_and_lead_back(board, request, size):
    """404, 403, a form gone stale, a locked name: each fits, is readable, and offers a way on."""
    screen = request.getfixturevalue(size)(board.branch_clerk.user)
    for path, status in (
        (reverse("branches:detail", args=[987_654]), 404),
        (reverse("inspections:ledger_rules"), 403),
    ):
        assert screen.page.goto(screen.base + path).status == status
        screen.judge(f"page-{status}")
        expect(screen.page.locator("main .stop-actions a").first).to_be_visible()
    screen.go("accounts:suggest").fill("text", "您好")
    screen.page.evaluate("document.querySelector('main [name=csrfmiddlewaretoken]').value = 'x'")
    screen.press("Send").sees("403")
    screen.judge("page-csrf")
    guest = request.getfixturevalue(size)()
    guest.go("accounts:sign_in").look("page-sign-in")
    for _guess in range(6):
        guest.go("accounts:sign_in").fill("username", board.clerk.user.username)
        guest.fill("password", "falsch-und-lang-genug")
        with guest.page.expect_navigation():
            guest.page.keyboard.press("Enter")
    guest.judge("page-locked-out")
