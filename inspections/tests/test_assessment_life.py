"""The life of one assessment under any order of presses by anybody: what must hold after each."""

import uuid
from copy import deepcopy
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from accounts.refusal import Refused
from branches.tests.make import make_county
from inspections import checking, filing
from inspections.models import Assessment, Finding, FindingSource, Sheet, Source, Stage, Step
from inspections.sheets import DRAFT, Judgement
from inspections.tests.make import make_running
from inspections.worklist import worklists

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]
KEYS = ("setup", "records", "dues", "falsified")
BACK = ("return", "recall")
PEOPLE = ("officer", "secretary", "clerk", "branch_clerk", "leader", "stranger")
MAY_TYPE = {"secretary", "clerk", "branch_clerk"}
MAY_CHECK = {"officer", "secretary"}
FORWARD = {
    "submit": ({"not_begun", "drafting", "returned"}, {"submitted"}),
    "withdraw": ({"submitted"}, {"drafting", "returned"}),
    "return": ({"submitted"}, {"returned"}),
    "recall": ({"passed"}, {"returned"}),
    "pass": ({"submitted"}, {"passed"}),
}
# Those who can do something come up more often, so that a run gets beyond the first stage.
people = st.sampled_from((*PEOPLE, "clerk", "clerk", "secretary", "secretary"))
keys = st.sampled_from(KEYS)


class Life(RuleBasedStateMachine):
    @classmethod
    def build(cls):
        cls.built = make_county()
        cycle = make_running(county=cls.built)
        cls.pk = Assessment.objects.get(cycle=cycle, branch=cls.built.branches[0]).pk

    def __init__(self):
        super().__init__()
        self.example = transaction.atomic()
        self.example.__enter__()
        self.county = deepcopy(self.built)
        self.moment = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
        self.marks: set[str] | None = None
        self.seen = self.row()

    def teardown(self):
        """Every example begins from the county as it was built."""
        transaction.set_rollback(True)
        self.example.__exit__(None, None, None)

    def row(self):
        """As it is in the database; `seen` is what it was after the last press, for nothing else changes it."""
        rows = Assessment.objects.select_related("branch__parent", "cycle__edition", "cycle__prior")
        return rows.get(pk=self.pk)

    def now(self):
        self.moment += timedelta(minutes=1)
        return self.moment

    def tries(self, who, action, *given, **named):
        """The action by that person; whether it was taken. A refusal must leave the stage alone."""
        before = self.seen.stage
        try:
            action(getattr(self.county, who), self.seen, *given, now=self.now(), **named)
        except Refused:
            self.seen = self.row()
            assert self.seen.stage == before
            return False
        self.seen = self.row()
        return True

    @rule(who=people, key=keys, short=st.integers(0, 3))
    def type_one(self, who, key, short):
        before = self.seen.stage
        values = {"short": short} if short and key in ("records", "dues") else None
        done = self.tries(who, filing.answer, Judgement(key, values=values, remark="说明"))
        if done:
            assert who in MAY_TYPE and before in filing_stages()
        if done and before == Stage.RETURNED:
            assert key in self.marks

    @rule(who=people, key=keys)
    def take_one_back(self, who, key):
        if self.tries(who, filing.take_answer_back, key):
            assert who in MAY_TYPE

    @rule(who=st.sampled_from(("clerk", "branch_clerk")))
    def answer_what_waits(self, who):
        row = self.seen
        items = worklists([row], today=self.county.clerk.today)[row.pk]
        for item in items:
            if item.waits and item.is_open:
                self.tries(who, filing.answer, Judgement(item.line.key))

    @rule(who=people)
    def submit(self, who):
        if self.tries(who, filing.submit, discussed_on=None, client_key=uuid.uuid4()):
            assert who in MAY_TYPE

    @precondition(lambda self: self.seen.stage == Stage.SUBMITTED)
    @rule(who=people)
    def withdraw(self, who):
        if self.tries(who, filing.withdraw, client_key=uuid.uuid4()):
            assert who in MAY_TYPE

    @precondition(lambda self: self.seen.stage == Stage.SUBMITTED)
    @rule(who=people, key=keys)
    def correct(self, who, key):
        if self.tries(who, checking.correct, Judgement(key, remark="查看记录")):
            assert who in MAY_CHECK

    @precondition(lambda self: self.seen.stage == Stage.SUBMITTED)
    @rule(who=people)
    def accept(self, who):
        filer = self.seen.submitted_by_id
        if self.tries(who, checking.accept, client_key=uuid.uuid4()):
            assert who in MAY_CHECK and filer != getattr(self.county, who).user.pk

    @precondition(lambda self: self.seen.stage == Stage.SUBMITTED)
    @rule(who=people, marks=st.sets(keys, max_size=2))
    def send_back(self, who, marks):
        said = {"reason": "对不上", "marks": dict.fromkeys(marks, "")}
        if self.tries(who, checking.send_back, **said, client_key=uuid.uuid4()):
            assert who in MAY_CHECK and marks
            self.marks = marks

    @precondition(lambda self: self.seen.stage == Stage.PASSED)
    @rule(who=people, marks=st.sets(keys, min_size=1, max_size=2))
    def recall(self, who, marks):
        said = {"reason": "县里抽查", "marks": dict.fromkeys(marks, "")}
        if self.tries(who, checking.recall, **said, client_key=uuid.uuid4()):
            assert who == "officer"
            self.marks = marks

    @invariant()
    def every_step_is_one_of_the_moves_and_round_counts_the_returns(self):
        steps = Step.objects.filter(assessment=self.pk).values_list(
            "move", "from_stage", "to_stage"
        )
        for move, was, to in steps:
            assert was in FORWARD[move][0] and to in FORWARD[move][1]
        assert self.seen.round == sum(move in BACK for move, _was, _to in steps) + 1

    @invariant()
    def what_is_filed_has_nothing_waiting_and_no_drafts(self):
        row = self.seen
        if row.stage not in (Stage.SUBMITTED, Stage.PASSED):
            return
        coverage = Sheet.objects.get(assessment=row, source=Source.SELF).coverage
        items = worklists([row], today=self.county.clerk.today)[row.pk]
        assert set(coverage) == set(KEYS) and DRAFT not in coverage.values()
        assert [item.line.key for item in items if item.waits] == []

    @invariant()
    def a_clause_is_admitted_once_and_not_before_filing(self):
        admitted = Finding.objects.filter(branch=self.seen.branch_id, source=FindingSource.SELF)
        keys = list(admitted.exclude(stage="withdrawn").values_list("clause_key", flat=True))
        assert len(keys) == len(set(keys))
        if self.seen.stage in (Stage.NOT_BEGUN, Stage.DRAFTING):
            assert keys == []


def filing_stages():
    return (Stage.NOT_BEGUN, Stage.DRAFTING, Stage.RETURNED)


class TestLife(TestCase, Life.TestCase):
    @classmethod
    def setUpTestData(cls):
        Life.build()

    settings = settings(
        # Half as many lives as other properties have cases; each is thirty steps long.
        max_examples=settings.default.max_examples // 2,
        stateful_step_count=30,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
