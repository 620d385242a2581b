"""Rosters as functions: reading odd tables, planning, writing, and the round trip."""

import io
from datetime import date
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from accounts.models import Deed
from accounts.tests.make import NOW
from branches.models import BranchForm, Field, Organization, OrgKind
from branches.rosters import imports as rosters
from branches.rosters.alike import skeleton
from branches.rosters.columns import COLUMNS
from branches.rosters.plan import make_plan
from branches.rosters.read import RosterRefused, read_rows
from branches.tests.make import make_branch, make_county, make_organization
from branches.tree import step

pytestmark = pytest.mark.django_db
HEAD = ["组织全称", "组织简称", "上级组织", "组织类别", "支部领域", "正式党员数", "届满日期"]


@pytest.fixture
def county():
    return make_county()


def plan_of(county, *rows, head=HEAD):
    roster = read_rows("名册", [head, *rows])
    return make_plan(rosters.known_units(county.county), roster.records)


def fates(plan):
    return [(row.number, row.status, [e[0] for e in row.errors]) for row in plan.rows]


def workbook(*rows, head=HEAD):
    book = Workbook()
    for row in [head, *rows]:
        book.active.append(row)
    return upload(book)


def upload(book, name="名册.xlsx"):
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile(name, out.getvalue())


def send(county, file, key=None):
    return rosters.preview(county.officer, county.county, file, now=NOW, client_key=key or uuid4())


def branch_row(name="新庄村党支部", parent="柳湾镇", **more):
    row = dict(zip(HEAD, [name, "", parent, "支部", "农村", 12, "2028.3.1"], strict=True)) | more
    return [row[key] for key in HEAD]


def downloaded(county):
    out = io.BytesIO()
    rosters.write_template(out, county.county, today=county.officer.today)
    out.seek(0)
    return load_workbook(out)


# ---- the round trip ----


def test_the_table_downloaded_and_uploaded_again_changes_nothing(county):
    branch = county.branches[0]
    branch.profile.__dict__.update(
        secretary="张·三",
        secretary_since=date(2024, 3, 1),
        phone="001-5551234",
        term_started_on=date(2021, 1, 8),
        form=BranchForm.JOINT,
        joint_units=3,
        premises_area=120,
    )
    branch.profile.save()
    item = send(county, upload(downloaded(county)))
    assert [item.counts[key] for key in ("new", "changed", "same", "wrong")] == [0, 0, 6, 0]


NAMES = st.text("双井上坝樟树坪=+-@'＝𠮷·（）()1２a ", min_size=1, max_size=20).filter(
    lambda text: text.strip(" '") and text == " ".join(text.split()) and not text.startswith("'")
)


@given(
    name=NAMES,
    short=NAMES,
    phone=st.sampled_from(["", "0001", "138 0000 0000", "=1+1", "-5", "+86", "@x"]),
    field=st.sampled_from(list(Field)),
    members=st.integers(0, 100_000),
    founded=st.none() | st.dates(date(1921, 7, 23), date(2026, 11, 20)),
    ends=st.none() | st.dates(date(2026, 1, 1), date(2099, 1, 1)),
)
def test_whatever_a_branch_holds_survives_the_round_trip(
    name, short, phone, field, members, founded, ends
):
    c = make_county()
    branch = make_branch(parent=c.town, name=name, short_name=short, field=field)
    branch.profile.__dict__.update(
        phone=phone, full_members=members, founded_on=founded, term_ends_on=ends
    )
    branch.profile.save()
    item = send(c, upload(downloaded(c)))
    assert item.rows == []
    assert [item.counts[key] for key in ("new", "changed", "same", "wrong")] == [0, 0, 7, 0]


# ---- what is new, changed, unchanged, wrong ----


def test_parents_may_stand_in_any_row_of_the_same_table(county):
    plan = plan_of(
        county,
        branch_row(parent="新港镇党委"),
        ["河口党总支", "", "新港镇党委", "党总支", "", "", ""],
        branch_row("河口一组党支部", "河口党总支"),
        ["新港镇党委", "新港镇", "安禾县委组织部", "党委", "", "", ""],
    )
    assert [row.status for row in plan.rows] == ["new"] * 4


