import re
from copy import deepcopy
from types import SimpleNamespace
from uuid import uuid4

import pytest

from accounts.roles import Role
from branches.models import SHEET_FIELDS, CommitteeField, Field
from branches.tests.make import make_actor, make_county
from standards.clause_form import ClauseForm
from standards.models import Edition, EditionState
from standards.tests.clause_posted import clause_post, url
from standards.tests.make import (
    enter,
    make_chapter,
    make_clause,
    make_edition,
    make_example,
    put_in_force,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def built(lasting):
    place = make_county()
    return SimpleNamespace(place=place, issued=make_example(owner=place.county))


@pytest.fixture
def world(built):
    return deepcopy(built)


@pytest.fixture
def place(world):
    return world.place


@pytest.fixture
def issued(world):
    return world.issued


@pytest.fixture
def draft(place):
    edition = make_edition(owner=place.county)
    make_clause(edition=edition, key="a", code="1.1", text="第一条")
    return edition


@pytest.mark.parametrize("who", ["officer", "leader", "secretary", "clerk", "branch_clerk"])
def test_everybody_under_the_county_reads_the_edition_in_force(place, issued, who):
    client = enter(getattr(place, who))
    pages = [
        url("list"),
        url("edition", issued.pk),
        url("clause", issued.pk, "organization.setup"),
        url("print_sheet", issued.pk, "rural"),
        url("sheet_workbook", issued.pk, "rural"),
    ]
    assert [client.get(page).status_code for page in pages] == [200] * 5


def test_somebody_of_another_county_finds_nothing(place, issued):
    stranger = make_actor(
        organization=make_county(name="丰宁县委组织部").county, role=Role.COUNTY_OFFICER
    )
    client = enter(stranger)
    pages = [
        url("edition", issued.pk),
        url("clause", issued.pk, "team.training"),
        url("issue", issued.pk),
    ]
    assert [client.get(page).status_code for page in pages] == [404] * 3


@pytest.mark.parametrize(("who", "status"), [("officer", 200), ("leader", 200), ("clerk", 404)])
def test_a_draft_is_seen_by_the_county_only(place, draft, who, status):
    assert enter(getattr(place, who)).get(url("edition", draft.pk)).status_code == status


def asked(page, *, folded):
    """The fields whose points a clause form asks, in the open part or in the folded one."""
    found = re.split("<details|</details>", page.content.decode())
    parts = found[1::2] if folded else found[::2]
    return re.findall('name="points_([a-z_]+)"', "".join(parts))


def test_a_clause_asks_the_points_of_the_fields_in_use_and_folds_the_others(place):
    draft = make_edition(owner=place.county)
    make_clause(edition=draft, key="one", points={Field.SCHOOL: 500})
    page = enter(place.officer).get(url("clause_new", draft.pk))
    assert asked(page, folded=False) == [Field.SCHOOL]
    assert set(asked(page, folded=True)) == set(SHEET_FIELDS) - {Field.SCHOOL}


def test_a_clause_for_branches_alone_folds_the_committees_and_the_other_way_round(place):
    draft = make_edition(owner=place.county)
    make_clause(edition=draft, key="ours", points={Field.SCHOOL: 500, Field.RURAL: 500})
    make_clause(edition=draft, key="theirs", points={CommitteeField.GROUP: 500})
    client = enter(place.officer)
    for key, shown in (("ours", [Field.RURAL, Field.SCHOOL]), ("theirs", [CommitteeField.GROUP])):
        assert asked(client.get(url("clause_edit", draft.pk, key)), folded=False) == shown


def test_an_empty_edition_asks_the_usual_fields_first(place):
    draft = make_edition(owner=place.county)
    page = enter(place.officer).get(url("clause_new", draft.pk))
    usual = [Field.RURAL, Field.COMMUNITY, Field.ORGAN, Field.INSTITUTION]
    assert asked(page, folded=False) == usual


@pytest.mark.parametrize("rows", [1, 3])
def test_a_clause_form_costs_the_same_queries(place, rows, django_assert_num_queries):
    draft = make_edition(owner=place.county)
    for n in range(rows):
        make_clause(edition=draft, key=f"c{n}", points={Field.SCHOOL: 500, Field.RURAL: 500})
    with django_assert_num_queries(3):
        form = ClauseForm(edition=draft)
        form.as_p()


@pytest.mark.parametrize("name", ["head", "options", "tiers", "chapters", "clause_new", "issue"])
def test_the_forms_of_a_draft_open_for_the_officer_and_not_for_the_leader(place, draft, name):
    page = url(name, draft.pk)
    assert [enter(who).get(page).status_code for who in (place.officer, place.leader)] == [200, 403]


def test_the_forms_of_an_issued_edition_are_closed(place, issued):
    assert enter(place.officer).get(url("head", issued.pk)).status_code == 403


def test_a_sheet_of_a_field_that_is_not_served_is_not_found(place, draft):
    assert enter(place.officer).get(url("print_sheet", draft.pk, "school")).status_code == 404


def test_trying_a_rule_out_reckons_points_and_says_why(place, issued):
    page = enter(place.clerk).get(
        url("clause", issued.pk, "systems.records"),
        {"field": "rural", "try": "1", "m-elements": ["date", "place"]},
    )
    assert (page.context["trial"].points, len(page.context["trial"].reasons)) == ("3", 2)


def test_trying_out_asks_for_what_records_would_give(place, issued):
    page = enter(place.clerk).get(url("clause", issued.pk, "organization.size"))
    assert [q.measure for q in page.context["trial"].questions] == ["members"]


def test_drafting_from_the_edition_in_force_leads_to_the_draft(place, issued):
    client, key = enter(place.officer), str(uuid4())
    post = {"client_key": key, "origin": str(issued.pk), "name": "二〇二七年标准", "year": 2027}
    answers = [client.post(url("create"), post) for _ in range(2)]
    made = Edition.objects.get(state=EditionState.DRAFT)
    assert {answer.url for answer in answers} == {url("edition", made.pk)}


def test_a_wrong_draft_form_comes_back_with_what_was_typed(place):
    answer = enter(place.officer).post(
        url("create"), {"name": "甲", "year": "x", "origin": "empty"}
    )
    assert (answer.status_code, answer.context["form"]["name"].value()) == (422, "甲")


def test_the_head_takes_the_document_number(place, draft):
    post = {
        "name": "标准", "year": 2026, "issuer": "安禾县委组织部",
        "document_number": "安组发〔2026〕12号", "base": "100", "ceiling": "105",
    }  # fmt: skip
    enter(place.officer).post(url("head", draft.pk), post)
    draft.refresh_from_db()
    assert (draft.document_number, draft.base, draft.ceiling) == (
        "安组发〔2026〕12号",
        10_000,
        10_500,
    )


def test_the_questions_are_answered_once_for_the_edition(place, draft):
    post = {name: str(value) for name, value in draft.options.items()} | {"below_zero": "True"}
    enter(place.officer).post(url("options", draft.pk), post)
    draft.refresh_from_db()
    assert draft.options["below_zero"] is True


def test_tiers_keep_their_keys(place, draft):
    post = {"label_0": "优秀", "floor_0": "95", "passes_0": "on", "label_1": "其他", "floor_1": "0"}
    enter(place.officer).post(url("tiers", draft.pk), post)
    draft.refresh_from_db()
    shown = [(tier["key"], tier["label"], tier["floor"], tier["passes"]) for tier in draft.tiers]
    assert shown == [("excellent", "优秀", "95", True), ("standard", "其他", "0", False)]


@pytest.mark.parametrize("floors", [("80", "90"), ("90", "60")])
def test_tiers_run_from_high_to_zero(place, draft, floors):
    post = {f"label_{at}": "档" for at in range(2)} | {
        f"floor_{at}": f for at, f in enumerate(floors)
    }
    assert enter(place.officer).post(url("tiers", draft.pk), post).status_code == 422


def test_a_new_clause_is_stored_with_rule_and_points(place, draft):
    chapter = draft.chapters.get()
    post = clause_post(
        chapter, phrases_text="没有批复\n\n名称不一致", applies_text="full_members >= 7"
    )
    client = enter(place.officer)
    answers = [client.post(url("clause_new", draft.pk), post).status_code for _ in range(2)]
    made = draft.clauses.get(code="1.2")
    assert (answers, made.rule["steps"], made.phrases, made.applies) == (
        [302, 302],
        [{"shape": "binary", "measure": "ok"}],
        ["没有批复", "名称不一致"],
        [{"fact": "full_members", "op": ">=", "value": "7"}],
    )


def test_checking_reads_the_rule_back_and_saves_nothing(place, draft):
    post = clause_post(draft.chapters.get(), check="1")
    answer = enter(place.officer).post(url("clause_new", draft.pk), post)
    said = answer.context["preview"].sentences
    assert (answer.status_code, len(said), draft.clauses.count()) == (200, 1, 1)


def test_a_preview_reckons_what_is_filled_in_beside_the_rule(place, draft):
    post = clause_post(draft.chapters.get(), **{"check": "1", "text": "", "m-ok": "no"})
    answer = enter(place.officer).post(url("clause_new", draft.pk), post)
    trial = answer.context["preview"].trial
    assert (answer.status_code, trial.points, trial.maximum) == (422, "0", "2.5")


@pytest.mark.parametrize("said", [{}, {"strange": "1"}])
def test_a_clause_of_nothing_is_refused(place, draft, said):
    assert enter(place.officer).post(url("clause_new", draft.pk), said).status_code == 422


def test_a_clause_in_work_shows_its_preview_at_once(place, draft):
    clause = draft.clauses.get()
    page = enter(place.officer).get(url("clause_edit", draft.pk, clause.key))
    assert page.context["preview"].trial.maximum == "100"


def folds(page):
    """[(is it open, its head, what it says is filled in)]"""
    drawn = page.content.decode()
    return re.findall(r"<details( open)?>\s*<summary>([^<]+)(?:<span[^>]*>([^<]+))?", drawn)[:4]


def test_what_most_clauses_leave_alone_is_folded_until_something_in_it_is_wrong(place, draft):
    client = enter(place.officer)
    address = url("clause_new", draft.pk)
    assert {(is_open, filled) for is_open, _head, filled in folds(client.get(address))} == {
        ("", "")
    }
    post = clause_post(draft.chapters.get(), deadline_days="很久", phrases_text="缺页")
    wrong = next(fold for fold in folds(client.post(address, post)) if fold[0])
    assert wrong == (" open", "发现问题时 ", "已填2项")


def test_editing_a_clause_shows_and_keeps_what_it_holds(place, issued):
    client = enter(place.officer)
    client.post(
        url("create"),
        {"client_key": str(uuid4()), "origin": str(issued.pk), "name": "新版", "year": 2027},
    )
    made = Edition.objects.get(state=EditionState.DRAFT)
    page = client.get(url("clause_edit", made.pk, "systems.records"))
    form = page.context["form"]
    post = {
        name: form[name].value() for name in form.fields if form[name].value() not in (None, False)
    }
    client.post(url("clause_edit", made.pk, "systems.records"), post)
    changes = client.get(url("comparison", made.pk)).context["comparison"]
    assert (changes.changed, changes.unchanged) == ((), issued.clauses.count())


def test_a_clause_moves_and_goes(place, draft):
    make_clause(edition=draft, key="b", code="1.2")
    client = enter(place.officer)
    client.post(url("clause_move", draft.pk, "b"), {"to": "up"})
    order = list(draft.clauses.order_by("position").values_list("key", flat=True))
    client.post(url("clause_remove", draft.pk, "a"))
    assert (order, list(draft.clauses.values_list("key", flat=True))) == (["b", "a"], ["b"])


def test_chapters_are_added_renamed_and_removed(place, draft):
    client = enter(place.officer)
    client.post(url("chapters", draft.pk), {"client_key": str(uuid4()), "title": "基本队伍"})
    made = draft.chapters.get(title="基本队伍")
    client.post(url("chapter", draft.pk, made.pk), {"title": "队伍建设"})
    made.refresh_from_db()
    client.post(url("chapter", draft.pk, made.pk), {"remove": "1"})
    assert (made.title, draft.chapters.filter(pk=made.pk).exists()) == ("队伍建设", False)


def test_a_chapter_moves_and_the_page_comes_back_to_it(place, draft):
    made = make_chapter(edition=draft, title="基本队伍")
    client = enter(place.officer)
    answer = client.post(url("chapter", draft.pk, made.pk), {"to": "up"})
    titles = list(draft.chapters.order_by("position").values_list("title", flat=True))
    assert (titles[0], answer.url) == ("基本队伍", f"{url('chapters', draft.pk)}#c-{made.pk}")


def test_a_draft_offers_the_moves_and_an_issued_edition_does_not(place, draft):
    make_clause(edition=draft, key="b", code="1.2")
    client = enter(place.officer)
    address = f'formaction="{url("clause_move", draft.pk, "b")}"'
    page = client.get(url("edition", draft.pk)).content.decode()
    sheet = client.get(url("edition", draft.pk), {"field": "rural"}).content.decode()
    put_in_force(draft)
    issued = client.get(url("edition", draft.pk)).content.decode()
    assert (page.count(address), sheet.count(address), issued.count(address)) == (2, 0, 0)
    assert page.count('id="moving"') == 1


def test_the_issue_page_shows_the_sums_and_two_persons_issue(place, draft):
    client = enter(place.officer)
    sums = client.get(url("issue", draft.pk)).context["sums"]
    answers = [
        client.post(url("submit", draft.pk)),
        client.post(url("issue", draft.pk)),
        enter(place.second_officer).post(url("issue", draft.pk)),
    ]
    draft.refresh_from_db()
    assert [row.sum for row in sums] == ["100"]
    assert [answer.status_code for answer in answers] == [302, 403, 302]
    assert (draft.state, draft.issued_by_id) == ("issued", place.second_officer.user.pk)


def test_an_edition_that_does_not_add_up_is_not_submitted(place, draft):
    make_clause(edition=draft, points={"rural": 50})
    answer = enter(place.officer).post(url("submit", draft.pk))
    draft.refresh_from_db()
    assert (answer.status_code, len(answer.context["problems"])) == (422, 1)
    assert (draft.state, draft.submitted_by) == ("draft", None)


def test_a_submitted_draft_is_closed_to_changes(place, draft):
    client = enter(place.officer)
    client.post(url("submit", draft.pk))
    assert client.get(url("head", draft.pk)).status_code == 403


def test_returning_asks_for_a_reason_and_opens_the_draft_again(place, draft):
    enter(place.officer).post(url("submit", draft.pk))
    second = enter(place.second_officer)
    answers = [second.post(url("return", draft.pk), {"reason": r}) for r in ("", "第3条分值偏高")]
    page = enter(place.officer).get(url("edition", draft.pk))
    assert [answer.status_code for answer in answers] == [422, 302]
    assert "第3条分值偏高" in page.content.decode()
    assert "edition.edit" in page.context["verbs"]


def test_who_submitted_withdraws_and_nobody_else_does(place, draft):
    client = enter(place.officer)
    client.post(url("submit", draft.pk))
    answers = [
        enter(place.second_officer).post(url("withdraw", draft.pk)),
        client.post(url("withdraw", draft.pk)),
    ]
    draft.refresh_from_db()
    assert ([a.status_code for a in answers], draft.is_submitted) == ([403, 302], False)


def test_discarding_leads_back_to_the_list(place, draft):
    assert enter(place.officer).post(url("discard", draft.pk)).url == url("list")


@pytest.mark.parametrize("name", ["list", "edition", "print_sheet"])
def test_pages_cost_the_same_queries_for_one_and_for_many(
    place, issued, name, django_assert_max_num_queries
):
    one, many = make_edition(owner=place.county), issued
    make_clause(edition=one, chapter=make_chapter(edition=one))
    put_in_force(one)
    client = enter(place.officer)
    costs = []
    for edition in (one, many):
        args = {"list": [], "edition": [edition.pk], "print_sheet": [edition.pk, "rural"]}[name]
        client.get(url(name, *args))
        with django_assert_max_num_queries(30) as seen:
            client.get(url(name, *args))
        costs.append(len(seen))
    assert abs(costs[0] - costs[1]) <= 1
