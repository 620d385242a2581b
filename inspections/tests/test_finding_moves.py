"""The table of moves over every role and every stage: who may press what, and that nothing else is taken."""

import itertools
from copy import deepcopy
from datetime import date

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from accounts.refusal import Refused
from accounts.roles import Role
from accounts.tests.make import NOW
from branches.scope import act_as
from branches.tests.make import make_actor, make_grant
from inspections import finding_actions as actions
from inspections.models import CloseRule, Entry, Extension, Finding, FindingStage, Signoff
from inspections.moves import MOVES, TABLE, open_moves
from inspections.tests.make_findings import make_finding, make_people

pytestmark = pytest.mark.django_db

# what each role may do on a county-found, general finding of its branch, by stage; nobody signed yet
MAY = {
    "draft": {
        "county_officer": "confirm fix_on_spot withdraw",
        "team_leader": "confirm fix_on_spot withdraw",
        "inspector": "withdraw",
    },
    "confirmed": {
        "county_officer": "comment fix_on_spot issue withdraw",
        "team_leader": "comment fix_on_spot",
        "inspector": "comment",
        "secretary": "comment",
        "clerk": "comment",
        "branch_clerk": "comment",
    },
    "issued": {
        "county_officer": "chase comment withdraw",
        "secretary": "acknowledge ask_extension chase comment object",
        "clerk": "acknowledge ask_extension chase comment object",
        "branch_clerk": "acknowledge ask_extension comment object",
        "team_leader": "comment",
        "inspector": "comment",
    },
    "objected": {
        "county_officer": "comment uphold withdraw",
        "secretary": "comment",
        "clerk": "comment",
        "branch_clerk": "comment",
        "team_leader": "comment",
        "inspector": "comment",
    },
    "in_progress": {
        "county_officer": "chase comment hold_open return_plan withdraw",
        "secretary": "ask_extension chase comment plan progress return_plan submit",
        "clerk": "ask_extension chase comment plan progress return_plan submit",
        "branch_clerk": "ask_extension comment plan progress submit",
        "team_leader": "comment",
        "inspector": "comment",
    },
    "submitted": {
        "county_officer": "comment reject verify withdraw",
        "secretary": "comment reject verify",
        "clerk": "comment reject verify",
        "branch_clerk": "comment",
        "team_leader": "comment reject verify",
        "inspector": "comment reject verify",
    },
    "verified": {
        "county_officer": "close comment send_back withdraw",
        "secretary": "comment",
        "clerk": "comment",
        "branch_clerk": "comment",
        "team_leader": "comment",
        "inspector": "comment",
    },
    "closed": {
        "county_officer": "comment keep rebound",
        "secretary": "comment keep rebound",
        "clerk": "comment keep rebound",
        "branch_clerk": "comment",
        "team_leader": "comment keep rebound",
        "inspector": "comment keep rebound",
    },
    "withdrawn": {},
}
ROLES = (
    "county_officer",
    "county_leader",
    "secretary",
    "clerk",
    "branch_clerk",
    "inspector",
    "team_leader",
    "stranger",
)


def a_finding(cast, stage, **fields):
    fields = {"by": cast.inspector.user, "stop": cast.stop} | fields
    return make_finding(branch=cast.branch, stage=stage, **fields)


@pytest.mark.parametrize(("stage", "role"), list(itertools.product(FindingStage.values, ROLES)))
def test_buttons_of_a_stage_are_those_of_the_table(cast, stage, role):
    actor = getattr(make_people(cast), role)

    found = {move.verb for move in open_moves(actor, a_finding(cast, stage))}

    assert found == set(MAY[stage].get(role, "").split())


def test_every_action_belongs_to_a_move_and_every_move_has_an_action():
    assert set(actions.ACTIONS) == {move.verb for move in TABLE}


def test_every_move_ends_in_a_known_stage():
    stages = set(FindingStage.values)

    assert {move.to for move in MOVES.values()} - {None} <= stages
    assert {stage for move in MOVES.values() for stage in move.stages} <= stages


