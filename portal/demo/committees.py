"""Committees of the demonstration: two have filed, one is typing, the others have not begun; their terms and approvals.

The party group stands beside the organ committee of its bureau, outside affiliation, with a sheet of its own.
"""

import uuid
from datetime import date, datetime, timedelta
from random import Random

from branches.approving import record_approval
from branches.facts import add_months, term_end, term_field
from branches.models import ApprovalKind, Organization, OrgKind, Profile
from branches.scope import act_as
from inspections import checking, elections, filing
from inspections.joining import absent, enrol
from inspections.models import Assessment, Source, Stage
from inspections.sheets import SINGLE, Judgement, judge, judge_rest
from portal.demo.people import Cast, add_parent_people, hand
from portal.demo.places import Places, grow
from portal.demo.rounds import Round, at
from standards.sheets import sheet

FILED, TYPING = "柳湾镇", "石埠镇"
GROUP = ("中共安禾县水利局党组", "水利局党组")
VISITS = Judgement(
    "committee.visits", values={"missed": 2}, remark="2名班子成员上半年没有到联系支部"
)
STUDY = Judgement("group.study", values={"short": 1}, remark="三季度集中学习研讨没有召开")
WITH_TERM = (OrgKind.COMMITTEE, OrgKind.ORGAN_COMMITTEE, OrgKind.GENERAL_BRANCH)
# Months to the end of the term, in the order of the tree; the others have years to go.
ENDS_IN = (38, 4, 26, 1)


def take_part(places: Places, cast: Cast, this: Round, *, as_of: date) -> None:
    enrol(this.cycle, absent(this.cycle, today=as_of))
    when = at(as_of - timedelta(days=5))
    file(this, places.parents[FILED], VISITS, cast, when=when)
    group = file(this, places.parents[GROUP[1]], STUDY, cast, when=when)
    passes = act_as(cast.second_officer, today=as_of)
    checking.accept(passes, group, now=at(as_of - timedelta(days=2)), client_key=uuid.uuid4())
    typing = assessment(this, places.parents[TYPING])
    judge_rest(typing, Source.SELF, keys_of(typing)[:5], now=when)
    Assessment.objects.filter(pk=typing.pk).update(stage=Stage.DRAFTING)


def file(
    this: Round, unit: Organization, short: Judgement, cast: Cast, *, when: datetime
) -> Assessment:
    """Typed by the clerk, one clause short, and submitted by the secretary."""
    row = assessment(this, unit)
    clerk, secretary = cast.clerks[unit.pk], cast.secretaries[unit.pk]
    judge(row, Source.SELF, short, by=clerk, now=when, on=when.date(), how=SINGLE)
    judge_rest(row, Source.SELF, keys_of(row), now=when)
    Assessment.objects.filter(pk=row.pk).update(stage=Stage.DRAFTING)
    actor = act_as(secretary, today=when.date())
    typed = assessment(this, unit)
    filing.submit(actor, typed, discussed_on=when.date(), now=when, client_key=uuid.uuid4())
    return assessment(this, unit)


def keys_of(row: Assessment) -> list[str]:
    return [line.key for line in sheet(row.cycle.edition, row.branch.field)]


def found_group(places: Places, cast: Cast, *, rng: Random, as_of: date) -> None:
    """Comes after everybody else, so that the story before it stays as it was told."""
    unit = grow([(places.county, OrgKind.GROUP, *GROUP, "")])[0]
    unit.position = places.county.children.count()
    unit.save(update_fields=["position"])
    places.parents[unit.short_name] = unit
    add_parent_people(cast, unit, len(places.parents), rng=rng, as_of=as_of)
    hand(cast, cast.secretaries[unit.pk], "水利局党组书记")


def assessment(this: Round, unit: Organization) -> Assessment:
    rows = Assessment.objects.select_related("branch__parent", "cycle__edition", "cycle__owner")
    return rows.get(cycle=this.cycle, branch=unit)


def elect(places: Places, cast: Cast, *, as_of: date) -> None:
    """Terms of committees, what the county approved, and the letters that are due."""
    units = [unit for unit in places.parents.values() if unit.kind in WITH_TERM]
    Profile.objects.bulk_create(term_of(unit, n, as_of) for n, unit in enumerate(units))
    officer = act_as(cast.officer, today=as_of)
    late = Profile.objects.exclude(term_delay_document="").select_related("organization").first()
    approved = (
        (late.organization, ApprovalKind.DELAY, late.term_delay_document, as_of + timedelta(days=120)),
        (units[1], ApprovalKind.CALL, f"安组复〔{as_of.year}〕11号", add_months(as_of, 3)),
    )  # fmt: skip
    for unit, kind, number, day in approved:
        record_approval(
            officer, unit, kind=kind, number=number, dated_on=as_of - timedelta(days=50), day=day,
            note="", now=at(as_of - timedelta(days=48)), client_key=uuid.uuid4(),
        )  # fmt: skip
    elections.remind(now=at(as_of))


def term_of(unit: Organization, n: int, as_of: date) -> Profile:
    months = ENDS_IN[n] if n < len(ENDS_IN) else 30
    began = add_months(as_of, months - 60)
    return Profile(
        organization=unit,
        term_started_on=began,
        term_ends_on=term_end(began, field=term_field(unit), kind=unit.kind),
    )
