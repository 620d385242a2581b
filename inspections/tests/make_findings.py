"""Visits and findings for tests, in any stage, without walking the way there."""

from datetime import date
from itertools import count
from types import SimpleNamespace

from accounts.roles import Role
from accounts.tests.make import NOW, make_user
from branches.scope import act_as
from branches.tests.make import TODAY, make_actor, make_county, make_grant
from inspections import finding_actions as actions
from inspections.logging import owner_of
from inspections.models import Finding, FindingStage, Member, Signoff, Stop, Visit

serial = count(1)
DUE = date(2026, 11, 30)


def make_stop(*, owner, branch, leader, members=(), cycle=None, visit=None, **fields):
    """A stop at the branch; leader and members are actors and get their window."""
    visit = visit or Visit.objects.create(
        owner=owner,
        cycle=cycle,
        name=f"第{next(serial)}组",
        starts_on=TODAY,
        ends_on=TODAY,
        created_at=NOW,
        created_by=leader.user,
    )
    for actor in (leader, *members):
        Member.objects.get_or_create(
            visit=visit, user=actor.user, defaults={"is_leader": actor is leader}
        )
    return Stop.objects.create(visit=visit, branch=branch, **fields)


def make_inspector(*, branch, name="孙检", until_on=None):
    user = make_user(name=name)
    make_grant(user=user, organization=branch, role=Role.INSPECTOR, until_on=until_on)
    return act_as(user, today=TODAY)


def make_finding(*, branch, by, stage=FindingStage.IN_PROGRESS, signed=None, **fields):
    """A finding in `stage`; `signed` = {role: user} of its present round."""
    owner = owner_of(branch)
    fields = {
        "number": f"ZG-2026-T{next(serial):04d}",
        "unit": branch,
        "source": "acceptance",
        "text": "三季度党员大会无记录",
        "found_on": TODAY,
        "logged_at": NOW,
        "due_on": DUE if stage not in ("draft", "confirmed") else None,
        "issued_on": TODAY if stage not in ("draft", "confirmed") else None,
        "measures": "补开会议并规范记录",
        "responsible": "张林",
        "closed_on": TODAY if stage == FindingStage.CLOSED else None,
    } | fields
    finding = Finding.objects.create(
        owner=owner, branch=branch, stage=stage, logged_by=by, **fields
    )
    for role, user in (signed or {}).items():
        Signoff.objects.create(
            finding=finding, round=finding.round, role=role, by=user, unit=owner, at=NOW
        )
    return finding


def several(cast):
    """Seven findings of different kinds, each numbered by what it is."""
    by = cast.officer.user

    def make(name, **fields):
        return make_finding(**{"branch": cast.branch, "by": by, "number": name} | fields)

    make("late", due_on=date(2026, 11, 1), severity="serious")
    make("soon", due_on=date(2026, 11, 25), branch=cast.branches[1])
    make("far", due_on=date(2027, 3, 1), source="tour", category="组织生活")
    make("long", due_on=date(2026, 10, 1), is_long_term=True)
    make("handed", stage="submitted", due_on=date(2026, 11, 2), clause_key="records")
    make("done", stage="closed", due_on=date(2026, 11, 3), look_back_on=date(2026, 11, 20))
    make("other", branch=cast.foreign[0], due_on=date(2026, 12, 1), text="活动室上锁")


def make_cast():
    """make_county() with an inspection team on its first branch and a stop there."""
    cast = make_county()
    cast.branch = cast.branches[0]
    cast.team_leader = make_inspector(branch=cast.branch, name="钱组长")
    cast.inspector = make_inspector(branch=cast.branch)
    cast.second_clerk = make_actor(organization=cast.town, role=Role.CLERK, name="刘敏")
    cast.stop = make_stop(
        owner=cast.county, branch=cast.branch, leader=cast.team_leader, members=[cast.inspector]
    )
    return cast


def walk(cast, finding, *, to, now=NOW):
    """Take a confirmed finding along the usual way until it reaches `to`."""
    way = [
        ("issued", lambda: actions.issue(cast.officer, [finding], now=now)),
        ("in_progress", lambda: actions.acknowledge(cast.branch_clerk, finding, now=now)),
        ("submitted", lambda: report(cast, finding, now=now)),
        ("verified", lambda: actions.verify(cast.secretary, finding, now=now)),
        ("closed", lambda: actions.close(cast.officer, finding, now=now)),
    ]
    for stage, go in way:
        go()
        finding.refresh_from_db()
        if stage == to:
            return finding
    return finding


def report(cast, finding, *, now=NOW):
    actions.plan(
        cast.branch_clerk, finding, now=now, measures="补开会议，建立审签制度", responsible="张林"
    )
    actions.submit(cast.branch_clerk, finding, now=now, note="已补开会议", paper="会议记录本第12页")


def make_people(cast):
    """Every role by name, for tables over all roles."""
    return SimpleNamespace(
        county_officer=cast.officer,
        county_leader=cast.leader,
        secretary=cast.secretary,
        clerk=cast.clerk,
        branch_clerk=cast.branch_clerk,
        inspector=cast.inspector,
        team_leader=cast.team_leader,
        stranger=cast.stranger,
    )
