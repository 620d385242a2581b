"""Visits of the running year: one team, a few branches seen and signed, one on site, the rest to come."""

from datetime import date, timedelta

from accounts.roles import Role
from branches.models import Grant
from inspections.models import Answer, Member, Sheet, Source, Stop, StopState, Visit
from inspections.sheets import REST, SINGLE
from inspections.standing import records_for
from portal.demo.flaws import Flaw, flaws_in
from portal.demo.people import Cast
from portal.demo.places import Places
from portal.demo.rounds import Round, at, said
from standards.rules.evaluate import applies
from standards.sheets import edition_options, sheet

SEEN = 7


def go_and_see(
    places: Places, cast: Cast, this: Round, *, rng, as_of: date
) -> list[tuple[Stop, list[Flaw]]]:
    """The autumn visit. Returns the stops seen with what was found short at each."""
    visit = Visit.objects.create(
        owner=places.county,
        cycle=this.cycle,
        name=f"{this.year}年第四季度实地检查",
        starts_on=as_of - timedelta(days=12),
        ends_on=as_of + timedelta(days=20),
        created_at=at(as_of - timedelta(days=15)),
        created_by=cast.officer,
    )
    Member.objects.bulk_create(
        Member(visit=visit, user=user, is_leader=n == 0) for n, user in enumerate(cast.inspectors)
    )
    stops = make_stops(visit, chosen(places, this, rng=rng), cast, as_of=as_of)
    open_doors(visit, stops, cast)
    return [
        (stop, found_at(stop, this, cast, rng=rng))
        for stop in stops
        if stop.state == StopState.SIGNED
    ]


def chosen(places: Places, this: Round, *, rng):
    """双井 first, then branches that passed the first check, then some not filed yet."""
    home = places.branch("双井村党支部")
    passed = [row.branch for row in this.rows if row.stage == "passed" and row.branch_id != home.pk]
    waiting = [row.branch for row in this.rows if row.stage == "submitted"]
    return [home, *rng.sample(passed, SEEN), *rng.sample(waiting, 4)]


def make_stops(visit: Visit, branches, cast: Cast, *, as_of: date) -> list[Stop]:
    stops = []
    for n, branch in enumerate(branches):
        stop = Stop(visit=visit, branch=branch, position=n + 1)
        if 1 <= n <= SEEN:
            day = as_of - timedelta(days=11 - n)
            stop.state, stop.visited_on, stop.signed_on = StopState.SIGNED, day, day
            stop.confirmed_at, stop.confirmed_by = at(day, 17), cast.inspectors[0]
            stop.number = f"安检反〔{as_of.year}〕{n}号"
            stop.representative = branch.profile.secretary
        stops.append(stop)
    Stop.objects.bulk_create(stops)
    return stops


def open_doors(visit: Visit, stops: list[Stop], cast: Cast) -> None:
    """The team's inspector grants for the visit's window."""
    Grant.objects.bulk_create(
        Grant(
            user=user,
            organization=stop.branch,
            role=Role.INSPECTOR,
            from_on=visit.starts_on,
            until_on=visit.ends_on,
            reason=f"visit:{visit.pk}",
        )
        for user in cast.inspectors
        for stop in stops
    )


def found_at(stop: Stop, this: Round, cast: Cast, *, rng) -> list[Flaw]:
    """Two or three problems on the acceptance sheet of the stop's branch; the rest conforms."""
    row = next(r for r in this.rows if r.branch_id == stop.branch_id)
    options = edition_options(this.cycle.edition)
    facts = records_for([row], cycle=this.cycle, options=options, today=stop.visited_on)[
        row.branch_id
    ].facts
    lines = [
        x
        for x in sheet(this.cycle.edition, row.branch.field)
        if x.maximum and x.typed and applies(x.applies, facts)
    ]
    pool = [flaw for line in lines for flaw in flaws_in(line, options)[:1]]
    flaws = rng.sample(pool, 3)
    coverage = {line.key: REST for line in lines} | {flaw.key: SINGLE for flaw in flaws}
    paper = Sheet.objects.create(
        assessment=row,
        source=Source.ACCEPTANCE,
        coverage=coverage,
        changed_at=at(stop.visited_on, 17),
    )
    Answer.objects.bulk_create(
        said(paper, flaw, stop.visited_on, cast.inspectors[1]) for flaw in flaws
    )
    return flaws
