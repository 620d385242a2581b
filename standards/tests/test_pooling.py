"""Points that stand in a chapter's heading alone: one clause of all that its lines cost."""

import pytest
from django.urls import reverse

from accounts.refusal import Refused
from accounts.tests.make import NOW
from standards import importing, pooling, review
from standards.rules.evaluate import evaluate
from standards.rules.notation import to_text
from standards.rules.options import DEFAULTS
from standards.rules.parse import parse
from standards.tests.make import enter, make_chapter, make_edition
from standards.tests.workbooks_made import table, upload

pytestmark = pytest.mark.django_db
LOSING = ["每周值班，无故缺一次扣0.5分", "台账不规范的扣1分", "弄虚作假的，酌情从重处理"]
RULE = {
    "measures": [{"name": "m1", "kind": "count", "label": "弄虚作假次数"}],
    "steps": [{"shape": "step", "measure": "m1", "unit": "3"}],
}
ADDING = "经验在县级会议上介绍的，每次加1分"


@pytest.fixture
def draft(place):
    return make_edition(owner=place.county)


@pytest.fixture
def kept(place, draft):
    return upload(place, draft, pooled_table())


def pooled_table():
    return table(
        ["序号", "考核内容及评分标准", "得分"],
        ["一、日常工作（10分）", None, None],
        *([n, line, None] for n, line in enumerate([*LOSING, ADDING], start=1)),
        ["二、廉政工作（5分）", None, None],
        [1, "账目不公开的，每次扣1分", None],
        [2, "有信访未办结的，每件扣2分", None],
    )


def made(place, kept):
    pooling.pool(place.officer, kept)
    kept.refresh_from_db()
    return kept.rows["rows"]


def test_the_preview_offers_it_and_says_the_points(place, draft, kept):
    page = enter(place.officer).get(reverse("standards:import", args=[draft.pk, kept.pk]))
    assert page.context["pools"] == ["日常工作10分", "廉政工作5分"]
    assert "每章并为一条" in page.content.decode()
    assert page.context["fresh"] == ["日常工作", "廉政工作"]


def test_a_loss_is_told_as_such_before_there_are_points(place, draft, kept):
    page = enter(place.officer).get(reverse("standards:import", args=[draft.pk, kept.pk]))
    told = [row.sentences for one in page.context["sections"] for row in one.rows]
    assert ("未达到“台账规范”要求的，扣1分。",) in told


def test_what_carries_no_points_says_what_it_is(place, draft, kept):
    pooling.pool(place.officer, kept)
    page = enter(place.officer).get(reverse("standards:import", args=[draft.pk, kept.pk]))
    shown = [row.beside for section in page.context["sections"] for row in section.rows]
    assert sorted(shown) == ["", "", "加分项"]


def test_each_chapter_becomes_one_clause_and_what_adds_stays_alone(place, kept):
    rows = made(place, kept)
    assert [(row["values"]["text"], set(row["points"].values())) for row in rows] == [
        ("日常工作：没有评分细则所列的扣分情形。", {1000}),
        ("经验在县级会议上介绍的", {0}),
        ("廉政工作：没有评分细则所列的扣分情形。", {500}),
    ]
    assert rows[0]["values"]["rule_text"].splitlines() == [
        "1. 每周值班：无故缺一次扣0.5分", "2. 台账不规范的扣1分", f"3. {LOSING[2]}",
    ]  # fmt: skip
    assert (kept.counts["wrong"], pooling.offered(kept)) == (0, {})


@pytest.mark.parametrize(
    "line", ["成效突出的，酌情加1-2分", "有特色做法的，视情形参照加分", "先进典型被推广的，奖2分"]
)
def test_what_only_adds_is_never_taken_for_a_loss(place, draft, line):
    head = ["序号", "考核内容及评分标准", "得分"]
    lines = [[n, text, None] for n, text in enumerate([*LOSING[:2], line], start=1)]
    kept = upload(place, draft, table(head, ["一、日常工作（10分）", None, None], *lines))
    rows = made(place, kept)
    assert [set(row["points"].values()) for row in rows] == [{1000}, {0}]
    assert len(rows[0]["values"]["rule"]["steps"]) == 2


