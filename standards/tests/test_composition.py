"""The composition of a draft: read by whoever sees the edition, edited section by section by its officer."""

from copy import deepcopy
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import Deed
from accounts.refusal import Refused
from accounts.tests.make import NOW
from branches.tests.make import make_county
from standards import actions, composition, issuing, sheets
from standards.comparing import frame_differences
from standards.composing.parse import parse
from standards.composition_sections import FORMS
from standards.models import Edition
from standards.tests.make import enter, make_chapter, make_clause, make_edition, put_in_force

pytestmark = pytest.mark.django_db
AWARDS = {
    "measures": [{"name": "awards", "kind": "events", "label": "受表彰"}],
    "steps": [{"shape": "adjust", "measure": "awards", "table": {"city": "1"}}],
}


@pytest.fixture(scope="module")
def built(lasting):
    made = make_county()
    edition = make_edition(owner=made.county)
    edition.tiers = [
        {"key": "five", "label": "五星", "label_en": "Five", "floor": "90", "passes": True},
        {"key": "none", "label": "不定", "label_en": "None", "floor": "0", "passes": False},
    ]
    edition.save()
    for key, title in (("a", "组织建设"), ("b", "组织生活")):
        chapter = make_chapter(edition=edition, key=key, title=title)
        make_clause(edition=edition, chapter=chapter, key=f"{key}1", code=f"{key}.1", rule=AWARDS)
    made.edition = edition
    return made


@pytest.fixture
def place(built):
    made = deepcopy(built)
    made.client = enter(made.officer)
    return made


def post(place, section, **fields):
    address = reverse("standards:composition_section", args=[place.edition.pk, section])
    answer = place.client.post(address, fields)
    place.edition.refresh_from_db()
    return answer


# One way of filling in each section, and what is stored of it.
FILLED = {
    "figures": (
        {"label_0": "群众满意度", "label_en_0": "Satisfaction"},
        [{"key": "figure1", "label": "群众满意度", "label_en": "Satisfaction"}],
    ),
    "clamps": ({"floor_1": "0", "ceiling_1": "40"}, [{"chapter": "b", "floor": "0", "ceiling": "40"}]),
    "components": (
        {"label_0": "日常", "weight_0": "70", "what_0": "chapters:", "chapters_0": ["a", "b"],
         "label_1": "初验", "weight_1": "30", "what_1": "source:first_check"},
        [{"key": "part1", "label": "日常", "weight": "70", "from": "chapters", "chapters": ["a", "b"]},
         {"key": "part2", "label": "初验", "weight": "30", "from": "source", "source": "first_check"}],
    ),
    "extra": (
        {"label_0": "排名", "figure_0": "total", "form_0": "rank", "points_0": "60", "step_0": "3", "within_0": ["field"]},
        [{"key": "line1", "label": "排名", "figure": "total", "form": "rank", "points": "60", "step": "3", "within": ["field"]}],
    ),
    "bonus": (
        {"base": "80", "cap": "５", "unlimited": "on", "label_0": "表彰", "cap_0": "3", "clauses_0": ["a1"]},
        {"base": "80", "cap": "5", "ceiling": None, "groups": [{"key": "group1", "label": "表彰", "cap": "3", "clauses": ["a1"]}]},
    ),
    "history": (
        {"unsolved": "2", "each": "5", "points": "1", "climb": "1", "first": "five"},
        {"unsolved": "2", "improvement": {"each": "5", "points": "1"}, "climb": 1, "first": "five"},
    ),
    "sheets": (
        {"label_0": "基本表", "pass_0": "80", "chapters_0": ["a"], "tiers_0": ["five"]},
        [{"key": "sheet1", "label": "基本表", "pass": "80", "chapters": ["a"], "tiers": ["five"]}],
    ),
    "stars": (
        {"line": "80", "tier_0": "2"},
        {"line": "80", "tiers": [{"tier": "five", "stars": 2}]},
    ),
    "conditions": (
        {"tier_0": "five", "what_0": "total:self", "least_0": "90", "tier_1": "five", "what_1": "clause:a1",
         "tier_2": "five", "what_2": "fact:members", "op_2": ">=", "least_2": "7"},
        [{"tier": "five", "from": "total", "source": "self", "least": "90"},
         {"tier": "five", "from": "clause", "clause": "a1"},
         {"tier": "five", "from": "fact", "fact": "members", "op": ">=", "value": "7"}],
    ),
    "quotas": (
        {"tier_0": "five", "side_0": "most", "number_0": "30", "within_0": ["committee"],
         "tier_1": "none", "side_1": "least", "number_1": "5", "base_1": "graded"},
        [{"tier": "five", "most": "30", "within": ["committee"]}, {"tier": "none", "least": "5", "base": "graded"}],
    ),
}  # fmt: skip


