"""A visit to two branches with its team, ready to be judged."""

import uuid
from types import SimpleNamespace

from accounts.tests.make import NOW, make_user
from branches.scope import act_as
from branches.tests.make import TODAY, make_county
from inspections import planning
from inspections.tests.make import make_cycle, make_running


def make_visit(place, *, cycle=None, starts_on=TODAY, ends_on=TODAY, branches=None, **fields):
    leader = fields.pop("leader", None) or make_user(name="孙立")
    member = fields.pop("member", None) or make_user(name="钱进")
    return planning.plan(
        place.officer,
        place.county,
        name="秋季检查",
        starts_on=starts_on,
        ends_on=ends_on,
        team=[leader, member],
        leader=leader,
        branches=branches or place.branches,
        cycle=cycle,
        now=NOW,
        client_key=uuid.uuid4(),
    )


def make_site(*, edition=None, failing=(), **fields):
    """county, running cycle, visit on TODAY; `leader` and `member` are actors, `stop` the first branch."""
    place = make_county()
    if edition is None:
        cycle = make_running(county=place, failing=failing)
    else:
        cycle = make_cycle(owner=place.county, edition=edition(place.county))
    visit = make_visit(place, cycle=cycle, **fields)
    members = visit.members.order_by("-is_leader", "pk")
    leader, member = [act_as(m.user, today=TODAY) for m in members]
    return SimpleNamespace(
        place=place,
        cycle=cycle,
        visit=visit,
        stop=visit.stops.order_by("position").first(),
        leader=leader,
        member=member,
    )