def test_losses_add_up_and_end_at_nothing(place, kept):
    rule = parse(made(place, kept)[2]["values"]["rule"])
    lost = {
        (hidden, petitions): evaluate(
            rule, maximum=500, values={"m1": hidden, "m2": petitions}, options=DEFAULTS
        ).points
        for hidden, petitions in [(0, 0), (1, 0), (1, 1), (3, 2)]
    }
    assert lost == {(0, 0): 500, (1, 0): 400, (1, 1): 200, (3, 2): 0}


def test_a_line_that_was_not_read_is_judged_within_the_points(place, kept):
    clause = made(place, kept)[0]
    judged = clause["values"]["rule"]["steps"][2]
    label = clause["values"]["rule"]["measures"][2]["label"]
    assert (judged["shape"], judged["low"], judged["high"]) == ("judged", "-10", "0")
    assert label == LOSING[2]
    assert "酌情从重处理" in clause["reading"]["reason"]


def test_what_would_take_the_line_is_left_to_a_person(place, draft):
    kept = upload(
        place,
        draft,
        table(
            ["序号", "考核内容及评分标准", "得分"],
            ["一、日常工作（10分）", None, None],
            [1, "未召开组织生活会的不得分", None],
            [2, "台账不规范的扣1分", None],
        ),
    )
    steps = made(place, kept)[0]["values"]["rule"]["steps"]
    assert [step["shape"] for step in steps] == ["judged", "binary"]


def test_the_draft_gets_the_clauses_and_their_points(place, draft, kept):
    client = enter(place.officer)
    answer = client.post(
        reverse("standards:import_row", args=[draft.pk, kept.pk, "all"]), {"do": "pool"}
    )
    assert answer.status_code == 302
    kept.refresh_from_db()
    importing.confirm(place.officer, kept, now=NOW)
    rows = draft.clauses.order_by("position")
    assert [(row.chapter.title, row.points.first().points) for row in rows] == [
        ("日常工作", 1000), ("日常工作", 0), ("廉政工作", 500),
    ]  # fmt: skip


def test_a_chapter_that_the_draft_has_already_is_pooled_as_well(place, draft):
    make_chapter(edition=draft, title="日常工作")
    kept = upload(place, draft, pooled_table())
    page = enter(place.officer).get(reverse("standards:import", args=[draft.pk, kept.pk]))
    assert page.context["pools"] == ["日常工作10分", "廉政工作5分"]
    assert made(place, kept)[0]["values"]["text"] == "日常工作：没有评分细则所列的扣分情形。"


def test_a_rule_that_somebody_wrote_is_kept(place, kept):
    row = kept.rows["rows"][2]
    review.write(place.officer, kept, row["key"], notation=to_text(RULE, "zh"))
    steps = made(place, kept)[0]["values"]["rule"]["steps"]
    assert (steps[2]["shape"], steps[2]["unit"]) == ("step", "3")


def test_pressed_again_or_where_every_line_has_points_it_says_so(place, draft, kept):
    pooling.pool(place.officer, kept)
    with pytest.raises(Refused, match="没有只在章标题写明分值的章节"):
        pooling.pool(place.officer, kept)
    answer = enter(place.officer).post(
        reverse("standards:import_row", args=[draft.pk, kept.pk, "all"]), {"do": "pool"}
    )
    assert (answer.status_code, answer.context["failed"]) == (
        422,
        "表中没有只在章标题写明分值的章节。",
    )


def test_lines_too_long_for_one_clause_are_refused_and_stay(place, draft):
    long = [[n, f"第{n}项" + "台账" * 200 + "不规范的扣1分", None] for n in range(1, 12)]
    head = ["序号", "考核内容及评分标准", "得分"]
    kept = upload(place, draft, table(head, ["一、日常工作（10分）", None, None], *long))
    before = kept.rows["rows"]
    with pytest.raises(Refused, match="日常工作"):
        pooling.pool(place.officer, kept)
    kept.refresh_from_db()
    assert kept.rows["rows"] == before