@pytest.mark.parametrize("role", [Signoff.Role.REPORTER, Signoff.Role.VERIFIER])
def test_who_signed_before_may_neither_verify_nor_close(cast, role):
    at = "submitted" if role == Signoff.Role.REPORTER else "verified"
    finding = a_finding(cast, at, signed={role: cast.officer.user})

    found = {move.verb for move in open_moves(cast.officer, finding)}

    assert found & {"verify", "reject", "close", "send_back"} == set()


def test_parent_of_one_person_leaves_verification_to_the_county(cast):
    lone = make_actor(organization=cast.other, role=Role.CLERK, name="独一人")
    finding = make_finding(
        branch=cast.foreign[0],
        by=cast.officer.user,
        stage="submitted",
        signed={Signoff.Role.REPORTER: lone.user},
    )

    assert not MOVES["verify"].permit.allows(lone, finding)
    assert MOVES["verify"].permit.allows(cast.officer, finding)


def test_inspector_from_the_unit_itself_may_not_verify(cast):
    make_grant(user=cast.branch_clerk.user, organization=cast.branch, role=Role.INSPECTOR)
    both = act_as(cast.branch_clerk.user, today=cast.branch_clerk.today)

    assert not MOVES["verify"].permit.allows(both, a_finding(cast, "submitted"))


@pytest.mark.parametrize(
    ("source", "severity", "closer"),
    [
        ("self", "general", {"secretary", "clerk", "county_officer"}),
        ("first_check", "general", {"secretary", "clerk", "county_officer"}),
        ("self", "serious", {"county_officer", "county_leader"}),
        ("acceptance", "general", {"county_officer"}),
        ("acceptance", "serious", {"county_officer", "county_leader"}),
        ("tour", "general", {"county_officer"}),
    ],
)
def test_who_closes_depends_on_source_and_severity(cast, source, severity, closer):
    finding = a_finding(cast, "verified", source=source, severity=severity)
    people = make_people(cast)

    found = {role for role in ROLES if MOVES["close"].permit.allows(getattr(people, role), finding)}

    assert found == closer


def test_the_most_telling_close_rule_wins(cast):
    for source, severity, closer in [
        ("", "", "parent"),
        ("tour", "", "county"),
        ("tour", "general", "parent"),
    ]:
        CloseRule.objects.create(owner=cast.county, source=source, severity=severity, closer=closer)

    closes = MOVES["close"].permit.allows
    assert closes(cast.secretary, a_finding(cast, "verified", source="research"))
    assert not closes(
        cast.secretary, a_finding(cast, "verified", source="tour", severity="serious")
    )
    assert closes(cast.secretary, a_finding(cast, "verified", source="tour", severity="general"))


def test_extension_is_decided_by_another_than_asked(cast):
    finding = a_finding(cast, "in_progress", source="self")
    actions.ask_extension(
        cast.clerk, finding, now=NOW, reason="等待资金", new_due_on=date(2026, 12, 20)
    )

    assert not MOVES["grant_extension"].permit.allows(cast.clerk, finding)
    assert MOVES["grant_extension"].permit.allows(cast.secretary, finding)


def test_extension_granted_moves_the_deadline_and_cannot_be_decided_twice(cast):
    finding = a_finding(cast, "in_progress")
    actions.ask_extension(
        cast.clerk, finding, now=NOW, reason="等待资金", new_due_on=date(2026, 12, 20)
    )
    actions.grant_extension(cast.officer, finding, now=NOW)

    with pytest.raises(Refused):
        actions.refuse_extension(cast.second_officer, finding, now=NOW, note="不同意")
    assert Finding.objects.get().due_on == date(2026, 12, 20)
    assert Extension.objects.get().is_granted is True


def test_returned_measures_must_be_stated_again_before_the_application(cast):
    finding = a_finding(cast, "in_progress")
    actions.return_plan(cast.secretary, finding, now=NOW, note="请写明谁做、何时完成")

    with pytest.raises(Refused):
        actions.submit(cast.branch_clerk, finding, now=NOW, note="已改", paper="记录本")


def test_application_needs_a_file_or_a_paper_reference(cast):
    with pytest.raises(Refused):
        actions.submit(cast.branch_clerk, a_finding(cast, "in_progress"), now=NOW, note="已改")


