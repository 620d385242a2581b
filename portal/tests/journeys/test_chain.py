"""The whole chain in one story, each step pressed by the person whose step it is."""

from types import SimpleNamespace

import pytest

from accounts.models import User
from accounts.roles import Role
from accounts.tests.make import make_user
from branches.holidays import seed_calendar
from branches.models import Organization, OrgKind
from branches.tests.make import make_grant, make_organization
from inspections.models import Cycle
from portal.tests.journeys.make_workbooks import COUNTY, SHAPES, make_roster, make_standard
from portal.tests.journeys.walking import at, zh
from standards.models import Edition

pytestmark = [pytest.mark.journey, pytest.mark.browser]
BRANCH = "双井村"


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


def holder(name, role, unit):
    user = make_user(name=name)
    make_grant(user=user, organization=Organization.objects.get(short_name=unit), role=role)
    return user


def test_from_the_roster_to_the_published_result(story):
    with at("2026-11-04 09:00"):
        imports_the_roster(story)
        issues_the_standard(story)
        opens_the_cycle(story)


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
    desk.page.locator(f"form[action$='/confirm/'] .btn-primary").click()
    desk.page.wait_for_url(f"**/standards/{edition.pk}/")
    assert edition.clauses.count() == len(SHAPES)
    desk.look("standard-draft")
    desk.go("standards:issue", edition.pk).look("standard-issue")
    desk.page.locator("main form .btn-primary").click()
    desk.agree().arrives("standards:edition").look("standard-issued")


def opens_the_cycle(story):
    desk = story.desk(story.officer)
    desk.go("inspections:cycle_create").fill("name", "2026年度").choose("edition", index=1)
    desk.look("cycle-new")
    desk.press("Plan a cycle").arrives("inspections:cycles").look("cycles")
    desk.press("Open the cycle", sure=True).sees(zh("Close the cycle"))
    story.cycle = Cycle.objects.get()
    assert (story.cycle.state, story.cycle.assessments.count()) == ("open", 4)
