"""On site with a phone of 360 px: no signal, taps kept, counted truthfully, taken exactly once."""

import json
from pathlib import Path

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from PIL import Image
from playwright.sync_api import expect

from accounts.tests.make import NOW
from branches.files import path_of
from inspections.models import Answer, Finding, Sheet, Source, Stop, Tap
from inspections.tests.visits_made import make_site

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]
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
    sign_in(context, site.member, live)
    return context


def sign_in(context, actor, live):
    client = Client()
    client.force_login(actor.user)
    cookie = client.cookies["session"]
    context.add_cookies([{"name": "session", "value": cookie.value, "url": live.url}])


def open_stop(phone, site, live):
    page = phone.new_page()
    page.goto(live.url + reverse("inspections:stop", args=[site.stop.pk]))
    expect(page.locator("[data-sync]")).to_have_text("尚未记录")
    return page


def conforms(page, key):
    page.locator(f"#c-{key} .tap-yes").click()


def log_problem(page, key, text):
    """Taps on the way from the clause's row to the saved problem; typing is no tap."""
    page.locator(f"#c-{key} .tap-no").click()
    page.locator(f"#c-{key} .measure", has_text="少开1次").click()
    page.locator(f"#text-{key}").fill(text)
    page.locator(f"#c-{key} .opens-no .btn-primary").click()


def count_taps(page):
    page.evaluate(
        "() => { window.taps = 0;"
        " document.addEventListener('pointerdown', () => { window.taps += 1; }, true); }"
    )


def all_sent(page):
    expect(page.locator("[data-sync]")).to_have_text("已全部上传", timeout=30_000)


def test_three_taps_and_a_problem_without_signal_are_taken_exactly_once(phone, site, live):
    page = open_stop(phone, site, live)
    phone.set_offline(True)
    for key in ("setup", "dues", "falsified"):
        conforms(page, key)
    log_problem(page, "records", "三季度缺一次会议记录")
    expect(page.locator("[data-sync]")).to_have_text("离线 · 4条未上传")
    expect(page.locator("[data-progress]")).to_have_text("4/4")
    expect(page.locator("#c-records .stop-wait")).to_have_text("三季度缺一次会议记录 · 待上传")
    assert Tap.objects.count() == 0

    phone.set_offline(False)
    all_sent(page)
    assert Tap.objects.count() == 4
    finding = Finding.objects.get()
    assert (finding.text, finding.clause_key) == ("三季度缺一次会议记录", "records")
    sheet = Sheet.objects.get(source=Source.ACCEPTANCE)
    assert set(sheet.coverage) == {"setup", "dues", "falsified", "records"}
    expect(page.locator("#c-records .stop-findings")).to_contain_text(finding.number)
    expect(page.locator(".is-waiting")).to_have_count(0)


def test_an_answer_that_was_lost_is_asked_for_again_and_taken_once(phone, site, live):
    page = open_stop(phone, site, live)
    lost = []

    def lose_the_first(route):
        answer = route.fetch()
        lost.append(answer.status)
        route.abort() if len(lost) == 1 else route.fulfill(response=answer)

    page.route("**/taps/", lose_the_first)
    log_problem(page, "records", "无签字")
    expect(page.locator("#c-records .stop-findings")).to_have_count(1, timeout=30_000)
    all_sent(page)
    assert (lost, Tap.objects.count(), Finding.objects.count()) == ([200, 200], 1, 1)


def test_what_was_tapped_without_signal_outlives_the_page(phone, site, live):
    page = open_stop(phone, site, live)
    page.route("**/taps/", lambda route: route.abort())
    conforms(page, "setup")
    expect(page.locator("[data-sync]")).to_have_text("离线 · 1条未上传")
    page.reload()
    expect(page.locator("#c-setup .stop-wait")).to_have_text("符合 · 待上传")
    page.close()
    again = phone.new_page()
    again.goto(live.url + reverse("inspections:visits"))
    expect(again.locator("[data-queue]")).to_be_hidden(timeout=30_000)
    assert Sheet.objects.get(source=Source.ACCEPTANCE).coverage == {"setup": "single"}


