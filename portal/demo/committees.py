"""Committees of the demonstration: one has filed, one is typing, the others have not begun; their terms and approvals."""

import uuid
from datetime import date, timedelta

from branches.approving import record_approval
from branches.facts import add_months, term_end, term_field
from branches.models import ApprovalKind, Organization, OrgKind, Profile
from branches.scope import act_as
from inspections import elections, filing
from inspections.joining import absent, enrol
from inspections.models import Assessment, Source, Stage
from inspections.sheets import SINGLE, Judgement, judge, judge_rest
from portal.demo.people import Cast
from portal.demo.places import Places
from portal.demo.rounds import Round, at
from standards.sheets import sheet

FILED, TYPING = "柳湾镇", "石埠镇"
WITH_TERM = (OrgKind.COMMITTEE, OrgKind.ORGAN_COMMITTEE, OrgKind.GENERAL_BRANCH)
# Months to the end of the term, in the order of the tree; the others have years to go.
ENDS_IN = (38, 4, 26, 1)


def take_part(places: Places, cast: Cast, this: Round, *, as_of: date) -> None:
    enrol(this.cycle, absent(this.cycle, today=as_of))
    when = at(as_of - timedelta(days=5))
    row = assessment(this, places.parents[FILED])
    secretary, clerk = (of[row.branch_id] for of in (cast.secretaries, cast.clerks))
    short = Judgement(
        "committee.visits", values={"missed": 2}, remark="2名班子成员上半年没有到联系支部"
    )
    judge(row, Source.SELF, short, by=clerk, now=when, on=when.date(), how=SINGLE)
    keys = [line.key for line in sheet(this.cycle.edition, row.branch.field)]
    judge_rest(row, Source.SELF, keys, now=when)
    Assessment.objects.filter(pk=row.pk).update(stage=Stage.DRAFTING)
    row = assessment(this, places.parents[FILED])
    actor = act_as(secretary, today=when.date())
    filing.submit(actor, row, discussed_on=when.date(), now=when, client_key=uuid.uuid4())
    typing = assessment(this, places.parents[TYPING])
    judge_rest(typing, Source.SELF, keys[:5], now=when)
    Assessment.objects.filter(pk=typing.pk).update(stage=Stage.DRAFTING)


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
