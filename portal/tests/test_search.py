"""The search box: branches by characters or initials, findings by number or words, nothing outside the scope."""

from copy import deepcopy

import pytest
from django.urls import reverse

from branches.models import Organization
from branches.tests.make import make_county
from inspections.tests.make_findings import make_finding
from portal.kit.normal import initials
from standards.tests.make import enter

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def built(lasting):
    county = make_county()
    for unit in Organization.objects.all():
        Organization.objects.filter(pk=unit.pk).update(initials=initials(unit.short_name))
    county.finding = make_finding(
        branch=county.branches[0],
        by=county.officer.user,
        number="ZG-2026-0418",
        text="会议记录无签字",
    )
    return county


@pytest.fixture
def county(built):
    return deepcopy(built)


def search(actor, typed):
    answer = enter(actor).get(reverse("search"), {"q": typed})
    assert answer.status_code == 200
    return answer


def units(answer):
    return [unit.short_name for unit in answer.context["units"]]


def found(answer):
    return [row.finding.number for row in answer.context["findings"]]


@pytest.mark.parametrize("typed", ["双井", "sj", "SJ", " 双井 ", "双井 党支部", "sjc"])
def test_a_branch_is_found_by_characters_or_initials(county, typed):
    assert units(search(county.officer, typed)) == ["双井村党支部"]


@pytest.mark.parametrize("typed", ["ZG-2026-0418", "0418", "无签字", "记录 签字"])
def test_a_finding_is_found_by_number_or_words(county, typed):
    assert found(search(county.officer, typed)) == ["ZG-2026-0418"]


def test_another_units_rows_are_not_found(county):
    answer = search(county.stranger, "双井")
    assert (units(answer), found(answer)) == ([], [])


def test_a_finding_of_another_unit_is_not_found(county):
    assert found(search(county.stranger, "无签字")) == []


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "%",
        "_",
        "'",
        '"><script>',
        "\\",
        "x" * 5000,
        "😀",
        "\ud7ff",
        "2026-02-30",
        "9999-99-99",
    ],
)
def test_odd_input_finds_nothing_and_breaks_nothing(county, typed):
    answer = search(county.officer, typed)
    assert (units(answer), found(answer)) == ([], [])


def test_nothing_typed_asks_what_to_look_for(county):
    assert "要找什么？" in enter(county.officer).get(reverse("search")).content.decode()


def test_more_than_ten_are_cut_and_said(county):
    for n in range(12):
        make_finding(branch=county.branches[0], by=county.officer.user, text=f"第{n}次无记录")
    answer = search(county.officer, "无记录")
    assert len(found(answer)) == 10
    assert "只显示前10条" in answer.content.decode()


def test_the_box_needs_a_signed_in_person(client):
    assert client.get(reverse("search"), {"q": "双井"}).status_code == 302


def test_hidden_direction_marks_are_dropped(county):
    assert units(search(county.officer, "\u202e双井")) == ["双井村党支部"]


@pytest.mark.parametrize("typed", ["2026-11-30", "2026.11.30", "2026年11月30日", "２０２６/11/30"])
def test_a_date_finds_what_falls_due_on_it(county, typed):
    assert [row.finding.number for row in search(county.officer, typed).context["rows"]] == [
        "ZG-2026-0418"
    ]


def test_what_falls_due_elsewhere_is_not_shown(county):
    assert search(county.stranger, "2026-11-30").context["rows"] == []
