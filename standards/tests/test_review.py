"""Upload of a county's own table, its review phrase by phrase, and what the confirmed draft holds."""

import io
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import Deed
from accounts.refusal import Refused
from accounts.tests.make import NOW
from branches.tests.make import make_county
from portal.kit.tests.documents import document
from standards import importing, review
from standards.models import EditionImport
from standards.review_rows import sections
from standards.sheets import digest
from standards.tests.make import enter, issue, make_edition
from standards.tests.reading import make_tables

pytestmark = pytest.mark.django_db
TABLES = Path(make_tables.__file__).parent / "tables"
HEAD = ["项目", "内容", "分值", "评分标准"]
SURE = "每少一次扣0.5分，扣完为止"
STRANGE = "参照有关文件精神掌握"


@pytest.fixture
def place():
    return make_county()


@pytest.fixture
def draft(place):
    return make_edition(owner=place.county)


def paste(place, edition, *rows, key=None):
    text = "\n".join("\t".join(row) for row in rows)
    return importing.upload(
        place.officer, edition, text=text, fields=["rural"], client_key=key or uuid4(), now=NOW
    )


@pytest.fixture
def kept(place, draft):
    """One clause that is understood, one that is not, one without points."""
    return paste(
        place, draft, HEAD, ["组织", "支委会", "60", SURE], ["", "阵地", "40", STRANGE], ["作用", "示范岗", "若干", "酌情扣分"]
    )  # fmt: skip


def rows(kept):
    kept.refresh_from_db()
    return kept.rows["rows"]


def state(kept):
    return [
        (row["reading"]["decision"], (row["values"].get("rule") or {}).get("steps"))
        for row in rows(kept)
    ]


STEP = [{"shape": "step", "measure": "m1", "unit": "0.5"}]


def test_only_what_is_sure_counts_without_a_word(kept):
    assert [(row["state"], row["reading"]["confidence"]) for row in rows(kept)] == [
        ("new", 1.0), ("new", 0.0), ("wrong", 0.0),
    ]  # fmt: skip
    assert state(kept)[:2] == [("read", STEP), ("person", None)]


def test_a_phrase_not_understood_says_why(kept):
    assert rows(kept)[1]["reading"]["reason"] != ""


def test_a_reading_is_left_to_a_person_and_taken_back(place, kept):
    key = rows(kept)[0]["key"]
    review.leave(place.officer, kept, key)
    assert state(kept)[0] == ("person", None)
    review.accept(place.officer, kept, key)
    assert state(kept)[0] == ("read", STEP)


def test_a_phrase_in_clearer_words_is_read_again(place, kept):
    key = rows(kept)[1]["key"]
    review.reword(place.officer, kept, key, phrase=SURE)
    assert state(kept)[1] == ("read", STEP)
    assert rows(kept)[1]["values"]["rule_text"] == SURE


def test_a_reworded_phrase_stands_beside_what_was_printed(place, kept):
    clause = rows(kept)[1]["key"]
    review.reword(place.officer, kept, clause, phrase="每有一处不符合扣2分")
    review.reword(place.officer, kept, clause, phrase="每有一处不符合扣5分")
    kept.refresh_from_db()
    row = sections(kept, lang="zh")[-1].rows[-1]
    assert (row.printed, row.phrase) == (STRANGE, "每有一处不符合扣5分")


def test_a_phrase_put_right_to_be_counted_is_asked_each_period(place, kept):
    clause = rows(kept)[1]
    assert clause["values"]["mode"] == "carried"
    review.reword(place.officer, kept, clause["key"], phrase="每有一处不符合扣2分")
    assert rows(kept)[1]["values"]["mode"] == "period"


def test_a_rule_may_be_written_in_the_notation(place, kept):
    key = rows(kept)[1]["key"]
    review.write(place.officer, kept, key, notation="计量 ok 是否 名称=阵地达标\n有无 ok")
    assert state(kept)[1] == ("written", [{"shape": "binary", "measure": "ok"}])


@pytest.mark.parametrize(
    "notation",
    [
        "",
        "有无 ok",
        "计量 a 次数\n增减 a 分值=x",
        "计量 a 是否\n一票 a 为=是 效果=等次封顶 等次=无此等次",
    ],
)
def test_a_rule_that_is_none_is_refused_and_changes_nothing(place, kept, notation):
    before = state(kept)
    with pytest.raises(Refused):
        review.write(place.officer, kept, rows(kept)[1]["key"], notation=notation)
    assert state(kept) == before


