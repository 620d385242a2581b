"""One person at one screen: signed in, pressing what the page shows in Chinese, looked at by axe and by the camera."""

import os
from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import resolve, reverse
from django.utils.translation import gettext, ngettext, override
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from playwright.sync_api import expect

from portal.proving import tally

DESK = {"viewport": {"width": 1366, "height": 768}}
PHONE = {
    "viewport": {"width": 360, "height": 740},
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 2,
}
AXE = Path(settings.BASE_DIR) / "node_modules" / "axe-core" / "axe.min.js"
RUN_AXE = """() => axe.run(document, {resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']})
  .then(found => found.violations.filter(v => ['serious', 'critical'].includes(v.impact))
    .map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.target.join(' ')).join(' | ')))"""
# Fonts there, what moves at its end, everything laid out: only then can a width be measured.
SETTLED = """() => Promise.all([document.fonts.ready, ...document.getAnimations()
  .filter((one) => one.effect.getComputedTiming().iterations !== Infinity).map((one) => one.finished.catch(() => 0))])
  .then(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true)))))"""
# What a thumb has to hit on a phone, measured with its label: 44 px each way. Links inside a sentence are
# excepted, and the narrow sums, which are 44 px high.
THUMB = """() => Array.from(document.querySelectorAll(
  'main button, main .btn, main select, main input, main textarea, main summary, .bottom-bar a, .tabbar a, .topbar a, ' +
  '.views a, .pager a, .due-list .what, .due, .tree a, .stat-number, .tally a, .panel-head a, .as-cards .ledger a'))
  .filter((one) => !one.closest('[hidden], .visually-hidden, .drop-sheet, details:not([open]) > :not(summary), p') && one.type !== 'hidden')
  .map((one) => one.matches('[type=checkbox], [type=radio]') && one.labels.length ? one.labels[0] : one)
  .filter((one) => { const box = one.getBoundingClientRect(), style = getComputedStyle(one);
    return box.width > 1 && style.opacity !== '0' && style.visibility !== 'hidden' && (box.height < 43.5 || box.width < 43.5); })
  .map((one) => one.tagName.toLowerCase() + ' ' + (one.textContent.trim() || one.name || one.className).slice(0, 20))
  .filter((said, at, all) => all.indexOf(said) === at)"""
# Every press a hand makes: a tap or click, a key, a turn of a list. Runs in the page before anything else.
COUNT = """(() => {
  const key = 'presses';
  const add = (what) => {
    const all = JSON.parse(sessionStorage.getItem(key) || '[]');
    all.push(what);
    sessionStorage.setItem(key, JSON.stringify(all));
  };
  const name = (target) => {
    const label = target.closest('label') || target;
    return (label.innerText || target.value || target.tagName).trim().split('\\n')[0].slice(0, 20);
  };
  window.addEventListener('pointerdown', (event) => { if (event.isTrusted) add('tap ' + name(event.target)); }, true);
  window.addEventListener('keydown', (event) => { if (event.isTrusted) add('key ' + event.key); }, true);
})();"""
CHINA = ZoneInfo("Asia/Shanghai")


def zh(msgid: str, **params) -> str:
    """The Chinese the screen shows for a message; for one that counts, its singular."""
    with override("zh-hans"):
        said = gettext(msgid)
        if said == msgid:
            said = ngettext(msgid, msgid, 2)
    return said % params if params else said


def at(moment: str):
    """The whole process at that moment in China, its clock running: `with at("2026-11-04 09:00"):`"""
    return time_machine.travel(datetime.fromisoformat(moment).replace(tzinfo=CHINA), tick=True)


@cache
def axe_source() -> str:
    return AXE.read_text(encoding="utf-8")


class Camera:
    """Pictures of every page, at both sizes, into the folder BRANCHMARK_SHOTS; without it none, for nobody would look."""

    def __init__(self):
        named = os.environ.get("BRANCHMARK_SHOTS")
        self.folder = Path(named) if named else None
        self.complaints: list[str] = []

    def sizes(self, page) -> list[dict]:
        """The person's own size; for pictures the other first, so that the page ends as it was."""
        own = page.viewport_size
        others = [size["viewport"] for size in (DESK, PHONE) if size["viewport"] != own]
        return [*others, own] if self.folder else [own]

    def take(self, page, name: str) -> None:
        if self.folder:
            page.screenshot(path=self.folder / f"{name}.png", full_page=True)


