import re
from datetime import date
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.models import Deed
from accounts.refusal import Refused
from accounts.tests.make import NOW
from branches.meetings import cell_name, held, last_months
from branches.models import Meeting, MeetingKind
from branches.ticks import record_meeting, tick

pytestmark = pytest.mark.django_db
COMMITTEE = MeetingKind.COMMITTEE
OCTOBER = date(2026, 10, 1)


def make_meeting(branch, county, *, kind=COMMITTEE, on=date(2026, 10, 9), **fields):
    return Meeting.objects.create(
        organization=branch,
        kind=kind,
        held_on=on,
        recorded_at=NOW,
        recorded_by=county.clerk.user,
        **fields,
    )


def at(name, unit):
    return reverse(f"branches:{name}", args=[unit.pk])


@pytest.mark.parametrize(
    ("many_kinds", "below_quorum", "expected"),
    [
        (False, False, {"committee_meeting": {OCTOBER: 1}}),
        (True, False, {"committee_meeting": {OCTOBER: 1}, "theme_day": {OCTOBER: 1}}),
        (False, True, {"committee_meeting": {OCTOBER: 2}}),
    ],
)
def test_held_meetings_follow_the_two_options_of_the_edition(
    county, many_kinds, below_quorum, expected
):
    branch = county.branches[0]
    make_meeting(branch, county, also=MeetingKind.THEME_DAY)
    make_meeting(branch, county, quorate=False)
    options = SimpleNamespace(many_kinds=many_kinds, below_quorum=below_quorum)
    span = {"first": date(2026, 1, 1), "last": date(2026, 12, 31), "options": options}
    assert held([branch.pk], **span) == {branch.pk: expected}


@pytest.mark.parametrize("count", [1, 2])
def test_meetings_of_many_branches_take_one_query(county, count, django_assert_num_queries):
    options = SimpleNamespace(many_kinds=False, below_quorum=True)
    ids = [branch.pk for branch in county.branches[:count]]
    with django_assert_num_queries(1):
        assert held(ids, first=OCTOBER, last=OCTOBER, options=options) == {pk: {} for pk in ids}


def test_the_last_twelve_months_cross_the_year():
    months = last_months(date(2026, 2, 28))
    assert (months[0], months[-1], len(months)) == (date(2025, 3, 1), date(2026, 2, 1), 12)


def test_a_meeting_sent_twice_is_one_meeting(county):
    key = uuid4()
    for _n in range(2):
        record_meeting(
            county.clerk,
            county.branches[0],
            kind=COMMITTEE,
            held_on=date(2026, 11, 3),
            now=NOW,
            client_key=key,
        )
    assert (Meeting.objects.count(), Deed.objects.count()) == (1, 1)


def ticked(county, wanted, *, seen=0):
    branch = county.branches[0]
    cell = (branch.pk, COMMITTEE.value, OCTOBER)
    return tick(county.clerk, [branch], wanted={cell: wanted}, seen={cell: seen}, now=NOW)


def test_ticks_bring_a_month_to_the_number_written(county):
    assert ticked(county, 3) == 1
    assert ticked(county, 1, seen=3) == 1
    assert list(Meeting.objects.values_list("held_on", "day_known")) == [(OCTOBER, False)]


def test_a_cell_left_as_shown_does_not_undo_what_another_wrote(county):
    ticked(county, 2)
    assert ticked(county, 0, seen=0) == 0
    assert Meeting.objects.count() == 2


def test_ticks_never_remove_a_meeting_with_its_day(county):
    make_meeting(county.branches[0], county)
    with pytest.raises(Refused):
        ticked(county, 0, seen=1)
    assert ticked(county, 2, seen=1) == 1
    assert Meeting.objects.filter(day_known=False).count() == 1


def test_branches_of_others_in_a_posted_grid_are_ignored(county):
    foreign = {(county.foreign[0].pk, COMMITTEE.value, OCTOBER): 1}
    assert tick(county.clerk, county.branches, wanted=foreign, seen={}, now=NOW) == 0
    with pytest.raises(Refused):
        tick(county.clerk, county.foreign, wanted=foreign, seen={}, now=NOW)


def test_the_year_grid_is_saved_by_one_post(client, county):
    branch = county.branches[0]
    months = last_months(localdate())
    client.force_login(county.branch_clerk.user)
    cells = {cell_name((branch.pk, COMMITTEE.value, month)): "1" for month in months}
    assert client.post(at("meeting_grid", branch), cells | {"seen": ""}).status_code == 302
    assert Meeting.objects.filter(kind=COMMITTEE).count() == 12
    page = client.get(at("meeting_grid", branch))
    assert page.context["seen"].count("=1") == 12
    client.post(at("meeting_grid", branch), cells | {"seen": page.context["seen"]})
    assert Meeting.objects.count() == 12