def test_a_problem_takes_three_taps_of_the_six_allowed(phone, site, live):
    page = open_stop(phone, site, live)
    count_taps(page)
    page.locator("#c-records .tap-no").tap()
    page.locator("#c-records .measure", has_text="少开1次").tap()
    page.locator("#c-records .opens-no .btn-primary").tap()
    expect(page.locator("#c-records .stop-findings")).to_contain_text("少开1次")
    assert Finding.objects.get().text.endswith("：少开1次")
    assert page.evaluate("window.taps") == 3


def test_a_refused_tap_stays_with_its_sentence_until_somebody_decides(phone, site, live):
    page = open_stop(phone, site, live)
    phone.set_offline(True)
    conforms(page, "setup")
    log_problem(page, "records", "无签字")
    expect(page.locator("[data-sync]")).to_have_text("离线 · 2条未上传")
    Stop.objects.filter(pk=site.stop.pk).update(
        state="confirmed", confirmed_at=NOW, confirmed_by=site.leader.user
    )
    phone.set_offline(False)
    stuck = page.locator("[data-queue-items] li")
    expect(stuck).to_have_count(2)
    expect(stuck.first).to_contain_text("反馈单已确认")
    expect(page.locator("[data-sync]")).to_have_text("2条未上传")
    page.reload()
    expect(stuck).to_have_count(2)
    stuck.first.get_by_role("button", name="丢弃").click()
    stuck.first.get_by_role("button", name="确定丢弃？").click()
    expect(stuck).to_have_count(1)
    assert (Tap.objects.count(), Finding.objects.count()) == (0, 0)


def test_a_refused_problem_goes_back_into_its_form(phone, site, live):
    page = open_stop(phone, site, live)
    page.locator("#c-records .tap-no").click()
    page.locator("#c-records [name='records:short__other']").fill("很多")
    page.locator("#text-records").fill("缺会议记录")
    page.locator("#c-records .opens-no .btn-primary").click()
    stuck = page.locator("[data-queue-items] li")
    expect(stuck).to_have_count(1)
    stuck.get_by_role("button", name="修改").click()
    expect(page.locator("#text-records")).to_have_value("缺会议记录")
    page.locator("#c-records [name='records:short__other']").fill("3")
    page.locator("#c-records .opens-no .btn-primary").click()
    all_sent(page)
    assert Answer.objects.get(clause_key="records").measures == {"short": 3}
    assert Finding.objects.count() == 1


