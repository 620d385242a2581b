"""The form and the review on a phone of 360 px: saved by itself, nothing lost, nothing off the screen."""

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from branches.tests.make import make_county
from inspections.models import Answer, Assessment, Stage
from inspections.tests.make import make_running

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 360, "height": 740}


@pytest.fixture(autouse=True)
def _on_the_day():
    with time_machine.travel("2026-11-20 10:00+08:00", tick=True):
        yield


@pytest.fixture
def county(live):
    county = make_county()
    make_running(county=county)
    return county


@pytest.fixture
def browser_context_args(browser_context_args):
    return {**browser_context_args, "viewport": PHONE, "has_touch": True, "is_mobile": True}


@pytest.fixture
def row(county):
    return Assessment.objects.get(branch=county.branches[0], cycle__state="open")


def sign_in(context, actor, live):
    client = Client()
    client.force_login(actor.user)
    cookie = client.cookies["session"]
    context.add_cookies([{"name": "session", "value": cookie.value, "url": live.url}])


@pytest.fixture
def phone(new_context, county, live):
    context = new_context()
    sign_in(context, county.clerk, live)
    return context


def open_form(phone, row, live):
    page = phone.new_page()
    page.goto(live.url + reverse("inspections:assessment", args=[row.pk]))
    return page


def clause(page, key):
    return page.locator(f"[id='c-{key}']")


def saved_by_itself(page):
    expect(page.locator("[data-autosave-state]")).to_have_attribute(
        "data-tone", "ok", timeout=15_000
    )


def too_wide(page):
    return page.evaluate("document.documentElement.scrollWidth - window.innerWidth")


def test_a_problem_is_saved_without_a_press_and_stands_there_after_reloading(phone, row, live):
    page = open_form(phone, row, live)
    clause(page, "dues").locator(".verdict .no").click()
    clause(page, "dues").locator(".measure", has_text="2").click()
    clause(page, "dues").locator("textarea").fill("两个月没有按月交")
    saved_by_itself(page)
    page.reload()
    kept = Answer.objects.get(sheet__assessment=row)
    assert (kept.measures, kept.remark) == ({"short": 2}, "两个月没有按月交")
    expect(clause(page, "dues").locator("textarea")).to_have_value("两个月没有按月交")
    assert too_wide(page) <= 0


def test_measures_come_up_with_the_problem_only(phone, row, live):
    page = open_form(phone, row, live)
    measures = clause(page, "dues").locator(".measures-box")
    expect(measures).to_be_hidden()
    clause(page, "dues").locator(".verdict .no").click()
    expect(measures).to_be_visible()


def test_what_was_typed_outlives_the_session(phone, county, row, live):
    page = open_form(phone, row, live)
    Session.objects.all().delete()
    clause(page, "dues").locator(".verdict .na").click()
    clause(page, "dues").locator("textarea").fill("本期没有党费事项")
    expect(page.locator("[data-autosave-state]")).to_have_attribute(
        "data-tone", "overdue", timeout=15_000
    )
    sign_in(phone, county.clerk, live)
    page.reload()
    saved_by_itself(page)
    assert Answer.objects.get(sheet__assessment=row).remark == "本期没有党费事项"


def test_an_unchanged_branch_is_filed_in_three_presses(phone, row, live):
    page = phone.new_page()
    page.goto(live.url + reverse("inspections:assessments"))
    page.get_by_role("row", name="双井村党支部").locator(".row-actions a").click()
    clause(page, "dues").locator(".verdict .yes").click()
    page.locator("button[value=submit]").last.click()
    page.wait_for_url(f"**{reverse('inspections:assessment', args=[row.pk])}")
    page.wait_for_load_state("networkidle")
    row.refresh_from_db()
    assert row.stage == Stage.SUBMITTED


def test_no_page_of_filing_is_wider_than_the_phone(phone, county, row, live):
    names = ["assessments", "assessments_grid", "assessments_table"]
    pages = [reverse(f"inspections:{name}") for name in names]
    pages += [reverse(f"inspections:{name}", args=[row.pk]) for name in ("assessment", "check")]
    page, wide = phone.new_page(), {}
    for address in pages:
        page.goto(live.url + address)
        wide[address] = too_wide(page)
    assert [address for address, more in wide.items() if more > 0] == []