def test_missing_points_are_filled_in_and_the_clause_takes_its_place(place, kept, draft):
    review.set_points(place.officer, kept, rows(kept)[2]["key"], points=1000)
    assert (kept.counts["wrong"], rows(kept)[2]["points"]) == (1, {"rural": 1000})
    kept.refresh_from_db()
    assert (kept.counts["wrong"], kept.counts["new"], kept.rows["order"][-1]) == (
        0,
        3,
        rows(kept)[2]["key"],
    )
    importing.confirm(place.officer, kept, now=NOW)
    assert list(draft.clauses.order_by("position").values_list("text", "points__points")) == [
        ("支委会", 6000), ("阵地", 4000), ("示范岗", 1000),
    ]  # fmt: skip


def test_nothing_is_written_before_the_confirmation(place, draft, kept):
    before = digest(draft)
    review.leave(place.officer, kept, rows(kept)[0]["key"])
    assert (digest(draft), draft.clauses.count(), draft.chapters.count()) == (before, 0, 0)


def test_confirming_twice_writes_once_and_closes_the_review(place, draft, kept):
    for _time in range(2):
        importing.confirm(place.officer, kept, now=NOW)
    assert (draft.clauses.count(), Deed.objects.filter(verb="edition.import").count()) == (2, 1)
    with pytest.raises(Refused):
        review.leave(place.officer, kept, rows(kept)[0]["key"])


def test_pasting_twice_with_one_key_keeps_one_preview(place, draft):
    key = uuid4()
    for _time in range(2):
        paste(place, draft, HEAD, ["组织", "支委会", "100", SURE], key=key)
    assert EditionImport.objects.count() == 1


def test_only_officers_of_the_county_review(place, kept):
    with pytest.raises(Refused):
        review.leave(place.leader, kept, rows(kept)[0]["key"])


def test_answers_are_asked_where_the_table_leaves_them_open(place, draft):
    open_ended = paste(place, draft, HEAD, ["组织", "支委会", "100", "每少一次扣1分"])
    asked = paste(
        place, draft, HEAD, ["组织", "参学率", "100", "低于80%的，每低10个百分点扣0.5分，扣完为止"]
    )
    settled = paste(place, draft, HEAD, ["组织", "支委会", "100", "未召开的不得分"])
    assert [one.rows["reading"]["questions"] for one in (open_ended, asked, settled)] == [
        ["below_zero", "restore"],
        ["rounding", "tier_rounding", "restore"],
        ["restore"],
    ]


def test_the_answers_go_into_the_draft_with_the_clauses(place, draft):
    kept = paste(place, draft, HEAD, ["组织", "支委会", "100", "每少一次扣1分"])
    importing.confirm(place.officer, kept, now=NOW, answers={"below_zero": True})
    draft.refresh_from_db()
    assert draft.options["below_zero"] is True


def test_a_table_of_fifty_points_makes_sheets_of_fifty(place, draft):
    importing.confirm(
        place.officer, paste(place, draft, HEAD, ["组织", "支委会", "50", SURE]), now=NOW
    )
    draft.refresh_from_db()
    assert draft.base == 5000
    assert issue(place, draft).state == "issued"


def test_bonus_and_veto_lists_act_on_the_total(place, draft):
    kept = paste(
        place, draft, HEAD, ["组织", "支委会", "100", SURE],
        ["加分项", "获得表彰的", "3", "省级加3分，市级加2分，取最高分"], ["加分项", "经验推广的", "2", "每次加1分"],
        ["一票否决", "弄虚作假的", "", "一票否决"],
    )  # fmt: skip
    importing.confirm(place.officer, kept, now=NOW)
    found = {clause.text: clause.rule for clause in draft.clauses.all()}
    assert (found["弄虚作假的"]["steps"][0]["effect"], found["经验推广的"]["over"]) == ("fail", "2")
    assert issue(place, draft).state == "issued"


def test_a_tier_the_edition_does_not_have_is_left_to_a_person(place, draft):
    kept = paste(
        place,
        draft,
        HEAD,
        ["组织", "支委会", "100", SURE],
        ["一票否决", "弄虚作假的", "", "不得评为钻石级"],
    )
    assert (rows(kept)[1]["reading"]["rule"], rows(kept)[1]["reading"]["decision"]) == (
        None,
        "person",
    )


