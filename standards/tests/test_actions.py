from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import translation

from accounts.models import Deed
from accounts.refusal import Refused
from accounts.tests.make import NOW
from branches.tests.make import make_organization
from standards import actions
from standards.models import EditionState
from standards.rules.parse import canonical
from standards.sheets import compiled, digest
from standards.tests.make import (
    issue,
    make_chapter,
    make_clause,
    make_edition,
    make_example,
    put_in_force,
)

pytestmark = pytest.mark.django_db

FLAG = {
    "measures": [{"name": "ok", "kind": "flag", "label": "符合规定"}],
    "steps": [{"shape": "binary", "measure": "ok"}],
}


def draft(place, **fields):
    return actions.create_draft(place.officer, place.county, now=NOW, client_key=uuid4(), **fields)


def test_a_draft_from_the_edition_in_force_has_the_same_content_and_no_document_number(place):
    issued = make_example(owner=place.county)
    edition = draft(place, from_edition=issued, year=2027)
    assert (digest(edition), edition.state, edition.document_number, edition.year) == (
        issued.digest,
        EditionState.DRAFT,
        "",
        2027,
    )


def test_the_same_client_key_makes_one_draft(place):
    key = uuid4()
    first, second = (
        actions.create_draft(place.officer, place.county, now=NOW, client_key=key) for _ in range(2)
    )
    assert first == second


@pytest.mark.parametrize("who", ["leader", "secretary", "clerk", "branch_clerk", "stranger"])
def test_only_a_county_officer_drafts(place, who):
    with pytest.raises(Refused):
        actions.create_draft(getattr(place, who), place.county, now=NOW, client_key=uuid4())


def test_an_officer_of_another_county_cannot_edit(place):
    edition = make_edition(owner=make_organization(name="丰宁县委组织部"))
    with pytest.raises(Refused):
        actions.edit_edition(place.officer, edition, now=NOW, name="别人的标准")


def test_an_edit_of_the_head_notes_what_changed(place):
    edition = draft(place, name="甲")
    actions.edit_edition(place.officer, edition, now=NOW, name="乙", year=edition.year)
    assert Deed.objects.get(verb="edition.edit").params == {"changed": ["name"]}


def test_options_outside_the_offered_answers_are_refused(place):
    with pytest.raises(Refused):
        actions.set_options(place.officer, draft(place), now=NOW, options={"rounding": "maybe"})


def test_a_new_clause_stands_at_the_end_of_its_chapter(place):
    edition = draft(place)
    first, second = edition.chapters.order_by("position")[:2]
    add = {"now": NOW, "points": {"rural": 300}}
    for code, chapter in (("2.1", second), ("1.1", first), ("1.2", first)):
        actions.add_clause(
            place.officer, edition, chapter=chapter, code=code, text="要求",
            client_key=uuid4(), **add,
        )  # fmt: skip
    codes = edition.clauses.order_by("position").values_list("code", flat=True)
    assert list(codes) == ["1.1", "1.2", "2.1"]


def test_adding_with_the_same_client_key_adds_once(place):
    edition = draft(place)
    common = {"chapter": edition.chapters.first(), "client_key": uuid4(), "points": {}}
    for _ in range(2):
        actions.add_clause(place.officer, edition, now=NOW, code="1.1", text="要求", **common)
    assert edition.clauses.count() == 1


def test_editing_a_clause_sets_rule_and_points_and_keeps_the_key(place):
    clause = make_clause(edition=make_edition(owner=place.county), points={"rural": 500})
    actions.edit_clause(
        place.officer, clause, now=NOW, rule=FLAG, points={"rural": 400, "school": 200}
    )
    clause.refresh_from_db()
    points = dict(clause.points.values_list("field", "points"))
    assert (clause.rule, points) == (canonical(FLAG), {"rural": 400, "school": 200})


