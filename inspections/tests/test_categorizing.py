"""What kind of problem a finding is when nobody named it, so that 高频问题 counts what a phone logged."""

from types import SimpleNamespace

import pytest
import time_machine
from django.urls import reverse

from branches.tests.make import make_county
from inspections.categorizing import LONGEST, category_of
from inspections.finding_actions import log
from inspections.models import Finding, FindingSource
from inspections.tests.make import NOW, SHORT_RULE, make_cycle
from inspections.tests.test_visit_taps import client_of, send
from inspections.tests.visits_made import make_site
from standards.tests.make import make_clause, make_edition, put_in_force

DUES = SimpleNamespace(
    text="党员按月交纳党费，收缴有登记，定期公布。",
    phrases=("党费未按月交纳", "未按月交纳", "收缴登记没有签字"),
)


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("党费未按月交纳", "党费未按月交纳"),
        ("二季度党费未按月交纳；收缴登记没有签字", "党费未按月交纳"),
        ("收缴登记没有签字；党费未按月交纳", "收缴登记没有签字"),
        ("两名党员未按月交纳", "未按月交纳"),
        ("党费少交", "党员按月交纳党费"),
        ("", "党员按月交纳党费"),
    ],
)
def test_category_is_the_phrase_named_first_else_what_the_clause_is_about(text, category):
    assert category_of(DUES, text) == category


@pytest.mark.parametrize(
    ("demand", "category"),
    [
        ("每年1次", "每年1次"),
        ("，先有逗号。", "先有逗号"),
        ("Dues are paid monthly. They are listed", "Dues are paid monthly"),
        ("长" * 60, "长" * LONGEST),
        ("。", "其他"),
    ],
)
def test_a_clause_without_phrases_is_named_by_its_beginning(demand, category):
    assert category_of(SimpleNamespace(text=demand, phrases=()), "缺一份") == category


def test_a_problem_beside_the_standard_is_other():
    assert category_of(None, "门口台阶破损") == "其他"


def test_a_long_phrase_fits_the_column():
    phrase = "记" * 70
    assert category_of(SimpleNamespace(text="要求", phrases=(phrase,)), phrase) == "记" * LONGEST


def edition_with_phrases(owner):
    edition = make_edition(owner=owner)
    make_clause(
        edition=edition,
        key="dues",
        text=DUES.text,
        rule=SHORT_RULE,
        phrases=list(DUES.phrases),
    )
    return put_in_force(edition)


@pytest.mark.django_db
@time_machine.travel("2026-11-20 10:00+08:00", tick=False)
def test_what_a_phone_logs_is_found_in_the_ledger_by_its_category():
    site = make_site(edition=edition_with_phrases)
    tap = {"clause": "dues", "verdict": "problem", "dues:short": "1"}
    assert send(site.member, site.stop, **tap, phrase="收缴登记没有签字").status_code == 200
    assert send(site.member, site.stop, **tap).status_code == 200
    assert send(site.member, site.stop, verdict="problem", text="台阶破损").status_code == 200

    logged = list(Finding.objects.order_by("pk").values_list("category", flat=True))
    assert logged == ["收缴登记没有签字", "党员按月交纳党费", "其他"]
    page = client_of(site.place.officer).get(
        reverse("inspections:ledger"), {"category": "收缴登记没有签字", "show": "open"}
    )
    assert [row.finding.category for row in page.context["rows"]] == ["收缴登记没有签字"]


@pytest.mark.django_db
def test_a_category_somebody_named_stays():
    place = make_county()
    cycle = make_cycle(owner=place.county, edition=edition_with_phrases(place.county))
    said = {"text": "党费未按月交纳", "clause_key": "dues", "category": "党费"}
    made = log(
        place.officer,
        branch=place.branches[0],
        source=FindingSource.TOUR,
        cycle=cycle,
        now=NOW,
        **said,
    )
    assert made.category == "党费"
