"""What filing puts into the ledger, and what taking the filing back does to it."""

import uuid
from datetime import timedelta

import pytest

from branches.scope import act_as
from branches.tests.make import TODAY
from inspections import checking, filing, finding_actions
from inspections.finding_page import timeline
from inspections.models import Finding, FindingStage
from inspections.moves import open_moves
from inspections.sheets import Judgement
from inspections.tests.make import NOW
from inspections.tests.test_filing import SHORT, of, ready, submit

pytestmark = pytest.mark.django_db
LATER = Judgement("records", values={"short": 1}, remark="三季度缺一次")


@pytest.fixture
def row(county, cycle):
    return submit(county.clerk, ready(county, cycle, SHORT))


def take_back(county, row):
    filing.withdraw(county.clerk, row, now=NOW, client_key=uuid.uuid4())
    return row


def ledger():
    return list(Finding.objects.order_by("pk").values_list("clause_key", "stage", "text"))


def moves_of(finding):
    return list(finding.entries.order_by("pk").values_list("move", flat=True))


def test_taking_a_filing_back_takes_its_findings_along(county, row):
    take_back(county, row)
    assert ledger() == [("records", FindingStage.WITHDRAWN, "三季度缺两次")]
    assert [str(h.what) for h in timeline(Finding.objects.get())] == ["发现登记", "随自评撤回"]


def test_filing_again_brings_the_finding_back_under_its_number(county, row):
    number = Finding.objects.get().number
    submit(county.clerk, take_back(county, row))
    found = Finding.objects.get()
    assert (found.number, found.stage) == (number, FindingStage.IN_PROGRESS)
    assert moves_of(found) == ["log", "retract", "refile"]


def test_filed_again_in_other_words_the_finding_says_those(county, row):
    take_back(county, row)
    filing.answer(county.clerk, row, LATER, now=NOW)
    submit(county.clerk, row)
    found = Finding.objects.get()
    assert (found.text, found.entries.get(move="refile").params["was"]) == (
        "三季度缺一次",
        "三季度缺两次",
    )


def test_filed_again_later_the_clock_starts_again(county, row):
    take_back(county, row)
    before = Finding.objects.get().due_on
    later = act_as(county.clerk.user, today=TODAY + timedelta(days=10))
    submit(later, row, now=NOW + timedelta(days=10))
    found = Finding.objects.get()
    assert found.issued_on == later.today and found.due_on > before


def test_filed_again_without_the_shortfall_the_finding_stays_gone(county, row):
    take_back(county, row)
    filing.answer(county.clerk, row, Judgement("records"), now=NOW)
    submit(county.clerk, row)
    assert [stage for _key, stage, _text in ledger()] == [FindingStage.WITHDRAWN]


def test_taken_back_and_filed_many_times_there_is_one_finding(county, row):
    for _turn in range(3):
        submit(county.clerk, take_back(county, row))
    take_back(county, row)
    assert ledger() == [("records", FindingStage.WITHDRAWN, "三季度缺两次")]


@pytest.mark.parametrize(
    "deal",
    [
        lambda c, f: finding_actions.comment(c.secretary, f, now=NOW, note="已核实"),
        lambda c, f: finding_actions.plan(
            c.branch_clerk, f, now=NOW, measures="补开会议", responsible="张林"
        ),
        lambda c, f: finding_actions.chase(c.secretary, f, now=NOW, channel="phone", note="催办"),
    ],
)
def test_a_finding_somebody_has_dealt_with_stays(county, row, deal):
    deal(county, Finding.objects.select_related("branch", "unit", "owner", "cycle").get())
    take_back(county, row)
    assert [stage for _key, stage, _text in ledger()] == [FindingStage.IN_PROGRESS]
    submit(county.clerk, row)
    assert Finding.objects.count() == 1


def test_what_an_earlier_filing_entered_stays_after_a_return(county, cycle, row):
    marks = {"dues": ""}
    said = {"reason": "对不上", "marks": marks, "now": NOW, "client_key": uuid.uuid4()}
    checking.send_back(county.secretary, row, **said)
    short = Judgement("dues", values={"short": 1}, remark="少交一月")
    filing.answer(county.clerk, row, short, now=NOW)
    take_back(county, submit(county.clerk, row))
    assert [(key, stage) for key, stage, _text in ledger()] == [
        ("records", FindingStage.IN_PROGRESS),
        ("dues", FindingStage.WITHDRAWN),
    ]


def test_a_problem_logged_by_hand_stays(county, cycle):
    made = finding_actions.log(
        county.branch_clerk,
        branch=county.branches[0],
        cycle=cycle,
        clause_key="setup",
        source="self",
        text="缺批复",
        now=NOW,
    )
    row = ready(county, cycle, Judgement("setup"))
    take_back(county, submit(county.clerk, row))
    made.refresh_from_db()
    assert made.stage == FindingStage.IN_PROGRESS


def test_the_other_branches_of_a_batch_keep_theirs(county, cycle):
    rows = [ready(county, cycle, SHORT, branch=n) for n in (0, 1)]
    key = uuid.uuid4()
    filing.submit_unchanged(county.clerk, rows, discussed_on=None, now=NOW, client_key=key)
    take_back(county, of(cycle, county.branches[0]))
    kept = Finding.objects.exclude(stage=FindingStage.WITHDRAWN)
    assert list(kept.values_list("branch", flat=True)) == [county.branches[1].pk]


def test_a_finding_that_went_with_its_filing_has_no_button(county, row):
    take_back(county, row)
    found = Finding.objects.select_related("branch", "unit", "owner").get()
    assert [m for p in (county.clerk, county.officer) for m in open_moves(p, found)] == []