def test_a_field_left_out_of_the_points_is_off_the_clause(place):
    clause = make_clause(edition=make_edition(owner=place.county), points={"rural": 1, "soe": 2})
    actions.edit_clause(place.officer, clause, now=NOW, points={"soe": 2})
    assert list(clause.points.values_list("field", "points")) == [("soe", 2)]


def test_a_broken_rule_is_refused_with_its_sentences(place):
    clause = make_clause(edition=make_edition(owner=place.county))
    with translation.override("en"), pytest.raises(Refused) as refused:
        actions.edit_clause(place.officer, clause, now=NOW, rule={"steps": [{"shape": "odd"}]})
    assert refused.value.sentence.startswith("“shape” must be one of")


@pytest.mark.parametrize(
    ("code", "up", "order"),
    [
        ("b", True, ["b", "a", "c"]),
        ("b", False, ["a", "c", "b"]),
        ("a", True, ["a", "b", "c"]),
        ("c", False, ["a", "b", "c"]),
    ],
)
def test_a_clause_moves_by_one_place_within_its_chapter(place, code, up, order):
    edition = make_edition(owner=place.county)
    rows = {c: make_clause(edition=edition, code=c) for c in "abc"}
    actions.move_clause(place.officer, rows[code], now=NOW, up=up)
    assert list(edition.clauses.order_by("position").values_list("code", flat=True)) == order


@pytest.mark.parametrize(
    ("title", "up", "order"),
    [("b", True, "bac"), ("b", False, "acb"), ("a", True, "abc"), ("c", False, "abc")],
)
def test_a_chapter_moves_with_its_clauses_on_every_sheet(place, title, up, order):
    edition = make_edition(owner=place.county)
    rows = {t: make_chapter(edition=edition, title=t) for t in "abc"}
    for chapter in rows.values():
        for n in (1, 2):
            make_clause(edition=edition, chapter=chapter, code=f"{chapter.title}{n}")
    actions.move_chapter(place.officer, rows[title], now=NOW, up=up)
    assert "".join(edition.chapters.order_by("position").values_list("title", flat=True)) == order
    lines = [line.code for line in compiled(edition)["rural"]]
    assert lines == [f"{t}{n}" for t in order for n in (1, 2)]


def test_a_chapter_with_clauses_stays(place):
    edition = make_edition(owner=place.county)
    clause = make_clause(edition=edition)
    with pytest.raises(Refused):
        actions.remove_chapter(place.officer, clause.chapter, now=NOW)


def test_a_removed_clause_is_gone_with_its_points(place):
    edition = make_edition(owner=place.county)
    actions.remove_clause(place.officer, make_clause(edition=edition), now=NOW)
    assert compiled(edition) == {}


def test_issuing_refuses_a_sheet_that_does_not_sum_to_its_base(place):
    edition = make_edition(owner=place.county)
    make_clause(edition=edition, points={"rural": 9_950, "school": 10_000})
    with translation.override("en"), pytest.raises(Refused) as refused:
        issue(place, edition)
    assert refused.value.sentence == "The points of Village add up to 99.5, not to 100."


def test_issuing_refuses_an_edition_without_clauses(place):
    with translation.override("en"), pytest.raises(Refused) as refused:
        issue(place, make_edition(owner=place.county))
    assert refused.value.sentence == "No clause carries points for any field."


def test_issuing_names_the_clause_of_a_rule_that_cannot_stand(place):
    edition = make_edition(owner=place.county)
    rule = FLAG | {"steps": [{"shape": "binary", "measure": "ok", "points": "120"}]}
    make_clause(edition=edition, code="1.1", rule=rule)
    with pytest.raises(Refused) as refused, translation.override("en"):
        issue(place, edition)
    assert refused.value.sentence == ("Clause 1.1: 120 is more than the 100 points of this clause.")


