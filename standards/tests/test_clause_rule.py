"""The rule of a clause in its form: notation, a plain phrase, and what neither is."""

import pytest

from branches.tests.make import make_county
from standards.tests.clause_posted import NOTATION, clause_post, url
from standards.tests.make import enter, make_clause, make_edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return make_county()


@pytest.fixture
def draft(place):
    edition = make_edition(owner=place.county)
    make_clause(edition=edition, key="a", code="1.1", text="第一条")
    return edition


def test_a_broken_rule_names_its_line_and_keeps_the_text(place, draft):
    post = clause_post(draft.chapters.get(), rule_notation="计量 ok 是否 名称=符合\n有无 nothing")
    answer = enter(place.officer).post(url("clause_new", draft.pk), post)
    errors = answer.context["form"].errors["rule_notation"]
    assert (answer.status_code, errors[0][:4]) == (422, "第2行：")


def test_a_plain_phrase_becomes_the_rule(place, draft):
    post = clause_post(draft.chapters.get(), rule_notation="每少1次扣0.5分，扣完为止")
    answer = enter(place.officer).post(url("clause_new", draft.pk), post)
    step = draft.clauses.get(code="1.2").rule["steps"][0]
    assert (answer.status_code, step["shape"], step["unit"]) == (302, "step", "0.5")


def test_a_phrase_that_begins_like_the_notation_is_taken_all_the_same(place, draft):
    phrase = "要素 齐全得2.5分，缺1项扣0.5分"
    post = clause_post(draft.chapters.get(), rule_notation=phrase)
    answer = enter(place.officer).post(url("clause_new", draft.pk), post)
    assert (answer.status_code, draft.clauses.get(code="1.2").rule["steps"][0]["shape"]) == (
        302,
        "step",
    )


def test_a_phrase_with_characters_that_cannot_be_kept_stays_an_error(place, draft):
    post = clause_post(draft.chapters.get(), rule_notation="每少1次扣0.5分\x00，扣完为止")
    answer = enter(place.officer).post(url("clause_new", draft.pk), post)
    assert list(answer.context["form"].errors) == ["rule_notation"]


def test_of_a_phrase_that_is_not_understood_there_is_no_preview(place, draft):
    post = clause_post(draft.chapters.get(), rule_notation="酌情扣分，整改到位的除外")
    answer = enter(place.officer).post(url("clause_new", draft.pk), post)
    assert answer.context["preview"] is None
    assert "“整改到位的除外”未能识别，请人工核定" in answer.content.decode()


def test_a_phrase_that_is_not_understood_is_told_what_was_not(place, draft):
    post = clause_post(draft.chapters.get(), rule_notation="酌情扣分，整改到位的除外")
    answer = enter(place.officer).post(url("clause_new", draft.pk), post)
    assert answer.context["form"].errors == {
        "rule_notation": [
            "“整改到位的除外”未能识别，请人工核定；可换个写法，或者留空，由检查人按评分细则评分。"
        ]
    }
    assert "酌情扣分，整改到位的除外" in answer.content.decode()


def test_a_rule_that_takes_more_than_the_clause_has_is_refused(place, draft):
    post = clause_post(draft.chapters.get(), rule_notation=NOTATION + " 分=9")
    answer = enter(place.officer).post(url("clause_new", draft.pk), post)
    assert list(answer.context["form"].errors) == ["rule_notation"]