def test_every_section_has_a_form_and_is_tried_here():
    assert set(FILLED) == set(FORMS) == set(composition.LANGUAGES["zh"].SECTIONS)


@pytest.mark.parametrize("section", FILLED)
def test_a_section_filled_in_is_stored_and_shown_again(place, section):
    fields, stored = FILLED[section]
    assert post(place, section, **fields).status_code == 302
    assert parse(place.edition.composition) == parse({section: stored})
    form = FORMS[section](edition=place.edition)
    again = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    answer = post(
        place, section, **{k: v for k, v in again.items() if v not in (None, "", [], False)}
    )
    assert answer.status_code == 302
    assert parse(place.edition.composition) == parse({section: stored})


@pytest.mark.parametrize("section", FILLED)
def test_a_section_emptied_agrees_nothing(place, section):
    post(place, section, **FILLED[section][0])
    assert post(place, section, nothing="1").status_code == 302
    assert place.edition.composition == {}


@pytest.mark.parametrize("section", FILLED)
def test_the_page_of_a_section_shows_no_code(place, section):
    post(place, section, **FILLED[section][0])
    page = place.client.get(
        reverse("standards:composition_section", args=[place.edition.pk, section])
    )
    assert page.status_code == 200
    overview = place.client.get(reverse("standards:composition", args=[place.edition.pk]))
    shown = overview.content.decode()
    assert "{&quot;" not in shown
    [said] = [s.sentences for s in composition.sections(place.edition) if s.sentences]
    assert all(sentence in shown for sentence in map(escaped, said))


def escaped(sentence):
    return sentence.replace("&", "&amp;").replace("<", "&lt;")


def test_a_row_keeps_its_key_when_the_row_before_it_goes(place):
    post(place, "figures", label_0="满意度", label_1="收入")
    post(place, "figures", label_0="", label_1="集体收入")
    assert place.edition.composition["figures"] == [{"key": "figure2", "label": "集体收入"}]
    post(place, "figures", label_0="集体收入", label_1="增幅")
    assert [f["key"] for f in place.edition.composition["figures"]] == ["figure2", "figure1"]


@pytest.mark.parametrize(
    ("section", "fields", "sentence"),
    [
        ("components", {"label_0": "日常", "weight_0": "70", "what_0": "chapters:", "chapters_0": ["a", "b"]}, "各组成部分的权重合计应为100%。"),
        ("components", {"label_0": "日常", "weight_0": "七十", "what_0": "chapters:"}, "请填数字，如12或12.5。"),
        ("components", {"label_0": "日常", "weight_0": "100", "what_0": "chapters:", "chapters_0": ["a"]}, "“b”一章没有归入任何组成部分，不会计分。"),
        ("extra", {"label_0": "排名", "figure_0": "total", "form_0": "rank", "points_0": "60"}, "请填写这一项。"),
        ("history", {"unsolved": "1"}, "倍数要大于1。"),
        ("history", {"each": "5"}, "请填写这一项。"),
        ("quotas", {"tier_0": "five", "side_0": "most", "number_0": "130"}, "比例不能超过100%。"),
        ("quotas", {"tier_0": "five", "side_0": "places", "number_0": "1.5"}, "应为大于0的整数。"),
        ("stars", {"line": "80"}, "请填写这一项。"),
        ("clamps", {"floor_0": "9", "ceiling_0": "8"}, "最低分不能高于最高分。"),
    ],
)  # fmt: skip
def test_what_cannot_be_agreed_is_told_and_nothing_is_stored(place, section, fields, sentence):
    answer = post(place, section, **fields)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert place.edition.composition == {}


