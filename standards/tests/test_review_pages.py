"""The pages of a review: upload, the least sure first, one press per row, the other tables of a file."""

import io
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.tests.make import NOW
from portal.kit.tests.documents import document
from standards import importing, review
from standards.rules.options import DEFAULTS, to_dict
from standards.tests.make import enter
from standards.tests.reviews_made import HEAD, STRANGE, SURE, paste, rows, state

pytestmark = pytest.mark.django_db
DEFAULT_ANSWERS = to_dict(DEFAULTS)


def page(draft, kept):
    return reverse("standards:import", args=[draft.pk, kept.pk])


def press(client, draft, kept, row, **body):
    return client.post(reverse("standards:import_row", args=[draft.pk, kept.pk, row["key"]]), body)


def test_the_page_shows_what_needs_a_person_first(place, draft, kept):
    shown = enter(place.officer).get(page(draft, kept))
    assert [[row.text for row in one.rows] for one in shown.context["sections"]] == [
        ["示范岗"], ["阵地"], ["支委会"],
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
    ("do", "field", "typed"),
    [
        ("points", "points", "十分左右"),
        ("reword", "phrase", "   "),
        ("write", "notation", "有无 甲"),
    ],
)
def test_the_sentence_stands_at_the_field_with_what_was_typed(place, draft, kept, do, field, typed):
    answer = press(enter(place.officer), draft, kept, rows(kept)[1], do=do, **{field: typed})
    failed = [row for one in answer.context["sections"] for row in one.rows if row.error]
    assert [(row.error_in, row.typed) for row in failed] == [(field, typed)]


def test_a_pasted_row_is_a_line_of_no_sheet(place, draft, kept):
    shown = enter(place.officer).get(page(draft, kept)).content.decode()
    assert "工作表“”" not in shown
    assert "第2行" in shown


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


def test_a_row_that_was_looked_at_is_kept_and_counted(place, draft, kept):
    client = enter(place.officer)
    first = client.get(page(draft, kept)).context["sections"][1].rows[0]
    client.post(
        reverse("standards:import_row", args=[draft.pk, kept.pk, first.key]), {"do": "check"}
    )
    shown = client.get(page(draft, kept))
    assert (shown.context["seen"], shown.context["unseen"]) == (1, 2)
    assert "已核对1条，还有2条" in shown.content.decode()
    only = client.get(page(draft, kept) + "?show=open")
    assert [row.text for one in only.context["sections"] for row in one.rows] == [
        "示范岗",
        "支委会",
    ]


def test_a_look_goes_on_with_the_next_row_and_can_be_taken_back(place, draft, kept):
    client = enter(place.officer)
    keys = [
        row.key for one in client.get(page(draft, kept)).context["sections"] for row in one.rows
    ]
    address = reverse("standards:import_row", args=[draft.pk, kept.pk, keys[1]])
    answer = client.post(address + "?show=open", {"do": "check"})
    assert answer.url == f"{page(draft, kept)}?show=open#r-{keys[2]}"
    client.post(address, {"do": "uncheck"})
    assert client.get(page(draft, kept)).context["seen"] == 0


def test_a_decision_counts_as_a_look_and_other_words_do_not(place, draft, kept):
    client = enter(place.officer)
    press(client, draft, kept, rows(kept)[0], do="leave")
    assert rows(kept)[0]["seen"]
    press(client, draft, kept, rows(kept)[0], do="reword", phrase=SURE)
    assert not rows(kept)[0]["seen"]


def test_the_cells_of_the_file_stand_beside_a_clause(place, draft, kept):
    shown = enter(place.officer).get(page(draft, kept))
    found = {row.text: row.original for one in shown.context["sections"] for row in one.rows}
    cells = [("项目", "组织"), ("内容", "支委会"), ("分值", "60"), ("评分标准", SURE)]
    assert found["支委会"] == (("第2行", [list(cell) for cell in cells]),)


def test_a_question_that_was_answered_before_is_one_line(place, draft, kept):
    client = enter(place.officer)
    open_ones = [one["name"] for one in client.get(page(draft, kept)).context["questions"]]
    draft.options = {open_ones[0]: DEFAULT_ANSWERS[open_ones[0]]}
    draft.save(update_fields=["options"])
    questions = client.get(page(draft, kept)).context["questions"]
    assert [(one["name"], bool(one["answered"])) for one in questions] == [
        *((name, False) for name in open_ones[1:]), (open_ones[0], True),
    ]  # fmt: skip


def test_a_table_that_is_wholly_to_be_completed_says_so(place, draft):
    bare = paste(
        place, draft, HEAD, ["作用", "示范岗", "若干", "酌情扣分"], ["", "公开栏", "若干", SURE]
    )
    shown = enter(place.officer).get(page(draft, bare)).content.decode()
    assert "暂无可写入的条目，请先补全以上各条。" in shown
