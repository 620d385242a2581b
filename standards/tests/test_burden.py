"""Hours a year that an edition asks for, against the one before it."""

from datetime import date

import pytest

from branches.models import Field
from branches.tests.make import TODAY, make_county
from standards.burden import Burden, branches_of, said, sentence, spell, weigh
from standards.tests.lines import measure
from standards.tests.make import enter, make_clause, make_edition, put_in_force

RECORDS = {
    "measures": [measure("missed", "count", derive={"from": "meetings", "kind": "committee_meeting", "per": "month", "need": 1})],
    "steps": [{"shape": "step", "measure": "missed", "unit": "0.5"}],
}  # fmt: skip
TWO_TOWNS = {Field.RURAL.value: 900}


@pytest.fixture
def place(db):
    return make_county()


def edition_of(place, count, **fields):
    edition = make_edition(owner=place.county)
    for _n in range(count):
        make_clause(edition=edition, points={"rural": 10_000 // count}, **fields)
    return edition


def test_each_clause_costs_twenty_seconds_beside_forty_to_look_through(place):
    found = weigh(edition_of(place, 5), TWO_TOWNS)
    assert found == Burden(clauses=5, seconds=900 * 140, branches=900)


def test_a_photo_costs_twenty_five_more(place):
    assert weigh(edition_of(place, 1, photo_reason="公示栏要看得清"), TWO_TOWNS).seconds == 900 * 85


def test_what_records_give_is_not_asked(place):
    assert weigh(edition_of(place, 2, rule=RECORDS), TWO_TOWNS) == Burden(0, 900 * 40, 900)


def test_a_field_without_a_sheet_costs_nothing(place):
    assert weigh(edition_of(place, 2), {"school": 90}).branches == 0


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0分钟"), (1, "1分钟"), (320, "6分钟"), (-7200, "120分钟"), (7201, "3小时"), (-75_600, "21小时")],
)  # fmt: skip
def test_time_is_rounded_up_and_short_spans_are_said_in_minutes(seconds, text):
    assert spell(seconds) == text


def test_the_branches_are_those_at_work_under_the_owner(place):
    place.branches[0].closed_on = date(2026, 1, 31)
    place.branches[0].save(update_fields=["closed_on"])
    assert branches_of(place.county, today=TODAY) == {"rural": 3}


@pytest.mark.parametrize(
    ("new", "old", "text"),
    [
        (Burden(30, 75_600 * 2, 312), Burden(28, 75_600, 312), "各领域填报项目合计30项，比上一版增加2项；全县312个支部全年合计约42小时（增加21小时），平均每个支部约9分钟。"),
        (Burden(27, 3_600, 312), Burden(28, 7_200, 312), "各领域填报项目合计27项，比上一版减少1项；全县312个支部全年合计约60分钟（减少60分钟），平均每个支部约1分钟。"),
        (Burden(28, 3_600, 312), Burden(28, 3_600, 312), "各领域填报项目合计28项；全县312个支部全年合计约60分钟，平均每个支部约1分钟。"),
        (Burden(28, 3_600, 312), None, "各领域填报项目合计28项；全县312个支部全年合计约60分钟，平均每个支部约1分钟。"),
    ],
)  # fmt: skip
def test_said_against_the_edition_before(new, old, text):
    assert said(new, old) == text


def test_the_draft_and_the_issue_page_say_it(place):
    put_in_force(edition_of(place, 2))
    draft = edition_of(place, 4)
    expected = "各领域填报项目合计4项，比上一版增加2项；全县4个支部全年合计约8分钟（增加3分钟），平均每个支部约2分钟。"
    pages = [
        enter(place.officer).get(f"/standards/{draft.pk}/{page}").content.decode()
        for page in ("", "issue/")
    ]
    assert sentence(draft, today=TODAY) == expected
    assert [expected in page for page in pages] == [True, True]