class Walker:
    """A page with its address book."""

    def __init__(self, page, base: str, camera: Camera):
        self.page, self.base, self.camera = page, base, camera
        page.set_default_timeout(8_000)
        page.on("response", self.note_failure)
        page.on("pageerror", lambda error: self.failures.append(str(error)))
        self.failures: list[str] = []

    def note_failure(self, response) -> None:
        if response.status >= 500:
            self.failures.append(f"{response.status} {response.url}")

    def go(self, name: str, *args, query: str = "") -> "Walker":
        return self.open(reverse(name, args=args) + query)

    def open(self, path: str) -> "Walker":
        answer = self.page.goto(self.base + path)
        assert answer.status == 200, f"{path}: {answer.status}"
        return self

    def press(self, msgid: str, *, role: str = "button", sure: bool = False, within=None, **params):
        """The button of that name; `sure` also answers the question that follows."""
        place = within if within is not None else self.page.locator("main")
        place.get_by_role(role, name=zh(msgid, **params), exact=True).first.click()
        if sure:
            self.agree()
        return self

    def follow(self, msgid: str, *, within=None, **params) -> "Walker":
        return self.press(msgid, role="link", within=within, **params)

    def agree(self) -> "Walker":
        self.page.locator("dialog.ask .btn-primary").click()
        return self

    def fill(self, name: str, value: str) -> "Walker":
        self.page.locator(f"main [name='{name}']:visible").first.fill(value)
        return self

    def upload(self, name: str, path: Path) -> "Walker":
        self.page.locator(f"main [name='{name}']").set_input_files(path)
        return self

    def move(self, verb: str, *, sure: bool = False, **values: str) -> "Walker":
        """One step of a finding: unfolds it, fills it in, presses its button."""
        step = self.page.locator(f"details#{verb}")
        if step.get_attribute("open") is None:
            step.locator("summary").click()
        for name, value in values.items():
            step.locator(f"[name={name}]").fill(value)
        button = step.locator(".form-actions button")
        if sure:
            button.click()
            self.agree()
        else:
            button.click()
        self.page.locator(f"details#{verb} .form-actions button:visible").wait_for(state="hidden")
        return self

    def sees(self, *texts: str) -> "Walker":
        for text in texts:
            expect(self.page.locator("main")).to_contain_text(text)
        return self

    def misses(self, *texts: str) -> "Walker":
        for text in texts:
            expect(self.page.locator("main")).not_to_contain_text(text)
        return self

    def arrives(self, name: str) -> "Walker":
        """The page that came has this URL name."""
        try:
            self.page.wait_for_url(lambda url: self.named(url) == name)
        except PlaywrightTimeout:
            pytest.fail(f"{self.named(self.page.url)} came, not {name}: {self.notes()}")
        return self

    def named(self, url: str) -> str:
        return resolve(url.removeprefix(self.base).partition("?")[0].partition("#")[0]).view_name

    def notes(self) -> str:
        return " / ".join(
            self.page.locator("main .note, main .invalid-feedback:visible").all_inner_texts()
        )

    def look(self, name: str) -> "Walker":
        """Photograph the page; let axe judge it once a run and size; nothing may stick out sideways."""
        for size in self.camera.sizes(self.page):
            self.page.set_viewport_size(size)
            self.judge(name)
        return self

    def judge(self, name: str) -> None:
        width = self.page.viewport_size["width"]
        self.page.evaluate(SETTLED)
        self.camera.take(self.page, f"{name}-{width}")
        wide = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        if wide > 0:
            self.camera.complaints.append(f"{name}, {width}: {wide} px too wide")
        if tally.is_first(f"{self.named(self.page.url)} {width}"):
            self.camera.complaints += [f"{name}, {width}: {one}" for one in self.judged()]
            self.camera.complaints += [f"{name}, {width}: small: {one}" for one in self.small()]
        assert not self.failures, self.failures

    def judged(self) -> list[str]:
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(axe_source())
        return self.page.evaluate(RUN_AXE)

    def small(self) -> list[str]:
        """On a touch screen: what is too small for a thumb; paper is not pressed."""
        is_pressed = self.page.evaluate(
            "'ontouchstart' in window && window.innerWidth < 768 && !document.querySelector('.paper')"
        )
        return self.page.evaluate(THUMB) if is_pressed else []

    # ---- counting ----

    def start_counting(self) -> "Walker":
        self.page.evaluate("sessionStorage.removeItem('presses')")
        return self

    def presses(self) -> list[str]:
        return self.page.evaluate("JSON.parse(sessionStorage.getItem('presses') || '[]')")


def sign_in(context, user, *, base: str) -> None:
    """A session without the form; one journey signs in by the form."""
    user.refresh_from_db()  # a password changed since would end the session
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": base}])
