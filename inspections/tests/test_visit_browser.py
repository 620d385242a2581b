"""On site with a phone of 360 px: no signal, taps kept, counted truthfully, taken exactly once."""

import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from inspections.models import Finding, Sheet, Source, Tap
from inspections.tests.visits_made import make_site

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 360, "height": 740}


@pytest.fixture(autouse=True)
def _on_the_day():
    with time_machine.travel("2026-11-20 10:00+08:00", tick=True):
        yield


@pytest.fixture
def site(live):
    return make_site()


@pytest.fixture
def browser_context_args(browser_context_args):
    return {**browser_context_args, "viewport": PHONE, "has_touch": True, "is_mobile": True}


@pytest.fixture
def phone(new_context, site, live):
    """The member's phone, signed in."""
    context = new_context()
    client = Client()
    client.force_login(site.member.user)
    cookie = client.cookies["session"]
    context.add_cookies([{"name": "session", "value": cookie.value, "url": live.url}])
    return context


def open_stop(phone, site, live):
    page = phone.new_page()
    page.goto(live.url + reverse("inspections:stop", args=[site.stop.pk]))
    expect(page.locator("[data-sync]")).to_have_text("已全部上传")
    return page


def conforms(page, key):
    page.locator(f"#c-{key} .tap-yes").click()


def test_three_taps_and_a_problem_without_signal_are_taken_exactly_once(phone, site, live):
    page = open_stop(phone, site, live)
    phone.set_offline(True)
    for key in ("setup", "dues", "falsified"):
        conforms(page, key)
    page.locator("#c-records .tap-no").click()
    page.locator("#c-records .measure").first.click()
    page.locator("#text-records").fill("三季度缺一次会议记录")
    page.locator("#c-records .opens-no .btn-primary").click()
    expect(page.locator("[data-sync]")).to_have_text("离线 · 4条未上传")
    expect(page.locator("[data-progress]")).to_have_text("4/4")
    assert Tap.objects.count() == 0

    phone.set_offline(False)
    expect(page.locator("[data-sync]")).to_have_text("已全部上传", timeout=30_000)
    assert Tap.objects.count() == 4
    finding = Finding.objects.get()
    assert (finding.text, finding.clause_key) == ("三季度缺一次会议记录", "records")
    sheet = Sheet.objects.get(source=Source.ACCEPTANCE)
    assert set(sheet.coverage) == {"setup", "dues", "falsified", "records"}
    expect(page.locator("#c-records .stop-findings")).to_contain_text(finding.number)
    expect(page.locator(".is-waiting")).to_have_count(0)