def test_confirmed_rows_build_the_tree_with_paths_profiles_and_deeds(county):
    item = send(
        county,
        workbook(
            branch_row("河口一组党支部", "河口党总支"),
            ["河口党总支", "", "柳湾镇", "党总支", "", "", ""],
        ),
    )
    rosters.confirm(county.officer, item, now=NOW)
    group = Organization.objects.get(name="河口党总支")
    leaf = Organization.objects.get(name="河口一组党支部")
    assert group.path == county.town.path + step(group.pk)
    assert leaf.path == group.path + step(leaf.pk)
    assert (leaf.profile.full_members, leaf.profile.term_ends_on) == (12, date(2028, 3, 1))
    assert leaf.initials == "hkyzdzb"
    assert Deed.objects.filter(verb="roster.write").count() == 2
    assert Deed.objects.get(verb="roster.confirm").params["counts"]["new"] == 2


def test_the_preview_writes_nothing_and_confirming_twice_writes_once(county):
    before = Organization.objects.count()
    item = send(county, workbook(branch_row()))
    assert Organization.objects.count() == before
    for _n in range(2):
        rosters.confirm(county.officer, item, now=NOW)
    assert Organization.objects.count() == before + 1


def test_uploading_the_same_table_again_after_confirming_changes_nothing(county):
    rosters.confirm(county.officer, send(county, workbook(branch_row())), now=NOW)
    again = send(county, workbook(branch_row()))
    assert (again.counts["new"], again.counts["changed"], again.counts["same"]) == (0, 0, 1)


def test_the_same_form_sent_twice_is_one_upload(county):
    key = uuid4()
    first, second = (send(county, workbook(branch_row()), key) for _n in range(2))
    assert first.pk == second.pk


def test_units_changed_after_the_preview_bring_a_new_preview_instead_of_a_write(county):
    item = send(county, workbook(branch_row("双井村党支部", 正式党员数=30)))
    profile = county.branches[0].profile
    profile.full_members = 25
    profile.save()
    done = rosters.confirm(county.officer, item, now=NOW)
    profile.refresh_from_db()
    assert (done.state, done.counts["stale"], profile.full_members) == ("preview", True, 25)


def test_a_changed_cell_shows_old_and_new_value_and_is_written(county):
    plan = plan_of(county, ["双井村党支部", "双井", "", "", "", "２１", ""])
    assert plan.rows[0].changes == {
        "short_name": ("双井村党支部", "双井"),
        "full_members": (20, 21),
    }


def test_a_blank_cell_leaves_a_value_and_the_word_none_empties_it(county):
    profile = county.branches[0].profile
    profile.secretary, profile.phone = "张林", "5551234"
    profile.save()
    head = ["组织全称", "上级组织", "书记", "联系电话"]
    plan = plan_of(county, ["双井村党支部", "", "", "无"], head=head)
    assert plan.rows[0].changes == {"phone": ("5551234", "")}


def test_the_end_of_a_term_is_computed_when_nobody_wrote_one(county):
    head = ["组织全称", "上级组织", "本届开始日期"]
    plan = plan_of(county, ["双井村党支部", "柳湾镇", "2022年2月8日"], head=head)
    assert plan.rows[0].changes["term_ends_on"] == (None, date(2027, 2, 8))


def test_moves_are_ordered_so_that_a_swap_of_two_levels_succeeds(county):
    upper = make_organization(parent=county.town, name="甲党总支", kind=OrgKind.GENERAL_BRANCH)
    lower = make_organization(parent=upper, name="乙党总支", kind=OrgKind.GENERAL_BRANCH)
    head = ["组织全称", "上级组织"]
    item = send(county, workbook(["甲党总支", "乙党总支"], ["乙党总支", "石埠镇"], head=head))
    rosters.confirm(county.officer, item, now=NOW)
    lower.refresh_from_db()
    upper.refresh_from_db()
    assert lower.path == county.other.path + step(lower.pk)
    assert upper.path == lower.path + step(upper.pk)