def test_a_figure_in_use_cannot_be_taken_out(place):
    post(place, "figures", label_0="满意度")
    post(place, "conditions", tier_0="five", what_0="figure:figure1", least_0="80")
    answer = post(place, "figures", nothing="1")
    assert "还有地方用到没有列出的外部数据" in answer.content.decode()


def test_a_section_that_does_not_exist_is_not_found(place):
    assert post(place, "weights").status_code == 404


def test_an_issued_edition_is_read_and_not_changed(place):
    post(place, "quotas", **FILLED["quotas"][0])
    put_in_force(Edition.objects.get(pk=place.edition.pk))
    assert post(place, "quotas", nothing="1").status_code in (403, 404)
    with pytest.raises(Refused):
        composition.agree(place.officer, place.edition, now=NOW, agreed={})
    shown = place.client.get(reverse("standards:edition", args=[place.edition.pk])).content.decode()
    assert "“五星”不超过全部参评支部的30%" in shown


def test_a_change_leaves_a_deed_with_the_sections(place):
    post(place, "quotas", **FILLED["quotas"][0])
    assert Deed.objects.get(verb="edition.composition").params == {"sections": ["quotas"]}


def test_a_composition_that_lost_its_chapter_is_not_issued(place):
    post(place, "clamps", **FILLED["clamps"][0])
    place.edition.chapters.filter(key="b").delete()
    assert "没有章节“b”。" in issuing.problems(place.edition)


def test_the_comparison_says_what_changed_in_the_composition(place):
    other = make_edition(owner=place.county)
    other.tiers, other.options = place.edition.tiers, place.edition.options
    post(place, "quotas", tier_0="none", side_0="least", number_0="5")
    assert list(frame_differences(other, place.edition)) == [
        "名额：新增“‘不定’不少于全部参评支部的5%，按得分高低确定，末位同分的一并计入，党委、党组等与党支部分别计算”。"
    ]


def test_a_copied_edition_keeps_its_composition(place):
    post(place, "quotas", **FILLED["quotas"][0])
    copy = actions.create_draft(
        place.officer, place.county, now=NOW, client_key=uuid4(), from_edition=place.edition
    )
    assert copy.composition == place.edition.composition


def test_only_an_agreed_composition_enters_the_digest(place):
    edition = make_edition(owner=place.county)
    plain = sheets.digest(edition)
    edition.composition = {"history": {"climb": 1}}
    assert sheets.digest(edition) != plain
    edition.composition = {}
    assert sheets.digest(edition) == plain


@pytest.mark.parametrize(("agreed", "open_rows"), [(0, 2), (1, 2), (3, 4)])
def test_rows_beyond_one_more_are_folded(place, agreed, open_rows):
    quotas = [{"tier": "five", "most": str(number + 10)} for number in range(agreed)]
    Edition.objects.filter(pk=place.edition.pk).update(
        composition={"quotas": quotas} if quotas else {}
    )
    address = reverse("standards:composition_section", args=[place.edition.pk, "quotas"])
    page = place.client.get(address).content.decode()
    shown, _fold, folded = page.partition('<fieldset class="fold">')
    assert (shown.count('name="tier_'), folded.count('name="tier_')) == (open_rows, 6 - open_rows)


def test_a_row_typed_wrongly_in_the_fold_is_opened(place):
    answer = post(place, "quotas", tier_5="five", side_5="most", number_5="viel")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<details open" in page
    assert 'value="viel"' in page
