"""From what was judged to points: one branch in memory."""

from datetime import date

import pytest

from accounts.tests.make import NOW
from branches.tests.make import TODAY, make_branch, make_county
from inspections.models import Source, Stage
from inspections.sheets import SINGLE, Judgement, judge
from inspections.standing import standings
from inspections.tests.make import answer_all, make_assessment, make_cycle
from scoring.tallies import program_hash, tally

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    return make_county()


@pytest.fixture
def row(county):
    # Founded this month, so that no meeting is owed and the derived clause conforms.
    branch = make_branch(parent=county.town, profile={"founded_on": date(2026, 11, 1)})
    cycle = make_cycle(owner=county.county)
    return make_assessment(cycle=cycle, branch=branch, stage=Stage.PASSED)


def tallied(row):
    return tally(row.cycle.edition, row.branch, standings([row], today=TODAY)[row.pk])


def test_a_branch_that_conforms_has_every_point(county, row):
    answer_all(row, by=county.clerk.user)
    found = tallied(row)
    assert (found.composed.total, found.proposal) == (10_000, "pass")


def test_one_meeting_short_costs_its_half_point(county, row):
    answer_all(row, by=county.clerk.user, failing=["records"])
    lines = {line["key"]: line["points"] for line in tallied(row).lines}
    assert lines["records"] == 2_450


def test_what_nobody_judged_leaves_the_result_open(county, row):
    judge(row, Source.SELF, Judgement("setup"), by=county.clerk.user, now=NOW, on=TODAY, how=SINGLE)
    found = tallied(row)
    assert (found.proposal, found.composed.unjudged) == ("open", ("records", "dues", "falsified"))


def test_a_falsified_record_fails_whatever_the_points_say(county, row):
    answer_all(row, by=county.clerk.user, failing={"falsified": {"falsified": True}})
    found = tallied(row)
    assert (found.proposal, found.composed.total) == ("fail", 10_000)


def test_a_line_keeps_what_was_observed_by_whom_and_when(county, row):
    answer_all(row, by=county.clerk.user, failing=["dues"])
    line = next(line for line in tallied(row).lines if line["key"] == "dues")
    said = {name: line[name] for name in ("source", "by", "on", "remark", "values")}
    assert said == {
        "source": "self",
        "by": "柳湾镇党委 王宁",
        "on": TODAY.isoformat(),
        "remark": "有差距",
        "values": {"short": 1},
    }


def test_a_clause_that_does_not_apply_gives_its_weight_to_the_others(county, row):
    answer_all(row, by=county.clerk.user)
    said = Judgement("setup", applicable=False, remark="没有这项工作")
    judge(row, Source.SELF, said, by=county.clerk.user, now=NOW, on=TODAY, how=SINGLE)
    chapter = next(iter(tallied(row).chapters.values()))
    assert (chapter["scaled"], chapter["maximum"], chapter["points"]) == (True, 10_000, 10_000)


def test_clauses_are_counted_by_whose_word_they_rest_on(county, row):
    answer_all(row, by=county.clerk.user)
    said = Judgement("records", values={"short": 2})
    judge(row, Source.ACCEPTANCE, said, by=county.officer.user, now=NOW, on=TODAY, how=SINGLE)
    assert tallied(row).sources == {"self": 4, "acceptance": 1}


def test_the_program_that_decides_points_has_one_hash():
    assert (len(program_hash()), program_hash()) == (64, program_hash())
