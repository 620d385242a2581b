import io
import uuid
from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate, now
from openpyxl import load_workbook

from accounts.models import AccessLog, Deed
from accounts.refusal import Refused
from branches.approving import record_approval
from branches.facts import facts, facts_of
from branches.models import Approval, Field, OrgKind, Profile
from branches.tests.make import TODAY, make_branch, make_organization

pytestmark = pytest.mark.django_db
LIST = "/branches/elections/"


def approve(actor, unit, kind, day, **fields):
    given = {"number": "安组复〔2026〕8号", "dated_on": TODAY, "note": ""} | fields
    return record_approval(
        actor, unit, kind=kind, day=day, now=now(), client_key=uuid.uuid4(), **given
    )


def names(response):
    return [row["unit"].name for row in response.context["rows"]]


def end_term(branch, ends, **fields):
    Profile.objects.filter(organization=branch).update(term_ends_on=ends, **fields)


def test_a_delay_excuses_until_its_own_end():
    late = Profile(
        term_ends_on=date(2026, 9, 1),
        term_delay_document="安组复〔2026〕8号",
        term_delayed_until=date(2026, 11, 10),
    )
    said = [
        (found["term_overdue_days"], found["term_delay_approved"], found["days_to_term_end"])
        for found in (facts(late, today=d) for d in (date(2026, 11, 10), date(2026, 11, 13)))
    ]
    assert said == [(0, True, -70), (3, False, -73)]


def test_the_result_of_an_election_begins_a_term_and_ends_the_delay(county):
    branch = county.branches[0]
    approve(county.officer, branch, "delay", date(2026, 12, 31))
    assert facts_of(branch, today=TODAY)["term_delay_approved"] is True
    held = TODAY - timedelta(days=3)
    approve(county.officer, branch, "result", held, number="安组复〔2026〕9号")
    profile = Profile.objects.get(organization=branch)
    assert (profile.term_started_on, profile.term_ends_on) == (held, date(2031, 11, 17))
    assert (profile.term_delay_document, profile.term_delayed_until) == ("", None)
    assert Approval.objects.filter(organization=branch).count() == 2


def test_a_committee_has_a_term_of_five_years_and_its_own_facts(county):
    approve(county.officer, county.town, "result", date(2026, 11, 1))
    assert facts_of(county.town, today=TODAY)["months_to_term_end"] == 59


@pytest.mark.parametrize(
    ("below", "year"),
    [
        ((Field.RURAL, Field.RURAL), 2031),
        ((Field.RURAL, Field.COMMUNITY), 2031),
        ((Field.RURAL, Field.PRIVATE), 2029),
        ((Field.ORGAN,), 2029),
        ((), 2029),
    ],
)
def test_a_general_branch_has_the_term_of_the_branches_below_it(county, below, year):
    general = make_organization(parent=county.town, kind=OrgKind.GENERAL_BRANCH)
    for field in below:
        make_branch(parent=general, field=field)
    make_branch(parent=general, field=Field.SOE, closed_on=date(2025, 1, 1))
    approve(county.officer, general, "result", date(2026, 6, 1))
    assert Profile.objects.get(organization=general).term_ends_on == date(year, 6, 1)


@pytest.mark.parametrize("kind", [OrgKind.WORK_COMMITTEE, OrgKind.GROUP])
def test_what_is_not_elected_has_no_term_to_approve(county, kind):
    unit = make_organization(parent=county.county, kind=kind)
    with pytest.raises(Refused):
        approve(county.officer, unit, "delay", date(2027, 1, 1))
    approve(county.officer, unit, "setup", None)
    assert not Profile.objects.filter(organization=unit).exists()


@pytest.mark.parametrize(
    ("person", "unit", "may"),
    [
        ("officer", "town", True),
        ("officer", "branch", True),
        ("secretary", "branch", True),
        ("clerk", "branch", True),
        ("secretary", "town", False),
        ("branch_clerk", "branch", False),
        ("stranger", "branch", False),
    ],
)
def test_only_the_unit_above_records_an_approval(county, person, unit, may):
    target = county.town if unit == "town" else county.branches[0]
    actor = getattr(county, person)
    if may:
        approve(actor, target, "call", date(2027, 1, 1))
        assert Deed.objects.filter(verb="approval.record", by=actor.user).count() == 1
        return
    with pytest.raises(Refused):
        approve(actor, target, "call", date(2027, 1, 1))


