"""Organizations, grants and actors for tests. make_county() gives the small forest most tests need."""

from datetime import date
from itertools import count
from types import SimpleNamespace

from accounts.roles import Role
from accounts.tests.make import make_user
from branches.growth import field_of
from branches.models import Field, Grant, Organization, OrgKind, Profile
from branches.scope import act_as
from branches.tree import step

TODAY = date(2026, 11, 20)
serial = count(1)


def make_organization(*, parent=None, kind=OrgKind.COMMITTEE, name=None, field="", **fields):
    n = next(serial)
    name = name or f"第{n}党委"
    fields = {"short_name": name, "position": n, "opened_on": date(2020, 1, 1)} | fields
    org = Organization.objects.create(
        parent=parent,
        path=f"?{n}",
        kind=kind,
        name=name,
        field=field or field_of(kind),
        **fields,
    )
    org.path = (parent.path if parent else "") + step(org.pk)
    org.save(update_fields=["path"])
    return org


def make_branch(*, parent, name=None, field=Field.RURAL, profile=None, **fields):
    branch = make_organization(
        parent=parent,
        kind=OrgKind.BRANCH,
        name=name or f"第{next(serial)}党支部",
        field=field,
        **fields,
    )
    facts = {"full_members": 20, "committee_size": 3, "founded_on": date(2015, 7, 1)} | (
        profile or {}
    )
    Profile.objects.create(organization=branch, **facts)
    return branch


def make_grant(*, user, organization, role, from_on=date(2026, 1, 1), until_on=None):
    return Grant.objects.create(
        user=user, organization=organization, role=role, from_on=from_on, until_on=until_on
    )


def make_actor(*, organization, role, today=TODAY, **fields):
    user = make_user(**fields)
    make_grant(user=user, organization=organization, role=role)
    return act_as(user, today=today)


def make_county(*, name="安禾县委组织部"):
    """A county with two towns of two branches each and one person per role (in the first town)."""
    county = make_organization(name=name, kind=OrgKind.DEPARTMENT)
    town = make_organization(parent=county, name="柳湾镇党委", short_name="柳湾镇")
    other = make_organization(parent=county, name="石埠镇党委", short_name="石埠镇")
    branches = [make_branch(parent=town, name=n) for n in ("双井村党支部", "上坝村党支部")]
    foreign = [make_branch(parent=other, name=n) for n in ("樟树坪村党支部", "东坪村党支部")]
    return SimpleNamespace(
        county=county,
        town=town,
        other=other,
        branches=branches,
        foreign=foreign,
        officer=make_actor(organization=county, role=Role.COUNTY_OFFICER, name="周岚"),
        second_officer=make_actor(organization=county, role=Role.COUNTY_OFFICER, name="吴越"),
        leader=make_actor(organization=county, role=Role.COUNTY_LEADER, name="何川"),
        secretary=make_actor(organization=town, role=Role.SECRETARY, name="陈平"),
        clerk=make_actor(organization=town, role=Role.CLERK, name="王宁"),
        branch_clerk=make_actor(organization=branches[0], role=Role.BRANCH_CLERK, name="张林"),
        stranger=make_actor(organization=other, role=Role.CLERK, name="赵一"),
    )