@pytest.mark.parametrize("name", make_tables.TABLES)
def test_each_ugly_table_becomes_a_draft(place, draft, name):
    content = (TABLES / name).read_bytes()
    if name.endswith(".txt"):
        kept = importing.upload(
            place.officer,
            draft,
            text=content.decode(),
            fields=["rural"],
            client_key=uuid4(),
            now=NOW,
        )
    else:
        kept = importing.upload(
            place.officer, draft, file=io.BytesIO(content), name=name, fields=["rural"],
            client_key=uuid4(), now=NOW,
        )  # fmt: skip
    importing.confirm(place.officer, kept, now=NOW)
    assert (kept.counts["wrong"], draft.clauses.count()) == (0, kept.counts["new"])


def page(draft, kept):
    return reverse("standards:import", args=[draft.pk, kept.pk])


def press(client, draft, kept, row, **body):
    return client.post(reverse("standards:import_row", args=[draft.pk, kept.pk, row["key"]]), body)


def test_the_page_shows_the_least_sure_first(place, draft, kept):
    shown = enter(place.officer).get(page(draft, kept))
    assert [[row.text for row in one.rows] for one in shown.context["sections"]] == [
        ["阵地", "示范岗"], ["支委会"],
    ]  # fmt: skip


def test_one_press_corrects_a_row_and_comes_back_to_it(place, draft, kept):
    row = rows(kept)[0]
    answer = press(enter(place.officer), draft, kept, row, do="leave")
    assert (answer.status_code, answer.url.endswith(f"#r-{row['key']}"), state(kept)[0][0]) == (
        302,
        True,
        "person",
    )


def test_a_refused_correction_keeps_what_was_typed(place, draft, kept):
    answer = press(enter(place.officer), draft, kept, rows(kept)[1], do="write", notation="有无 甲")
    failed = [row for one in answer.context["sections"] for row in one.rows if row.error]
    assert (answer.status_code, [row.notation for row in failed]) == (422, ["有无 甲"])


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 404), ({"do": "explode"}, 404), ({"do": "points", "points": "-1"}, 422),
        ({"do": "points", "points": "1e9"}, 422), ({"do": "reword", "phrase": " "}, 422),
        ({"do": "reword", "phrase": "\x00"}, 422), ({"do": "write", "notation": "a" * 9_000}, 422),
    ],
)  # fmt: skip
def test_bad_presses_are_answered_and_change_nothing(place, draft, kept, body, status):
    before = rows(kept)
    assert press(enter(place.officer), draft, kept, before[1], **body).status_code == status
    assert rows(kept) == before


def test_a_row_that_is_not_there_is_told(place, draft, kept):
    answer = press(enter(place.officer), draft, kept, {"key": "no.such"}, do="leave")
    assert answer.status_code == 422


def test_strangers_find_no_review(place, draft, kept):
    for actor in (place.branch_clerk, place.clerk):
        assert press(enter(actor), draft, kept, rows(kept)[0], do="leave").status_code == 404


def test_a_word_document_goes_from_upload_to_the_draft(place, draft, tmp_path):
    path = document(
        tmp_path / "a.docx", "考核表", [HEAD, ["组织", "支委会", "100", "每少一次扣1分"]]
    )
    client = enter(place.officer)
    sent = client.post(
        reverse("standards:upload", args=[draft.pk]),
        {
            "client_key": str(uuid4()),
            "fields": ["rural"],
            "file": SimpleUploadedFile("评分表.docx", path.read_bytes()),
        },
    )
    done = client.post(
        sent.url + "confirm/", {"answer-below_zero": "True", "answer-restore": "no such"}
    )
    draft.refresh_from_db()
    assert (done.status_code, draft.clauses.count(), draft.options["below_zero"]) == (302, 1, True)


@pytest.mark.parametrize(("field", "body"), [("file", {}), ("text", {"text": "今天天气很好"})])
def test_an_upload_without_a_table_comes_back_with_its_reason(place, draft, field, body):
    answer = enter(place.officer).post(
        reverse("standards:upload", args=[draft.pk]),
        {"client_key": str(uuid4()), "fields": ["rural"], **body},
    )
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])


