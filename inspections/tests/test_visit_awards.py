"""An award seen on site adds points; it is no problem and nobody has to put it right."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from branches.models import Field
from inspections.models import Answer, Finding
from inspections.stop_rows import page_of
from inspections.tests.make import SHORT_RULE
from inspections.tests.visit_pages import address
from inspections.tests.visits_made import make_site
from standards.tests.make import enter, make_clause, make_edition, put_in_force

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday")]
NAMED = {"shared:case__key": "全县现场会", "shared:case__level": "county"}


def adjusting(worth):
    return {
        "measures": [{"name": "case", "kind": "events", "label": "经验介绍"}],
        "steps": [{"shape": "adjust", "measure": "case", "table": {"county": worth}}],
    }


def edition(owner):
    made = make_edition(owner=owner)
    make_clause(edition=made, key="records", rule=SHORT_RULE, points={Field.RURAL: 10_000})
    make_clause(edition=made, key="shared", rule=adjusting("1"), points={Field.RURAL: 0})
    make_clause(edition=made, key="blamed", rule=adjusting("-1"), points={Field.RURAL: 0})
    return put_in_force(made)


@pytest.fixture
def site():
    made = make_site(edition=edition)
    made.cycle.assessments.model.objects.get_or_create(cycle=made.cycle, branch=made.stop.branch)
    return made


def send(site, clause, **fields):
    client = Client(headers={"accept": "application/json"})
    client.force_login(site.member.user)
    said = {"key": str(uuid.uuid4()), "clause": clause, "verdict": "problem"} | fields
    return client.post(reverse("inspections:stop_taps", args=[site.stop.pk]), said)


def row_of(site, clause):
    [row] = [
        row for row in page_of(site.stop, today=site.visit.starts_on).rows if row.key == clause
    ]
    return row


def test_an_award_is_kept_as_seen_and_logs_no_problem(site):
    answer = send(site, "shared", **NAMED)
    assert answer.status_code == 200
    assert Finding.objects.count() == 0
    said = Answer.objects.get(clause_key="shared")
    assert said.measures == {"case": [{"key": "全县现场会", "level": "county", "count": 1}]}
    row = row_of(site, "shared")
    assert (row.state, row.tone) == ("no", "ok")
    assert row.words.startswith("有（") and "全县现场会" in row.words


def test_an_award_without_its_level_is_refused(site):
    answer = send(site, "shared", text="介绍过经验")
    assert (answer.status_code, answer.json()["fields"]) == (422, ["text"])


def test_blame_is_still_a_problem(site):
    assert send(site, "blamed", text="被通报").status_code == 200
    assert Finding.objects.get().clause_key == "blamed"


def test_an_award_is_asked_by_its_own_words(site):
    page = enter(site.member).get(address(site, "stop")).content.decode()
    own = page[page.index('id="c-shared"') :].split("</section>")[0]
    assert "没有" in own and "加分事由" in own and "有问题" not in own


def test_on_paper_an_award_is_sent_to_its_clause(site):
    said = {"visited_on": "2026-11-20", "client_key": str(uuid.uuid4())}
    said |= {"shared:verdict": "no", "shared:text": "介绍过经验"}
    answer = enter(site.member).post(address(site, "stop_entry"), said)
    assert answer.status_code == 422
    assert "加分请在该条目下填报" in answer.content.decode()
