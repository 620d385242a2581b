"""Accounts of the demonstration. Passwords are random per installation and printed once."""

import secrets
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from django.contrib.auth.hashers import make_password

from accounts.models import User
from accounts.roles import Kind, Role
from branches.models import Grant, Organization
from portal.demo import names
from portal.demo.places import Places

WORDS = [
    "amber",
    "birch",
    "cedar",
    "delta",
    "ember",
    "fjord",
    "grove",
    "heron",
    "inlet",
    "jade",
    "karst",
    "lotus",
    "maple",
    "north",
    "ochre",
    "pearl",
    "quartz",
    "river",
    "slate",
    "tulip",
    "umber",
    "vale",
    "willow",
]


@dataclass
class Cast:
    """The people by unit and role; `slips` are (user name, role, password) to print."""

    officer: User
    second_officer: User
    leader: User
    inspectors: list[User]
    secretaries: dict[int, User] = field(default_factory=dict)
    clerks: dict[int, User] = field(default_factory=dict)
    branch_clerk: User | None = None
    slips: list[tuple[str, str, str]] = field(default_factory=list)


def password() -> str:
    return "-".join(secrets.choice(WORDS) for _ in range(3)) + f"-{secrets.randbelow(90) + 10}"


def gather(places: Places, *, rng: Random, as_of: date) -> Cast:
    county = places.county
    cast = Cast(
        officer=account("xian01", "周岚", "组织科干事"),
        second_officer=account("xian02", "吴越", "组织科副科长"),
        leader=account("xianld", "何川", "部务会成员"),
        inspectors=[
            account("ducha01", "郑远", "检查一组组长"),
            account("ducha02", "宋敏", "检查一组成员"),
            account("ducha03", "谢林", "检查一组成员"),
        ],
    )
    grant(cast.officer, county, Role.COUNTY_OFFICER)
    grant(cast.second_officer, county, Role.COUNTY_OFFICER)
    grant(cast.leader, county, Role.COUNTY_LEADER)
    for n, unit in enumerate(places.parents.values(), 1):
        add_parent_people(cast, unit, n, rng=rng, as_of=as_of)
    home = places.branch("双井村党支部")
    cast.branch_clerk = account("shuangjing", "张林", "支部委员")
    grant(cast.branch_clerk, home, Role.BRANCH_CLERK)
    for username, name, kind in (
        ("sysadmin", "系统管理员", Kind.SYSTEM),
        ("secadmin", "安全管理员", Kind.SECURITY),
        ("auditadmin", "审计管理员", Kind.AUDIT),
    ):
        account(username, name, "", kind=kind)
    hand_out(cast, places)
    return cast


def add_parent_people(cast: Cast, unit: Organization, n: int, *, rng: Random, as_of: date) -> None:
    secretary = account(f"sj{n:02d}", names.person(rng), "书记")
    clerk = account(f"gs{n:02d}", names.person(rng), "党建办干事")
    grant(secretary, unit, Role.SECRETARY)
    if unit.short_name == "松岭镇":
        former = account(f"gs{n:02d}a", names.person(rng), "原党建办干事", is_active=False)
        changed = as_of - timedelta(days=70)
        grant(former, unit, Role.CLERK, until_on=changed)
        grant(clerk, unit, Role.CLERK, from_on=changed)
    else:
        grant(clerk, unit, Role.CLERK)
    cast.secretaries[unit.pk], cast.clerks[unit.pk] = secretary, clerk


def account(
    username: str, name: str, post: str, *, kind: str = Kind.BUSINESS, is_active=True
) -> User:
    return User.objects.create(
        username=username,
        name=name,
        post=post,
        kind=kind,
        is_active=is_active,
        password="!demo",  # noqa: S106  an unusable hash until hand_out() gives a real one
        must_change_password=False,
    )


def grant(
    user: User, unit: Organization, role: str, *, from_on=date(2024, 1, 1), until_on=None
) -> None:
    Grant.objects.create(
        user=user, organization=unit, role=role, from_on=from_on, until_on=until_on
    )


def hand_out(cast: Cast, places: Places) -> None:
    """Real passwords for the people a visitor signs in as."""
    town = places.parents["柳湾镇"].pk
    shown = [
        (cast.officer, "县委组织部干事"),
        (cast.second_officer, "县委组织部干事（发布、公布）"),
        (cast.leader, "县领导"),
        (cast.secretaries[town], "柳湾镇党委书记"),
        (cast.clerks[town], "柳湾镇党建办干事"),
        (cast.branch_clerk, "双井村党支部"),
        (cast.inspectors[0], "检查组组长"),
        (cast.inspectors[1], "检查组成员"),
        *((User.objects.get(username=u), r) for u, r in ADMINISTRATORS),
    ]
    for user, label in shown:
        hand(cast, user, label)


def hand(cast: Cast, user: User, label: str) -> None:
    secret = password()
    user.password = make_password(secret)
    user.save(update_fields=["password"])
    cast.slips.append((user.username, label, secret))


ADMINISTRATORS = (
    ("sysadmin", "系统管理员"),
    ("secadmin", "安全管理员"),
    ("auditadmin", "审计管理员"),
)