# ---- wrong rows ----


def test_each_wrong_row_says_what_is_wrong_in_which_column(county):
    make_organization(name="另一县委", short_name="另一县")
    closed = make_branch(parent=county.town, name="旧村党支部", closed_on=date(2025, 1, 1))
    closed.save()
    plan = plan_of(
        county,
        branch_row("一村党支部", "无此镇"),
        branch_row("二村党支部", "另一县委"),
        branch_row("三村党支部", "双井村党支部"),
        branch_row("四村党支部", ""),
        branch_row("五村党支部", 支部领域=""),
        branch_row("六村党支部", 组织类别="大队"),
        branch_row("七村党支部", 正式党员数="1_0"),
        branch_row("八村党支部", 届满日期="2026.2.30"),
        branch_row("八村党支部"),
        branch_row("旧村党支部"),
        branch_row("双井村党支部", 组织类别="党委"),
        branch_row("九村党支部", 组织简称="110101199003071234"),
    )
    assert fates(plan) == [
        (2, "wrong", ["parent"]),
        (3, "wrong", ["parent"]),
        (4, "wrong", ["parent"]),
        (5, "wrong", ["parent"]),
        (6, "wrong", ["field"]),
        (7, "wrong", ["kind"]),
        (8, "wrong", ["full_members"]),
        (9, "wrong", ["term_ends_on"]),
        (10, "wrong", ["name"]),
        (11, "wrong", ["name"]),
        (12, "wrong", ["kind"]),
        (13, "wrong", ["short_name"]),
    ]


def test_parents_that_form_a_circle_are_wrong_and_their_neighbours_are_not(county):
    plan = plan_of(
        county,
        ["甲党总支", "", "乙党总支", "党总支", "", "", ""],
        ["乙党总支", "", "甲党总支", "党总支", "", "", ""],
        branch_row(),
    )
    assert [row.status for row in plan.rows] == ["wrong", "wrong", "new"]


def test_a_town_cannot_be_put_under_its_own_branch_group(county):
    make_organization(parent=county.town, name="双井党总支", kind=OrgKind.GENERAL_BRANCH)
    plan = plan_of(county, ["柳湾镇党委", "", "双井党总支", "", "", "", ""])
    assert fates(plan) == [(2, "wrong", ["parent"])]


def test_a_unit_under_a_wrong_new_unit_is_wrong_too(county):
    plan = plan_of(
        county,
        branch_row("河口一组党支部", "河口党总支"),
        ["河口党总支", "", "无此镇", "党总支", "", "", ""],
    )
    assert fates(plan) == [(2, "wrong", ["parent"]), (3, "wrong", ["parent"])]


def test_a_code_held_by_another_unit_is_refused(county):
    county.branches[1].code = "A2"
    county.branches[1].save()
    head = ["系统编号", "组织全称", "组织编码"]
    plan = plan_of(county, [county.branches[0].pk, "双井村党支部", "A2"], head=head)
    assert fates(plan) == [(2, "wrong", ["code"])]


def test_a_system_number_of_another_county_is_unknown(county):
    foreign = make_branch(parent=make_organization(name="另一县委"))
    plan = plan_of(county, [foreign.pk, foreign.name], head=["系统编号", "组织全称"])
    assert [error[0] for error in plan.rows[0].errors][0] == "id"


def test_good_rows_are_written_and_wrong_rows_are_left_out(county):
    item = send(county, workbook(branch_row(), branch_row("错村党支部", "无此镇")))
    rosters.confirm(county.officer, item, now=NOW)
    assert Organization.objects.filter(name="新庄村党支部").count() == 1
    assert Organization.objects.filter(name="错村党支部").count() == 0


