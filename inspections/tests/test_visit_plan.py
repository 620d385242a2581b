"""Planning and changing a visit: the grants follow people and branches."""

import uuid
from datetime import date

import pytest
import time_machine
from django.urls import reverse

from accounts.models import Notice
from accounts.refusal import Refused
from accounts.roles import Role
from accounts.tests.make import NOW, make_user
from branches.models import Grant
from branches.scope import act_as
from branches.tests.make import TODAY, make_county
from inspections import planning
from inspections.models import StopState, Visit
from inspections.tests.make import make_cycle
from inspections.tests.visits_made import make_site, make_visit
from standards.tests.make import enter

pytestmark = pytest.mark.django_db
LATER = date(2026, 11, 27)


@pytest.fixture(autouse=True)
def _on_the_day():
    with time_machine.travel("2026-11-20 10:00+08:00", tick=False):
        yield


def doors(visit, on=TODAY):
    """(person, branch) pairs that may look at the branch on that day because of the visit."""
    rows = Grant.objects.filter(reason=f"visit:{visit.pk}", from_on__lte=on, until_on__gte=on)
    return set(rows.values_list("user__name", "organization__short_name"))


def posted(place, *, people, leader, branches, **fields):
    return {
        "name": "秋季检查",
        "starts_on": "2026-11-20",
        "ends_on": "2026-11-27",
        "team": [person.pk for person in people],
        "leader": leader.pk,
        "branches": [branch.pk for branch in branches],
        "client_key": str(uuid.uuid4()),
    } | fields


def test_an_officer_plans_a_visit_through_the_page():
    place = make_county()
    cycle = make_cycle(owner=place.county)
    leader, member = make_user(name="孙立"), make_user(name="钱进")
    fields = posted(place, people=[member], leader=leader, branches=place.branches, cycle=cycle.pk)
    client = enter(place.officer)
    answers = [client.post(reverse("inspections:visit_plan"), fields) for _turn in (1, 2)]
    visit = Visit.objects.get()
    assert [answer["Location"] for answer in answers] == [
        reverse("inspections:visit", args=[visit.pk])
    ] * 2
    assert (visit.cycle, visit.owner) == (cycle, place.county)
    assert {(m.user.name, m.is_leader) for m in visit.members.all()} == {
        ("孙立", True), ("钱进", False),
    }  # fmt: skip
    assert [stop.branch for stop in visit.stops.order_by("position")] == place.branches
    assert len(doors(visit)) == 4


def test_the_team_is_told_once():
    place = make_county()
    visit = make_visit(place)
    told = Notice.objects.filter(code="visit.planned")
    assert sorted(told.values_list("user__name", flat=True)) == ["孙立", "钱进"]
    assert set(told.values_list("url", flat=True)) == {
        reverse("inspections:visit", args=[visit.pk])
    }


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"branches": []}, "branches"),
        ({"leader": ""}, "leader"),
        ({"ends_on": "2026-11-19"}, "ends_on"),
        ({"ends_on": "2028-11-27"}, "ends_on"),
        ({"starts_on": "2026-11-01", "ends_on": "2026-11-10"}, "ends_on"),
        ({"name": ""}, "name"),
        ({"name": "秋\u202e季"}, "name"),
        ({"starts_on": "2026-11-31"}, "starts_on"),
        ({"branches": ["abc"]}, "branches"),
        ({"leader": "9" * 30}, "leader"),
        ({"client_key": "x"}, "client_key"),
    ],
)
def test_a_wrong_plan_is_shown_again(wrong, field):
    place = make_county()
    leader = make_user(name="孙立")
    fields = posted(place, people=[], leader=leader, branches=place.branches) | wrong
    answer = enter(place.officer).post(reverse("inspections:visit_plan"), fields)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert Visit.objects.count() == 0


