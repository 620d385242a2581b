"""A county's own table as it comes: headings, chapters, points per field, and tables that are none."""

import io
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import Deed
from accounts.refusal import Refused
from accounts.tests.make import NOW
from branches.models import Field
from standards import importing
from standards.example import start_from_example
from standards.models import EditionImport
from standards.sheets import sheets
from standards.tests.make import enter, issue, make_edition
from standards.tests.workbooks_made import table, upload

pytestmark = pytest.mark.django_db


def test_a_countys_own_table_goes_in_as_it_is(place):
    edition = make_edition(owner=place.county)
    workbook = table(
        ["安禾县农村党支部标准化建设评分表"],
        ["序号", "章　节", "考核内容", "评分细则", "分值\n（100分）"],
        [1, "一、组织健全（60分）", "按期换届", "未按期换届的不得分", "４０"],
        [2, None, "班子配齐", "每缺1人扣5分", 20],
        [3, "二、活动正常（40分）", "三会一课", "每少一次扣2分", 30],
        [None, None, None, "记录不全的酌情扣分", 10],
        ["合计", None, None, None, 100],
    )
    workbook.active.merge_cells("A1:E1")
    kept = upload(place, edition, workbook, fields=["rural", "community"])
    importing.confirm(place.officer, kept, now=NOW)
    rows = edition.clauses.order_by("position").values_list(
        "code", "chapter__title", "text", "rule_text", "rule__steps__0__shape"
    )
    sums = {key: sum(line.maximum for line in lines) for key, lines in sheets(edition).items()}
    assert (list(rows), sums) == (
        [
            ("1", "组织健全", "按期换届", "未按期换届的不得分", "binary"),
            ("2", "组织健全", "班子配齐", "每缺1人扣5分", "step"),
            ("3", "活动正常", "三会一课", "每少一次扣2分", "step"),
            ("2.1", "活动正常", "三会一课", "记录不全的酌情扣分", "judged"),
        ],
        {"rural": 10_000, "community": 10_000},
    )


def test_a_countys_own_table_can_be_issued_at_once(place):
    edition = make_edition(owner=place.county)
    workbook = table(
        ["章节", "条目", "评分细则", "分值"],
        ["组织", "按期换届", "酌情扣分", 60],
        ["活动", "三会一课", "酌情扣分", 40],
    )
    importing.confirm(place.officer, upload(place, edition, workbook), now=NOW)
    assert issue(place, edition).state == "issued"


def test_points_may_stand_in_a_column_per_field(place):
    edition = make_edition(owner=place.county)
    workbook = table(
        ["章节", "条目", "评分细则", "农村分值", "机关"],
        ["组织", "按期换届", "酌情扣分", 100, 60],
        ["活动", "双报到", "酌情扣分", None, 40],
    )
    importing.confirm(place.officer, upload(place, edition, workbook), now=NOW)
    lines = {key: [line.maximum for line in lines] for key, lines in sheets(edition).items()}
    assert lines == {Field.RURAL: [10_000], Field.ORGAN: [6_000, 4_000]}


def test_titles_of_chapters_may_stand_in_rows_of_their_own(place):
    edition = make_edition(owner=place.county)
    workbook = table(
        ["序号", "条目", "评分细则", "分值"],
        ["一、组织健全（60分）"],
        [1, "按期换届", "酌情扣分", 60],
        ["二、活动正常（40分）"],
        [2, "三会一课", "酌情扣分", 40],
    )
    importing.confirm(place.officer, upload(place, edition, workbook), now=NOW)
    assert list(edition.chapters.order_by("position").values_list("title", flat=True)) == [
        "组织健全",
        "活动正常",
    ]


def test_an_empty_frame_gives_way_to_the_chapters_of_the_table(place):
    edition = start_from_example(place.county, name="本县标准", year=2027, with_clauses=False)
    workbook = table(
        ["章节", "条目", "评分细则", "分值"],
        ["班子建设", "按期换届", "酌情扣分", 40],
        ["基本队伍", "党员教育", "酌情扣分", 60],
    )
    importing.confirm(place.officer, upload(place, edition, workbook), now=NOW)
    titles = edition.chapters.order_by("position").values_list("title", flat=True)
    assert list(titles) == ["班子建设", "基本队伍"]
    assert list(edition.clauses.order_by("code").values_list("code", "chapter__title")) == [
        ("1.1", "班子建设"),
        ("2.1", "基本队伍"),
    ]


def test_confirming_twice_writes_once(place):
    edition = make_edition(owner=place.county)
    kept = upload(place, edition, table(["章节", "条目", "分值"], ["组织", "按期换届", 100]))
    for _ in range(2):
        importing.confirm(place.officer, kept, now=NOW)
    assert (edition.clauses.count(), Deed.objects.filter(verb="edition.import").count()) == (1, 1)


def test_the_same_client_key_keeps_one_upload(place):
    edition, key = make_edition(owner=place.county), uuid4()
    made = table(["章节", "条目", "分值"], ["组织", "按期换届", 100])
    assert upload(place, edition, made, key=key) == upload(place, edition, made, key=key)


