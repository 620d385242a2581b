"""The review of a county's own table, phrase by phrase: what counts, what is put right, what waits."""

from uuid import uuid4

import pytest

from accounts.refusal import Refused
from accounts.tests.make import NOW
from standards import importing, review
from standards.models import EditionImport
from standards.review_rows import sections
from standards.tests.reviews_made import HEAD, STRANGE, SURE, paste, rows, state

pytestmark = pytest.mark.django_db
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


def test_a_rule_put_right_before_its_points_says_that_they_are_missing(place, kept):
    key = rows(kept)[2]["key"]
    review.reword(place.officer, kept, key, phrase="未建立台账的扣2分")
    reading = next(row["reading"] for row in rows(kept) if row["key"] == key)
    assert (reading["rule"], reading["reason"]) == (None, "先填分值，再按分值识别")
    review.set_points(place.officer, kept, key, points=500)
    found = next(row for row in rows(kept) if row["key"] == key)
    assert found["values"]["rule"]["steps"][0]["points"] == "2"


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


def test_pasting_twice_with_one_key_keeps_one_preview(place, draft):
    key, before = uuid4(), EditionImport.objects.count()
    for _time in range(2):
        paste(place, draft, HEAD, ["组织", "支委会", "100", SURE], key=key)
    assert EditionImport.objects.count() == before + 1


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


def test_a_phrase_is_read_again_with_the_words_of_its_own_line(place, draft):
    head = ["项目", "小项", "内容", "分值", "评分标准"]
    kept = paste(place, draft, head, ["组织", "三会一课", "党员集中学习", "60", STRANGE],
                 ["", "三会一课", "阵地", "40", STRANGE])  # fmt: skip
    review.reword(place.officer, kept, rows(kept)[0]["key"], phrase=SURE)
    measures = rows(kept)[0]["values"]["rule"]["measures"]
    assert [measure["label"] for measure in measures] == ["党员集中学习少次数"]