def test_photos_leave_the_phone_small_and_without_place(phone, site, live, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    page = open_stop(phone, site, live)
    phone.set_offline(True)
    page.locator("#c-records .tap-no").click()
    page.locator("#text-records").fill("活动室上锁")
    page.locator("#c-records [name=photos]").set_input_files([photo(tmp_path, n) for n in (1, 2)])
    expect(page.locator("#c-records [data-photo-words]")).to_have_text("2张照片")
    page.locator("#c-records .opens-no .btn-primary").click()
    expect(page.locator("[data-sync]")).to_have_text("离线 · 3条未上传（含2图）")
    sent = []
    page.on("request", lambda request: sent.append(request.post_data_buffer or b""))
    phone.set_offline(False)
    all_sent(page)
    kept = list(Finding.objects.get().evidence.all())
    assert len(kept) == 2
    for body in sent[1:]:
        assert (b"Exif" in body, len(body) < 520_000) == (False, True)
    for one in kept:
        with Image.open(path_of(one)) as image:
            assert (max(image.size), dict(image.getexif())) == (1_600, {})


def photo(folder, n):
    """4000 px of noise with a position, as a phone's camera makes it."""
    exif = Image.Exif()
    exif[0x010F] = "phone"
    exif.get_ifd(0x8825)[1] = "N"
    path = folder / f"p{n}.jpg"
    noise = Image.effect_noise((1_000, 750), 60 + n).resize((4_000, 3_000)).convert("RGB")
    noise.save(path, "JPEG", exif=exif, quality=90)
    return path


def test_a_browser_without_a_store_says_so_and_still_sends(phone, site, live):
    page = phone.new_page()
    page.add_init_script("Object.defineProperty(window, 'indexedDB', { value: undefined });")
    page.goto(live.url + reverse("inspections:stop", args=[site.stop.pk]))
    expect(page.locator("[data-queue-why]")).to_contain_text("本浏览器不能在手机上保存内容")
    conforms(page, "setup")
    all_sent(page)
    assert Tap.objects.count() == 1


def test_signing_out_with_unsent_items_asks_first(phone, site, live):
    page = open_stop(phone, site, live)
    phone.set_offline(True)
    conforms(page, "setup")
    expect(page.locator("[data-sync]")).to_have_text("离线 · 1条未上传")
    page.locator(".user-menu summary").click()
    page.locator(".drop-last button").click()
    expect(page.locator("dialog")).to_contain_text("本机还有1条未上传")


def test_unsent_items_can_be_carried_off_as_a_file(phone, site, live):
    page = open_stop(phone, site, live)
    phone.set_offline(True)
    log_problem(page, "records", "无签字")
    expect(page.locator("[data-sync]")).to_have_text("离线 · 1条未上传")
    with page.expect_download() as saved:
        page.locator("[data-queue-export]").click()
    kept = json.loads(Path(saved.value.path()).read_text(encoding="utf-8"))
    assert [dict(item["fields"])["text"] for item in kept["items"]] == ["无签字"]


def test_the_rest_works_without_signal_and_takes_what_was_shown(phone, site, live):
    page = open_stop(phone, site, live)
    phone.set_offline(True)
    log_problem(page, "records", "无签字")
    page.locator("[data-tap-rest]").click()
    expect(page.locator("[data-progress]")).to_have_text("4/4")
    expect(page.locator("[data-rest-count]")).to_have_text("0")
    phone.set_offline(False)
    all_sent(page)
    assert Sheet.objects.get(source=Source.ACCEPTANCE).coverage == {
        "records": "single", "setup": "rest", "dues": "rest", "falsified": "rest",
    }  # fmt: skip


def test_every_target_is_large_enough_for_a_thumb(phone, site, live):
    page = open_stop(phone, site, live)
    page.locator("#c-records .tap-no").click()
    small = page.evaluate(
        """() => Array.from(document.querySelectorAll('main a, main button, main label.tap,'
           + ' main label.measure, main select, main summary, main textarea'))
           .filter((one) => one.offsetParent !== null)
           .map((one) => [one.textContent.trim(), one.getBoundingClientRect()])
           .filter((pair) => pair[1].height < 44 || pair[1].width < 44)
           .map((pair) => pair[0])"""
    )
    assert small == []
    taps = page.evaluate(
        "() => Array.from(document.querySelectorAll('.tap')).map((one) => one.offsetHeight)"
    )
    assert min(taps) >= 56
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_a_whole_stop_can_be_judged_without_script(new_context, browser_context_args, site, live):
    context = new_context(java_script_enabled=False)
    sign_in(context, site.member, live)
    page = context.new_page()
    page.goto(live.url + reverse("inspections:stop", args=[site.stop.pk]))
    page.locator("#c-setup .tap-yes").click()
    page.locator("#c-records .tap-no").click()
    page.locator("#c-records .measure", has_text="少开1次").click()
    page.locator("#text-records").fill("三季度缺一次")
    page.locator("#c-records .opens-no .btn-primary").click()
    page.locator("#c-falsified .tap-na").click()
    page.locator("#why-falsified").fill("未查")
    page.locator("#c-falsified .opens-na .btn-outline-primary").click()
    page.locator("[data-rest] form button").click()
    expect(page.locator("[data-progress]")).to_have_text("4/4")
    assert Finding.objects.get().text == "三季度缺一次"