def test_a_sheet_without_known_headings_is_refused(place):
    edition = make_edition(owner=place.county)
    with pytest.raises(Refused, match="^没有找到评分表。"):
        upload(place, edition, table(["甲", "乙"], [1, 2]))


def test_a_heading_without_clauses_is_refused(place):
    edition = make_edition(owner=place.county)
    with pytest.raises(Refused, match="表里只有表头，下面没有条目。"):
        upload(place, edition, table(["序号", "考核内容", "分值", "评分标准"]))
    assert EditionImport.objects.count() == 0


def test_a_table_without_any_points_says_so_once_and_above_all(place):
    edition = make_edition(owner=place.county)
    head = ["序号", "考核内容", "评分标准"]
    kept = upload(
        place, edition, table(head, [1, "支委会", "每少一次扣1分"], [2, "党课", "无记录的不得分"])
    )
    assert (kept.rows["reading"]["remarks"], kept.counts["wrong"]) == ([], 2)
    shown = enter(place.officer).get(reverse("standards:import", args=[edition.pk, kept.pk]))
    told = "这张表的条目都没有写明分值。请在下面逐条填写，或在表中补上分值后重新上传。"
    assert shown.content.decode().count(told) == 1
    importing.confirm(place.officer, kept, now=NOW)
    assert edition.clauses.count() == 0


def test_the_pages_lead_from_upload_to_the_draft(place):
    edition = make_edition(owner=place.county)
    out = io.BytesIO()
    table(["章节", "条目", "分值"], ["组织", "按期换届", 100], ["组织", "配齐班子", "一"]).save(out)
    out.seek(0)
    out.name = "评分表.xlsx"
    client = enter(place.officer)
    start = reverse("standards:upload", args=[edition.pk])
    sent = client.post(start, {"client_key": str(uuid4()), "file": out, "fields": ["rural"]})
    page = client.get(sent.url)
    marked = client.get(sent.url + "marked/")
    done = client.post(sent.url + "confirm/")
    assert (client.get(start).status_code, page.context["counts"]["wrong"], done.status_code) == (
        200,
        1,
        302,
    )
    assert (marked["Content-Type"], list(edition.clauses.values_list("text", flat=True))) == (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ["按期换届"],
    )


def test_a_file_that_is_no_workbook_comes_back_with_its_reason(place):
    edition = make_edition(owner=place.county)
    out = io.BytesIO(b"no workbook")
    out.name = "a.xlsx"
    answer = enter(place.officer).post(
        reverse("standards:upload", args=[edition.pk]),
        {"client_key": str(uuid4()), "file": out, "fields": ["rural"]},
    )
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["file"])


def test_who_checks_a_clause_and_what_it_rests_on_come_with_the_table(place):
    edition = make_edition(owner=place.county)
    long = "、".join(f"第{number}号文件及其全部附件" for number in range(12))
    workbook = table(
        [
            "考核项目",
            "考核内容",
            "分值",
            "评分标准",
            "考核单位",
            "责任单位",
            "政策依据",
            "考核人",
            "数据来源",
        ],
        [
            "组织",
            "按期换届",
            60,
            "未按期换届不得分",
            "组织部\n宣传部",
            "各村党支部",
            "换届规定",
            "某人",
            "台账",
        ],
        ["活动", "三会一课", 40, "每少一次扣2分", "纪\n委\n监\n委", None, long, None, None],
    )
    importing.confirm(place.officer, upload(place, edition, workbook), now=NOW)
    rows = edition.clauses.order_by("position").values_list("checked_by", "basis", "guidance")
    assert list(rows) == [
        ("组织部、宣传部", "换届规定", "责任单位：各村党支部"),
        ("纪委监委", "", f"依据：{long}"),
    ]


def test_an_upload_nobody_has_confirmed_is_found_again(place):
    edition = make_edition(owner=place.county)
    client = enter(place.officer)
    pages = [reverse(f"standards:{name}", args=[edition.pk]) for name in ("edition", "upload")]
    assert all("待核对" not in client.get(page).content.decode() for page in pages)
    rows = ["章节", "条目", "评分细则", "分值"], ["组织", "按期换届", "酌情扣分", 100]
    kept = upload(place, edition, table(*rows))
    for page in pages:
        shown = client.get(page).content.decode()
        assert "评分表.xlsx”已于" in shown
        assert reverse("standards:import", args=[edition.pk, kept.pk]) in shown
    importing.confirm(place.officer, kept, now=NOW)
    assert importing.waiting(edition) is None


def test_a_draft_without_a_clause_says_what_to_do_and_reckons_no_burden(place):
    edition = make_edition(owner=place.county)
    shown = enter(place.officer).get(reverse("standards:edition", args=[edition.pk]))
    assert (shown.context["burden"], shown.context["next_step"]) == ("", None)
    assert reverse("standards:upload", args=[edition.pk]) in shown.content.decode()
    assert "还没有条目" in shown.content.decode()
