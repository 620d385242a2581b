"""What the hands do, counted by the page itself: every tap, click and key; typing counts letter by letter."""

import pytest
from playwright.sync_api import expect

from inspections.models import Finding, Stage
from inspections.tests.make import make_assessment
from inspections.tests.visits_made import make_site
from portal.tests.journeys.make_place import TODAY, make_place
from portal.tests.journeys.walking import at, zh
from standards.tests.make import make_example

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SHAPES = {
    "binary": "1.1", "parts": "2.2", "step": "4.2", "from records": "3.1", "gate": "4.5",
    "judged": "6.1", "bands": "6.2", "adjust": "6.4",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _friday(live):
    with at(TODAY):
        yield


def report(what, presses):
    print(f"\n{what}: {len(presses)} ({' · '.join(presses)})")


def test_a_finding_takes_at_most_six_taps_from_its_clause_to_saved(phone):
    """On every shape of the example: what falls short, a frequent phrase, saved."""
    site = make_site(edition=lambda owner: make_example(owner=owner))
    make_assessment(cycle=site.cycle, branch=site.stop.branch)
    screen = phone(site.member.user).go("inspections:stop", site.stop.pk)
    for shape, code in SHAPES.items():
        clause = screen.page.locator(f"[data-code='{code}']")
        clause.scroll_into_view_if_needed()
        screen.start_counting()
        log_by_taps(clause)
        report(f"finding, {shape}", screen.presses())
        assert len(screen.presses()) <= 6
    assert Finding.objects.exclude(text="").count() == len(SHAPES)


def log_by_taps(clause):
    clause.locator(".tap-no").tap()
    short = clause.locator(".opens-no .measures label.measure")
    if short.count():
        short.first.tap()
    clause.locator(".phrases label.measure").first.tap()
    clause.locator(".opens-no .stop-save button").tap()
    expect(clause.locator(".stop-findings a")).to_have_count(1)


def test_an_unchanged_branch_takes_at_most_six_presses_from_the_home_page(desk):
    place = make_place()
    screen = desk(place.branch_clerk.user).go("home").start_counting()
    screen.page.locator("main .btn-primary").first.click()
    screen.arrives("inspections:assessment")
    screen.press("Submit to %(unit)s", unit=place.town.office_name)
    screen.sees(zh("Take back"))
    report("unchanged branch", screen.presses())
    assert len(screen.presses()) <= 6


def test_the_unchanged_branches_of_a_township_take_one_press(desk):
    """Twenty-five branches, three of which fell short last time and stay out."""
    place = make_place(more=23, failing=3)
    screen = desk(place.clerk.user).go("inspections:assessments").look("township-batch")
    screen.start_counting().press("Submit in one batch (checked by the branches)")
    screen.sees(zh("%(count)s branch was submitted.", count=22))
    report("township's unchanged branches", screen.presses())
    assert len(screen.presses()) == 1
    assert place.cycle.assessments.filter(stage=Stage.SUBMITTED).count() == 22