@pytest.mark.parametrize("typed", ["x", "-1", "1_0", "99", "1.5", "99999"])
def test_a_wrong_number_in_the_grid_is_shown_again_with_what_was_typed(client, county, typed):
    branch = county.branches[0]
    name = cell_name((branch.pk, COMMITTEE.value, last_months(localdate())[0]))
    client.force_login(county.clerk.user)
    answer = client.post(at("meeting_grid", branch), {name: typed, "seen": ""})
    cells = {
        cell.name: cell.value for line, _cells in answer.context["rows"] for cell in line.cells
    }
    assert (answer.status_code, cells[name]) == (422, typed)
    assert Meeting.objects.count() == 0


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("三次", "“三次”不是0至31的整数。"), ("99", "每月同类会议应为0至31次。")],
)
def test_a_refused_grid_names_its_cell_and_marks_it(client, county, typed, sentence):
    branch, month = county.branches[0], last_months(localdate())[0]
    name = cell_name((branch.pk, COMMITTEE.value, month))
    client.force_login(county.clerk.user)
    page = client.post(at("meeting_grid", branch), {name: typed, "seen": ""}).content.decode()
    assert f"<b>支委会 {month:%Y-%m}</b> {sentence}" in page
    assert re.findall(r'<input[^>]* is-invalid" aria-invalid="true"[^>]* name="([^"]+)"', page) == [
        name
    ]


def test_one_month_of_a_whole_town_is_saved_by_one_post(client, county):
    client.force_login(county.clerk.user)
    month = last_months(localdate())[-2]
    url = f"{at('meeting_month', county.town)}?month={month:%Y-%m}"
    cells = {cell_name((b.pk, COMMITTEE.value, month)): "１" for b in county.branches}
    assert client.post(url, cells | {"seen": ""}).url == url
    assert Meeting.objects.filter(held_on=month).count() == 2


def test_a_month_that_is_no_month_shows_the_current_one(client, county):
    client.force_login(county.clerk.user)
    page = client.get(at("meeting_month", county.town) + "?month=2026-13")
    assert page.context["month"] == f"{localdate():%Y-%m}"


def record(client, branch, **fields):
    data = {
        "kind": COMMITTEE.value,
        "held_on": localdate().isoformat(),
        "paper": "村档案柜2号",
        "quorate": "on",
        "client_key": str(uuid4()),
    } | fields
    return client.post(at("meetings", branch), data)


def test_kind_date_and_paper_are_enough_for_a_record(client, county):
    client.force_login(county.branch_clerk.user)
    assert record(client, county.branches[0]).status_code == 302
    assert Meeting.objects.get().paper == "村档案柜2号"


@pytest.mark.parametrize(
    "wrong",
    [
        {"held_on": "2999-01-01"},
        {"held_on": "2026-02-30"},
        {"held_on": "0001-01-01"},
        {"kind": "dance"},
        {"kind": ""},
        {"also": "dance"},
        {"paper": "长" * 101},
    ],
)
def test_a_wrong_record_is_shown_again(client, county, wrong):
    client.force_login(county.clerk.user)
    answer = record(client, county.branches[0], **wrong)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, list(wrong))
    assert Meeting.objects.count() == 0


def test_a_wrong_record_is_removed_and_the_trail_keeps_it(client, county):
    meeting = make_meeting(county.branches[0], county, paper="柜1")
    url = reverse("branches:meeting_remove", args=[meeting.pk])
    client.force_login(county.stranger.user)
    assert client.post(url).status_code == 404
    client.force_login(county.leader.user)
    assert client.post(url).status_code == 403
    client.force_login(county.clerk.user)
    assert client.post(url).status_code == 302
    assert Deed.objects.get(verb="meeting.remove").params["paper"] == "柜1"


def test_a_county_leader_reads_meetings_and_records_none(client, county):
    client.force_login(county.leader.user)
    assert client.get(at("meetings", county.branches[0])).status_code == 200
    assert record(client, county.branches[0]).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_records_takes_the_same_queries_whatever_its_length(
    client, county, count, django_assert_num_queries
):
    branch = county.branches[0]
    for _n in range(count):
        make_meeting(branch, county)
    client.force_login(county.clerk.user)
    client.get(at("meetings", branch))
    with django_assert_num_queries(9):
        client.get(at("meetings", branch))
