"""The page of a unit, its print, and keeping the tree through forms."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.models import Deed
from branches import sections
from branches.models import Field, Link, LinkKind, Organization, OrgKind, Profile
from branches.tests.make import make_branch, make_organization

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_sections_of_other_apps(monkeypatch):
    monkeypatch.setattr("branches.sections.SECTIONS", [])


def at(name, unit):
    return reverse(f"branches:{name}", args=[unit.pk])


def form_of(branch, **fields):
    """What a browser posts from the profile form."""
    page = {
        "form": "ordinary",
        "full_members": 20,
        "probationary_members": 0,
        "cells": 0,
        "committee_size": 3,
        "joint_units": 0,
        "founded_on": "2015-07-01",
    }
    return page | fields


@pytest.mark.parametrize("name", ["detail", "print", "meetings"])
def test_a_stranger_does_not_find_the_branch(client, county, name):
    client.force_login(county.stranger.user)
    assert client.get(at(name, county.branches[0])).status_code == 404


@pytest.mark.parametrize(
    "name", ["edit", "amend", "move", "close", "links", "meeting_grid", "create", "meeting_month"]
)
def test_a_stranger_does_not_find_the_forms_of_a_unit(client, county, name):
    client.force_login(county.stranger.user)
    assert client.get(at(name, county.town)).status_code == 404


@pytest.mark.parametrize("name", ["amend", "move", "close", "links", "create"])
def test_a_township_clerk_does_not_keep_the_tree(client, county, name):
    client.force_login(county.clerk.user)
    assert client.get(at(name, county.town)).status_code == 403
    assert client.post(at(name, county.town)).status_code == 403


@pytest.mark.parametrize("person", ["officer", "secretary", "clerk", "branch_clerk", "leader"])
def test_everyone_above_a_branch_reads_its_page_and_prints_it(client, county, person):
    client.force_login(getattr(county, person).user)
    for name in ("detail", "print"):
        assert client.get(at(name, county.branches[0])).status_code == 200


@pytest.mark.parametrize("meetings", [1, 3])
def test_the_page_of_a_branch_takes_the_same_queries_whatever_it_holds(
    client, county, meetings, django_assert_num_queries
):
    branch = county.branches[0]
    for n in range(meetings):
        Link.objects.create(
            organization=branch, unit=make_organization(name=f"帮扶{n}局"), kind=LinkKind.HELPING
        )
    client.force_login(county.clerk.user)
    client.get(at("detail", branch))
    with django_assert_num_queries(11):
        client.get(at("detail", branch))


def test_each_fact_names_its_source_and_day(client, county):
    branch = county.branches[0]
    client.force_login(county.clerk.user)
    client.post(at("edit", branch), form_of(branch, full_members=25))
    groups = client.get(at("detail", branch)).context["groups"]
    facts = {fact.label: fact for group in groups for fact in group}
    label = Profile._meta.get_field("full_members").verbose_name
    assert (facts[label].text, facts[label].source[-2:]) == ("25", "王宁")


def test_a_changed_profile_is_saved_with_its_author_and_warned_about(client, county):
    branch = county.branches[0]
    client.force_login(county.branch_clerk.user)
    answer = client.post(
        at("edit", branch),
        form_of(branch, full_members=60, term_started_on="2024-02-29"),
        follow=True,
    )
    branch.profile.refresh_from_db()
    profile = branch.profile
    assert (profile.full_members, profile.term_ends_on) == (60, date(2029, 2, 28))
    assert profile.updated_by == county.branch_clerk.user
    assert [m.level_tag for m in answer.context["messages"]] == ["success", "warning", "warning"]
    assert Deed.objects.get(verb="profile.edit").params["changed"]["full_members"] == [20, 60]


def test_a_profile_changed_meanwhile_is_saved_only_after_a_second_look(client, county):
    branch = county.branches[0]
    client.force_login(county.clerk.user)
    first = client.get(at("edit", branch)).context["form"].initial["version"]
    client.post(at("edit", branch), form_of(branch, full_members=25, version=first))
    late = form_of(branch, full_members=26, version=first)
    answer = client.post(at("edit", branch), late)
    assert (answer.status_code, len(answer.context["form"].non_field_errors())) == (422, 1)
    again = late | {"version": answer.context["form"]["version"].value()}
    assert client.post(at("edit", branch), again).status_code == 302
    branch.profile.refresh_from_db()
    assert branch.profile.full_members == 26


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("full_members", "-1"),
        ("full_members", "2147483648"),
        ("full_members", "1_0"),
        ("secretary", "张\u202e三"),
        ("founded_on", "1900-01-01"),
        ("founded_on", "2999-01-01"),
        ("form", "nonsense"),
        ("phone", "1" * 31),
    ],
)
def test_a_wrong_field_of_the_profile_is_shown_again_and_nothing_is_saved(
    client, county, field, value
):
    branch = county.branches[0]
    client.force_login(county.clerk.user)
    answer = client.post(at("edit", branch), form_of(branch, **{field: value}))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert Deed.objects.filter(verb="profile.edit").count() == 0


def test_a_new_branch_is_set_up_under_a_town(client, county):
    client.force_login(county.officer.user)
    data = {
        "kind": OrgKind.BRANCH,
        "field": Field.RURAL,
        "name": "新庄村党支部",
        "short_name": "新庄村",
    }
    assert client.post(at("create", county.town), data).status_code == 302
    unit = Organization.objects.get(name="新庄村党支部")
    assert (unit.parent, unit.initials, unit.profile.full_members) == (county.town, "xzc", 0)
    assert client.post(at("create", county.other), data).status_code == 422


@pytest.mark.parametrize("missing", ["name", "short_name", "kind", "field"])
def test_a_new_unit_without_its_facts_is_shown_again(client, county, missing):
    client.force_login(county.officer.user)
    data = {"kind": "branch", "field": "rural", "name": "新庄村党支部", "short_name": "新庄村"}
    answer = client.post(at("create", county.town), data | {missing: ""})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [missing])


def test_a_renamed_unit_is_found_by_its_new_initials(client, county):
    client.force_login(county.officer.user)
    data = {"name": "樟树湾村党支部", "short_name": "樟树湾村", "field": "rural", "position": "3"}
    assert client.post(at("amend", county.foreign[0]), data).status_code == 302
    unit = Organization.objects.get(pk=county.foreign[0].pk)
    assert (unit.name, unit.initials, unit.position) == ("樟树湾村党支部", "zswc", 3)


def test_a_moved_branch_is_seen_by_its_new_town_only(client, county):
    branch = county.branches[1]
    client.force_login(county.officer.user)
    assert client.post(at("move", branch), {"parent": county.other.pk}).status_code == 302
    client.force_login(county.stranger.user)
    assert client.get(at("detail", branch)).status_code == 200
    client.force_login(county.clerk.user)
    assert client.get(at("detail", branch)).status_code == 404


def test_a_destination_in_another_county_is_no_choice(client, county):
    foreign = make_organization(name="另一县委")
    client.force_login(county.officer.user)
    answer = client.post(at("move", county.branches[0]), {"parent": foreign.pk})
    assert answer.status_code == 422


def test_a_unit_is_closed_and_reopened(client, county):
    branch = county.branches[1]
    client.force_login(county.officer.user)
    assert client.post(at("close", branch), {"on": "2026-01-01"}).status_code == 302
    branch.refresh_from_db()
    assert branch.closed_on == date(2026, 1, 1)
    assert client.get(at("edit", branch)).status_code == 403
    assert client.post(at("reopen", branch)).status_code == 302
    branch.refresh_from_db()
    assert branch.closed_on is None


def test_a_town_with_open_branches_is_not_closed_and_says_why(client, county):
    client.force_login(county.officer.user)
    answer = client.post(at("close", county.town), {"on": "2026-01-01"})
    assert (answer.status_code, len(answer.context["form"].non_field_errors())) == (422, 1)


def test_a_tie_opens_the_one_unit_and_is_removed_again(client, county):
    branch = county.foreign[0]
    client.force_login(county.officer.user)
    data = {"kind": "helping", "unit": county.town.pk}
    for _n in range(2):
        client.post(at("links", branch), data)
    link = Link.objects.get()
    client.force_login(county.clerk.user)
    assert client.get(at("detail", branch)).status_code == 200
    assert client.get(at("edit", branch)).status_code == 403
    assert client.post(reverse("branches:unlink", args=[link.pk])).status_code == 403
    client.force_login(county.officer.user)
    client.post(reverse("branches:unlink", args=[link.pk]))
    assert Link.objects.count() == 0


def test_other_apps_add_their_sections_to_the_page(client, county):
    def section(actor, branch):
        return {
            "title": "得分构成",
            "template": "parts/empty.html",
            "context": {},
            "prints": False,
        }

    sections.SECTIONS.append(section)
    client.force_login(county.clerk.user)
    page = client.get(at("detail", county.branches[0]))
    paper = client.get(at("print", county.branches[0]))
    assert [s["title"] for s in page.context["sections"]] == ["得分构成"]
    assert paper.context["sections"] == []


@pytest.mark.parametrize("pk", ["99999999999999999999", "0"])
def test_an_impossible_number_is_not_found(client, county, pk):
    client.force_login(county.officer.user)
    assert client.get(f"/branches/{pk}/").status_code == 404


def test_the_page_of_a_town_lists_the_units_below(client, county):
    make_branch(
        parent=make_organization(parent=county.town, name="河口党总支", kind=OrgKind.GENERAL_BRANCH)
    )
    client.force_login(county.clerk.user)
    nodes = client.get(at("detail", county.town)).context["nodes"]
    assert [(node.unit.name, node.count) for node in nodes] == [("河口党总支", 1)]


def test_a_new_unit_below_a_committee_is_a_branch_unless_said_otherwise(client, county):
    client.force_login(county.officer.user)
    kinds = [
        client.get(at("create", unit)).context["form"]["kind"].value()
        for unit in (county.county, county.town)
    ]
    assert kinds == ["party_committee", "branch"]


def test_the_list_of_branches_offers_a_new_unit_at_once(client, county):
    client.force_login(county.officer.user)
    page = client.get(reverse("branches:list")).content.decode()
    assert at("create", county.county) in page


def test_party_group_meetings_are_not_asked_where_there_are_no_groups(client, county):
    branch = county.branches[0]
    Profile.objects.filter(organization=branch).update(cells=0)
    client.force_login(county.officer.user)
    page = client.get(at("print", branch))
    needless = [line["label"] for line in page.context["lines"] if line["needless"]]
    assert (needless, "不适用" in page.content.decode()) == (["党小组会"], True)