def test_the_wrong_table_comes_back_with_red_cells_comments_and_reasons(county):
    item = send(county, workbook(branch_row(), branch_row("错村党支部", "无此镇")))
    path = rosters.write_returned(item)
    sheet = load_workbook(path).active
    path.unlink()
    assert sheet["A3"].value == "错村党支部"
    assert sheet["C3"].fill.fgColor.rgb == "FFFDECEC"
    assert sheet["C3"].comment is not None
    assert sheet["C2"].comment is None
    assert sheet.cell(1, 8).value == "错误说明"


# ---- odd tables ----


def test_titles_spaces_aliases_and_other_orders_of_columns_are_read(county):
    roster = read_rows(
        "Sheet1",
        [
            ["安禾县基层党组织名册"],
            ["填报单位：安禾县", None, None, "2026.11.3"],
            [
                "序号",
                "党 组 织\n名称",
                "上级党组织",
                "组织类别",
                "支部类型",
                "显示排序",
                "成立时间",
                "党员人数",
            ],
            [1, " 新庄村　党支部 ", "柳湾镇", "支部", "村", "３", 45658, "12人"],
        ],
    )
    assert roster.found.unknown == ["序号", "党员人数"]
    assert roster.records[0].values == {
        "name": "新庄村党支部",
        "parent": "柳湾镇",
        "kind": "branch",
        "field": "rural",
        "position": 3,
        "founded_on": date(2025, 1, 1),
    }


def test_dates_and_counts_are_read_in_the_spellings_of_ledgers():
    head = ["组织全称", "上级组织", "届满日期", "活动场所面积", "党小组数"]
    rows = [
        ["甲", "乙", "2026.11.3", "120㎡", "无"],
        ["丙", "乙", "2026年11月3日", 120.0, "２个"],
        ["丁", "乙", date(2026, 11, 3), "120平方米", 0],
    ]
    records = read_rows("x", [head, *rows]).records
    assert [record.bad for record in records] == [{}, {}, {}]
    assert [record.values["term_ends_on"] for record in records] == [date(2026, 11, 3)] * 3
    assert [record.values["premises_area"] for record in records] == [120] * 3
    assert [record.values["cells"] for record in records] == [0, 2, 0]


@pytest.mark.parametrize("column", ["身份证号", "公民身份号码", "党员姓名", "出生年月"])
def test_a_table_with_columns_about_persons_is_refused(column):
    with pytest.raises(RosterRefused) as refused:
        read_rows("x", [["组织全称", "上级组织", column], ["甲", "乙", "1"]])
    assert refused.value.params == {"names": column}


@pytest.mark.parametrize(
    ("one", "other"),
    [("柳灣鎮黨委", "柳湾镇党委"), ("双井村党攴部", "双井村党支部"), ("ＡＢ支部", "ab支部")],
)
def test_names_that_only_look_alike_have_one_skeleton(one, other):
    assert skeleton(one) == skeleton(other)


def test_a_name_that_looks_like_another_is_warned_about_and_taken(county):
    plan = plan_of(county, branch_row("雙井村黨支部"))
    assert plan.rows[0].status == "new"
    assert plan.rows[0].warnings[0][1] == {"name": "双井村党支部"}


def test_every_column_of_the_task_is_in_the_template(county):
    book = downloaded(county)
    assert len(book.worksheets) == 3
    assert sum(1 for cell in book.worksheets[0][3] if cell.value) == len(COLUMNS)


# ---- size ----


@pytest.mark.parametrize("count", [20, 60])
def test_the_number_of_statements_does_not_follow_the_number_of_rows(
    county, count, django_assert_max_num_queries
):
    rows = [branch_row(f"第{n}组党支部") for n in range(count)]
    item = send(county, workbook(*rows))
    with django_assert_max_num_queries(25):
        rosters.confirm(county.officer, item, now=NOW)
    assert Organization.objects.within(county.town).branches().count() == count + 2


@pytest.mark.slow
def test_five_thousand_rows_are_previewed_and_written(county):
    rows = [branch_row(f"第{n}组党支部") for n in range(5_000)]
    rosters.write(county.officer, send(county, workbook(*rows)), now=NOW)
    assert Organization.objects.count() == 5_007