def test_rebound_gets_a_new_round_and_a_new_clock(cast):
    finding = a_finding(cast, "closed", due_on=date(2026, 9, 1))
    actions.rebound(cast.officer, finding, now=NOW, note="同样问题再次出现")

    assert (finding.round, finding.stage, finding.due_on, finding.closed_on) == (
        2,
        "in_progress",
        date(2026, 12, 11),
        None,
    )


def test_look_back_that_holds_clears_the_date(cast):
    finding = a_finding(cast, "closed", look_back_on=date(2026, 11, 20))
    actions.keep(cast.officer, finding, now=NOW)

    assert Finding.objects.get().look_back_on is None


def test_long_term_finding_is_never_overdue(cast):
    finding = a_finding(cast, "in_progress", due_on=date(2026, 10, 1))
    actions.hold_open(cast.officer, finding, now=NOW, note="等待项目资金")

    assert Finding.objects.overdue(cast.officer.today).count() == 0


def test_fixed_on_the_spot_needs_a_second_person(cast):
    finding = a_finding(cast, "draft", by=cast.team_leader.user)
    with pytest.raises(Refused):
        actions.fix_on_spot(cast.team_leader, finding, now=NOW)
    actions.fix_on_spot(cast.officer, finding, now=NOW)

    assert (finding.stage, finding.fixed_on_spot) == ("closed", True)


def walkers(cast):
    return [
        cast.officer,
        cast.second_officer,
        cast.leader,
        cast.secretary,
        cast.clerk,
        cast.branch_clerk,
        cast.inspector,
        cast.team_leader,
        cast.stranger,
    ]


WORDS = {
    "plan": {"measures": "补开会议", "responsible": "张林"},
    "submit": {"note": "已改", "paper": "记录本"},
    "ask_extension": {"reason": "等待资金", "new_due_on": date(2027, 3, 1)},
    "issue": {},
}
IDLE = {"comment", "chase", "progress", "withdraw", "hold_open", "end_long_term", "keep"}
# a guided press takes one of the moves open to anybody, a wild one any move by anybody
PRESSES = st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 3)), max_size=25)


@given(presses=PRESSES, source=st.sampled_from(["self", "first_check", "acceptance", "tour"]))
def test_no_order_of_presses_breaks_the_separation_of_persons(built_cast, presses, source):
    with transaction.atomic():
        cast = deepcopy(built_cast)
        finding = a_finding(cast, "draft", source=source)
        for number, wild in presses:
            press(walkers(cast), finding, number, wild=not wild)
        finding.refresh_from_db()
        check_entries(finding)
        check_signatures(finding)
        transaction.set_rollback(True)


def press(people, finding, number, *, wild):
    verbs = sorted(actions.ACTIONS)
    if wild:
        actor, verb = people[number % len(people)], verbs[number % len(verbs)]
    else:
        offers = [(p, m.verb) for p in people for m in open_moves(p, finding)]
        offers = [offer for offer in offers if offer[1] not in IDLE]
        if not offers:
            return
        actor, verb = offers[number % len(offers)]
    try:
        actions.ACTIONS[verb](actor, finding, now=NOW, **WORDS.get(verb, {"note": "说明"}))
    except Refused:
        finding.refresh_from_db()


def check_entries(finding):
    """Every recorded step is in the table, and each begins where the one before ended."""
    stage = "draft"
    for entry in Entry.objects.filter(finding=finding).order_by("pk"):
        move = MOVES[entry.move]
        assert entry.from_stage == stage
        assert entry.from_stage in move.stages
        assert entry.to_stage == (move.to or entry.from_stage)
        stage = entry.to_stage
    assert finding.stage == stage


def check_signatures(finding):
    """Three persons per round; the verifier never of the branch; a closed one has its closer."""
    for turn in range(1, finding.round + 1):
        signed = dict(finding.signoffs.filter(round=turn).values_list("role", "by"))
        assert len(set(signed.values())) == len(signed)
    for row in finding.signoffs.filter(role=Signoff.Role.VERIFIER):
        assert row.unit_id != finding.unit_id
    if finding.stage == "closed":
        assert finding.signoffs.filter(round=finding.round, role=Signoff.Role.CLOSER).count() == 1