def test_issuing_leaves_out_a_chapter_without_clauses(place):
    edition = make_edition(owner=place.county)
    clause = make_clause(edition=edition)
    make_chapter(edition=edition, title="基本队伍")
    issue(place, edition)
    assert list(edition.chapters.all()) == [clause.chapter]


def test_issuing_stores_the_digest_and_steps_the_one_before_down(place):
    before = make_example(owner=place.county)
    edition = draft(place, from_edition=before)
    issue(place, edition)
    before.refresh_from_db()
    edition.refresh_from_db()
    assert (edition.state, edition.digest, edition.issued_by_id, before.state) == (
        EditionState.ISSUED,
        digest(edition),
        place.second_officer.user.pk,
        EditionState.SUPERSEDED,
    )


def test_issuing_leaves_another_countys_edition_in_force(place):
    other = make_example(owner=make_organization(name="丰宁县委组织部"))
    make_example(owner=place.county)
    other.refresh_from_db()
    assert other.state == EditionState.ISSUED


def in_force(place):
    """The least that can be issued: one clause with its points, in one chapter."""
    edition = make_edition(owner=place.county)
    make_clause(edition=edition)
    return put_in_force(edition)


def test_an_edition_is_issued_once(place):
    edition = in_force(place)
    with pytest.raises(Refused):
        issue(place, edition)


@pytest.mark.parametrize(
    "change",
    [
        lambda p, e: actions.edit_edition(p.officer, e, now=NOW, name="改"),
        lambda p, e: actions.set_options(p.officer, e, now=NOW, options={}),
        lambda p, e: actions.edit_clause(p.officer, e.clauses.first(), now=NOW, text="改"),
        lambda p, e: actions.remove_clause(p.officer, e.clauses.first(), now=NOW),
        lambda p, e: actions.move_clause(p.officer, e.clauses.first(), now=NOW, up=False),
        lambda p, e: actions.move_chapter(p.officer, e.chapters.first(), now=NOW, up=False),
        lambda p, e: actions.rename_chapter(p.officer, e.chapters.first(), now=NOW, title="改"),
        lambda p, e: actions.discard(p.officer, e, now=NOW),
    ],
)
def test_no_action_changes_an_issued_edition(place, change):
    with pytest.raises(Refused):
        change(place, in_force(place))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE standards_edition SET name = '改'",
        "UPDATE standards_edition SET state = 'draft'",
        "UPDATE standards_edition SET state = 'superseded', name = '改'",
        """UPDATE standards_edition SET composition = '{"stars": 1}'""",
        "DELETE FROM standards_edition",
        "UPDATE standards_chapter SET title = '改'",
        "DELETE FROM standards_chapter",
        "UPDATE standards_clause SET text = '改'",
        "DELETE FROM standards_clause",
        "INSERT INTO standards_chapter (edition_id, key, title, title_en, position)"
        " SELECT id, 'x', 'x', '', 9 FROM standards_edition",
        "UPDATE standards_clausepoints SET points = 1",
        "DELETE FROM standards_clausepoints",
        "INSERT INTO standards_clausepoints (clause_id, field, points)"
        " SELECT id, 'nowhere', 1 FROM standards_clause",
    ],
)
def test_the_database_refuses_to_change_an_issued_edition(place, statement):
    in_force(place)
    with pytest.raises(DatabaseError, match="is fixed"), transaction.atomic():
        connection.cursor().execute(statement)


def test_the_database_refuses_to_move_a_clause_out_of_an_issued_edition(place):
    issued, edition = in_force(place), make_edition(owner=place.county)
    make_chapter(edition=edition)
    with pytest.raises(DatabaseError, match="is fixed"), transaction.atomic():
        issued.clauses.update(edition=edition)


def test_a_discarded_draft_leaves_only_its_deed(place):
    edition = draft(place, from_example=True, name="丢弃")
    actions.discard(place.officer, edition, now=NOW)
    assert Deed.objects.get(verb="edition.discard").params == {"name": "丢弃"}
