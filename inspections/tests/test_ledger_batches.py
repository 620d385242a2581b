"""Steps for many findings at once: who is ticked, who is left out and why, what follows."""

import re
import uuid

import pytest
from django.urls import reverse

from inspections.ledger_batch import VERBS
from inspections.models import Finding, Signoff
from inspections.tests.ledger_pages import queries
from inspections.tests.make_findings import make_finding, several
from standards.tests.make import enter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday")]


@pytest.mark.parametrize("verb", ["verify", "close", "issue", "chase"])
def test_batch_page_costs_the_same_with_one_and_with_three_rows(cast, verb):
    stage = {"verify": "submitted", "close": "verified", "issue": "confirmed"}.get(verb, "issued")
    client = enter(cast.officer)
    url = reverse(f"inspections:ledger_{verb}") + "?every=1"
    make_finding(branch=cast.branch, by=cast.inspector.user, stage=stage)
    client.get(url)
    one = queries(client, url)
    make_finding(branch=cast.branches[1], by=cast.inspector.user, stage=stage)
    make_finding(branch=cast.foreign[0], by=cast.inspector.user, stage=stage)

    assert queries(client, url) == one


def test_batch_shows_the_evidence_and_verifies_what_stays_ticked(cast):
    rows = [
        make_finding(branch=branch, by=cast.inspector.user, stage="submitted")
        for branch in cast.branches
    ]
    client, url = enter(cast.secretary), reverse("inspections:ledger_verify")
    shown = client.get(url, {"ids": [row.pk for row in rows]})
    assert len(shown.context["rows"]) == 2

    answer = client.post(
        url,
        {"ids": [rows[0].pk], "note": "已核实", "client_key": uuid.uuid4(), "stage": "submitted"},
    )

    assert answer.url == reverse("inspections:ledger") + "?stage=submitted"
    assert [Finding.objects.get(pk=row.pk).stage for row in rows] == ["verified", "submitted"]


def test_batch_of_all_found_respects_the_filter(cast):
    several(cast)
    page = enter(cast.officer).get(
        reverse("inspections:ledger_chase"), {"every": "1", "due": "overdue"}
    )

    assert [row.finding.number for row in page.context["rows"]] == ["late"]


def test_batch_issue_makes_one_notice_per_unit(cast):
    rows = [
        make_finding(branch=branch, by=cast.inspector.user, stage="confirmed")
        for branch in (cast.branch, cast.branch, cast.branches[1])
    ]
    enter(cast.officer).post(
        reverse("inspections:ledger_issue"),
        {"ids": [row.pk for row in rows], "client_key": uuid.uuid4()},
    )

    assert set(Finding.objects.values_list("stage", flat=True)) == {"issued"}
    assert len(set(Finding.objects.values_list("notification", flat=True))) == 2


def test_batch_leaves_out_what_is_not_open_to_the_reader(cast):
    mine = make_finding(
        branch=cast.branch,
        by=cast.inspector.user,
        stage="verified",
        signed={Signoff.Role.VERIFIER: cast.officer.user},
    )
    page = enter(cast.officer).get(reverse("inspections:ledger_close"), {"ids": [mine.pk]})

    assert (page.context["picked"].ready, page.context["picked"].left) == ([], 1)


def test_batch_says_of_each_finding_left_out_why(cast):
    make = {"branch": cast.branch, "by": cast.inspector.user}
    running = make_finding(**make, stage="in_progress")
    signed = {Signoff.Role.VERIFIER: cast.officer.user}
    mine = make_finding(**make, stage="verified", signed=signed)
    query = {"ids": [running.pk, mine.pk]}
    page = enter(cast.officer).get(reverse("inspections:ledger_close"), query)

    assert {finding.number: why for finding, why in page.context["picked"].out} == {
        running.number: "状态为“整改中”",
        mine.number: "您已办理过该问题的前一步骤，这一步须由其他同志办理",
    }


def test_chasing_all_found_ticks_what_is_late_or_soon_due(cast):
    several(cast)
    client, url = enter(cast.officer), reverse("inspections:ledger_chase")
    ticks = re.compile(r'value="(\d+)" data-tick checked')
    found = {str(row.pk): row.number for row in Finding.objects.filter(number__in=["late", "soon"])}
    page = client.get(url, {"every": "1"})
    assert sorted(ticks.findall(page.content.decode())) == sorted(found)
    far = Finding.objects.get(number="far")
    assert ticks.findall(client.get(url, {"ids": [far.pk]}).content.decode()) == [str(far.pk)]


def test_batch_without_a_tick_changes_nothing(cast):
    answer = enter(cast.officer).post(
        reverse("inspections:ledger_chase"), {"client_key": uuid.uuid4(), "channel": "phone"}
    )

    assert answer.status_code == 422


@pytest.mark.parametrize("verb", VERBS)
def test_the_question_before_a_batch_names_what_follows(cast, verb):
    stage = {
        "chase": "in_progress",
        "issue": "confirmed",
        "verify": "submitted",
        "close": "verified",
    }
    finding = make_finding(branch=cast.branch, by=cast.inspector.user, stage=stage[verb])
    page = (
        enter(cast.officer)
        .get(reverse(f"inspections:ledger_{verb}"), {"ids": [finding.pk]})
        .content.decode()
    )

    assert re.search(r'data-confirm="[^"]*\{n\}条；[^"]+。"', page)


def test_an_empty_batch_says_which_findings_the_step_is_for(cast):
    finding = make_finding(branch=cast.branch, by=cast.inspector.user, stage="in_progress")
    page = enter(cast.officer).get(reverse("inspections:ledger_close"), {"ids": [finding.pk]})

    assert "“销号”只用于这些状态的问题" in page.content.decode()


def test_branch_clerk_may_not_batch(cast):
    assert enter(cast.branch_clerk).get(reverse("inspections:ledger_close")).status_code == 403
