"""The one writer of sheets: what stays, what goes, and two people at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections
from django.utils import timezone

from accounts.tests.make import NOW
from branches.models import Evidence
from branches.tests.make import TODAY, make_county
from inspections import sheets
from inspections.models import Answer, Sheet, Source
from inspections.sheets import CARRIED, DRAFT, Judgement
from inspections.tests.make import make_assessment, make_cycle

pytestmark = pytest.mark.django_db
SHORT = Judgement("records", values={"short": 2}, remark="缺两次")


@pytest.fixture
def place():
    county = make_county()
    cycle = make_cycle(owner=county.county)
    return make_assessment(cycle=cycle, branch=county.branches[0]), county.clerk.user


def judge(place, judgement, **more):
    row, user = place
    sheets.judge(row, Source.SELF, judgement, by=user, now=NOW, on=TODAY, **more)


def kept(place):
    sheet = Sheet.objects.get(assessment=place[0], source=Source.SELF)
    return sheet.coverage, {a.clause_key: a.measures for a in sheet.answers.all()}


def make_file(place):
    return Evidence.objects.create(
        organization=place[0].branch,
        name="记录.jpg",
        content_type="image/jpeg",
        suffix=".jpg",
        sha256="0" * 64,
        size=1,
        uploaded_at=timezone.now(),
        uploaded_by=place[1],
    )


@pytest.mark.parametrize(
    ("judgement", "how", "expected"),
    [
        (Judgement("records"), "single", ({"records": "single"}, {})),
        (SHORT, "single", ({"records": "single"}, {"records": {"short": 2}})),
        (Judgement("records", paper="柜2"), "single", ({"records": "single"}, {"records": {}})),
        (Judgement("records", applicable=False), "single", ({"records": "single"}, {"records": {}})),
        (Judgement("records"), DRAFT, ({"records": "draft"}, {})),
        (Judgement("records", remark="先记着"), None, ({}, {"records": {}})),
    ],
)  # fmt: skip
def test_a_judgement_leaves_a_row_only_where_it_says_more_than_conforms(
    place, judgement, how, expected
):
    judge(place, judgement, how=how)
    assert kept(place) == expected


def test_a_conforming_judgement_takes_the_exception_back(place):
    judge(place, SHORT)
    judge(place, Judgement("records"))
    assert kept(place) == ({"records": "single"}, {})


def test_files_cited_stay_when_the_judgement_changes(place):
    judge(place, SHORT, evidence=[make_file(place)])
    judge(place, Judgement("records"))
    assert Answer.objects.get().evidence.count() == 1


def test_the_rest_leaves_alone_what_was_judged(place):
    judge(place, SHORT)
    assert sheets.judge_rest(place[0], Source.SELF, ["records", "dues"], now=NOW) == 1
    assert kept(place)[0] == {"records": "single", "dues": "rest"}


def test_forget_drops_the_answer_and_reopen_keeps_it(place):
    judge(place, SHORT)
    sheets.reopen(place[0], Source.SELF, ["records"], now=NOW)
    reopened = kept(place)
    sheets.forget(place[0], Source.SELF, ["records"], now=NOW)
    assert (reopened, kept(place)) == (({}, {"records": {"short": 2}}), ({}, {}))


def test_cite_sets_the_files_and_leaves_the_judgement(place):
    row, user = place
    file = make_file(place)
    for files in ([file], []):
        sheets.cite(row, Source.SELF, "dues", files, by=user, now=NOW, on=TODAY)
    assert (kept(place), Answer.objects.get().evidence.count()) == (({}, {"dues": {}}), 0)


def test_two_sources_do_not_touch_each_other(place):
    row, user = place
    judge(place, SHORT)
    sheets.judge(
        row, Source.ACCEPTANCE, Judgement("records"), by=user, now=NOW, on=TODAY, how=CARRIED
    )
    assert kept(place)[1] == {"records": {"short": 2}}


@pytest.mark.django_db(transaction=True)
def test_eight_people_on_eight_clauses_lose_none():
    if connection.vendor == "sqlite":
        pytest.skip("threads of one test share SQLite's only connection")
    county = make_county()
    row = make_assessment(cycle=make_cycle(owner=county.county), branch=county.branches[0])
    keys = [f"clause{n}" for n in range(8)]

    def write(key):
        said = Judgement(key, values={"short": 1})
        try:
            sheets.judge(row, Source.SELF, said, by=county.clerk.user, now=NOW, on=TODAY)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, keys))
    sheet = Sheet.objects.get(assessment=row, source=Source.SELF)
    assert (set(sheet.coverage), sheet.answers.count()) == (set(keys), 8)