@pytest.fixture
def two(place, draft, tmp_path):
    """A document with two standards, the longer one second."""
    path = document(
        tmp_path / "two.docx", "农村支部考核表", [HEAD, ["组织", "换届", "100", SURE]],
        "机关支部考核表", [HEAD, ["组织", "支委会", "60", SURE], ["", "阵地", "40", STRANGE]],
    )  # fmt: skip
    return importing.upload(
        place.officer, draft, file=io.BytesIO(path.read_bytes()), name="two.docx", fields=["rural"],
        client_key=uuid4(), now=NOW,
    )  # fmt: skip


def test_every_table_of_a_file_is_offered_and_what_was_put_right_stays(place, draft, two):
    key = rows(two)[0]["key"]
    review.leave(place.officer, two, key)
    client = enter(place.officer)
    shown = client.get(page(draft, two))
    assert [(one["title"], one["clauses"]) for one in shown.context["tables"]] == [
        ("农村支部考核表", 1)
    ]
    press(client, draft, two, {"key": "0"}, do="table")
    assert ([row["text"] for row in rows(two)], two.counts["new"]) == (["换届"], 1)
    press(client, draft, two, {"key": "0"}, do="table")
    assert [(row["text"], row["reading"]["decision"]) for row in rows(two)] == [
        ("支委会", "person"), ("阵地", "person"),
    ]  # fmt: skip


def test_the_table_taken_is_the_one_imported(place, draft, two):
    press(enter(place.officer), draft, two, {"key": "0"}, do="table")
    two.refresh_from_db()
    importing.confirm(place.officer, two, now=NOW)
    assert list(draft.clauses.values_list("text", flat=True)) == ["换届"]
    refused = press(enter(place.officer), draft, two, {"key": "0"}, do="table")
    assert refused.status_code == 422


@pytest.mark.parametrize("at", ["1", "x", "-1", "²"])
def test_a_table_that_is_not_there_is_refused(place, draft, two, at):
    assert press(enter(place.officer), draft, two, {"key": at}, do="table").status_code == 422
    assert len(rows(two)) == 2


def test_a_file_that_cannot_be_marked_offers_no_marked_file(place, draft, kept):
    shown = enter(place.officer).get(page(draft, kept))
    assert kept.counts["wrong"] == 1
    assert (
        reverse("standards:import_marked", args=[draft.pk, kept.pk]) not in shown.content.decode()
    )


def revised(place, draft, *, points="60", rule=SURE):
    """The table comes again over the clauses it made: one clause differs, the other is as it was."""
    importing.confirm(
        place.officer,
        paste(place, draft, HEAD, ["组织", "支委会", "60", SURE], ["", "阵地", "40", "酌情扣分"]),
        now=NOW,
    )
    return paste(
        place, draft, HEAD, ["组织", "支委会", points, rule], ["", "阵地", "40", "酌情扣分"]
    )


def test_a_changed_rule_is_read_against_the_points_the_clause_has(place, draft):
    kept = revised(place, draft, rule="未达到的扣20分")
    assert state(kept) == [("read", [{"shape": "binary", "measure": "m1", "points": "20"}])]


def test_a_changed_rule_not_understood_ends_the_rule_before(place, draft):
    kept = revised(place, draft, rule=STRANGE)
    assert state(kept) == [("person", None)]
    importing.confirm(place.officer, kept, now=NOW)
    assert draft.clauses.get(text="支委会").rule is None


def test_a_rule_put_right_stays_when_only_the_points_change(place, draft):
    kept = revised(place, draft, points="50")
    assert [row.get("reading") for row in rows(kept)] == [None]
    clause = draft.clauses.get(text="支委会")
    before = clause.rule
    importing.confirm(place.officer, kept, now=NOW)
    clause.refresh_from_db()
    assert (clause.rule, clause.points.get().points) == (before, 5_000)


def test_a_phrase_is_read_again_with_the_words_of_its_own_line(place, draft):
    head = ["项目", "小项", "内容", "分值", "评分标准"]
    kept = paste(place, draft, head, ["组织", "三会一课", "党员集中学习", "60", STRANGE],
                 ["", "三会一课", "阵地", "40", STRANGE])  # fmt: skip
    review.reword(place.officer, kept, rows(kept)[0]["key"], phrase=SURE)
    measures = rows(kept)[0]["values"]["rule"]["measures"]
    assert [measure["label"] for measure in measures] == ["党员集中学习少次数"]
