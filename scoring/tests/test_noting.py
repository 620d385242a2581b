"""Figures from outside noted for many branches at once."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import Deed
from accounts.refusal import Refused
from accounts.tests.make import NOW
from scoring import noting, results
from scoring.models import Figure
from scoring.tests.compositions import make_composed
from scoring.tests.make import result_of
from standards.tests.make import enter

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=1)
SURVEY = {
    "figures": [{"key": "survey", "label": "群众满意度"}],
    "components": [
        {"key": "sheet", "label": "本表", "weight": "70", "from": "chapters", "chapters": ["daily", "yearly"]},
        {"key": "people", "label": "群众评价", "weight": "30", "from": "figure", "figure": "survey"},
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def built(lasting):
    return make_composed(SURVEY)


def note(made, text, *, key="survey", actor=None):
    return noting.note(actor or made.officer, made.cycle, key=key, text=text, now=LATER)


def test_two_pasted_columns_reach_the_results(made):
    assert note(made, "双井村党支部\t９０\n\n上坝村党支部，80.5\n") == 2
    results.compute(made.cycle, now=LATER)
    assert [result_of(made, b).total for b in made.branches] == [9_700, 9_415]
    assert Deed.objects.get(verb="figure.note").params == {"figure": "survey", "count": 2}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("双井村党支部\t90\n无名党支部\t80", "第2行：本期没有“无名党支部”。"),
        ("双井村党支部\t优", "第1行：“双井村党支部”没有填数字。"),
        ("双井村党支部\t90\n双井村党支部\t80", "第2行：“双井村党支部”重复。"),
        ("\n", "没有可以录入的内容。"),
    ],
)
def test_one_bad_line_and_nothing_is_noted(made, text, sentence):
    page = enter(made.officer).post(at(made), {"figure": "survey", "text": text})
    assert page.status_code == 422
    assert Figure.objects.count() == 0
    assert sentence in page.content.decode() or text == "\n"


def at(made):
    return f"{reverse('scoring:figures')}?cycle={made.cycle.pk}"


def test_the_page_notes_and_leads_back_to_the_results(made):
    client = enter(made.officer)
    assert "群众满意度" in client.get(at(made)).content.decode()
    answer = client.post(at(made), {"figure": "survey", "text": "双井村党支部\t90"})
    assert (answer.status_code, Figure.objects.get().value) == (302, "90")
    assert "figures/" in client.get(reverse("scoring:results")).content.decode()


def test_a_figure_the_standard_does_not_ask_for_is_refused(made):
    with pytest.raises(Refused) as refused:
        note(made, "双井村党支部\t90", key="income")
    assert refused.value.field == "figure"


def test_only_a_county_officer_notes_figures(made):
    with pytest.raises(Refused):
        note(made, "双井村党支部\t90", actor=made.secretary)
    assert enter(made.clerk).get(at(made)).status_code == 403


@pytest.mark.parametrize("method", ["get", "post"])
def test_where_the_standard_asks_for_none_the_page_says_so(method):
    made = make_composed({})
    answer = getattr(enter(made.officer), method)(at(made))
    assert (answer.status_code, Figure.objects.count()) == (200, 0)
    assert answer.templates[0].name == "scoring/no_figures.html"