def test_people_and_branches_of_another_county_cannot_be_chosen():
    place, foreign = make_county(), make_county(name="临水县委组织部")
    fields = posted(place, people=[], leader=foreign.officer.user, branches=[foreign.branches[0]])
    answer = enter(place.officer).post(reverse("inspections:visit_plan"), fields)
    assert (answer.status_code, set(answer.context["form"].errors)) == (
        422, {"leader", "branches"},
    )  # fmt: skip


def test_nobody_inspects_the_branch_whose_papers_they_keep():
    place = make_county()
    with pytest.raises(Refused):
        make_visit(place, leader=place.branch_clerk.user)
    assert Visit.objects.count() == 0


@pytest.mark.parametrize("who", ["leader", "secretary", "clerk", "branch_clerk", "stranger"])
def test_only_county_officers_plan(who):
    place = make_county()
    client = enter(getattr(place, who))
    assert client.get(reverse("inspections:visit_plan")).status_code == 403
    assert client.post(reverse("inspections:visit_plan"), {}).status_code == 403


# changing


def change(site, **said):
    visit = site.visit
    members = list(visit.members.select_related("user"))
    fields = {
        "name": visit.name,
        "starts_on": visit.starts_on,
        "ends_on": visit.ends_on,
        "team": [m.user for m in members],
        "leader": next(m.user for m in members if m.is_leader),
        "branches": [stop.branch for stop in visit.stops.select_related("branch")],
    } | said
    planning.change(site.place.officer, visit, now=NOW, **fields)


def test_a_new_member_gets_the_doors_and_one_who_left_loses_them():
    site = make_site()
    fresh = make_user(name="冯新")
    change(site, team=[fresh])
    assert {name for name, _branch in doors(site.visit)} == {"孙立", "冯新"}
    assert act_as(site.member.user, today=TODAY).held == ()


def test_a_branch_added_and_one_removed_move_the_doors():
    site = make_site()
    first, second = site.place.branches
    change(site, branches=[first, site.place.foreign[0]])
    assert {branch for _name, branch in doors(site.visit)} == {"双井村党支部", "樟树坪村党支部"}
    assert not site.visit.stops.filter(branch=second).exists()


def test_one_who_comes_back_gets_the_doors_again():
    site = make_site()
    change(site, team=[])
    change(site, team=[site.member.user])
    assert {name for name, _branch in doors(site.visit)} == {"孙立", "钱进"}


def test_a_longer_visit_keeps_the_doors_open_longer():
    site = make_site()
    change(site, ends_on=LATER)
    assert len(doors(site.visit, on=LATER)) == 4


def test_another_leader_is_the_only_leader():
    site = make_site()
    change(site, leader=site.member.user)
    leading = site.visit.members.filter(is_leader=True)
    assert list(leading.values_list("user__name", flat=True)) == ["钱进"]


def test_a_branch_that_was_begun_stays():
    site = make_site()
    site.visit.stops.filter(pk=site.stop.pk).update(state=StopState.BEGUN)
    with pytest.raises(Refused):
        change(site, branches=[site.place.branches[1]])
    assert site.visit.stops.count() == 2
    assert len(doors(site.visit)) == 4


def test_the_change_page_shows_the_plan_and_keeps_it_unchanged():
    site = make_site()
    client = enter(site.place.officer)
    address = reverse("inspections:visit_change", args=[site.visit.pk])
    form = client.get(address).context["form"]
    fields = {
        name: form[name].value() for name in ("name", "starts_on", "ends_on", "team", "leader", "branches")
    } | {"client_key": uuid.uuid4()}  # fmt: skip
    assert client.post(address, fields).status_code == 302
    assert len(doors(site.visit)) == 4


def test_another_countys_officer_finds_no_visit():
    site = make_site()
    foreign = make_county(name="临水县委组织部")
    client = enter(foreign.officer)
    for name in ("visit", "visit_change"):
        assert client.get(reverse(f"inspections:{name}", args=[site.visit.pk])).status_code == 404


def test_the_doors_give_the_role_of_inspector_and_nothing_else():
    site = make_site()
    assert {held.role for held in site.member.held} == {Role.INSPECTOR}