def test_one_press_or_one_number_is_one_approval(county):
    branch, key = county.branches[0], uuid.uuid4()
    said = {"kind": "setup", "number": "安组复1号", "dated_on": TODAY, "day": None, "note": ""}
    for _press in range(2):
        record_approval(county.officer, branch, now=now(), client_key=key, **said)
    assert Approval.objects.count() == 1
    with pytest.raises(Refused) as refused:
        record_approval(county.officer, branch, now=now(), client_key=uuid.uuid4(), **said)
    assert refused.value.field == "number"


def test_the_filters_in_the_address_are_six_months_overdue_and_delayed(client, county):
    first, second = county.branches
    third = make_branch(parent=county.town, name="河口村党支部")
    today = localdate()
    end_term(first, today + timedelta(days=100))
    end_term(second, today - timedelta(days=20))
    end_term(third, today - timedelta(days=20), term_delay_document="安组复〔2026〕8号")
    client.force_login(county.clerk.user)
    found = {term: names(client.get(f"{LIST}?term={term}")) for term in ("6", "overdue", "delayed")}
    assert found == {"6": [first.name], "overdue": [second.name], "delayed": [third.name]}
    end_term(third, today - timedelta(days=20), term_delayed_until=today - timedelta(days=1))
    assert names(client.get(f"{LIST}?term=overdue&kind=branch&q=河口")) == [third.name]


def test_committees_stand_in_the_list_and_party_groups_do_not(client, county):
    make_organization(parent=county.county, kind=OrgKind.GROUP, name="水利局党组")
    client.force_login(county.officer.user)
    assert names(client.get(f"{LIST}?kind=committee")) == ["柳湾镇党委", "石埠镇党委"]


def test_the_workbook_holds_the_rows_of_the_screen_and_is_logged(client, county):
    end_term(county.branches[0], localdate() - timedelta(days=20))
    client.force_login(county.officer.user)
    sent = client.get(f"{LIST}export/?term=overdue")
    sheet = load_workbook(io.BytesIO(b"".join(sent.streaming_content))).active
    cells = [[c.value for c in row] for row in sheet.iter_rows(min_row=3, max_row=4)]
    assert (cells[0][0], cells[0][5], cells[1][0]) == ("全称", "距届满天数", "双井村党支部")
    assert (cells[1][5], cells[1][6]) == (-20, "超期20天")
    assert AccessLog.objects.filter(what="elections.exported", rows=1).count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_as_many_queries_for_three_rows_as_for_one(
    client, county, django_assert_num_queries, count
):
    Profile.objects.all().update(term_ends_on=None)
    for _n in range(count):
        make_branch(parent=county.town, profile={"term_ends_on": localdate() - timedelta(days=9)})
    client.force_login(county.officer.user)
    with django_assert_num_queries(10):
        assert len(names(client.get(f"{LIST}?term=overdue"))) == count


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"day": ""}, "day"),
        ({"day": "2026-01-01"}, "day"),
        ({"kind": "result", "day": "2090-01-01"}, "day"),
        ({"dated_on": "2090-01-01"}, "dated_on"),
        ({"number": ""}, "number"),
        ({"kind": "nonsense"}, "kind"),
    ],
)
def test_a_form_that_cannot_be_right_is_answered_with_a_sentence(client, county, said, field):
    client.force_login(county.officer.user)
    whole = {
        "kind": "delay", "number": "安组复1号", "dated_on": "2026-03-02", "day": "2027-06-30",
        "client_key": str(uuid.uuid4()),
    }  # fmt: skip
    answer = client.post(f"/branches/{county.branches[0].pk}/approvals/", whole | said)
    assert (answer.status_code, Approval.objects.count()) == (422, 0)
    assert answer.context["form"].errors[field]
