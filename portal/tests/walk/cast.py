"""Who walks: one account per role in one town of one county, and everybody who must stay outside.

Places, seen from the own branch of 柳湾镇:
  own       the branch itself           sibling   another branch of the same town
  town      a branch of 石埠镇           county    a branch of another county
"""

from datetime import date, timedelta
from types import SimpleNamespace

from accounts.models import User
from accounts.roles import Kind, Role
from accounts.tests.make import make_user
from branches.models import Grant, Organization, OrgKind
from branches.tests.make import make_branch, make_grant, make_organization
from portal.tests.walk.ink import Ink

PLACES = ("own", "sibling", "town", "county")
# Who holds a role on the branch at that place or above it. Written down by hand on purpose: the walk
# would prove nothing if it asked the code under test who may see what.
COVER = {
    "own": {"officer", "leader", "secretary", "clerk", "branch_clerk", "chief", "inspector"},
    "sibling": {"officer", "leader", "secretary", "clerk"},
    "town": {"officer", "leader", "stranger"},
    "county": {"rival"},
}
ROLES = {
    "officer": Role.COUNTY_OFFICER,
    "leader": Role.COUNTY_LEADER,
    "secretary": Role.SECRETARY,
    "clerk": Role.CLERK,
    "branch_clerk": Role.BRANCH_CLERK,
    "chief": Role.INSPECTOR,
    "inspector": Role.INSPECTOR,
    "stranger": Role.CLERK,
    "tied": Role.CLERK,
    "rival": Role.COUNTY_OFFICER,
}
KINDS = {"system": Kind.SYSTEM, "security": Kind.SECURITY, "audit": Kind.AUDIT}
# Their grants ended yesterday: an officer's, and an inspector's whose window is over.
OUTSIDE = ("ended", "late")
ACTORS = (*ROLES, *OUTSIDE, *KINDS)
COUNTY = {"officer", "leader", "rival"}
INSPECTORS = {"chief", "inspector"}
BOUND = set(ROLES) - {"rival"}  # everybody with a role somewhere in the own county
KEEPERS = {"system", "security"}  # they see names of persons and units, nothing of the business


def make_places(ink: Ink) -> SimpleNamespace:
    """The forest: two counties, three towns, one branch per place, and the unit tied to the own branch."""
    county = make_organization(name="安禾县委组织部", kind=OrgKind.DEPARTMENT)
    other = make_organization(
        name=f"邻县委组织部{ink.of('unit', at='county', by={'rival', *KINDS})}",
        kind=OrgKind.DEPARTMENT,
    )
    town = make_organization(parent=county, name="柳湾镇党委", short_name="柳湾镇")
    towns = {"own": town, "sibling": town}
    towns["town"] = named_town(ink, county, "石埠镇", place="town")
    towns["county"] = named_town(ink, other, "邻镇", place="county")
    branches = {place: named_branch(ink, towns[place], place=place) for place in PLACES}
    tied = make_organization(parent=county, name="机关工委", kind=OrgKind.WORK_COMMITTEE)
    counties = dict.fromkeys(PLACES, county) | {"county": other}
    return SimpleNamespace(counties=counties, towns=towns, branches=branches, tied=tied)


def named_town(ink: Ink, county: Organization, name: str, *, place: str) -> Organization:
    mark = ink.of("unit", at=place, by=COVER[place] | set(KINDS))
    return make_organization(parent=county, name=f"{name}党委{mark}", short_name=f"{name}{mark}")


def named_branch(ink: Ink, town: Organization, *, place: str) -> Organization:
    # The link of branches.Link opens the own branch, and nothing else, to the unit it is tied to.
    seen_by = COVER[place] | set(KINDS) | ({"tied"} if place == "own" else set())
    mark = ink.of("branch", at=place, by=seen_by)
    person = ink.of("person", at=place, by=seen_by)
    profile = {"secretary": f"张{person}", "phone": mark, "premises_note": f"活动室{person}"}
    return make_branch(parent=town, name=f"村{mark}党支部", profile=profile, code=f"CODE-{place}")


def make_cast(land: SimpleNamespace, *, today: date) -> dict[str, User]:
    """Every account of ACTORS, with its grants."""
    yesterday = today - timedelta(days=1)
    homes = {
        "officer": land.counties["own"],
        "leader": land.counties["own"],
        "secretary": land.towns["own"],
        "clerk": land.towns["own"],
        "stranger": land.towns["town"],
        "tied": land.tied,
        "rival": land.counties["county"],
    }
    cast = {name: make_user(username=f"walk-{name}", name=name) for name in (*ROLES, *OUTSIDE)}
    for name, role in ROLES.items():
        unit = homes.get(name, land.branches["own"])
        give(cast[name], unit, role, until_on=today if name in INSPECTORS else None)
    give(cast["ended"], land.counties["own"], Role.COUNTY_OFFICER, until_on=yesterday)
    give(cast["late"], land.branches["own"], Role.INSPECTOR, until_on=yesterday)
    for name, kind in KINDS.items():
        cast[name] = make_user(username=f"walk-{name}", name=name, kind=kind)
    return cast


def give(user: User, unit: Organization, role: str, *, until_on: date | None = None) -> Grant:
    return make_grant(
        user=user, organization=unit, role=role, from_on=date(2020, 1, 1), until_on=until_on
    )


def make_authors(land: SimpleNamespace, ink: Ink) -> dict[str, User]:
    """Who wrote the rows of each place: a clerk of that town, with a name to be found in leaks."""
    authors = {}
    for place in PLACES:
        also = {"tied"} if place == "own" else set()
        mark = ink.of("author", at=place, by=COVER[place] | set(KINDS) | also)
        user = make_user(username=f"author-{place}-{mark}", name=f"王{mark}", phone=mark)
        give(user, land.towns[place], Role.CLERK)
        authors[place] = user
    return authors
