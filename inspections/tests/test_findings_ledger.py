"""The ledger: filters, whom it waits for, print, reminder text, the county's rules."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from accounts.roles import Kind
from accounts.tests.make import make_user
from inspections.models import CloseRule, Signoff
from inspections.numbering import notice_number
from inspections.tests.ledger_pages import listed, queries
from inspections.tests.make_findings import make_finding, several
from standards.tests.make import enter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday")]


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", ["long", "late", "handed", "soon", "other", "far", "done"]),
        ("?sort=due", ["long", "late", "handed", "done", "soon", "other", "far"]),
        ("?due=overdue", ["late"]),
        ("?due=due7", ["soon"]),
        ("?due=due30", ["soon", "other"]),
        ("?due=long", ["long"]),
        ("?due=look_back", ["done"]),
        ("?stage=submitted", ["handed"]),
        ("?severity=serious", ["late"]),
        ("?source=tour", ["far"]),
        ("?category=组织生活", ["far"]),
        ("?clause=records", ["handed"]),
        ("?q=上锁", ["other"]),
        ("?q=樟树坪 上锁", ["other"]),
        ("?show=open&sort=-due", ["far", "other", "soon", "handed", "late", "long"]),
        ("?show=closed_month", ["done"]),
        ("?stage=nonsense&due=x&unit=abc&sort=y", ["long", "late", "handed", "soon", "other", "far", "done"]),
    ],
)  # fmt: skip
def test_filter_in_the_address_decides_the_rows(cast, query, numbers):
    several(cast)

    assert listed(cast, query) == numbers


def test_filter_by_unit_takes_its_subtree(cast):
    several(cast)

    assert listed(cast, f"?unit={cast.other.pk}") == ["other"]
    assert listed(cast, f"?branch={cast.branches[1].pk}") == ["soon"]


@pytest.mark.parametrize(
    ("who", "numbers"),
    [
        ("stranger", ["other"]),
        ("secretary", ["long", "late", "handed", "soon", "far", "done"]),
        ("branch_clerk", ["long", "late", "handed", "far", "done"]),
        ("inspector", ["long", "late", "handed", "far", "done"]),
    ],
)
def test_everybody_sees_only_their_own(cast, who, numbers):
    several(cast)

    assert listed(cast, who=who) == numbers


def test_waiting_for_me_differs_by_role(cast):
    for stage in ("confirmed", "issued", "submitted", "verified", "closed"):
        make_finding(branch=cast.branch, by=cast.officer.user, stage=stage, number=stage)

    assert listed(cast, "?show=mine&sort=number") == ["confirmed", "verified"]
    assert listed(cast, "?show=mine&sort=number", "secretary") == ["issued", "submitted"]
    assert listed(cast, "?show=mine&sort=number", "branch_clerk") == ["issued"]


def test_a_serious_one_waits_for_the_leader_beside_the_officer(cast):
    make_finding(branch=cast.branch, by=cast.officer.user, stage="verified", severity="serious")

    found = {who: len(listed(cast, "?show=mine", who)) for who in ("leader", "secretary", "clerk")}
    assert found == {"leader": 1, "secretary": 0, "clerk": 0}


def test_what_one_signed_waits_for_another(cast):
    make_finding(
        branch=cast.branch,
        by=cast.officer.user,
        stage="verified",
        signed={Signoff.Role.VERIFIER: cast.officer.user},
    )

    assert listed(cast, "?show=mine") == []
    assert len(listed(cast, "?show=mine", "second_officer")) == 1


@pytest.mark.parametrize("name", ["ledger", "ledger_print", "ledger_text"])
def test_list_costs_the_same_with_one_and_with_three_rows(cast, name):
    client, url = enter(cast.officer), reverse(f"inspections:{name}")
    make_finding(branch=cast.branch, by=cast.officer.user, stage="verified", edition=None)
    client.get(url)
    one = queries(client, url)
    make_finding(branch=cast.branches[1], by=cast.officer.user, stage="verified")
    make_finding(branch=cast.foreign[0], by=cast.officer.user)

    assert queries(client, url) == one


def test_reminder_text_has_a_block_per_parent(cast):
    several(cast)
    page = enter(cast.officer).get(reverse("inspections:ledger_text"), {"show": "open"})
    heads = [line for line in page.context["text"].splitlines() if not line[:1].isdigit()]

    assert sum("柳湾镇" in line for line in heads) == 1
    assert sum("石埠镇" in line for line in heads) == 1


def test_reminder_text_leaves_out_what_is_closed(cast):
    several(cast)
    client, url = enter(cast.officer), reverse("inspections:ledger_text")

    assert "done" not in client.get(url).context["text"]
    assert "late" in client.get(url).context["text"]
    assert client.get(url, {"stage": "closed"}).context["text"] == ""


def test_print_of_an_inspector_names_no_unit(cast):
    assert (
        enter(cast.inspector).get(reverse("inspections:ledger_print")).context["unit_shown"] is None
    )


def test_administrators_have_no_ledger(cast):
    client = Client()
    client.force_login(make_user(kind=Kind.SYSTEM))
    assert client.get(reverse("inspections:ledger")).status_code == 403


def test_rules_decide_who_closes_and_how_numbers_begin(cast):
    client, url = enter(cast.officer), reverse("inspections:ledger_rules")
    form = client.get(url).context["form"]
    fields = {name: form[name].value() or "" for name in form.fields}
    client.post(url, fields | {"close-tour-general": "parent", "notice_prefix": "安组"})

    rule = CloseRule.objects.get()
    assert (rule.source, rule.severity, rule.closer) == ("tour", "general", "parent")
    assert notice_number(cast.county, on=date(2026, 11, 20)) == "安组整〔2026〕1号"
    assert notice_number(cast.county, on=date(2027, 1, 4)) == "安组整〔2027〕1号"


@pytest.mark.parametrize("who", ["leader", "secretary", "clerk", "branch_clerk", "inspector"])
def test_rules_are_the_county_officers_alone(cast, who):
    page = enter(getattr(cast, who)).get(reverse("inspections:ledger_rules"))

    assert page.status_code == 403
